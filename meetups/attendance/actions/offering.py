"""Taking an offer or letting it go. What was cancelled or has run out does not come back to life."""

from __future__ import annotations

from meetups.attendance.actions.answering import settle
from meetups.attendance.actions.wishes import OfferGone, Wish, refuse_impossible
from meetups.attendance.models import Answer, Rsvp
from meetups.foundation import clock
from meetups.foundation.database import lock
from meetups.planning.models import Meetup


def accept_offer(rsvp: Rsvp) -> Rsvp:
    """The party takes the seats held for it and is going; a second press changes nothing.

    Raises OfferGone when the offer has run out or was given up, MeetupIsOff or MeetupIsOver.
    """
    meetup = lock(rsvp.meetup)
    lock(rsvp)
    wish = _same(rsvp)
    refuse_impossible(meetup, wish)
    if rsvp.answer is Answer.GOING:
        return rsvp
    if not rsvp.offer_stands(clock.now()):
        raise _gone(meetup, rsvp)
    return settle(meetup, rsvp, wish)


def decline_offer(rsvp: Rsvp, *, leave: bool) -> Rsvp:
    """The party lets the seats go to the next: it keeps its place in the line, or leaves it.

    When the offer has run out already, keeping the place changes nothing.
    """
    meetup = lock(rsvp.meetup)
    lock(rsvp)
    if leave and rsvp.answer in (Answer.OFFERED, Answer.WAITING):
        return settle(meetup, rsvp, Wish(Answer.CANT, note=rsvp.note))
    if rsvp.offer_stands(clock.now()):
        return settle(meetup, rsvp, _same(rsvp, waits=True))
    return rsvp


def _same(rsvp: Rsvp, *, waits: bool = False) -> Wish:
    return Wish(Answer.GOING, rsvp.guests, rsvp.note, rsvp.opener, rsvp.can_step_in, waits)


def _gone(meetup: Meetup, rsvp: Rsvp) -> OfferGone:
    if rsvp.answer not in (Answer.OFFERED, Answer.WAITING):
        return OfferGone("That offer was given up, so it is gone. Nothing was changed; you can answer again.")
    ended = ""
    if rsvp.offer_until is not None and rsvp.offer_until <= clock.now():
        ended = f" ended at {clock.show_time(rsvp.offer_until, meetup.time_zone, meetup.place.country)} and"
    return OfferGone(
        f"That offer{ended} is gone: the seat goes to the next in line. You keep your place in the line; "
        "nothing was changed."
    )
