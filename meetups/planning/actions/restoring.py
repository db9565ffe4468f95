"""Taking a change back: what to remember before it, and putting that in place again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from meetups.foundation.announce import announce
from meetups.foundation.database import lock
from meetups.foundation.geography import Point
from meetups.places.models import Finding, Place, PlaceKind, Precision
from meetups.planning import entries
from meetups.planning.actions.changing import in_words, note_change
from meetups.planning.actions.placing import place_before
from meetups.planning.facts import CapacityChanged, ChangeTakenBack
from meetups.planning.models import Meetup, Status, Telling

INSIDE = ("room", "level", "booth", "spot", "join_url")


def remember(meetup: Meetup) -> dict[str, Any]:
    """What people were told (`entries.as_told`) and all that `restore` needs, as JSON. Holds private addresses."""
    off = meetup.cancelled_at.isoformat() if meetup.cancelled_at else None
    back = {
        "status": meetup.status.value, "cancelled_at": off, "cancel_reason": meetup.cancel_reason,
        "capacity": meetup.capacity, "moved": meetup.moved, "postponed": list(meetup.postponed),
        "finding": _found(meetup.place), "place": meetup.place.id,
    }  # fmt: skip
    return {**entries.as_told(meetup), "back": back}


def restore(meetup: Meetup, before: Mapping[str, Any], telling: Telling) -> Meetup:
    """Put time, place, standing and seats back as they were; tells nobody. The caller sees to that."""
    lock(meetup)
    now, capacity, back = entries.as_told(meetup), meetup.capacity, before["back"]
    was_off = meetup.cancelled_at is not None
    start, end, zone, fold = before["time_values"]
    meetup.set_time(datetime.fromisoformat(start), datetime.fromisoformat(end), zone, fold)
    for name, value in zip(INSIDE, before["inside"], strict=True):
        setattr(meetup, name, value)
    words, kind = before["venue"][:2]
    meetup.place = place_before(back.get("place"), words, PlaceKind(kind), _finding(back["finding"]))
    meetup.place_words = words
    meetup.status, meetup.cancel_reason = Status(back["status"]), back["cancel_reason"]
    meetup.cancelled_at = datetime.fromisoformat(back["cancelled_at"]) if back["cancelled_at"] else None
    meetup.moved, meetup.postponed, meetup.capacity = back["moved"], back["postponed"], back["capacity"]
    words = in_words(entries.difference(now, entries.as_told(meetup)))
    note_change(meetup, ["local_start", "words"], telling, f"Taken back. {words}".strip())
    announce(ChangeTakenBack(meetup, was_off and meetup.cancelled_at is None))
    if meetup.capacity != capacity:
        announce(CapacityChanged(meetup, capacity))
    return meetup


def _found(place: Place) -> list[Any]:
    return [place.precision.value, place.latitude, place.longitude, place.town, place.region, place.country,
            place.time_zone]  # fmt: skip


def _finding(values: list[Any]) -> Finding:
    precision, latitude, longitude, *rest = values
    point = Point(latitude, longitude) if latitude is not None else None
    return Finding(Precision(precision), point, *rest)
