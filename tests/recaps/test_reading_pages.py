"""The list, a recap's page and its plain text, as strangers read them."""

from __future__ import annotations

from datetime import date

import pytest

from meetups.foundation.database import db, unit_of_work
from meetups.recaps import actions
from meetups.recaps.models import Qualifier, Recap
from meetups.recaps.notation import read
from tests import cast
from tests.makers import make_meetup
from tests.recaps.test_queries import big, counted
from tests.recaps.written import asked, make_recap

NOTES = """\
It *rained*.

* The egg shakers must go back in the bin. (share; toddlers)
- The bin is hungry.
- Song: “Eggs Go Home” by The Ukes https://ukes.example/eggs
Literacy tip: Songs slow words down.
q: Weekly themes: a gift or a trap?
- For: bear week.
- Against: a weak book with a bear in it.
q: Filmed every week?
?? nobody knew
* ducks - skipped
ask bea re lights
"""


@pytest.fixture
def recap(app):
    return make_recap(
        NOTES, held_on=date(2027, 4, 9), place_label="Birch Room, Columbus, OH", headcount_from=18, onlookers=6,
        qualifier=Qualifier.ABOUT, author=cast.sol(),
    )


def test_the_page_shows_what_was_asked_and_what_came_of_it(client, recap):
    page = client.text(client.get(f"/recaps/{recap.code}"))
    for words in (
        "Fri, Apr 9, 2027", "Birch Room, Columbus, OH. About 18, plus 6 onlookers.", "Notes by Sol",
        "2 of 3 answered", "It rained.", "From the cup · Share · Toddlers", "The bin is hungry.",
        "Literacy tip Songs slow words down.", "For. bear week.", "Against. a weak book", "From the group Not answered",
    ):
        assert words in page


def test_skipped_sticks_and_their_lines_are_not_shown(client, recap):
    assert "ducks" not in client.get(f"/recaps/{recap.code}").get_data(as_text=True)
    assert "ask bea" not in client.get(f"/recaps/{recap.code}.txt").get_data(as_text=True)


def test_sticks_from_the_cup_and_scraps_from_the_group_look_different(client, recap):
    tree = client.tree(client.get(f"/recaps/{recap.code}"))
    assert [h.get("class") for h in tree.iter("h2") if h.get("class") in ("stick", "scrap")] == [
        "stick", "scrap", "scrap",
    ]


def test_contents_lead_to_the_entries(client, recap):
    tree = client.tree(client.get(f"/recaps/{recap.code}"))
    targets = [a.get("href") for a in tree.iter("a") if (a.get("href") or "").startswith("#e")]
    assert targets == ["#e1", "#e2", "#e3"]
    assert [each.get("id") for each in tree.iter("article")] == ["e1", "e2", "e3"]


def test_links_say_where_they_lead_and_are_not_vouched_for(client, recap):
    tree = client.tree(client.get(f"/recaps/{recap.code}"))
    link = next(a for a in tree.iter("a") if a.get("href") == "https://ukes.example/eggs")
    assert (link.text, link.get("rel")) == ("ukes.example", "nofollow ugc noopener")


def test_addresses_that_run_programs_are_words(client, app):
    recap = make_recap("Guerrilla Storytime recap\n=========================\n\n1. a\n   (from the cup)\n\n   - b\n"
                       "     Song: x | by y | javascript:alert(1)\n     Link: javascript:alert(2)\n")
    assert recap.entries[0].responses[0].resources[0].url == "javascript:alert(1)"
    tree = client.tree(client.get(f"/recaps/{recap.code}"))
    assert [a.get("href") for a in tree.iter("a") if "javascript" in (a.get("href") or "")] == []


def test_the_plain_text_is_76_columns_without_markup_and_reads_back(client, recap):
    answer = client.get(f"/recaps/{recap.code}.txt")
    text = answer.get_data(as_text=True)
    assert answer.mimetype == "text/plain"
    assert max(len(line) for line in text.split("\n")) <= 76
    assert "About 18, plus 6 onlookers" in text
    assert [entry.prompt for entry in read(text).entries] == [entry.prompt for entry in recap.shown_entries]


def test_an_unchanged_page_is_not_sent_again(client, recap):
    tag = client.get(f"/recaps/{recap.code}").headers["ETag"]
    answer = client.get(f"/recaps/{recap.code}", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data) == (304, b"")


def test_other_write_ups_and_the_meetup_are_linked(client, app):
    meetup = make_meetup()
    one, two = make_recap(author=cast.sol(), meetup=meetup), make_recap(author=cast.ana(), meetup=meetup, title="Two")
    links = [a.get("href") for a in client.tree(client.get(f"/recaps/{one.code}")).iter("a")]
    assert f"/recaps/{two.code}" in links
    assert f"/meetups/{meetup.code}" in links


@pytest.mark.parametrize("path", ["", ".txt", "/preview", "/edit"])
@pytest.mark.parametrize("code", ["nowhere", "%00", "%F0%9F%8E%88", "a" * 3000])
def test_what_is_not_there(both_databases, signed_in, app, code, path):
    assert signed_in(cast.ana()).get(f"/recaps/{code}{path}").status_code == 404
    assert signed_in(cast.sol()).get(f"/recaps/new?meetup={code}").status_code == 404


def test_members_find_their_drafts(signed_in, client, app):
    sol = cast.sol()
    make_recap(author=sol, title="Half done", public=False)
    assert "Half done" in client.text(signed_in(sol).get("/recaps"))
    assert "Half done" not in client.text(client.get("/recaps"))


def test_the_pages_cost_the_same_however_long_they_are(client, app):
    small, large = (make_recap(big(number), f"{number}") for number in (1, 30))
    costs = []
    for path in (f"/recaps/{small.code}", f"/recaps/{large.code}"):
        with counted() as seen:
            client.get(path)
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 7


def test_a_hidden_recap_is_gone_for_everybody_but_moderators(client, signed_in, recap):
    asked_before = recap.author
    with unit_of_work():
        recap.hidden_at = recap.published_at
    assert client.get(f"/recaps/{recap.code}").status_code == 404
    assert signed_in(asked_before).get(f"/recaps/{recap.code}/edit").status_code == 404
    assert signed_in(cast.moderator()).get(f"/recaps/{recap.code}/edit").status_code == 200
    assert recap.title not in client.text(client.get("/recaps"))


def test_a_yes_is_shown_beside_the_idea(client, app):
    recap = make_recap("* a\n- b - Mei, Oak Hill")
    idea = asked(recap)
    assert "Mei" not in client.text(client.get(f"/recaps/{recap.code}"))
    with unit_of_work():
        actions.give_consent(idea, "Mei", "Oak Hill")
    assert "Shown by Mei, Oak Hill" in client.text(client.get(f"/recaps/{recap.code}"))
    db.session.rollback()


@pytest.mark.parametrize(("least", "most", "how", "onlookers", "words"), [
    (18, None, Qualifier.ABOUT, 6, "about 18, plus 6 onlookers"),
    (7, 12, Qualifier.ABOUT, None, "about 7 to 12 people"),
    (7, 12, Qualifier.AT_LEAST, None, "7 to 12 people"),
    (7, 7, Qualifier.AT_LEAST, None, "at least 7 people"),
    (7, 12, Qualifier.EXACT, 1, "7 to 12 people, plus 1 onlooker"),
    (None, None, Qualifier.ABOUT, 2, "2 onlookers"),
])  # fmt: skip
def test_a_headcount_in_words(least, most, how, onlookers, words):
    recap = Recap(headcount_from=least, headcount_to=most, qualifier=how, onlookers=onlookers)
    assert recap.headcount == words
