"""The secret address of a member's own calendar feed."""

from __future__ import annotations

from meetups.foundation.database import lock
from meetups.people.models import Person


def replace_feed_link(person: Person) -> None:
    """Switch the old address off: calendars that know it stop hearing of changes, the new one works at once."""
    lock(person)
    person.feed_version += 1
