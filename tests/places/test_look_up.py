"""What a place's words come to: town, postal code, region, nothing; and homes, which stay coarse."""

from __future__ import annotations

import pytest
from geopy.exc import GeocoderTimedOut
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetups.foundation.database import unit_of_work
from meetups.foundation.geocoding import Found, GeocodingDoor
from meetups.foundation.geography import Point, distance_km
from meetups.places.actions import WhichTown, add_place, look_up, same_place
from meetups.places.entries import access_facts, stated
from meetups.places.models import Access, Finding, Noise, Place, PlaceKind, Precision, YesNo

PUB, HOME, ONLINE = PlaceKind.PUB, PlaceKind.HOME, PlaceKind.ONLINE


@pytest.mark.parametrize(
    ("words", "precision", "town", "region", "country", "zone"),
    [
        ("The Lantern, Tacoma, WA 98402", Precision.POSTAL, "Tacoma", "Washington", "US", "America/Los_Angeles"),
        ("Copper Kettle Café, Marquette, MI", Precision.TOWN, "Marquette", "Michigan", "US", "America/Detroit"),
        ("Hall B, Kentville, Nova Scotia", Precision.TOWN, "Kentville", "Nova Scotia", "CA", "America/Halifax"),
        ("Somewhere in Wyoming, Wyoming", Precision.REGION, "", "Wyoming", "US", "America/Denver"),
    ],
)
def test_words_with_a_town(app, words, precision, town, region, country, zone):
    found = look_up(words, PUB)
    assert (found.precision, found.town, found.region, found.country, found.time_zone) == (
        precision, town, region, country, zone
    )  # fmt: skip
    assert found.point is not None


@pytest.mark.parametrize("words", ["Under the big clock", "🎉", "12345678901", "x" * 300, "Bath, Narnia", ",,,", "‮"])
def test_words_that_nobody_can_place(app, words):
    assert look_up(words, PUB) == Finding()


def test_an_ambiguous_town_asks_and_takes_the_answer(app):
    with pytest.raises(WhichTown) as asked:
        look_up("Powell’s corner, Portland", PUB)
    assert [words for _, words in asked.value.choices] == ["Portland, Oregon", "Portland, Maine"]
    regions = [look_up("Powell’s corner, Portland", PUB, key).region for key, _ in asked.value.choices]
    assert regions == ["Oregon", "Maine"]
    with pytest.raises(WhichTown):
        look_up("Powell’s corner, Portland", PUB, "12.0000,13.0000")


def test_a_choice_made_for_other_words_is_forgotten(app):
    with pytest.raises(WhichTown) as asked:
        look_up("Portland", PUB)
    assert look_up("Tacoma, WA", PUB, asked.value.choices[1][0]).town == "Tacoma"


@pytest.mark.parametrize("words", ["12 Elm St, Olympia, WA 98501", "12 Elm St, Olympia, WA", "Olympia, WA 98506"])
def test_a_home_gets_the_middle_of_its_town_whatever_was_typed(app, words):
    assert look_up(words, HOME) == look_up("Olympia, WA", PUB)


def test_a_home_known_by_its_state_only(app):
    assert look_up("a barn, Wyoming", HOME).precision in (Precision.REGION, Precision.NONE)


def test_online_is_nowhere(app):
    assert look_up("Tacoma, WA 98402", ONLINE) == Finding()


class Service:
    """A map service that answers with one spot, and remembers what it was asked."""

    def __init__(self, answer) -> None:
        self.answer, self.asked = answer, []

    def hits(self, query):
        self.asked.append(query)
        if isinstance(self.answer, Exception):
            raise self.answer
        return [self.answer] if self.answer else []


def spot(lat: float, lon: float) -> Found:
    return Found(Point(lat, lon), "exact", "US", "WA", "test")


@pytest.fixture
def service(app, gazetteer):
    def switch_on(answer) -> Service:
        provider = Service(answer)
        app.extensions["geocoding"] = GeocodingDoor(gazetteer, provider)
        return provider

    return switch_on


def test_the_map_service_knows_the_very_spot(service):
    service(spot(47.2531, -122.4400))
    found = look_up("The Lantern & Ladle, 802 Pacific Ave, Tacoma, WA", PUB)
    assert found == Finding(
        Precision.EXACT, Point(47.2531, -122.4400), "Tacoma", "Washington", "US", "America/Los_Angeles"
    )


def test_the_map_service_never_hears_of_a_home(service):
    asked = service(spot(47.2531, -122.4400)).asked
    found = look_up("802 Pacific Ave, Tacoma, WA", HOME)
    assert (found.precision, asked) == (Precision.TOWN, [])
    look_up("802 Pacific Ave, Tacoma, WA", ONLINE)
    assert asked == []


@pytest.mark.parametrize("trouble", [GeocoderTimedOut("slow"), None, spot(0, 0)])
def test_without_an_answer_the_town_will_do(service, trouble):
    service(trouble)
    assert look_up("802 Pacific Ave, Tacoma, WA", PUB).precision is Precision.TOWN


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=80), kind=st.sampled_from(PlaceKind))
def test_no_words_break_it_and_no_pin_is_at_null_island(app, words, kind):
    try:
        found = look_up(words, kind)
    except WhichTown:
        return
    assert (found.point is None) == (found.precision is Precision.NONE)
    assert found.point is None or not found.point.is_null_island
    assert kind is not HOME or found.precision in (Precision.TOWN, Precision.REGION, Precision.NONE)


def test_a_place_keeps_its_words_beside_what_was_found(app, both_databases):
    access = Access(step_free=YesNo.YES, seating="benches", age_limit=21)
    found = look_up("The Lantern & Ladle, Tacoma, WA 98402", PUB)
    with unit_of_work():
        place = add_place("The Lantern & Ladle, Tacoma, WA 98402", PUB, access, found)
    assert (place.words, place.access, place.finding) == ("The Lantern & Ladle, Tacoma, WA 98402", access, found)


def test_the_same_place_again_is_the_same_and_a_home_a_row_of_its_own(app):
    pub, place = Place(kind=PUB, words="here"), Place(kind=HOME, words="12 Elm St")
    assert same_place(pub) is pub
    place.finding, place.access = look_up("Tacoma, WA", HOME), Access(noise=Noise.QUIET)
    again = same_place(place)
    assert again is not place
    assert (again.words, again.kind, again.finding, again.access) == (
        place.words, place.kind, place.finding, place.access
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "town", "public"),
    [(PUB, "Tacoma", "12 Elm St"), (HOME, "Olympia", "A home in Olympia"), (HOME, "", "A private home"),
     (ONLINE, "", "Online")],
)  # fmt: skip
def test_what_anyone_may_read(kind, town, public):
    assert Place(kind=kind, words="12 Elm St", town=town).public_words == public


def test_access_facts_say_when_nothing_is_stated():
    assert [fact.words for fact in access_facts(Access())] == [
        "Step-free: not stated", "Noise: not stated", "Seating: not stated", "Age and ID: not stated",
        "Alcohol: not stated", "Children: not stated", "Room to move and sing: not stated",
    ]  # fmt: skip
    assert stated(Access()) == []


def test_access_facts_in_words():
    access = Access(YesNo.NO, "benches", Noise.LOUD, YesNo.NO, YesNo.YES, 21, YesNo.YES, YesNo.YES)
    assert stated(access) == [
        "Not step-free", "Loud", "Seating: benches", "21+, ID checked", "No alcohol", "Children welcome",
        "Room to move and sing",
    ]  # fmt: skip
    assert stated(Access(id_required=YesNo.NO)) == ["No ID needed"]


def test_the_two_portlands_are_far_apart(app):
    with pytest.raises(WhichTown) as asked:
        look_up("Portland", PUB)
    oregon, maine = (look_up("Portland", PUB, key).point for key, _ in asked.value.choices)
    assert distance_km(oregon, maine) > 4000
