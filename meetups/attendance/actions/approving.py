"""The host's word where seats are asked for."""

from __future__ import annotations

from meetups.attendance import letters, queries
from meetups.attendance.actions.seating import lapse
from meetups.attendance.actions.wishes import Wish, refuse_impossible
from meetups.attendance.facts import Answered
from meetups.attendance.models import Answer, Rsvp
from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import flush, lock
from meetups.foundation.mail.outbox import post
from meetups.planning.models import Meetup


def let_in(rsvp: Rsvp) -> Rsvp:
    """The host says yes: the party is going, or waits if it does not fit; it is told either way.

    Pressing twice changes nothing. Raises MeetupIsOff or MeetupIsOver.
    """
    meetup = lock(rsvp.meetup)
    lock(rsvp)
    refuse_impossible(meetup, Wish(Answer.CANT))
    if rsvp.answer in (Answer.REQUESTED, Answer.DECLINED):
        lapse(meetup)
        rsvp.answer = Answer.GOING if queries.seats(meetup).fits(rsvp.party) else Answer.WAITING
        rsvp.approved, rsvp.answered_at = True, clock.now()
        flush()
        post(letters.let_in(rsvp))
        announce(Answered(rsvp))
    return rsvp


def turn_down(rsvp: Rsvp) -> Rsvp:
    """The host says no to a party that asked; it is told, without a reason. Anybody else stays as they are."""
    lock(rsvp.meetup)
    lock(rsvp)
    if rsvp.answer is Answer.REQUESTED:
        rsvp.answer, rsvp.approved, rsvp.answered_at = Answer.DECLINED, False, clock.now()
        flush()
        post(letters.turned_down(rsvp))
        announce(Answered(rsvp))
    return rsvp


def let_everybody_in(meetup: Meetup) -> None:
    """The host asks for no requests any more: whoever asked is in, first come first."""
    if meetup.is_on and not meetup.is_over(clock.now()):
        for rsvp in queries.requests(lock(meetup)):
            let_in(rsvp)
