"""The map beside a list: the pins of the page, the ring of the search, the towns around.

A drawing takes longer than the rest of its page, and the same input gives the same bytes; so the last ones are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from meetups.discovery.queries import Near
from meetups.foundation import clock
from meetups.foundation.atlas import Label, Pin, View, draw_locator
from meetups.foundation.gazetteer import Gazetteer
from meetups.foundation.geography import COUNTRIES_IN_MILES, Point, km_from_miles
from meetups.places.models import Place, Precision
from meetups.planning.entries import address, when, where
from meetups.planning.models import Meetup

MOST_LABELS = 24
DRAWINGS_KEPT = 200  # 10 to 25 kB each, in every process that answers pages


@dataclass(frozen=True)
class Circle:
    """What is searched: so many miles or km around a point, and what its middle is called."""

    point: Point
    within: int
    unit: str
    here: str

    @property
    def radius_km(self) -> float:
        return km_from_miles(self.within) if self.unit == "mi" else float(self.within)


def near_map(
    circle: Circle, numbered: Sequence[tuple[int, Near]], gazetteer: Gazetteer, *, keep: bool = True
) -> Markup:
    """The map of a search. Numbers are those of the list; the list says the rest.

    `keep=False` for a circle around somebody's own position, which nothing may remember.
    """
    draw = _near_map if keep else _near_map.__wrapped__
    return draw(circle, tuple(pin for number, near in numbered if (pin := _pin(near.meetup, number))), gazetteer)


@lru_cache(DRAWINGS_KEPT)
def _near_map(circle: Circle, pins: tuple[Pin, ...], gazetteer: Gazetteer) -> Markup:
    point = circle.point
    words = "; ".join(f"number {pin.number}, {pin.name}" for pin in pins) or "no pins yet"
    svg = draw_locator(
        View.around([], circle.radius_km, (point.lat, point.lon)), pins,
        radius_km=circle.radius_km, labels=_labels(point, circle.radius_km, gazetteer),
        title=f"Meetups within {circle.within} {circle.unit} of {circle.here}",
        description=f"The same meetups as in the list: {words}.",
        width=640, height=600, miles=circle.unit == "mi", links=True,
    )
    return Markup(svg)  # noqa: S704 the atlas escapes every word


def meetup_map(meetup: Meetup, gazetteer: Gazetteer) -> Markup:
    """Where one meetup is: the towns around it, not the last two streets. Empty when nobody knows."""
    pin, place = _pin(meetup, 1), meetup.place
    if pin is None:
        return Markup("")
    reach = 12.0 if place.precision in (Precision.EXACT, Precision.POSTAL, Precision.TOWN) else 150.0
    called, inside = place.town or meetup.public_venue, place.town or place.region
    return _meetup_map(pin, reach, called, inside, place.country in COUNTRIES_IN_MILES, gazetteer)


def place_map(place: Place, gazetteer: Gazetteer) -> Markup:
    """Where a place is. Empty when nobody knows."""
    if place.point is None or place.is_private:
        return Markup("")
    rough = place.precision is not Precision.EXACT
    pin = Pin(place.point.lat, place.point.lon, 1, place.words, approximate=rough)
    reach = 150.0 if place.precision is Precision.REGION else 12.0
    called = place.town or place.words
    return _meetup_map(pin, reach, called, called, place.country in COUNTRIES_IN_MILES, gazetteer)


@lru_cache(DRAWINGS_KEPT)
def _meetup_map(pin: Pin, reach: float, called: str, inside: str, miles: bool, gazetteer: Gazetteer) -> Markup:
    about = "roughly " if pin.approximate else ""
    svg = draw_locator(
        View.around([], reach, (pin.lat, pin.lon)), [pin],
        labels=_labels(Point(pin.lat, pin.lon), reach * 1.6, gazetteer), title=f"Where {called} is",
        description=f"The pin stands {about}in {inside}.", width=640, height=380, miles=miles,
    )
    return Markup(svg)  # noqa: S704 the atlas escapes every word


def _pin(meetup: Meetup, number: int) -> Pin | None:
    place = meetup.place
    if place.point is None:
        return None
    rough = place.precision is not Precision.EXACT
    return Pin(place.point.lat, place.point.lon, number, f"{meetup.title}, {meetup.public_venue}", approximate=rough)


def _labels(point: Point, radius_km: float, gazetteer: Gazetteer) -> list[Label]:
    towns = gazetteer.towns_around(point, radius_km * 1.4, MOST_LABELS)
    return [Label(town.name, town.lat, town.lon, town.population) for town in towns]


def feature(meetup: Meetup) -> dict[str, Any]:
    """A meetup in GeoJSON (RFC 7946) for strangers; without a pin the geometry is null. Longitude comes first."""
    place = meetup.place
    point = place.point if place.precision is not Precision.REGION else None
    at = [round(point.lon, 5), round(point.lat, 5)] if point else None
    return {
        "type": "Feature",
        "id": meetup.uid,
        "geometry": {"type": "Point", "coordinates": at} if at else None,
        "properties": {
            "title": meetup.title,
            "url": address(meetup),
            "when": when(meetup),
            "where": where(meetup),
            "starts": clock.iso_local(meetup.starts_at, meetup.time_zone),
            "ends": clock.iso_local(meetup.ends_at, meetup.time_zone),
            "time_zone": meetup.time_zone,
            "status": meetup.status.value,
            "kind": place.kind.value,
            "approximate": place.precision is not Precision.EXACT,
        },
    }
