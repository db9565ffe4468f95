"""Which place a meetup is at: one that somebody entered before, or a new one; and the meetups that follow a place."""

from __future__ import annotations

from collections.abc import Sequence

from meetups.foundation import clock
from meetups.foundation.database import flush, lock
from meetups.people.models import Person
from meetups.places.actions import describe, know, known_place, sharpen
from meetups.places.entries import LABELS
from meetups.places.models import Access, Finding, Place, PlaceKind
from meetups.places.queries import building_of, place_numbered, where_now
from meetups.planning import entries, queries
from meetups.planning.actions.changing import note_change
from meetups.planning.models import Meetup, Telling

SHOWN = {"pin": "town", "kind": "kind"}


def place_for(
    words: str, kind: PlaceKind, access: Access, finding: Finding, choice: str, host: Person | None
) -> Place:  # fmt: skip
    """The place the words mean, not yet changed by what the host says of it; a new one is in no session yet.

    Raises WhichPlace when the words may mean places that others entered, and `choice` does not say.
    """
    own = queries.places_hosted_at(host) if host is not None and host.id is not None else set()
    seen = (queries.has_public_meetup() | Place.id.in_(own),) if own else (queries.has_public_meetup(),)
    known = known_place(words, kind, finding, choice, own=own, conditions=seen)
    if known is not None:
        return known
    building = building_of(words, kind, finding, *seen)
    place = describe(words, kind, access, building.finding if building else finding)
    place.building_id = building.id if building else None
    return place


def still_there(place: Place, finding: Finding) -> Place:
    """The place, held so that nobody merges it away meanwhile; its pin becomes what these words came to if that is
    precise and the pin was not."""
    if place.id is None:
        return place
    place = where_now(lock(place))
    sharpen(place, finding)
    return place


def put_at(
    meetup: Meetup, place: Place, words: str, access: Access, finding: Finding, by: Person | None
) -> None:  # fmt: skip
    """The meetup is at this place, in these words; what the host states of it is known from now on."""
    place = still_there(place, finding)
    meetup.place, meetup.place_words = place, words
    know(place, access.over(place.access), by)


def follow_place(place: Place, fields: frozenset[str], by: Person | None) -> None:
    """Bring meetups up to date after a correction: where they are found, and the log of those still to come.

    Whoever hosts them and made the correction needs no line about it.
    """
    names = sorted({SHOWN.get(name, "access") for name in fields if name != "words"})
    for meetup in queries.meetups_in(place):
        lock(meetup)
        own = by is not None and meetup.host_id == by.id
        if names and not own and not meetup.is_over(clock.now()):
            note_change(meetup, names, Telling(by), f"The place was corrected: {', '.join(_labels(fields))}")
        else:
            meetup.settle(entries.where(meetup))
    flush()


def follow_merge(gone: Place, kept: Place) -> list[int]:
    """Move the meetups of a place that turned out to be another one; their numbers, for undoing it."""
    return _to(kept, queries.meetups_in(gone))


def part_again(gone: Place, kept: Place, numbers: list[int]) -> None:
    """Move back what a merge moved, as far as it still is there."""
    _to(gone, [meetup for meetup in queries.meetups_in(kept) if meetup.id in set(numbers)])


def place_before(number: int | None, words: str, kind: PlaceKind, finding: Finding) -> Place:
    """The place a meetup was at, wherever it was merged into; made again from its words when it is gone."""
    return place_numbered(number) or describe(words, kind, Access(), finding)


def _to(place: Place, meetups: Sequence[Meetup]) -> list[int]:
    for meetup in meetups:
        lock(meetup)
        meetup.place_words = meetup.venue
        meetup.place = place
        meetup.settle(entries.where(meetup))
    flush()
    return [meetup.id for meetup in meetups]


def _labels(fields: frozenset[str]) -> list[str]:
    return sorted(LABELS[name] for name in fields)
