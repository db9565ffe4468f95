"""Who keeps the house."""

from __future__ import annotations

from meetups.people.models import Person


def may_moderate(person: Person | None) -> bool:
    return person is not None and person.is_moderator
