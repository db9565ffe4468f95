"""Handing seats on. Freed seats go to the first waiting party that fits; parties are never split without asking.

How depends on the time left until the start:

- 24 hours or more: the party has the seats at once and is told.
- less than 24 hours, 2 or more: the seats are held for the party until the offer runs out, after two hours or half
  the time left, whichever is less, cut to full five minutes of the clock; then the next party is offered them.
- less than 2 hours: every waiting party that fits is told, nothing is held, the first to press has it.

After a postponement seats are held for everybody who had one, 72 hours long (asking.py). Until then a seat that comes
free is held, in the old order, for the next party that has not said yet whether the new date suits it.

A party that let an offer go by keeps its place, but those very seats are not offered to it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from meetups.attendance import letters, queries
from meetups.attendance.facts import SeatFreed
from meetups.attendance.models import Answer, Rsvp
from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import flush, lock
from meetups.foundation.mail.outbox import post
from meetups.planning.models import Meetup

AT_ONCE = timedelta(hours=24)
BY_OFFER = timedelta(hours=2)
LONGEST_OFFER = timedelta(hours=2)
FULL_MINUTES = timedelta(minutes=5)
HELD_FOR = timedelta(hours=72)
EPOCH = datetime(1970, 1, 1, tzinfo=clock.UTC)


def hand_on_seats(meetup: Meetup, *, fresh: bool = True) -> None:
    """Give free seats to the first waiting parties that fit; offer what is left to the larger ones as fewer.

    The caller holds the meetup's lock. Nothing is handed on once the meetup has begun or is off. `fresh`: seats
    that nobody was offered before, so that parties which let others go by are asked again.
    """
    now = clock.now()
    if not meetup.is_on or meetup.has_begun(now):
        return
    waiting = _who_is_asked(meetup, fresh)
    free = queries.seats(meetup).free
    left = meetup.starts_at - now
    if left >= AT_ONCE or free is None:
        _one_by_one(waiting, free, None)
    elif left >= BY_OFFER:
        _one_by_one(waiting, free, offer_ends(now, meetup.starts_at))
    else:
        _tell_all(waiting, free)
    flush()
    announce(SeatFreed(meetup))


def hold_ends(meetup: Meetup) -> datetime | None:
    """Until when seats are held for the people of a postponed meetup; None when it is not, or that moment has come."""
    if not meetup.postponed:
        return None
    ends = min(datetime.fromisoformat(meetup.postponed[-1]["at"]) + HELD_FOR, meetup.starts_at)
    return ends if clock.now() < ends else None


def offer_ends(now: datetime, starts_at: datetime) -> datetime:
    """When an offer made now runs out: two hours or half the time left, cut to full five minutes."""
    ends = now + min(LONGEST_OFFER, (starts_at - now) / 2)
    return ends - (ends - EPOCH) % FULL_MINUTES


def lapse(meetup: Meetup) -> None:
    """Take back the offers that have run out and hand their seats on. The caller holds the meetup's lock."""
    now = clock.now()
    lapsed = [rsvp for rsvp in queries.offered(meetup) if not rsvp.offer_stands(now)]
    for rsvp in lapsed:
        rsvp.answer, rsvp.passed = Answer.WAITING, True
    if lapsed:
        flush()
        hand_on_seats(meetup, fresh=False)


def expire_offers() -> None:
    """Take back every offer that has run out, and offer the seats to the next in line."""
    for meetup in queries.meetups_with_lapsed_offers(clock.now()):
        lapse(lock(meetup))


def void_offers(meetup: Meetup) -> None:
    """The meetup is off: nothing is held for anybody; the parties keep their places in the line."""
    for rsvp in queries.offered(lock(meetup)):
        rsvp.answer = Answer.WAITING
    flush()


def _who_is_asked(meetup: Meetup, fresh: bool) -> list[Rsvp]:
    waiting = list(queries.waitlist(meetup))
    for rsvp in waiting if fresh else ():
        rsvp.passed = False
    if hold_ends(meetup) is not None:
        waiting += [rsvp for rsvp in queries.asked(meetup) if rsvp.held_until is None]
        waiting.sort(key=lambda rsvp: (rsvp.asked_at, rsvp.id))
    return [rsvp for rsvp in waiting if not rsvp.passed]


def _one_by_one(waiting: Sequence[Rsvp], free: int | None, until: datetime | None) -> None:
    """Seat the parties that fit, in order, or hold the seats for them; ask the others whether fewer would come."""
    too_large = []
    for rsvp in waiting:
        if free is not None and rsvp.party > free:
            too_large.append(rsvp)
            continue
        free = None if free is None else free - rsvp.party
        if rsvp.answer is Answer.ASKED:
            rsvp.held_until = hold_ends(rsvp.meetup)
            post(letters.seat_held(rsvp))
            continue
        rsvp.answer, rsvp.offer_until = (Answer.OFFERED, until) if until else (Answer.GOING, None)
        post(letters.seat_offered(rsvp) if until else letters.seat_is_yours(rsvp))
    for rsvp in (each for each in too_large if each.answer is Answer.WAITING) if free else ():
        post(letters.smaller_party(rsvp, free or 0))


def _tell_all(waiting: Sequence[Rsvp], free: int) -> None:
    """It is too late to wait for anybody: whoever fits is told, and the first to press has it."""
    for rsvp in (each for each in waiting if each.answer is Answer.WAITING) if free else ():
        post(letters.first_to_press(rsvp, free) if rsvp.party <= free else letters.smaller_party(rsvp, free))
