"""What is kept no longer: where a home is, and the link to a room on a screen."""

from __future__ import annotations

from datetime import timedelta

from meetups.foundation import clock
from meetups.foundation.database import delete, flush
from meetups.places.queries import is_remembered
from meetups.planning import queries

ADDRESSES_KEPT = timedelta(days=30)
ERASED = "Address deleted; please type it again"


def forget_addresses() -> None:
    """Erase the address of a home and the join link 30 days after the end, and places nobody is at any more.

    The page keeps the town. What people were told and when is `attendance.forget_what_was_told`.
    """
    for meetup in queries.with_old_addresses(clock.now() - ADDRESSES_KEPT, ERASED):
        meetup.place.words = meetup.place_words = ERASED
        meetup.room = meetup.level = meetup.booth = meetup.spot = meetup.how_to_spot_us = meetup.join_url = ""
    for place in queries.places_nobody_is_at(clock.now() - ADDRESSES_KEPT):
        if not is_remembered(place):
            delete(place)
    flush()
