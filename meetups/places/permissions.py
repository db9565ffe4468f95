"""Who may correct what is known of a place."""

from __future__ import annotations

from meetups.people.models import Person
from meetups.places.models import Place


def may_correct(person: Person | None, place: Place) -> bool:
    """Any member, as long as it is a place that meetups share: what is wrong gets mended by whoever was there."""
    return person is not None and place.is_shared
