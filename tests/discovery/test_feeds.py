"""The list for programs and for other people's pages: what strangers see, whole, bounded, and not sent twice."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from meetups.discovery.views import feeds
from meetups.places.models import PlaceKind
from tests.browsing import check_page
from tests.makers import TACOMA, make_meetup, make_place

KINDS = ["ics", "atom", "json", "geojson"]


@pytest.fixture
def three(app):
    """A pub, a backyard and a screen; each with something that strangers must not read."""
    pub = make_meetup("Pub night", contact="zqcontact", spot="back room")
    home = make_meetup("Backyard", place=make_place("99 Zqhome Lane, Tacoma", kind=PlaceKind.HOME), spot="zqattic")
    online = make_place("Online", at=None, kind=PlaceKind.ONLINE, time_zone="Etc/UTC")
    screen = make_meetup("Screen", place=online, join_url="https://video.example/zqjoin")
    return pub, home, screen


def titles_of(kind: str, body: bytes) -> list[str]:
    if kind == "ics":
        return [str(event["summary"]) for event in Calendar.from_ical(body).walk("VEVENT")]
    if kind == "atom":
        names = {"a": "http://www.w3.org/2005/Atom"}
        return [str(each.text) for each in ElementTree.fromstring(body).iterfind("a:entry/a:title", names)]
    found = json.loads(body)
    return [each["title"] for each in found["items"]] if kind == "json" else [
        each["properties"]["title"] for each in found["features"]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_feed_has_what_the_list_has(client, three, kind):
    everywhere = client.get(f"/near.{kind}")
    near = client.get(f"/near.{kind}?area=Tacoma&within=15&q=pub")
    assert sorted(titles_of(kind, everywhere.data)) == ["Backyard", "Pub night", "Screen"]
    assert titles_of(kind, near.data) == ["Pub night"]


@pytest.mark.parametrize("kind", [*KINDS, "html"])
def test_no_feed_tells_what_strangers_may_not_know(client, three, kind):
    path = "/near/embed" if kind == "html" else f"/near.{kind}"
    text = client.get(path).get_data(as_text=True).lower()
    assert "backyard" in text
    assert [secret for secret in ("zqhome", "zqattic", "zqjoin", "zqcontact", "@example.org") if secret in text] == []


@pytest.mark.parametrize("kind", KINDS)
def test_an_unchanged_feed_is_not_sent_twice(client, three, frozen, kind):
    path = f"/near.{kind}?area=Tacoma"
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    make_meetup("New one")
    changed = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (changed.status_code, changed.headers["ETag"] == first.headers["ETag"]) == (200, False)


@pytest.mark.parametrize("path", [*(f"/near.{kind}" for kind in KINDS), "/near/embed"])
def test_feeds_touch_no_cookie_and_may_be_shared(client, signed_in, three, path):
    mine = signed_in(three[0].host).get(path)
    answer = client.get(path)
    assert ("Set-Cookie" in mine.headers, mine.data) == (False, answer.data)
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("kind", KINDS)
def test_a_feed_is_bounded(client, monkeypatch, kind):
    for number in range(4):
        make_meetup(f"Swap {number}")
    monkeypatch.setattr(feeds, "MOST_ENTRIES", 3)
    assert len(titles_of(kind, client.get(f"/near.{kind}").data)) == 3


def test_geojson_says_longitude_first_and_how_sure_it_is(client, three):
    found = json.loads(client.get("/near.geojson").data)
    shapes = {each["properties"]["title"]: (each["geometry"], each["properties"]["approximate"])
              for each in found["features"]}
    tacoma = {"type": "Point", "coordinates": [TACOMA.lon, TACOMA.lat]}
    assert shapes == {"Pub night": (tacoma, True), "Backyard": (tacoma, True), "Screen": (None, True)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_place_nobody_knows_is_a_sentence_for_programs(client, kind):
    unknown, ambiguous = (client.get(f"/near.{kind}?area={area}") for area in ("Nowhereville", "Portland"))
    assert [unknown.status_code, ambiguous.status_code] == [400, 400]
    assert ambiguous.json["detail"] == "Which one: Portland, Oregon or Portland, Maine?"


def test_the_frame_may_stand_anywhere_and_no_other_page_may(client, three):
    frame, page = client.get("/near/embed?area=Tacoma"), client.get("/near?area=Tacoma")
    assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    tree = check_page(frame.text)
    assert list(tree.iter("script")) == []
    assert list(tree.iter("form")) == []
    assert [link.get("href") for link in tree.iter("a")][-1] == "http://localhost/near?area=Tacoma"


def test_what_to_paste_is_shown_and_holds_the_list(client, three):
    tree = client.tree(client.get("/near/take?area=Tacoma&within=15&kind=pub"))
    boxes = {box.get("id"): (box.text or "").strip() for box in tree.iter("textarea")}
    query = "area=Tacoma&within=15&kind=pub"
    assert {name: boxes[name] for name in KINDS} == {kind: f"http://localhost/near.{kind}?{query}" for kind in KINDS}
    assert f'src="http://localhost/near/embed?{query.replace("&", "&amp;")}"' in boxes["iframe"]
    assert "Pub night" not in boxes["snippet"]  # a coffee shop
    everything = client.tree(client.get("/near/take?area=Tacoma")).find(".//textarea[@id='snippet']").text
    pub = three[0]
    assert f'<a href="http://localhost/meetups/{pub.code}">Pub night</a>' in everything


def test_members_words_cannot_leave_the_snippet(client):
    make_meetup("</textarea><script>alert(1)</script>")
    page = client.get("/near/take")
    assert "<script>alert" not in page.text
    box = client.tree(page).find(".//textarea[@id='snippet']").text
    assert "&lt;script&gt;alert(1)" in box


def test_the_ground_of_the_moving_map(client):
    found = json.loads(client.get("/near/ground.geojson?at=-123,47,-122,48").data)
    kinds = [each["properties"]["kind"] for each in found["features"]]
    assert kinds == ["land", "sea lake", "border border-county", "border border-state", "border"]
    assert found["features"][2]["geometry"]["coordinates"] != []
    xs = [x for shape in found["features"][0]["geometry"]["coordinates"] for x, _ in shape[0]]
    assert -123.001 <= min(xs) < max(xs) <= -121.999


@pytest.mark.parametrize("at", ["", "1,2,3", "nan,0,1,1", "5,0,4,1", "0,-91,1,1", "1e9,0,2e9,1", "a,b,c,d"])
def test_no_rectangle_is_a_sentence(client, at):
    assert client.get(f"/near/ground.geojson?at={at}").json["title"] == "That is no rectangle"
