"""The map on which a pin is set by hand: it comes closer with each press, until a square is a few steps wide."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from urllib.parse import urlencode

from markupsafe import Markup

from meetups.foundation.atlas import Grid, Label, Pin, View, draw_locator
from meetups.foundation.atlas.grid import SIDES
from meetups.foundation.gazetteer import Gazetteer
from meetups.foundation.geography import Point
from meetups.places.models import Place, Precision

STEP = 4.0  # each press shows a quarter of what was in view, a little more than the square pressed
CLOSEST_KM, WIDEST_KM, EXACT_ENOUGH_KM = 0.0125, 3200.0, 0.25
START_KM = {Precision.EXACT: 3.2, Precision.POSTAL: 3.2, Precision.TOWN: 12.8, Precision.REGION: 400.0}
MOST_LABELS = 24


@dataclass(frozen=True)
class Look:
    """What is in view: `half_km` from the middle to the edge."""

    middle: Point
    half_km: float

    @property
    def square_m(self) -> float:
        """The side of one square of the grid, in meters."""
        return self.half_km * 2000 / SIDES

    @property
    def is_close(self) -> bool:
        """Whether the middle is near enough to be a pin."""
        return self.half_km <= EXACT_ENOUGH_KM

    @property
    def typed(self) -> str:
        """The middle as it is typed: latitude, longitude."""
        return written(self.middle)

    def query(self, middle: Point, half_km: float) -> str:
        return "?" + urlencode({"look": written(middle), "km": f"{min(max(half_km, CLOSEST_KM), WIDEST_KM):g}"})

    def closer(self, lat: float, lon: float) -> str:
        """Where a square leads."""
        return self.query(Point(lat, lon), self.half_km / STEP)

    @property
    def wider(self) -> str:
        """One step back; "" at the widest."""
        return self.query(self.middle, self.half_km * STEP) if self.half_km < WIDEST_KM else ""


def written(point: Point) -> str:
    """Six decimals, a tenth of a meter."""
    return f"{point.lat:.6f}, {point.lon:.6f}"


def look_at(place: Place, typed: str, km: str) -> Look | None:
    """What the address asks for; nonsense counts as the place itself, and None says that nobody knows where it is."""
    middle, half_km = place.point, START_KM.get(place.precision, 12.8)
    try:
        lat, lon = (float(part) for part in typed[:60].split(","))
        asked = float(km[:20] or half_km)
        middle = Point(lat, lon)
        half_km = min(max(asked, CLOSEST_KM), WIDEST_KM) if isfinite(asked) else half_km
    except ValueError:
        pass
    return Look(middle, half_km) if middle is not None else None


def pin_map(place: Place, look: Look, gazetteer: Gazetteer) -> Markup:
    """The drawing with its grid. Where the pin stands now, it is on it."""
    pins = [Pin(place.point.lat, place.point.lon, 1, "The pin as it stands",
                approximate=place.precision is not Precision.EXACT)] if place.point else []  # fmt: skip
    towns = gazetteer.towns_around(look.middle, min(look.half_km * 2, 500.0), MOST_LABELS) if look.half_km > 1 else []
    at_end = look.half_km <= CLOSEST_KM
    svg = draw_locator(
        View(look.middle.lat, look.middle.lon, look.half_km), pins,
        labels=[Label(town.name, town.lat, town.lon, town.population) for town in towns],
        title=f"Where {place.name} is", width=600, height=600, prefix="pin",
        description=f"{SIDES} by {SIDES} squares, each {meters(look.square_m)} wide. Press one for a closer look.",
        grid=Grid(lambda middle: look.query(Point(*middle), CLOSEST_KM) if at_end else look.closer(*middle)),
    )  # fmt: skip
    return Markup(svg)  # noqa: S704 the atlas escapes every word


def meters(length: float) -> str:
    """ "5 m", "640 m", "2.6 km", "128 km"."""
    if length < 1000:
        return f"{length:.0f} m"
    return f"{length / 1000:.1f} km" if length < 10_000 else f"{length / 1000:,.0f} km"
