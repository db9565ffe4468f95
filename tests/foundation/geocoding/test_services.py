"""Recorded answers of each map service, over real HTTP."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from meetups.foundation.geocoding import SERVICES, Answer, Found, door
from meetups.foundation.geography import Point

VENUE = "The Lantern & Ladle, 802 Pacific Ave, Tacoma, WA"
SPOT = Point(47.2545, -122.4405)
AGENT = "guerrilla-storytime (+https://storytime.example; ops@storytime.example)"
PATHS = {"nominatim": ("/search", "q"), "photon": ("/api", "q"), "pelias": ("/v1/search", "text")}
NAMES = sorted(SERVICES)


@pytest.fixture
def asking(service, gazetteer):
    def ask(name: str, recorded: str, words: str = VENUE, key: str = "") -> Answer:
        service.says(f"{name}_{recorded}")
        return door(gazetteer, name, service.domain, "http", AGENT, key=key).look_up(words)

    return ask


@pytest.mark.parametrize("name", NAMES)
def test_a_venue(asking, service, name):
    assert asking(name, "venue") == Answer(Found(SPOT, "exact", "US", "WA", name))
    path, parameter = PATHS[name]
    asked = urlsplit(service.paths[0])
    assert (asked.path, parse_qs(asked.query)[parameter], service.agents) == (path, [VENUE], [AGENT])


@pytest.mark.parametrize("name", NAMES)
def test_nothing(asking, name):
    answer = asking(name, "nothing")
    assert (answer.found.source, answer.reason) == ("gazetteer", "The map service knows no such place.")
    assert answer.try_later is False


@pytest.mark.parametrize("name", NAMES)
def test_the_venue_of_one_town_is_not_that_of_another(asking, name):
    answer = asking(name, "venue", "The Lantern & Ladle, Kitchener, Ontario")
    assert (answer.found.country, answer.found.region, answer.found.precision) == ("CA", "ON", "town")
    assert answer.reason == "The map service found it in US, not in CA."


def test_kitchener_is_not_hells_kitchen(asking):
    answer = asking("pelias", "elsewhere", "Kitchener Tavern, Kitchener, WA")
    assert (answer.found, answer.try_later) == (None, False)
    answer = asking("pelias", "elsewhere", "Kitchener Tavern, Ellensburg, WA")
    assert answer.reason == "The map service found it in New York, not in Washington."


def test_a_town_is_no_venue(asking):
    assert asking("photon", "town").found.precision == "town"


def test_a_key_goes_to_pelias_alone(asking, service):
    for name in NAMES:
        asking(name, "venue", key="s3cret")
    assert [("s3cret" in path) for path in service.paths] == [name == "pelias" for name in NAMES]
