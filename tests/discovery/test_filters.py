"""Every filter alone and with the others; what was typed wrong is said, and what was right still holds."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

import pytest

from meetups.foundation.database import add, unit_of_work
from meetups.places.models import Access, Noise, PlaceKind, Precision, YesNo
from meetups.planning.models import HostEvent, Status
from tests.cast import NEW_BUFFALO, OLYMPIA, PORTLAND, PUYALLUP, SEATTLE
from tests.makers import TACOMA, make_meetup, make_place


def wall(month: int, day: int, hour: int, minute: int) -> datetime:
    """A time on a clock in 2027."""
    return datetime(2027, month, day, hour, minute)  # noqa: DTZ001


def titles(client, query: str) -> list[str]:
    """Titles on the page, in order, of the list itself."""
    response = client.get(f"/near?{query}")
    assert response.status_code == 200
    first = client.tree(response).find(".//ol[@class='meets']")
    return [] if first is None else ["".join(link.itertext()) for link in first.iterfind(".//h3/a")]


@pytest.fixture
def tacoma(app):
    """Three places in Tacoma: a quiet library, a pub for grown-ups, a backyard nobody described."""
    access = {
        "Library": Access(step_free=YesNo.YES, noise=Noise.QUIET, alcohol=YesNo.NO, children_welcome=YesNo.YES),
        "Pub": Access(step_free=YesNo.NO, noise=Noise.LOUD, alcohol=YesNo.YES, age_limit=21),
        "Home": Access(age_limit=18),
    }
    kinds = {"Library": PlaceKind.LIBRARY_ROOM, "Pub": PlaceKind.PUB, "Home": PlaceKind.HOME}
    with unit_of_work():
        event = add(HostEvent(name="Prairie States", name_folded="prairie states"))
    for hour, (name, facts) in enumerate(access.items(), start=17):
        place = make_place(f"{name}, Tacoma", kind=kinds[name])
        with unit_of_work():
            place.access = facts
        make_meetup(name, place=place, start=wall(1, hour, hour, 30), end=wall(1, hour, 20, 0),
                    host_event=event if name == "Pub" else None)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Library", "Pub", "Home"]),
        ("&q=LIBRARY", ["Library"]),
        ("&q=tacoma+pub", ["Pub"]),
        ("&kind=home", ["Home"]),
        ("&kind=castle", ["Library", "Pub", "Home"]),
        ("&step_free=yes", ["Library"]),
        ("&quiet=yes", ["Library"]),
        ("&alcohol_free=yes", ["Library"]),
        ("&children=yes", ["Library"]),
        ("&age=all", ["Library"]),
        ("&age=18", ["Library", "Home"]),
        ("&conference=prairie", ["Pub"]),
        ("&conference=mountain", []),
        ("&from=2027-01-18", ["Pub", "Home"]),
        ("&until=2027-01-18", ["Library", "Pub"]),
        ("&from=2027-01-18&until=1/18/2027", ["Pub"]),
        ("&after=18:30", ["Pub", "Home"]),
        ("&after=6:31+PM", ["Home"]),
        ("&after=17:00&until=2027-01-18&kind=pub&conference=prairie&q=pub", ["Pub"]),
        ("&step_free=yes&q=pub", []),
        ("&when=past", []),
        ("&order=distance", ["Library", "Pub", "Home"]),
    ],
)
def test_filters_hold_alone_and_together(client, tacoma, query, found):
    assert titles(client, f"area=Tacoma&within=15{query}") == found


def test_every_filter_stays_in_the_form_and_in_the_links(client, tacoma):
    query = "area=Tacoma&within=35&unit=km&q=swap&kind=pub&step_free=yes&age=18&conference=x"
    query += "&from=2027-01-01&after=18:00"
    response = client.get(f"/near?{query}")
    sent = client.forms(f"/near?{query}")[0].defaults()
    given = dict(part.split("=") for part in query.split("&"))
    assert {name: sent.get(name) for name in given} == given
    feed = client.tree(response).find(".//link[@type='text/calendar']").get("href")
    assert feed == "/near.ics?" + query.replace(":", "%3A")


def test_what_narrows_the_list_stands_above_it_and_comes_off_in_one_press(client, tacoma):
    response = client.get("/near?area=Tacoma&within=15&kind=pub&q=felt&step_free=yes&order=distance")
    tree = client.tree(response)
    assert "Narrowed to Pub; Step-free; “felt”. Show all" in client.text(response)
    assert tree.find(".//a[.='Show all']").get("href") == "/near?area=Tacoma&within=15&order=distance"
    assert tree.find(".//details").get("open") is None  # on a phone the list comes next, not a long form
    plain = client.text(client.get("/near?area=Tacoma&within=15&order=distance"))
    assert "Narrowed to" not in plain


def test_an_unknown_town_is_not_called_empty(client, tacoma):
    text = client.text(client.get("/near?area=Zzzzqqq"))
    assert ("We don’t know that place." in text, "Nothing here yet" in text, "(0)" in text) == (True, False, False)


def test_hours_are_those_at_the_place_and_the_page_says_so(client):
    tavern = make_place("Harbor Lantern Tavern, New Buffalo", at=NEW_BUFFALO, town="New Buffalo", region="Michigan",
                        country="US", time_zone="America/Detroit")
    make_meetup("Tavern", place=tavern, start=wall(2, 4, 18, 30), end=wall(2, 4, 20, 30))
    page = client.get("/near?area=Michigan+City,+IN&within=15&after=6+PM")
    text = client.text(page)
    assert "Tavern" in text  # 5:30 PM on a clock in Michigan City
    assert "Starting at 6:00 PM or later, on the clock at each place." in text
    assert "Days and hours are those on the clock at the place, not on yours." in text
    assert titles(client, "area=Michigan+City,+IN&within=15&after=18:31") == []


def test_story_s1_distances(client):
    make_meetup("Lantern")
    found = {area: titles(client, f"area={quote(area)}&within={r}") for area, r in
             [("Puyallup, WA", 15), ("Olympia, WA", 15), ("Portland, Oregon", 50)]}
    assert found == {"Puyallup, WA": ["Lantern"], "Olympia, WA": [], "Portland, Oregon": []}
    assert titles(client, "area=Olympia,+WA&within=50") == ["Lantern"]
    assert titles(client, "area=Portland,+Oregon&within=150") == ["Lantern"]


def test_nearest_first_and_in_the_unit_that_was_asked_for(client):
    for name, point in [("Portland", PORTLAND), ("Olympia", OLYMPIA), ("Seattle", SEATTLE), ("Puyallup", PUYALLUP)]:
        exact = {"precision": Precision.EXACT, "town": name, "country": "US"}
        make_meetup(name, place=make_place(f"Hall, {name}", at=point, **exact))
    assert titles(client, "area=Tacoma&within=150&order=distance") == ["Puyallup", "Seattle", "Olympia", "Portland"]
    path = "/near?area=Tacoma&within=150&order=distance&unit="
    miles, km = (client.text(client.get(path + unit)) for unit in ("mi", "km"))
    assert "9 mi" in miles
    assert "14 km" in km


def test_a_pin_that_stands_for_a_town_is_about_so_far(client):
    make_meetup("Rough", place=make_place("Hall, Olympia", at=OLYMPIA, precision=Precision.TOWN, country="US"))
    make_meetup("Sharp", place=make_place("Hall, Seattle", at=SEATTLE, precision=Precision.EXACT, country="US"))
    text = client.text(client.get("/near?area=Tacoma&within=50"))
    assert "about 26 mi" in text
    assert "about 25 mi" not in text


def test_what_has_no_pin_is_listed_by_region(client):
    lost = {"region": "Washington", "country": "US", "town": ""}
    make_meetup("Nowhere yet", place=make_place("Ask for Marisol", at=None, **lost))
    make_meetup("State pin", place=make_place("Somewhere", at=TACOMA, precision=Precision.REGION, **lost))
    make_meetup("Elsewhere", place=make_place("Ask for Ken", at=None, region="Oregon", country="US"))
    make_meetup("On a screen", place=make_place("Online", at=None, kind=PlaceKind.ONLINE, time_zone="Etc/UTC"))
    response = client.get("/near?area=Tacoma&within=15")
    lists = {section.find("h2").text: [link.text for link in section.iterfind(".//h3/a")]
             for section in client.tree(response).iterfind(".//section[@class='part']")}
    assert lists == {"Also in Washington, without a pin": ["Nowhere yet", "State pin"],
                     "Online, from anywhere": ["On a screen"]}
    assert titles(client, "q=ask+for") == ["Nowhere yet", "Elsewhere"]


def test_paging_keeps_filters_and_counts(client):
    for number in range(23):
        make_meetup(f"Swap {number:02}", start=wall(1, 1 + number, 18, 0))
    make_meetup("Off", status=Status.CANCELLED)
    first = client.get("/near?area=Tacoma&within=15&q=swap")
    assert "23 meetups, soonest first" in client.text(first)
    onward = client.tree(first).find(".//a[@rel='next']").get("href")
    assert onward == "/near?area=Tacoma&within=15&q=swap&page=2"
    assert titles(client, onward.split("?")[1]) == ["Swap 20", "Swap 21", "Swap 22"]
    assert titles(client, "area=Tacoma&page=99") == []


def test_an_ambiguous_town_is_asked_back_with_the_filters_kept(client):
    response = client.get("/near?area=Portland&kind=pub&q=swap")
    links = [a.get("href") for a in client.tree(response).iterfind(".//section[@aria-labelledby='which-h']//a")]
    assert links == [f"/near?area=Portland%2C+{state}&q=swap&kind=pub" for state in ("Oregon", "Maine")]
    assert client.tree(response).find(".//ol[@class='meets']") is None


UNKNOWN = "We don’t know that place. Try a larger town nearby, a postal code, or “town, state”."
NOWHERE = "Those numbers are no place on earth. Type a town, or latitude, longitude."
BAD = [
    ("area=91,181", NOWHERE),
    ("area=nan,nan", NOWHERE),
    ("area=inf,0", NOWHERE),
    ("area=-122.44,47.25", "Latitude comes first: did you mean 47.25, -122.44?"),
    ("area=0,0", "0, 0 is in the open sea, and usually a mistake. Type a town instead."),
    ("area=98402+Canada", UNKNOWN),
    ("area=V6B+1A1+Texas", UNKNOWN),
    ("area=" + "x" * 10_000, UNKNOWN),
    ("area='%3B+drop+table+meetups%3B--", UNKNOWN),
    ("area=%00%ff%fe", UNKNOWN),
    ("area=Tacoma&within=-5", "A distance from 1 to 500; we used 35."),
    ("area=Tacoma&within=1e9", "A distance from 1 to 500; we used 35."),
    ("area=Tacoma&within=1000000000", "A distance from 1 to 500; we used 35."),
    ("area=Tacoma&within=nan", "A distance from 1 to 500; we used 35."),
    ("area=Tacoma&from=2027-02-30", "There is no such day as “2027-02-30”. Check the day and the month."),
    ("area=Tacoma&after=25:00", "There is no 25:00 on the clock. Type it like 6:30 PM or 18:30."),
    ("area=Tacoma&from=2027-02-02&until=2027-02-01", "That is before the first day, so nothing can be found."),
]


@pytest.mark.parametrize(("query", "sentence"), BAD, ids=[each[0][:40] for each in BAD])
def test_bad_input_gets_a_sentence(both_databases, client, query, sentence):
    response = client.get(f"/near?{query}")
    assert response.status_code == 200
    assert sentence in client.text(response)


HOSTILE = [
    "' OR 1=1 --", '"', "NEAR(a b)", "a AND b*", "(((", "%", "_", "\\", "swap%' ESCAPE '", "\x00", "😀" * 300,
    "x " * 5000, "from=1", "{{7*7}}", "<script>", "0001-01-01", "9999-12-31",
]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_no_field_breaks_on_hostile_words(both_databases, client, typed):
    make_meetup("Swap")
    for name in ("area", "q", "conference", "kind", "within", "unit", "from", "until", "after", "order", "age", "page"):
        for path in ("/near", "/near.geojson", "/near/embed", "/near/take"):
            status = client.get(path, query_string={"area": "Tacoma"} | {name: typed}).status_code
            assert (name, path, status) in {(name, path, 200), (name, path, 400 if path == "/near.geojson" else 200)}


def test_signs_are_letters_not_patterns(client):
    make_meetup("Swap")
    assert [titles(client, f"q={quote(q)}") for q in ("sw_p", "s%p", "' OR 1=1")] == [[], [], []]


def test_a_device_is_answered_once_and_not_passed_on(client, caplog):
    make_meetup("Swap")
    response = client.get("/near?area=47.25,-122.44&within=15")
    assert "Swap" in client.text(response)
    kept = {link.get("href") for link in client.tree(response).iterfind(".//link[@rel='alternate']")}
    kept.add(client.tree(client.get("/near?area=47.25,-122.44")).find(".//a[.='Take this list with you']").get("href"))
    assert {address.partition("?")[2].split("&")[0] for address in kept} == {"area=Tacoma%2C+Washington"}
    assert client.get("/near.ics?area=47.25,-122.44").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("area", "unit"), [("Tacoma", "mi"), ("Kitchener, Ontario", "km"), ("48.85,2.35", "km"), ("51.51,-0.13", "mi")]
)
def test_units_follow_the_country(client, area, unit):
    inputs = client.tree(client.get(f"/near?area={quote(area)}")).iterfind(".//input[@name='unit']")
    assert [each.get("value") for each in inputs if each.get("checked") is not None] == [unit]
