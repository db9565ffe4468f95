"""Who sees the list."""

from __future__ import annotations

from meetups.nearby.models import NearbyListing
from meetups.people.models import Person


def may_look(person: Person, listing: NearbyListing | None) -> bool:
    """Only who can be seen may look, and only from an area."""
    return listing is not None and person.home_area is not None
