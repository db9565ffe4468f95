"""Radius search agrees with the geodesic: at the poles, across the date line, on both databases."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from meetups.discovery.queries import Search, meetups_found
from meetups.foundation import clock
from meetups.foundation.geocoding import geodesic_km
from meetups.foundation.geography import Point
from tests.foundation.test_geography import onward
from tests.makers import TACOMA, make_meetup, make_person, make_place

MIDDLES = [TACOMA, Point(89.95, 10), Point(-89.9, -170), Point(-16.8, 179.97), Point(52, -179.99), Point(0.2, 0.1)]
TOLERANCE = 0.005


@pytest.fixture
def scattered(both_databases, app):
    """Thirty meetups around each middle, up to 600 km off; many near the edges that are asked for below."""
    dice, host = random.Random(4), make_person()
    points = []
    for middle in MIDDLES:
        for _ in range(30):
            km = dice.uniform(*dice.choice([(0, 600), (9.8, 10.2), (49, 51), (198, 202)]))
            points.append(onward(middle, km, dice.uniform(0, 6.28)))
    return {make_meetup(host=host, place=make_place(at=point)).id: point for point in points}


def test_radius_search_is_brute_force_with_the_geodesic(scattered):
    at = clock.now()
    for middle in MIDDLES:
        exact = {number: geodesic_km(middle, point) for number, point in scattered.items()}
        for radius in (10.0, 50.0, 200.0, 450.0):
            for by_distance in (False, True):
                search = Search(at, middle, radius, by_distance=by_distance)
                rows = meetups_found(search, size=200).rows
                found = [near.meetup.id for near in rows]
                assert set(found) >= {n for n, km in exact.items() if km <= radius * (1 - TOLERANCE)}
                assert set(found) <= {n for n, km in exact.items() if km <= radius * (1 + TOLERANCE)}
                assert [near.km for near in rows] == [pytest.approx(exact[n], rel=TOLERANCE, abs=0.01) for n in found]
                far = [exact[n] for n in found]
                assert not by_distance or all(a <= b * 1.001 + 0.01 for a, b in pairwise(far))


def test_a_meetup_across_the_date_line_is_near(scattered):
    search = Search(clock.now(), Point(-16.8, -179.97), 30.0, by_distance=True)
    east_and_west = {near.meetup.place.point.lon > 0 for near in meetups_found(search, size=200).rows}
    assert east_and_west == {True, False}
