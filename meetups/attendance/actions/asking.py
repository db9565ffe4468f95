"""Asking everybody again for the new date of a postponed meetup; seats are held meanwhile, in the old order."""

from __future__ import annotations

from datetime import timedelta

from meetups.attendance import letters, queries
from meetups.attendance.actions.seating import hand_on_seats
from meetups.attendance.models import Answer
from meetups.foundation import clock
from meetups.foundation.database import flush, lock
from meetups.foundation.mail.outbox import post
from meetups.planning.models import Meetup

HELD_FOR = timedelta(hours=72)


def ask_again(meetup: Meetup) -> None:
    """Who was going is asked about the new date, with the seats held for 72 hours or until the start; the host is
    going. Waiting parties keep their places in the line, and "maybe" stays maybe.
    """
    until = min(clock.now() + HELD_FOR, meetup.starts_at)
    for rsvp in queries.going(meetup):
        if rsvp.person_id is None or rsvp.person_id != meetup.host_id:
            rsvp.answer, rsvp.held_until = Answer.ASKED, until
    for rsvp in queries.holding(meetup):
        rsvp.held_until = until
    flush()


def take_back_asking(meetup: Meetup) -> None:
    """The postponement was undone: who has not answered is going as before."""
    for rsvp in queries.holding(meetup):
        rsvp.answer, rsvp.held_until = Answer.GOING, None
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
