"""Which part of the world is looked at, and where a place falls on the paper.

Close views use the stereographic projection centered on the view: it keeps shapes, a radius stays a
circle (0.06 % too wide at 300 km), and neither the antimeridian nor a pole is special in it. Views
wider than `WIDEST_LOCAL_KM` are a plain world map with longitudes shortened by the latitude.
Formulas: Snyder, Map Projections: A Working Manual (USGS 1395, 1987), chapters 12 and 21.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

EARTH_KM = 6371.0088
WIDEST_LOCAL_KM = 3500.0
CLOSEST_KM = 4.0  # of a view made to fit; whoever names one may come closer, to `NEAREST_KM`
NEAREST_KM = 0.005
WIDEST_KM = 20_000.0

LatLon = tuple[float, float]
Spot = tuple[float, float]
#: west, south, east, north in degrees; west may lie below -180 and east above 180
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class View:
    """The middle of a map, and how many kilometers it shows from there to its nearer edge."""

    lat: float
    lon: float
    half_km: float

    def __post_init__(self) -> None:
        if not (
            -90 <= self.lat <= 90 and -540 <= self.lon <= 540 and NEAREST_KM <= self.half_km <= WIDEST_KM
        ):
            raise ValueError(f"no such view: {self}")

    @classmethod
    def around(
        cls,
        points: Iterable[LatLon],
        radius_km: float | None = None,
        centre: LatLon | None = None,
        aspect: float = 4 / 3,
    ) -> View:
        """A view that shows the whole radius around `centre`, or without a radius all `points`.

        Points outside the radius do not widen the view. Without radius and points it shows 25 km around
        `centre`; without any of the three, the world. `aspect` is the width of the drawing over its height.
        There is room above the northernmost point for the head of its pin.
        """
        places = list(points)
        if radius_km is not None and (centre is not None or places):
            return cls(*(centre or _middle(places)), _within(radius_km * 1.25))
        if not places:
            return cls(*centre, 25.0) if centre is not None else cls(20.0, 0.0, WIDEST_KM)
        middle = centre or _middle(places)
        reaches = [_reach_km(middle, place) for place in places]
        across, along = max(east for east, _ in reaches), max(north for _, north in reaches)
        side = (
            max(along * 1.35, across * 1.2 / aspect)
            if aspect >= 1
            else max(along * 1.35 * aspect, across * 1.2)
        )
        return cls(*middle, _within(side + 2))


def _reach_km(middle: LatLon, place: LatLon) -> tuple[float, float]:
    """How far east or west, and how far north or south, a place lies from the middle."""
    lat_1, lat_2 = math.radians(middle[0]), math.radians(place[0])
    turn = math.radians(place[1] - middle[1])
    east = math.cos(lat_2) * math.sin(turn)
    north = math.cos(lat_1) * math.sin(lat_2) - math.sin(lat_1) * math.cos(lat_2) * math.cos(turn)
    bearing, far = math.atan2(east, north), distance_km(middle, place)
    return abs(far * math.sin(bearing)), abs(far * math.cos(bearing))


def _within(half_km: float) -> float:
    return min(max(half_km, CLOSEST_KM), WIDEST_KM)


def distance_km(one: LatLon, other: LatLon) -> float:
    """Great-circle distance in kilometers on the mean sphere (haversine)."""
    lat_1, lat_2 = math.radians(one[0]), math.radians(other[0])
    chord = (
        math.sin((lat_2 - lat_1) / 2) ** 2
        + math.cos(lat_1) * math.cos(lat_2) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))


def _middle(places: Sequence[LatLon]) -> LatLon:
    """The middle of the box around the places; the box leaves out the widest empty stretch of longitude."""
    lons = sorted((lon + 180) % 360 for _, lon in places)
    gaps = [(right - left) % 360 or 360 for left, right in zip(lons, [*lons[1:], lons[0]], strict=True)]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    span = 360 - gaps[widest] if len(lons) > 1 else 0.0
    west = lons[(widest + 1) % len(lons)] - 180
    lats = [lat for lat, _ in places]
    return (min(lats) + max(lats)) / 2, wrapped(west + span / 2)


def wrapped(lon: float) -> float:
    """The same longitude between -180 and 180."""
    return (lon + 180) % 360 - 180


class Projection(Protocol):
    """From degrees to units of the drawing; x grows to the right, y grows downward."""

    width: int
    height: int
    km_a_unit: float
    bounds: Bounds

    def spot(self, lat: float, lon: float) -> Spot:
        """Where a place falls."""

    def spots(self, xs: Iterable[float], ys: Iterable[float], units: int) -> list[Spot]:
        """Where many places fall, given as whole parts of a degree, `units` to the degree."""


class Local:
    """Stereographic, centered on the view."""

    def __init__(self, view: View, width: int, height: int) -> None:
        """A drawing of `width` x `height` units whose shorter side shows twice `view.half_km`."""
        self.view, self.width, self.height = view, width, height
        self.km_a_unit = 2 * view.half_km / min(width, height)
        self._sin, self._cos = math.sin(math.radians(view.lat)), math.cos(math.radians(view.lat))
        self._scale = 2 * EARTH_KM / self.km_a_unit
        self.bounds = self._bounds()

    def spot(self, lat: float, lon: float) -> Spot:
        return self.spots((wrapped(lon - self.view.lon) + self.view.lon,), (lat,), 1)[0]

    def spots(self, xs: Iterable[float], ys: Iterable[float], units: int) -> list[Spot]:
        """As promised; the far side of the world is pushed to a finite distance."""
        turn = math.radians(1) / units
        origin, middle_x, middle_y = math.radians(self.view.lon), self.width / 2, self.height / 2
        sin0, cos0, scale, sin, cos = self._sin, self._cos, self._scale, math.sin, math.cos
        found = []
        for x, y in zip(xs, ys, strict=True):
            east, north = x * turn - origin, y * turn
            sin_lat, cos_lat = sin(north), cos(north)
            across = cos_lat * cos(east)
            size = scale / max(1 + sin0 * sin_lat + cos0 * across, 0.01)
            found.append(
                (middle_x + size * cos_lat * sin(east), middle_y - size * (cos0 * sin_lat - sin0 * across))
            )
        return found

    def _bounds(self) -> Bounds:
        """Degrees that hold the whole drawing and a margin; all the way round when a pole is inside."""
        half_x, half_y = self.width / 2 * 1.04 + 6, self.height / 2 * 1.04 + 6
        edge = [(half_x * part / 8, side * half_y) for part in range(-8, 9) for side in (-1, 1)]
        edge += [(side * half_x, half_y * part / 8) for part in range(-8, 9) for side in (-1, 1)]
        lats, lons = zip(*(self._place(x, y) for x, y in edge), strict=True)
        south, north = min(lats), max(lats)
        for pole in (-90.0, 90.0):
            x, y = self.spots((self.view.lon,), (pole,), 1)[0]
            if abs(x - self.width / 2) <= half_x and abs(y - self.height / 2) <= half_y:
                south, north = min(south, pole), max(north, pole)
                return self.view.lon - 180, south, self.view.lon + 180, north
        return self.view.lon + min(lons), south, self.view.lon + max(lons), north

    def place(self, x: float, y: float) -> LatLon:
        """What lies at a spot of the drawing."""
        lat, turn = self._place(x - self.width / 2, self.height / 2 - y)
        return lat, wrapped(self.view.lon + turn)

    def _place(self, x: float, y: float) -> LatLon:
        """Latitude, and longitude from the center, of a point x right of and y above the middle."""
        rho = math.hypot(x, y)
        if rho == 0:
            return self.view.lat, 0.0
        c = 2 * math.atan(rho / self._scale)
        lat = math.asin(max(-1.0, min(1.0, math.cos(c) * self._sin + y * math.sin(c) * self._cos / rho)))
        lon = math.atan2(x * math.sin(c), rho * self._cos * math.cos(c) - y * self._sin * math.sin(c))
        return math.degrees(lat), math.degrees(lon)


class Wide:
    """Equirectangular, with the longitudes shortened so that shapes are right at the view's latitude."""

    def __init__(self, view: View, width: int, height: int) -> None:
        """A drawing of `width` x `height` units; never more than once round the world."""
        self.view, self.width, self.height = view, width, height
        self._narrow = max(0.5, math.cos(math.radians(view.lat)))
        a_degree = EARTH_KM * math.radians(1)
        self.km_a_unit = 2 * view.half_km / min(width, height)
        if self.km_a_unit * max(width / 359 / self._narrow, height / 180) > a_degree:
            # The whole world, stretched so that it ends at the poles and once round.
            self._narrow = min(1.0, max(0.5, width / 359 * 180 / height))
            self.km_a_unit = 359 * a_degree * self._narrow / width
        self._a_degree = a_degree / self.km_a_unit
        half_lon = width / 2 / self._a_degree / self._narrow + 0.4
        half_lat = height / 2 / self._a_degree + 1
        # The map may slide north or south, but shows no more beyond a pole than it must.
        room = max(0.0, 90 - half_lat)
        self._lat = max(-room, min(room, view.lat))
        south, north = max(-90.0, self._lat - half_lat), min(90.0, self._lat + half_lat)
        self.bounds = view.lon - min(half_lon, 180), south, view.lon + min(half_lon, 180), north

    def spot(self, lat: float, lon: float) -> Spot:
        return self.spots((wrapped(lon - self.view.lon) + self.view.lon,), (lat,), 1)[0]

    def spots(self, xs: Iterable[float], ys: Iterable[float], units: int) -> list[Spot]:
        """As promised."""
        down, along = self._a_degree / units, self._a_degree * self._narrow / units
        left = self.width / 2 - self.view.lon * units * along
        top = self.height / 2 + self._lat * units * down
        return [(left + x * along, top - y * down) for x, y in zip(xs, ys, strict=True)]


def projection_for(view: View, width: int, height: int) -> Projection:
    """The projection that suits the width of the view."""
    kind: Callable[[View, int, int], Projection] = Local if view.half_km <= WIDEST_LOCAL_KM else Wide
    return kind(view, width, height)
