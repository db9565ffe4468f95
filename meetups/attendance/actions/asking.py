"""Asking everybody again for the new date of a postponed meetup; seats are held meanwhile, in the old order."""

from __future__ import annotations

from collections.abc import Collection

from meetups.attendance import letters, queries
from meetups.attendance.actions.seating import hand_on_seats, hold_ends
from meetups.attendance.models import Answer
from meetups.foundation import clock
from meetups.foundation.database import flush, lock
from meetups.foundation.mail.outbox import post
from meetups.planning.models import Meetup


def ask_again(meetup: Meetup) -> list[int]:
    """Everybody is asked about the new date: who was going with the seats held for 72 hours or until the start, who
    was waiting behind them in the old order, with what seats are left. The host is going, and "maybe" stays maybe.
    Returns the numbers of the parties that were waiting, so that it can be taken back.
    """
    until = hold_ends(meetup)
    for rsvp in queries.going(meetup):
        if rsvp.person_id is None or rsvp.person_id != meetup.host_id:
            rsvp.answer, rsvp.held_until = Answer.ASKED, until
    for rsvp in queries.holding(meetup):
        rsvp.held_until = until
    waiting = queries.waitlist(meetup)
    free = queries.seats(meetup).free
    for rsvp in waiting:
        fits = free is None or rsvp.party <= free
        rsvp.answer, rsvp.held_until = Answer.ASKED, until if fits else None
        free = free - rsvp.party if fits and free is not None else free
    flush()
    return [rsvp.id for rsvp in waiting]


def take_back_asking(meetup: Meetup, waited: Collection[int]) -> None:
    """The postponement was undone: who has not answered is going as before, or waiting as before."""
    for rsvp in queries.holding(meetup):
        if rsvp.id not in waited:
            rsvp.answer, rsvp.held_until = Answer.GOING, None
    for rsvp in queries.asked(meetup):
        if rsvp.id in waited:
            rsvp.answer, rsvp.held_until = Answer.WAITING, None
    flush()


def release_holds() -> None:
    """The worker's chore: seats that were held and not taken up in time go to whoever waits; their parties are told."""
    for meetup in queries.meetups_with_holds_over(clock.now()):
        lock(meetup)
        over = [rsvp for rsvp in queries.holding(meetup) if rsvp.held_until and rsvp.held_until <= clock.now()]
        for rsvp in over:
            rsvp.held_until = None
            if not meetup.has_begun(clock.now()):
                post(letters.seat_went_on(rsvp))
        flush()
        hand_on_seats(meetup)
