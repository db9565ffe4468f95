"""Access facts in words: what is stated, and plainly that the rest is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from meetups.foundation import clock
from meetups.foundation.geography import distance_in, distance_km, usual_unit
from meetups.people.models import Person
from meetups.places.models import Access, Noise, Place, PlaceChange, PlaceKind, YesNo


@dataclass(frozen=True)
class Fact:
    """One line of "Before you set out": a drawing, the words that matter, and whether anybody stated it."""

    icon: str
    words: str
    stated: bool = True


def access_facts(access: Access) -> list[Fact]:
    """Seven facts, always in the same order; an unknown one says "not stated" instead of being left out."""
    return [
        _step_free(access),
        _noise(access),
        _fact("seat", f"Seating: {access.seating}" if access.seating else "", "Seating: not stated"),
        _door(access),
        _yes_no("glass", access.alcohol, "Alcohol is sold", "No alcohol", "Alcohol: not stated"),
        _yes_no("kid", access.children_welcome, "Children welcome", "Grown-ups only, please", "Children: not stated"),
        _yes_no("shaker", access.room_to_move, "Room to move and sing", "No room to move and sing",
                "Room to move and sing: not stated"),
    ]


def stated(access: Access) -> list[str]:
    """Only what somebody stated, for short texts."""
    return [fact.words for fact in access_facts(access) if fact.stated]


def _step_free(access: Access) -> Fact:
    icon = "stairs" if access.step_free is YesNo.NO else "step"
    return _yes_no(icon, access.step_free, "Step-free from the street", "Not step-free", "Step-free: not stated")


def _noise(access: Access) -> Fact:
    words = {Noise.QUIET: "Quiet", Noise.MEDIUM: "Medium noise", Noise.LOUD: "Loud"}
    return _fact("ear", words[access.noise] if access.noise else "", "Noise: not stated")


def _door(access: Access) -> Fact:
    age = f"{access.age_limit}+" if access.age_limit else ""
    check = {YesNo.YES: "ID checked", YesNo.NO: "no ID needed", None: ""}[access.id_required]
    words = ", ".join(part for part in (age, check) if part)
    return _fact("idcard", words[:1].upper() + words[1:], "Age and ID: not stated")


def _yes_no(icon: str, answer: YesNo | None, yes: str, no: str, unknown: str) -> Fact:
    return _fact(icon, {YesNo.YES: yes, YesNo.NO: no, None: ""}[answer], unknown)


def _fact(icon: str, words: str, unknown: str) -> Fact:
    return Fact(icon, words) if words else Fact(icon, unknown, stated=False)


LABELS = {
    "words": "name and address", "kind": "kind", "step_free": "step-free", "seating": "seating", "noise": "noise",
    "alcohol": "alcohol", "children_welcome": "children", "age_limit": "age limit", "id_required": "ID checked",
    "room_to_move": "room to move and sing", "pin": "pin",
}  # fmt: skip


def change_in_words(change: PlaceChange) -> list[str]:
    """What a change changed, a line a field: "noise: loud (was: quiet)"."""
    lines = [f"{LABELS[name]}: {_said(name, new)} (was: {_said(name, change.before.get(name))})"
             for name, new in change.after.items() if name in LABELS]  # fmt: skip
    if change.what == "merged":
        count = len(change.after["meetups"])
        along = f"{count} meetup{'' if count == 1 else 's'} came along"
        lines.insert(0, f"“{change.after['words_gone']}” is this place; {along}")
    return lines


def clock_there(place: Place) -> str:
    """ "Pacific time (Los Angeles)"."""
    return clock.zone_label(place.time_zone, clock.now()) if place.time_zone else ""


def apart(one: Place, other: Place) -> str:
    """How far from one another two pins are: "40 m", or "3 km"."""
    if one.point is None or other.point is None:
        return ""
    km = distance_km(one.point, other.point)
    return f"{km * 1000:.0f} m" if km < 1 else distance_in(km, usual_unit(one.country))


def known_words(places: Sequence[Place]) -> list[str]:
    """What a form offers to pick from, each once."""
    return list(dict.fromkeys(place.words for place in places))


def _said(name: str, value: Any) -> str:
    if name == "pin":
        precision, latitude, longitude, town = value[:4] if value else ("none", None, None, "")
        return "none" if latitude is None else f"{latitude:.5f}, {longitude:.5f} ({precision}, {town})"
    if name == "kind":
        return PlaceKind(value).label.lower()
    return str(value) if value not in (None, "") else "not stated"


DEEDS = {"corrected": "corrected it", "pinned": "set the pin", "checked": "found it still right",
         "merged": "found that two are one", "undone": "undid a change"}  # fmt: skip


def who_in_words(change: PlaceChange, reader: Person) -> str:
    """Who made a change, for members; "a member" where a block says so or who left."""
    hidden = change.who is None or change.who_id in reader.out_of_sight
    return "a member" if change.who is None or hidden else change.who.name


def may_be_undone(change: PlaceChange) -> bool:
    """Whether there is anything to put back."""
    return change.undone_at is None and bool(change.before or change.what == "merged")
