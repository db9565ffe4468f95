"""What the recorded answers promise, asked of a real Nominatim that knows Tacoma, Portland and nothing else."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import quote
from urllib.request import urlopen

import pytest
import sqlalchemy as sa

from meetups.foundation.database import db
from meetups.foundation.whereabouts import current_door
from meetups.places.actions import look_up
from meetups.places.later import look_up_waiting
from meetups.places.models import PlaceKind, Precision
from meetups.planning.models import Meetup
from tests import cast
from tests.mapservice import RECORDED

PUB, HOME = PlaceKind.PUB, PlaceKind.HOME


@pytest.fixture(autouse=True)
def _at_our_own_server(app, monkeypatch):
    """It is ours, and may be asked as often as we like."""
    memory = current_door().memory
    monkeypatch.setattr(memory, "_sleep", lambda seconds: None)


@pytest.mark.parametrize(
    ("words", "lat", "lon", "town"),
    [
        ("The Lantern & Ladle, Tacoma, WA", 47.2545, -122.4392, "Tacoma"),
        ("The Lantern & Ladle, Portland, OR", 45.5231, -122.6700, "Portland"),
        ("802 Pacific Avenue, Tacoma, WA 98402", 47.2545, -122.4392, "Tacoma"),
        ("1140 Pacific Avenue, Tacoma, Washington", 47.2500, -122.4386, "Tacoma"),
        ("Marginalia Cafe, Tacoma, WA", 47.2441, -122.4552, "Tacoma"),
        ("Marginalia Café, Hilltop, Tacoma, WA", 47.2441, -122.4552, "Tacoma"),
        ("Fern Hill Branch Library, Tacoma, WA", 47.1790, -122.4420, "Tacoma"),
    ],
)
def test_the_very_door(app, words, lat, lon, town):
    found = look_up(words, PUB)
    assert (found.precision, found.town, found.country) == (Precision.EXACT, town, "US")
    assert (found.point.lat, found.point.lon) == (pytest.approx(lat, abs=1e-4), pytest.approx(lon, abs=1e-4))


@pytest.mark.parametrize(
    ("words", "town"),
    [
        ("The Nonesuch, Tacoma, WA", "Tacoma"),
        ("Fern Hill Branch Library, Olympia, WA", "Olympia"),
        ("The Lantern & Ladle, Kitchener, Ontario", "Kitchener"),
        ("'); drop table place; --, Tacoma, WA", "Tacoma"),
    ],
)
def test_what_it_does_not_know_stays_in_its_town(app, words, town):
    found = look_up(words, PUB)
    assert (found.precision, found.town, found.look_again) == (Precision.TOWN, town, False)
    assert found.note == "The map service knows no such place."


def test_without_a_town_nothing_is_guessed(app):
    assert look_up("The Lantern & Ladle", PUB).precision is Precision.NONE


def test_a_home_is_not_asked_about(app):
    assert look_up("802 Pacific Avenue, Tacoma, WA", HOME).precision is Precision.TOWN
    assert db.session.execute(sa.text("select count(*) from looked_up")).scalar() == 0


def test_the_answer_in_the_ordinary_suite_is_shaped_like_a_real_one(nominatim):
    question = quote("The Lantern & Ladle, Tacoma, WA")
    with urlopen(f"http://{nominatim}/search?q={question}&format=json&addressdetails=1") as page:
        real = json.load(page)[0]
    recorded = json.loads((RECORDED / "nominatim_venue.json").read_text())[0]
    assert set(recorded) <= set(real)
    assert {"country_code", "ISO3166-2-lvl4", "city", "state"} <= set(real["address"])
    assert {name: real[name] for name in ("class", "type", "addresstype")} == {
        name: recorded[name] for name in ("class", "type", "addresstype")
    }


def test_from_the_page_to_the_pin_and_later_when_it_was_away(app, signed_in, nominatim, frozen):
    browser, door = signed_in(cast.marisol()), current_door()
    said = {"title": "Sticks", "day": "2026-12-12", "start": "19:00", "kind": "pub", "contact": "me", "deed": "publish"}
    browser.submit("/propose", {**said, "words": "The Lantern & Ladle, Tacoma, WA"})
    door.service.geocoder.api = "http://127.0.0.1:9/search"
    browser.submit("/propose", {**said, "words": "Fern Hill Branch Library, Tacoma, WA"})
    first, second = db.session.scalars(sa.select(Meetup).order_by(Meetup.id))
    assert (first.place.precision, second.place.precision) == (Precision.EXACT, Precision.TOWN)
    door.service.geocoder.api = f"http://{nominatim}/search"
    frozen.pass_time(timedelta(minutes=2))
    assert look_up_waiting() == 1
    assert second.place.precision is Precision.EXACT
    assert second.place.words == "Fern Hill Branch Library, Tacoma, WA"
