"""Being listed, and hiding again."""

from __future__ import annotations

from meetups.foundation import clock
from meetups.foundation.database import add, delete, flush, lock
from meetups.foundation.refusals import Refusal
from meetups.nearby import queries
from meetups.nearby.models import NearbyListing
from meetups.people.models import Person


class NoArea(Refusal):
    """Without an area nobody can be near."""


def list_me(person: Person, interests: str) -> NearbyListing:
    """Be seen by, and see, others who are listed; a second time changes the interests. Needs a home area."""
    lock(person)
    if person.home_area is None:
        raise NoArea("Choose your area first: a town, a ZIP code or a state.", way_on=("/me#home", "Choose my area"))
    listing = queries.listing_of(person)
    if listing is None:
        listing = add(NearbyListing(person_id=person.id, listed_at=clock.now()))
    listing.interests = interests
    flush()
    return listing


def hide_me(person: Person) -> None:
    """Off the list at once, in both directions."""
    listing = queries.listing_of(person)
    if listing is not None:
        delete(listing)
