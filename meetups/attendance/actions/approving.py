"""The host's word: where seats are asked for, and where one was taken by somebody who should not come."""

from __future__ import annotations

from meetups.attendance import letters, queries
from meetups.attendance.actions.bringing import give_back_everything
from meetups.attendance.actions.seating import hand_on_seats, lapse
from meetups.attendance.actions.wishes import Wish, refuse_impossible
from meetups.attendance.facts import Answered
from meetups.attendance.models import Answer, Rsvp
from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import flush, lock
from meetups.foundation.mail.outbox import post, withdraw_about
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
    """The host says no to a party, whether it asks or has a seat already; it is told, without a reason.

    From then on it sees no more than a stranger of where a home is, not in letters that wait either, and answering
    again is refused. Its seats go to whoever waits. Hosts stay, and whoever cannot come. Raises MeetupIsOff or
    MeetupIsOver unless the party asks.
    """
    meetup = lock(rsvp.meetup)
    lock(rsvp)
    before, had_seat = rsvp.answer, rsvp.has_seat
    hosts = rsvp.person_id is not None and rsvp.person_id in (meetup.host_id, meetup.co_host_id)
    if hosts or not rsvp.counts or before in (Answer.DECLINED, Answer.CANT):
        return rsvp
    if before is not Answer.REQUESTED:
        refuse_impossible(meetup, Wish(Answer.CANT))
    rsvp.answer, rsvp.approved, rsvp.answered_at = Answer.DECLINED, False, clock.now()
    rsvp.held_until, rsvp.can_step_in = None, False
    flush()
    give_back_everything(meetup, rsvp)
    withdraw_about(letters.topic(meetup), rsvp.mail_address)
    post(letters.turned_down(rsvp))
    announce(Answered(rsvp))
    if had_seat or before is Answer.OFFERED:
        hand_on_seats(meetup, fresh=had_seat)
    return rsvp


def let_everybody_in(meetup: Meetup) -> None:
    """The host asks for no requests any more: whoever asked is in, first come first."""
    if meetup.is_on and not meetup.is_over(clock.now()):
        for rsvp in queries.requests(lock(meetup)):
            let_in(rsvp)
