"""The page of a search: what it shows, its addresses, and its feeds."""

import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from meetups.foundation.database import unit_of_work
from meetups.recaps import actions as recaps
from tests.library.conftest import entry, idea, make_recap
from tests.library.test_search import HOSTILE


@pytest.fixture
def recap(app):
    return make_recap(
        "Fox Hollow", entry("Scarves back?", idea("Popcorn: the *pot* is <b>your</b> lap", name="Mei"),
                            idea("The bin", things=[("song", "Hungry bin", "")]), category="transitions"),
        entry("Nobody sings", idea("Sing anyway"), category="mishaps"),
    )


def test_what_was_looked_for_is_marked_and_everything_else_is_escaped(client, recap):
    html = client.get("/ideas?q=scarf+pots").get_data(as_text=True)
    assert "<mark>Scarves</mark> back?" in html
    assert "Popcorn: the <mark>pot</mark> is &lt;b&gt;your&lt;/b&gt; lap" in html
    assert f'href="/recaps/{recap.code}#i{recap.entries[0].responses[0].id}"' in html


def test_every_choice_stands_in_the_address_and_can_be_taken_back(client, recap):
    answer = client.submit("/ideas?q=bin", {"about": True, "with": True})
    assert answer.request.full_path == "/ideas?q=bin&about=transitions&with=song"
    links = [a.get("href") for a in client.tree(answer).iter("a")]
    assert "/ideas?about=transitions&with=song" in links
    assert "/ideas?q=bin&with=song" in links
    assert "1 idea" in client.text(answer)


def test_old_addresses_lead_on(client, recap):
    assert client.get("/recaps?q=bin").headers["Location"] == "/ideas?q=bin"
    assert recap.title in client.text(client.get("/recaps"))


@pytest.mark.parametrize("words", [words for words in HOSTILE if words != "\ud800"])
def test_hostile_words_get_a_page_and_a_feed(client, recap, words):
    for path in ("/ideas", "/ideas.atom", "/ideas.json"):
        assert client.get(path, query_string={"q": words, "page": "-1"}).status_code == 200


def test_nonsense_in_the_address_counts_as_not_chosen(client, recap):
    nonsense = {"about": ["zzz", "\x00"], "age": "x" * 9000, "year": "20260", "where": ["<b>", "US-\x00"],
                "page": "9" * 99}  # fmt: skip
    answer = client.get("/ideas", query_string=nonsense)
    assert "3 ideas" in client.text(answer)
    assert client.get("/ideas", query_string={"year": "1999", "where": "NZ"}).status_code == 200


def test_an_empty_library_says_what_would_fill_it(client, app):
    assert "Nothing written up yet" in client.text(client.get("/ideas"))
    assert "Nothing written up yet" in client.text(client.get("/recaps"))
    assert "No room has written about that yet" in client.text(client.get("/ideas?q=zebra"))


# feeds


def test_a_search_is_a_feed_that_names_nobody(client, recap):
    feed = json.loads(client.get("/ideas.json?q=popcorn").data)
    assert feed["home_page_url"] == "http://localhost/ideas?q=popcorn"
    (item,) = feed["items"]
    assert item["title"] == "Scarves back?"
    assert item["url"] == f"http://localhost/recaps/{recap.code}#i{recap.entries[0].responses[0].id}"
    assert "<em>pot</em>" in item["content_html"]
    assert "Mei" not in json.dumps(feed)
    atom = ElementTree.fromstring(client.get("/ideas.atom?q=popcorn").data)
    names = "{http://www.w3.org/2005/Atom}"
    assert [each.findtext(f"{names}id") for each in atom.iter(f"{names}entry")] == [item["id"]]


def test_recaps_are_a_feed_from_which_a_withdrawn_one_is_gone(client, recap, frozen):
    first = client.get("/recaps.atom")
    assert b"Fox Hollow" in first.data
    assert client.get("/recaps.atom", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    frozen.pass_time(timedelta(minutes=1))
    with unit_of_work():
        recaps.withdraw(recap)
    for path in ("/recaps.atom", "/recaps.json", "/ideas.atom", "/ideas.json"):
        answer = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert answer.status_code == 200
        assert b"Fox" not in answer.data
    assert "Set-Cookie" not in first.headers


def test_words_are_marked_in_title_and_place_too(client, app):
    make_recap("Guerrilla Storytime at the café", entry("Q", idea("Popcorn")), place_label="Cafe <Uno>, Tacoma")
    page = client.get("/ideas?q=cafe+guerilla").text
    assert "<mark>Guerrilla</mark> Storytime at the <mark>café</mark>" in page
    assert "<mark>Cafe</mark> &lt;Uno&gt;, Tacoma" in page
