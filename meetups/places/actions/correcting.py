"""What members know better: corrected with history, and undone when it was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import add, flush, lock
from meetups.foundation.diary import write_down
from meetups.foundation.geography import Point
from meetups.foundation.refusals import Refusal
from meetups.people.models import Person
from meetups.places import queries
from meetups.places.entries import change_in_words
from meetups.places.facts import PlaceCorrected, PlaceFound, PlacesParted
from meetups.places.models import Access, Finding, Noise, Place, PlaceChange, PlaceKind, Precision, YesNo

MOST_A_DAY = 60
FACTS = tuple(Access.__dataclass_fields__)


class PlaceGone(Refusal):
    """It was merged into another place while a form was open, or is none that others may change."""


class StalePlace(Refusal):
    """Somebody corrected it while a form was open."""


class TooManyCorrections(Refusal):
    """More in a day than anybody can know from having been there."""


def correct(
    place: Place, by: Person, version: int, *, words: str, kind: PlaceKind, access: Access,
    finding: Finding | None = None,
) -> Place:  # fmt: skip
    """Make its words, kind and access facts what somebody who was there says. Saving what stands counts as a check.

    `finding` is what corrected words came to; it is taken only if it is a precise spot in the same town and nobody
    set the pin by hand. Typed words of meetups stay as they are. Raises PlaceGone, StalePlace, TooManyCorrections.
    """
    hold(place, by, version)
    if kind not in queries.SHARED_KINDS:
        raise Refusal("A place that others use cannot become a home or online.", field="kind")
    before = remembered(place)
    place.words, place.kind, place.access = words, kind, access
    if finding is not None and finding.precision is Precision.EXACT and _is_better(place, finding):
        place.finding = finding
    record(place, by, "corrected", before)
    return place


def check(place: Place, by: Person) -> Place:
    """Somebody was there and it is all as it says."""
    hold(place, by, None)
    record(place, by, "checked", remembered(place))
    return place


def know(place: Place, access: Access, by: Person | None) -> None:
    """What a host says of the place on a meetup's form; a correction like any other where others use it."""
    if access == place.access:
        return
    if not place.is_shared or place.id is None:
        place.access = access
        return
    before = remembered(lock(place))
    place.access = access
    record(place, by, "corrected", before)


def sharpen(place: Place, finding: Finding) -> None:
    """Take a precise spot for a place whose pin was an area; one that is precise, or set by hand, stays."""
    if place.is_shared and place.precision is not Precision.EXACT and finding.precision is Precision.EXACT:
        place.finding = finding
        flush()
        announce(PlaceFound(place))


def undo(change: PlaceChange, by: Person) -> Place:
    """Put back what a change changed, and the meetups a merge moved. Refuses what was changed again since."""
    place = change.place
    hold(place, by, None)
    lock(change)
    if change.undone_at is not None:
        return place
    before, standing = remembered(place), remembered(place)
    if any(standing[name] != value for name, value in change.after.items() if name in standing):
        raise StalePlace("That was changed again since, so it cannot be undone. Correct it by hand.")
    change.undone_at = clock.now()
    _put(place, {name: value for name, value in change.before.items() if name in standing})
    if change.what == "merged":
        gone = queries.place_by_code(change.after["place"])
        if gone is not None and gone.merged_into_id == place.id:
            gone.merged_into_id = None
            flush()
            announce(PlacesParted(gone, place, list(change.after["meetups"])))
    record(place, by, "undone", before, of=change)
    return place


def hold(place: Place, by: Person, version: int | None) -> Place:
    """Take the place for changing it. Raises PlaceGone, StalePlace (unless `version` is None), TooManyCorrections."""
    lock(place)
    if place.merged_into_id is not None:
        way_on = (f"/places/{queries.where_now(place).code}", "Look at it")
        raise PlaceGone("This place was merged into another one meanwhile; nothing was changed.", way_on=way_on)
    if not place.is_shared:
        raise PlaceGone("This is not a place that others may change.")
    if version is not None and version != place.version:
        raise StalePlace("Somebody corrected this place while you were typing. Look at what stands now, then save.")
    if not by.is_moderator and queries.corrections_by(by.id, clock.now() - timedelta(days=1)) >= MOST_A_DAY:
        raise TooManyCorrections(f"{MOST_A_DAY} corrections a day are plenty. Go on tomorrow.")
    return place


def remembered(place: Place) -> dict[str, Any]:
    """Everything a correction may change, as JSON values."""
    return {
        "words": place.words, "kind": place.kind.value,
        **{name: _plain(getattr(place, name)) for name in FACTS},
        "pin": [place.precision.value, place.latitude, place.longitude, place.town, place.region, place.country,
                place.time_zone, place.pinned_at.isoformat() if place.pinned_at else None],
    }  # fmt: skip


def record(
    place: Place, by: Person | None, what: str, before: Mapping[str, Any], *, of: PlaceChange | None = None,
    more: Mapping[str, Any] | None = None,
) -> PlaceChange | None:  # fmt: skip
    """Write down what changed since `before`, in the history and the diary, and tell the rooms above.

    Counts as a check by whoever did it. A correction that changes nothing becomes a check; a check leaves a row, too.
    """
    now = remembered(place)
    fields = frozenset(name for name in now if now[name] != before[name])
    what = what if fields or what != "corrected" else "checked"
    change = PlaceChange(
        place=place, who_id=by.id if by else None, at=clock.now(), what=what,
        before={name: before[name] for name in fields}, after={name: now[name] for name in fields} | dict(more or {}),
    )  # fmt: skip
    if of is not None:
        change.after = {**change.after, "of": of.id}
    add(change)
    if by is not None:
        place.checked_at, place.checked_by_id = clock.now(), by.id
    place.version += 1
    flush()
    note = "; ".join(change_in_words(change))
    write_down(f"{what} a place", f"/places/{place.code}", who=by.id if by else None, note=note)
    if fields:
        announce(PlaceCorrected(place, fields, by))
    return change


def _is_better(place: Place, finding: Finding) -> bool:
    same = (finding.country, finding.region) == (place.country, place.region) or place.point is None
    return place.pinned_at is None and same


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _put(place: Place, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name == "pin":
            precision, latitude, longitude, *rest, pinned = value
            point = Point(latitude, longitude) if latitude is not None else None
            place.finding = Finding(Precision(precision), point, *rest)
            place.pinned_at = datetime.fromisoformat(pinned) if pinned else None
        elif name == "kind":
            place.kind = PlaceKind(value)
        elif name == "noise":
            place.noise = Noise(value) if value else None
        elif name in ("words", "seating", "age_limit"):
            setattr(place, name, value)
        else:
            setattr(place, name, YesNo(value) if value else None)
