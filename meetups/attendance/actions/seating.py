"""Handing seats on. Freed seats go to the first waiting party that fits; parties are never split without asking."""

from __future__ import annotations

from meetups.attendance import letters, queries
from meetups.attendance.facts import SeatFreed
from meetups.attendance.models import Answer
from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import flush
from meetups.foundation.mail.outbox import post
from meetups.planning.models import Meetup


def hand_on_seats(meetup: Meetup) -> None:
    """Give free seats to the first waiting parties that fit; offer what is left to the larger ones as fewer.

    The caller holds the meetup's lock. Nothing is handed on once the meetup has begun or is off.
    """
    if not meetup.is_on or meetup.has_begun(clock.now()):
        return
    left_over = []
    free = queries.seats(meetup).free
    for rsvp in queries.waitlist(meetup):
        if free is None or rsvp.party <= free:
            rsvp.answer = Answer.GOING
            free = None if free is None else free - rsvp.party
            post(letters.seat_is_yours(rsvp))
        else:
            left_over.append(rsvp)
    flush()
    for rsvp in left_over if free else ():
        post(letters.smaller_party(rsvp, free or 0))
    announce(SeatFreed(meetup))
