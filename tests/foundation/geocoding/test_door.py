import json
import time

import pytest

from meetups.foundation.geocoding import Answer, Found, GazetteerGeocoder, GeocodingDoor, NoMemory, door, geodesic_km
from meetups.foundation.geography import Point

VENUE = "The Lantern & Ladle, Pacific Avenue, Tacoma, WA"
TOWN = Found(Point(47.2529, -122.4443), "town", "US", "WA", "gazetteer")


def hit(country="us", region="US-WA", lat="47.2545", kind="amenity"):
    address = {"country_code": country, "ISO3166-2-lvl4": region}
    return [{"lat": lat, "lon": "-122.4405", "display_name": "Lantern", "addresstype": kind, "address": address}]


@pytest.fixture
def opened(gazetteer, service):
    return door(gazetteer, "nominatim", service.domain, "http", "storytime/1 (ops@example.org)")


def test_the_gazetteer_answers_first(opened, service):
    assert opened.look_up("Tacoma, WA") == Answer(TOWN)
    assert opened.look_up("Portland") == Answer(None, "Ambiguous: Portland, Oregon or Portland, Maine")
    assert service.hits == 0


def test_without_a_provider_the_town_of_the_address_is_used(gazetteer):
    closed = door(gazetteer)
    assert closed.look_up(VENUE).found == TOWN
    assert closed.look_up("the corner").found is None


def test_a_good_answer_is_exact(opened, service):
    service.body = json.dumps(hit())
    found = Found(Point(47.2545, -122.4405), "exact", "US", "WA", "nominatim")
    assert opened.look_up(VENUE) == Answer(found)
    assert [service.hits, service.agents] == [1, ["storytime/1 (ops@example.org)"]]


@pytest.mark.parametrize(
    ("country", "region", "reason"),
    [
        ("ca", "CA-ON", "The map service found it in CA, not in US."),
        ("us", "US-NY", "The map service found it in New York, not in Washington."),
    ],
)
def test_a_hit_elsewhere_is_refused(opened, service, country, region, reason):
    service.body = json.dumps(hit(country, region))
    assert opened.look_up(VENUE) == Answer(TOWN, reason)


BAD = [
    (429, "slow down", {"Retry-After": "7"}, "The map service asks for patience."),
    (503, "busy", {"Retry-After": "7"}, "The map service did not answer in time."),
    (500, "oops", {}, "The map service answered wrongly (GeocoderServiceError)."),
    (200, "<html>hello</html>", {}, "The map service answered wrongly (GeocoderParseError)."),
    (200, '{"a": 1}', {}, None),
    (200, "[1]", {}, None),
    (200, '"text"', {}, None),
    (200, "[{}]", {}, None),
    (200, '[{"lat": "x", "lon": null}]', {}, None),
    (200, json.dumps(hit(lat="NaN")), {}, None),
    (200, json.dumps(hit(lat="95")), {}, None),
    (200, '[{"lat": "1", "lon": "2", "display_name": "no address"}]', {}, None),
    (200, "[" * 100_000, {}, None),
    (200, "[" + " " * 1_500_000 + "]", {}, None),
    (302, "", {"Location": "http://127.0.0.1:9/elsewhere"}, None),
    (204, "", {}, None),
    (200, "\x00\xff", {"Content-Type": "text/html; charset=nonsense"}, None),
]


@pytest.mark.filterwarnings("ignore:Latitude normalization:UserWarning")
@pytest.mark.parametrize(("status", "body", "headers", "reason"), BAD)
def test_trouble_leaves_the_town_and_a_reason(opened, service, status, body, headers, reason):
    service.status, service.body, service.headers = status, body, headers
    answer = opened.look_up(VENUE)
    assert (answer.found, answer.try_later, service.hits) == (TOWN, True, 1)
    assert answer.reason == reason if reason else answer.reason.startswith("The map service answered wrongly (")


def test_a_slow_service_is_left_after_three_seconds_and_asked_once(opened, service):
    service.wait_s = 20
    began = time.monotonic()
    answer = opened.look_up(VENUE)
    assert answer == Answer(TOWN, "The map service did not answer in time.", try_later=True)
    assert 2.5 < time.monotonic() - began < 4.5
    assert service.hits == 1


def test_a_service_that_drips_is_left_after_three_seconds_too(opened, service):
    service.body, service.drip_s = json.dumps(hit()), 0.5
    began = time.monotonic()
    assert opened.look_up(VENUE).try_later is True
    assert 2.5 < time.monotonic() - began < 4.5


def test_a_service_that_is_not_there(gazetteer):
    absent = door(gazetteer, "nominatim", "127.0.0.1:9", "http", "storytime/1 (ops@example.org)")
    assert (absent.look_up(VENUE).found, absent.look_up(VENUE).try_later) == (TOWN, True)


def test_nothing_found(opened, service):
    assert opened.look_up(VENUE) == Answer(TOWN, "The map service knows no such place.")
    assert service.hits == 1


def test_without_a_town_nothing_is_asked_and_nothing_guessed(opened, service):
    assert opened.look_up("the corner") == Answer(None, "Without a town we do not guess.")
    assert service.hits == 0
    service.body = json.dumps(hit())
    reason = "The map service found something of that name, but not in a town that you named."
    assert opened.look_up("The Lantern, under the big clock") == Answer(None, reason)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("98402", 0), ("Tacoma, WA 98402", 0), ("Tacoma 98402", 0), ("98402, USA", 0), ("WA 98402", 0),
        ("802 Pacific Ave, Tacoma, WA 98402", 1), ("802 Pacific Ave, Tacoma, WA 98402, USA", 1),
        ("The Lantern, Tacoma, WA 98402 USA", 1), ("M5V 3L9", 0), ("290 Bremner Blvd, Toronto, ON M5V 3L9", 1),
    ],
)  # fmt: skip
def test_a_street_before_a_postal_code_is_asked_about(opened, service, words, asked):
    opened.look_up(words)
    assert service.hits == asked


def test_a_town_only_the_map_service_knows_will_do_when_it_was_named(opened, service):
    service.body = json.dumps(hit())
    known = json.loads(service.body)
    known[0]["address"]["village"] = "Nimmerland"
    service.body = json.dumps(known)
    assert opened.look_up("The Lantern, Nimmerland").found.precision == "exact"
    assert opened.look_up("Nimmerland Arms, under the clock").found is None


def test_a_hit_too_far_from_the_town_is_refused_inside_one_state_too(opened, service):
    service.body = json.dumps(hit(lat="46.0646") + hit())  # Walla Walla is in Washington as well
    assert opened.look_up(VENUE).found.point.lat == 47.2545
    service.body = json.dumps([{**hit(lat="46.0646")[0], "lon": "-118.3430"}])
    assert opened.look_up("Other pub, Tacoma, WA") == Answer(TOWN, "The map service found it 340 km from Tacoma.")


def test_the_town_that_was_picked_is_the_one_that_counts(gazetteer, opened, service):
    maine = gazetteer.choices("Portland")[1]
    service.body = json.dumps([{**hit(region="US-ME", lat="43.6591")[0], "lon": "-70.2568"}])
    answer = opened.look_up("The Lantern, Portland", town=maine)
    assert (answer.found.region, answer.found.precision) == ("ME", "exact")


def test_what_is_remembered_is_not_asked_again(gazetteer, opened, service):
    class Notebook(NoMemory):
        pages, turn = {}, True

        def recall(self, key):
            return self.pages.get(key)

        def remember(self, key, hits):
            self.pages[key] = hits

        def may_ask(self):
            return self.turn

    service.body = json.dumps(hit())
    notebook = Notebook()
    remembering = GeocodingDoor(gazetteer, opened.service, notebook)
    assert remembering.look_up(VENUE) == remembering.look_up(VENUE.lower())
    notebook.turn = False
    assert remembering.look_up("Other pub, Tacoma, WA").try_later is True
    assert service.hits == 1


def test_the_gazetteer_speaks_geopy(gazetteer):
    geocoder = GazetteerGeocoder(gazetteer)
    place = geocoder.geocode("Tacoma, WA")
    assert (place.address, place.raw["time_zone"]) == ("Tacoma, WA", "America/Los_Angeles")
    assert [one.address for one in geocoder.geocode("Portland", exactly_one=False)][:2] == [
        "Portland, OR",
        "Portland, ME",
    ]
    assert geocoder.reverse((47.25, -122.44)).address == "Tacoma, WA"
    assert geocoder.geocode("Bath, Narnia") is None


@pytest.mark.parametrize("settings", [("bing", "a.example", "https", "x"), ("nominatim", "a.example", "https", "")])
def test_half_a_configuration_is_refused(gazetteer, settings):
    with pytest.raises(ValueError):
        door(gazetteer, *settings)


def test_geodesic():
    assert round(geodesic_km(Point(47.2529, -122.4443), Point(47.6062, -122.3321)), 1) == 40.2
