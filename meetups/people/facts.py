"""What has happened to people."""

from __future__ import annotations

from dataclasses import dataclass

from meetups.people.models import Person


@dataclass(frozen=True)
class PersonBlocked:
    """One person blocked another, who is not told."""

    by: Person
    of: Person


@dataclass(frozen=True)
class PersonLeft:
    """Somebody is about to be deleted: the last moment at which their rows can still be found by them."""

    person: Person
