"""Points on the earth: distances, the cells an index is built on, and the bands people are shown in.

`earth_xyz` and `ground_km` stand on the WGS 84 ellipsoid: up to 1,000 km they are within 0.02 % of the geodesic
(`foundation.geocoding.geodesic_km`). `distance_km` is quicker, on a sphere, and within 0.6 %.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from h3.api import basic_int as h3

EARTH_RADIUS_M = 6371008.8  # mean radius of WGS 84, (2a + b) / 3
EARTH_RADIUS_KM = EARTH_RADIUS_M / 1000
EQUATOR_M, FLATTENING = 6378137.0, 1 / 298.257223563  # WGS 84
ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING)
HALFWAY_ROUND_KM = math.pi * EARTH_RADIUS_KM
KM_PER_MILE = 1.609344  # exact, by the international agreement of 1959
COUNTRIES_IN_MILES = frozenset({"US", "GB", "LR", "MM"})

FINE, GATHERING, COARSE = 5, 4, 3
FINE_REACH_KM = 60.0
# Farthest corner of any cell from its middle, and the least distance between two neighbors, with room to spare
# (measured over all 41,162 coarse cells and 17,000 fine ones; the tests prove it with random circles).
WIDEST_KM = {FINE: 11.5, COARSE: 77.0}
CLOSEST_KM = {FINE: 11.5, COARSE: 84.0}
SPHERE_ERROR = 0.006
MOST_RINGS = 20  # beyond this, walking every coarse cell once is cheaper than growing a disk

ENOUGH_RESIDENTS = 20_000


@dataclass(frozen=True, slots=True)
class Point:
    """A latitude and a longitude in degrees (WGS 84). Refuses, with ValueError, what is not on the earth."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        for value, most, name in ((self.lat, 90.0, "latitude"), (self.lon, 180.0, "longitude")):
            if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
                raise ValueError(f"The {name} is not a number.")
            if abs(value) > most:
                raise ValueError(f"The {name} {value:g} is outside {-most:g} to {most:g} degrees.")

    @property
    def is_null_island(self) -> bool:
        """0,0 is what broken forms and files send; nobody meets in the Gulf of Guinea."""
        return abs(self.lat) < 1e-6 and abs(self.lon) < 1e-6


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance in km by the haversine formula (R. W. Sinnott, Sky and Telescope 68, 1984)."""
    phi_a, phi_b = math.radians(a.lat), math.radians(b.lat)
    half_lat = math.sin((phi_b - phi_a) / 2)
    half_lon = math.sin(math.radians(b.lon - a.lon) / 2)
    square = half_lat * half_lat + math.cos(phi_a) * math.cos(phi_b) * half_lon * half_lon
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, square)))


def miles_from_km(km: float) -> float:
    return km / KM_PER_MILE


def km_from_miles(miles: float) -> float:
    return miles * KM_PER_MILE


def earth_xyz(point: Point) -> tuple[int, int, int]:
    """Earth-centered coordinates in whole meters: x through 0,0, y through 0,90 E, z through the north pole."""
    x, y, z = _on_the_ellipsoid(point)
    return round(x), round(y), round(z)


def _on_the_ellipsoid(point: Point) -> tuple[float, float, float]:
    """Geodetic to geocentric coordinates at height 0 (EPSG guidance note 7-2, section 4.1.1)."""
    phi, lam = math.radians(point.lat), math.radians(point.lon)
    normal = EQUATOR_M / math.sqrt(1 - ECCENTRICITY_SQUARED * math.sin(phi) ** 2)
    ring = normal * math.cos(phi)
    return ring * math.cos(lam), ring * math.sin(lam), normal * (1 - ECCENTRICITY_SQUARED) * math.sin(phi)


def ground_km(a: Point, b: Point) -> float:
    """Distance over the ground in km: the chord through the ellipsoid, bent with the mean radius.

    The chord is what differs between equator and poles; its arc hardly does. This is what a radius search goes by.
    """
    chord = math.dist(_on_the_ellipsoid(a), _on_the_ellipsoid(b))
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, chord / 2 / EARTH_RADIUS_M))


def chord_squared_m2(radius_km: float) -> int:
    """The square, in m2, of the straight line between two points `radius_km` apart on the surface.

    Two meters are added, because `earth_xyz` rounds each end: nobody within the radius is lost.
    """
    angle = _sound_radius(radius_km) / EARTH_RADIUS_KM
    if angle >= math.pi:
        return math.ceil(2 * EQUATOR_M + 2) ** 2  # everybody
    return (math.ceil(2 * EARTH_RADIUS_M * math.sin(angle / 2)) + 2) ** 2


def cell(point: Point, resolution: int) -> int:
    """The H3 cell the point lies in; its top bit is never set, so it fits a signed 64-bit column."""
    return int(h3.latlng_to_cell(point.lat, point.lon, resolution))


@lru_cache(8192)
def cell_middle(of: int) -> Point:
    lat, lon = h3.cell_to_latlng(of)
    return Point(lat, lon)


def cells_touching(point: Point, radius_km: float) -> tuple[int, list[int]]:
    """The resolution to ask for (5 up to 60 km, 3 beyond) and every cell that may touch the circle, sorted.

    A few cells more than needed may be named, never one too few; the sphere's error is allowed for. Refuses a radius
    that is negative or not a number.
    """
    radius = min(_sound_radius(radius_km), HALFWAY_ROUND_KM)
    resolution = FINE if radius <= FINE_REACH_KM else COARSE
    reach = radius * (1 + SPHERE_ERROR) + WIDEST_KM[resolution]
    rings = math.ceil(reach / CLOSEST_KM[resolution]) + 1
    candidates = _whole_earth() if rings > MOST_RINGS else h3.grid_disk(cell(point, resolution), rings)
    return resolution, sorted(int(one) for one in candidates if distance_km(point, cell_middle(one)) <= reach)


def _whole_earth() -> list[int]:
    return [one for root in h3.get_res0_cells() for one in h3.cell_to_children(root, COARSE)]


def _sound_radius(radius_km: float) -> float:
    if not math.isfinite(radius_km) or radius_km < 0:
        raise ValueError("The radius must be a number of kilometers, zero or more.")
    return float(radius_km)


def home_cell(point: Point, residents_of_cell: Callable[[int], int]) -> int:
    """The area kept in place of somebody's home: an H3 cell of resolution 5, grown until 20,000 people live there.

    Each step takes the parent, so a point always lands in the same nest of areas. Where even 700 km across hold
    fewer (resolution 1), that area is used. `residents_of_cell` is `Gazetteer.residents_within_cell`.
    """
    area = cell(point, FINE)
    for resolution in (4, 3, 2, 1):
        if residents_of_cell(area) >= ENOUGH_RESIDENTS:
            break
        area = int(h3.cell_to_parent(area, resolution))
    return area


def gathering_cell(point: Point, residents_of_cell: Callable[[int], int]) -> int:
    """The area in which people say they would come to something: about 1,800 km², or the home area where that is
    larger. Every point lies in exactly one, so that counts of two areas never overlap and nothing can be told from
    their difference."""
    home = home_cell(point, residents_of_cell)
    return int(h3.cell_to_parent(home, GATHERING)) if h3.get_resolution(home) > GATHERING else home


class Band(Enum):
    """How far colleagues are from one another, in miles: all that is ever shown of a distance between people."""

    UNDER_10 = (0, 10)
    FROM_10_TO_25 = (10, 25)
    FROM_25_TO_50 = (25, 50)
    FROM_50_TO_100 = (50, 100)

    @property
    def label(self) -> str:
        low, high = self.value
        return f"{low} to {high} miles" if low else f"under {high} miles"


def band_of(km: float) -> Band | None:
    """The band a distance falls into, its lower end included; None beyond 100 miles."""
    miles = miles_from_km(km)
    return next((band for band in Band if band.value[0] <= miles < band.value[1]), None)


def usual_unit(country: str | None) -> str:
    """How people there say distances: "mi" in US, GB, LR, MM, else "km"."""
    return "mi" if country in COUNTRIES_IN_MILES else "km"


def distance_label(km: float, country: str | None) -> str:
    """A distance as people there say it; see `distance_in`."""
    return distance_in(km, usual_unit(country))


def distance_in(km: float, unit: str) -> str:
    """A distance in "mi" or "km", in words: whole numbers, tens only from 100 on."""
    amount = miles_from_km(km) if unit == "mi" else km
    if amount < 1:
        return f"under 1 {unit}"
    whole = round(amount) if amount < 100 else round(amount, -1)
    return f"{whole:,.0f} {unit}"


def time_zone_at(point: Point) -> str:
    """The IANA zone in force at the point; at sea the nautical zone ("Etc/GMT+4")."""
    from tzfpy import get_tz  # noqa: PLC0415 slow import: 35 MB of polygons

    return str(get_tz(point.lon, point.lat)) or "Etc/UTC"  # longitude first, unlike everything else
