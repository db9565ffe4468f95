"""Which circle of a person's somebody belongs to."""

from __future__ import annotations

from meetups.people.models import Person
from meetups.people.terms import Seen


def circle_of(reader: Person | None, person: Person, *, met: bool) -> Seen | None:
    """How close a reader is to a person; None where a block keeps them apart, whoever made it.

    `met`: both were at a meetup that is over, or one opened the door to the other.
    """
    if reader is None:
        return Seen.EVERYBODY
    if reader.id == person.id:
        return Seen.ME
    if person.id in reader.out_of_sight:
        return None
    return Seen.MET if met else Seen.MEMBERS
