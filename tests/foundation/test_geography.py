import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetups.foundation.geocoding import geodesic_km
from meetups.foundation.geography import (
    Band,
    Point,
    band_of,
    cell,
    cells_touching,
    chord_squared_m2,
    distance_km,
    distance_label,
    earth_xyz,
    ground_km,
    home_cell,
    km_from_miles,
    time_zone_at,
)

points = st.builds(
    Point,
    st.floats(-90, 90) | st.sampled_from([-90.0, -89.9, 89.9, 90.0]),
    st.floats(-180, 180) | st.sampled_from([-180.0, 180.0, 179.99]),
)


def onward(start: Point, km: float, bearing: float) -> Point:
    """The point `km` away along a great circle."""
    phi, angle = math.radians(start.lat), km / 6371.0088
    sine = math.sin(phi) * math.cos(angle) + math.cos(phi) * math.sin(angle) * math.cos(bearing)
    lat = math.asin(max(-1.0, min(1.0, sine)))
    turn = math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(phi), math.cos(angle) - math.sin(phi) * math.sin(lat)
    )
    return Point(math.degrees(lat), (start.lon + math.degrees(turn) + 180) % 360 - 180)


@pytest.mark.parametrize(
    ("lat", "lon", "why"),
    [
        (91, 0, "The latitude 91 is outside -90 to 90 degrees."),
        (0, -181, "The longitude -181 is outside -180 to 180 degrees."),
        (math.nan, 0, "The latitude is not a number."),
        (0, math.inf, "The longitude is not a number."),
    ],
)
def test_refuses_what_is_not_on_the_earth(lat, lon, why):
    with pytest.raises(ValueError) as refused:
        Point(lat, lon)
    assert str(refused.value) == why


def test_null_island():
    assert [Point(0, 0).is_null_island, Point(0, 1).is_null_island] == [True, False]


@given(points, st.floats(0, 400), st.floats(0, 6.28), st.floats(0, 1))
@settings(max_examples=300, deadline=None)
def test_no_point_within_the_radius_lies_outside_the_cells(start, radius, bearing, share):
    resolution, cells = cells_touching(start, radius)
    other = onward(start, radius * share, bearing)
    assert resolution == (5 if radius <= 60 else 3)
    assert cell(other, resolution) in cells
    assert all(0 < one < 2**63 for one in cells)


@given(points, points)
@settings(max_examples=200, deadline=None)
def test_distance_agrees_with_the_ellipsoid_and_the_chord(a, b):
    assert abs(distance_km(a, b) - geodesic_km(a, b)) <= 0.006 * distance_km(a, b) + 0.001
    square = sum((p - q) ** 2 for p, q in zip(earth_xyz(a), earth_xyz(b), strict=True))
    assert square <= chord_squared_m2(ground_km(a, b) + 0.001)
    assert square <= chord_squared_m2(1e9)


@given(points, st.floats(0, 1000), st.floats(0, 6.28))
@settings(max_examples=300, deadline=None)
def test_the_way_over_the_ground_is_the_geodesic(start, km, bearing):
    other = onward(start, km, bearing)
    exact = geodesic_km(start, other)
    assert abs(ground_km(start, other) - exact) <= 0.0002 * exact + 0.001
    within = sum((p - q) ** 2 for p, q in zip(earth_xyz(start), earth_xyz(other), strict=True))
    assert within <= chord_squared_m2(exact * 1.0002 + 0.001)
    assert km < 1 or within > chord_squared_m2(exact * 0.9998 - 0.005)


def test_a_radius_larger_than_the_earth_is_the_earth():
    assert len(cells_touching(Point(47, -122), 1e9)[1]) == 41_162


@pytest.mark.parametrize("radius", [-1, math.nan, math.inf])
def test_refuses_a_radius_that_is_none(radius):
    with pytest.raises(ValueError):
        cells_touching(Point(0, 0), radius)


def test_bands_hold_their_lower_end():
    miles = [0, 9.99, 10, 25, 50, 99.9, 100.1]
    assert [band_of(km_from_miles(m + 1e-9)) for m in miles] == [
        Band.UNDER_10,
        Band.UNDER_10,
        Band.FROM_10_TO_25,
        Band.FROM_25_TO_50,
        Band.FROM_50_TO_100,
        Band.FROM_50_TO_100,
        None,
    ]
    assert [band.label for band in Band] == ["under 10 miles", "10 to 25 miles", "25 to 50 miles", "50 to 100 miles"]


@pytest.mark.parametrize(
    ("km", "country", "label"),
    [
        (1, "US", "under 1 mi"),
        (13, "GB", "8 mi"),
        (13, "CA", "13 km"),
        (0.4, None, "under 1 km"),
        (2446, "US", "1,520 mi"),
    ],
)
def test_distance_labels(km, country, label):
    assert distance_label(km, country) == label


def test_a_home_area_grows_until_enough_people_live_there():
    home = Point(47.25, -122.44)
    crowded = home_cell(home, lambda area: 20_000)
    empty = home_cell(home, lambda area: 19_999)
    assert crowded == cell(home, 5)
    assert (empty >> 52) & 15 == 1


def test_time_zone_takes_latitude_first():
    assert [time_zone_at(Point(47.25, -122.44)), time_zone_at(Point(45.08, -64.5))] == [
        "America/Los_Angeles",
        "America/Halifax",
    ]
