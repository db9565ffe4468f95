"""The pin set by hand: squares that come closer without a script, and two numbers."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from meetups.foundation.atlas import Grid, View, draw_locator
from meetups.foundation.geography import Point, distance_km
from meetups.places.maps import Look, look_at
from meetups.places.models import Place, PlaceKind, Precision
from tests import cast
from tests.browsing import SVG
from tests.makers import make_meetup, make_place

DOOR = Point(47.251234, -122.437777)


@pytest.fixture
def ken(app, signed_in):
    return signed_in(cast.ken())


@pytest.fixture
def place(app) -> Place:
    place = make_place(precision=Precision.TOWN)
    make_meetup(place=place)
    return place


def squares(browser, path: str) -> list[str]:
    tree = browser.tree(browser.get(path))
    return [urlsplit(each.get("href")).query for each in tree.iter(f"{SVG}a")] or [
        urlsplit(each.get("href") or "").query for each in tree.iter("a") if "look=" in (each.get("href") or "")
        and (each.get("aria-label") or "").startswith("Closer")
    ]  # fmt: skip


def middle_of(query: str) -> Point:
    lat, lon = (float(part) for part in parse_qs(query)["look"][0].split(","))
    return Point(lat, lon)


def test_a_few_presses_lead_to_the_door(ken, place):
    path, presses = f"/places/{place.code}/pin", 0
    while True:
        offered = squares(ken, path)
        assert len(offered) == 25
        nearest = min(offered, key=lambda query: distance_km(middle_of(query), DOOR))
        path, presses = f"/places/{place.code}/pin?{nearest}", presses + 1
        if distance_km(middle_of(nearest), DOOR) < 0.004:
            break
        assert presses < 8
    assert presses <= 6
    assert ken.submit(path, {}).status_code == 303
    assert distance_km(place.point, DOOR) < 0.01
    assert (place.precision, place.pinned_at is not None) == (Precision.EXACT, True)
    assert place.time_zone == "America/Los_Angeles"


def test_every_square_s_middle_lies_in_it(app):
    for lat, lon in ((47.25, -122.44), (-17.0, 179.9999), (70.0, -180.0), (0.5, 0.5), (-54.8, -68.3)):
        seen: list[Point] = []
        grid = Grid(lambda middle, seen=seen: seen.append(Point(*middle)) or "?")
        draw_locator(View(lat, lon, 0.5), [], title="t", description="d", width=600, height=600, grid=grid)
        assert distance_km(seen[12], Point(lat, lon)) < 0.001
        assert {round(distance_km(seen[12], seen[n]), 2) for n in (7, 11, 13, 17)} == {0.2}
        assert seen[2].lat > seen[12].lat > seen[22].lat


@pytest.mark.parametrize(
    "query", ["look=nan,nan&km=nan", "look=1e9,0&km=-4", "look=0,0&km=1e99", "look=91,0", "look=,", "km=inf",
              "look=1,2,3&km=x", "look=%00&km=%00", "look=89.9999,0&km=3200", "look=-90,180&km=0.0125",
              "look=" + "9" * 10_000, "look=47,-122&km=0"],
)  # fmt: skip
def test_odd_views(ken, place, query):
    answer = ken.get(f"/places/{place.code}/pin?{query}")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("at", "sentence"),
    [("", "Two numbers"), ("NaN,NaN", "Two numbers"), ("0,0", "Gulf of Guinea"), ("1e9,1e9", "Two numbers"),
     ("-122.44, 47.25", "wrong way round"), ("48.85, 2.35", "km from Tacoma"), ("x" * 10_000, "too long")],
)  # fmt: skip
def test_coordinates_that_are_no_place_get_a_sentence(ken, place, at, sentence):
    answer = ken.forge(f"/places/{place.code}/pin", {"at": at, "version": "1"})
    assert answer.status_code in (400, 409)
    assert sentence in ken.text(answer)
    assert place.precision is Precision.TOWN


def test_a_place_nobody_found_is_pinned_by_its_numbers(ken):
    place = make_place("Behind the gates", at=None)
    make_meetup(place=place, zone="America/Los_Angeles")
    assert "Nobody knows yet" in ken.text(ken.get(f"/places/{place.code}/pin"))
    ken.submit(f"/places/{place.code}/pin", {"at": "47.251234 -122.437777"})
    assert (place.point, place.town) == (DOOR, "Tacoma")


def test_homes_have_no_such_page(ken):
    home = make_place("12 Elm St", kind=PlaceKind.HOME)
    assert ken.forge(f"/places/{home.code}/pin", {"at": "47.2,-122.4", "version": "1"}).status_code == 404
    assert (home.precision, home.pinned_at) == (Precision.POSTAL, None)


def test_how_far_one_sees(place):
    start = look_at(place, "", "")
    assert start == Look(place.point, 12.8)
    assert not start.is_close
    assert start.square_m == 5120
    assert look_at(place, "47.2,-122.4", "0.0001").square_m == 5
