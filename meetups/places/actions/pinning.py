"""A pin set by hand: on the map, or as two numbers copied from any maps app."""

from __future__ import annotations

import re

from meetups.foundation import clock
from meetups.foundation.geography import Point, distance_km, time_zone_at
from meetups.foundation.refusals import Refusal
from meetups.foundation.whereabouts import current_gazetteer
from meetups.people.models import Person
from meetups.places import queries
from meetups.places.actions.correcting import hold, record, remembered
from meetups.places.models import Finding, Place, Precision

TOO_FAR_KM = 150.0
NUMBER = r"[-+]?\d{1,4}(?:\.\d{0,20})?"
PAIR = re.compile(rf"\s*({NUMBER})\s*[,; ]\s*({NUMBER})\s*")


def point_typed(typed: str) -> Point:
    """Where "47.2529, -122.4443" is: latitude first. Refuses, with a sentence, whatever is no spot to meet at."""
    found = PAIR.fullmatch(typed)
    if found is None:
        raise Refusal("Two numbers, please, latitude first: 47.2529, -122.4443.", field="at")
    lat, lon = (float(number) for number in found.groups())
    try:
        point = Point(lat, lon)
    except ValueError as wrong:
        turned = " Are the two the wrong way round? Latitude comes first." if abs(lon) <= 90 < abs(lat) <= 180 else ""
        raise Refusal(f"{wrong}{turned}", field="at") from wrong
    if point.is_null_island:
        raise Refusal("0, 0 is in the Gulf of Guinea, where nobody meets. Set the pin again.", field="at")
    return point


def pin_by_hand(place: Place, point: Point, by: Person, version: int) -> Place:
    """Put the pin where somebody who knows says it is; floors of the building follow, and so do the meetups.

    Refuses a home, a spot far from the town the place is in, and a form that somebody else was quicker than.
    """
    hold(place, by, version)
    _refuse_far(place, point)
    before = remembered(place)
    town = current_gazetteer().nearest_town(point)
    there = (town.name, town.region, town.country) if town else (place.town, place.region, place.country)
    finding = Finding(Precision.EXACT, point, *there, time_zone_at(point))
    for each in (place, *queries.floors_of(place)):
        was = before if each is place else remembered(each)
        each.finding, each.pinned_at = finding, clock.now()
        record(each, by, "pinned", was)
    return place


def _refuse_far(place: Place, point: Point) -> None:
    """A pin in another country is more likely a slip than a correction."""
    if place.point is None or place.precision is Precision.REGION or not place.town:
        return
    km = distance_km(place.point, point)
    if km <= TOO_FAR_KM:
        return
    turned = ""
    if abs(point.lon) <= 90 and distance_km(place.point, Point(point.lon, point.lat)) <= TOO_FAR_KM:
        turned = " The two numbers seem to be the wrong way round: latitude comes first."
    raise Refusal(f"That is {km:,.0f} km from {place.town}.{turned or ' If it moved there, correct its words first.'}",
                  field="at")  # fmt: skip
