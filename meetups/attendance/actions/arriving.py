"""Who came: by the code of the day, by a press, by the host's list. Nobody but the host ever sees it."""

from __future__ import annotations

from collections.abc import Collection

from meetups.attendance import queries
from meetups.attendance.actions.wishes import NotTheHour
from meetups.attendance.models import Rsvp
from meetups.foundation import clock
from meetups.foundation.database import flush, folded, lock
from meetups.planning.models import Meetup, new_check_in_code

MOST_MISSES = 100
NOT_NOW = "Checking in opens an hour before the start and ends an hour after the end. Nothing was noted."


def check_in(rsvp: Rsvp) -> Rsvp:
    """The party is here; the first moment counts. Raises NotTheHour outside the hours of `Meetup.lets_check_in`."""
    meetup = lock(rsvp.meetup)
    lock(rsvp)
    if not meetup.lets_check_in(clock.now()) or not rsvp.counts:
        raise NotTheHour(NOT_NOW)
    return _here(rsvp)


def check_in_by_code(meetup: Meetup, code: str, name: str) -> Rsvp | str:
    """Somebody types the code of the day and their name. Returns the party, or a sentence that says what is wrong."""
    wrong = what_is_wrong_with(code, meetup)
    if wrong:
        return wrong
    named = [rsvp for rsvp in queries.going(meetup) if folded(rsvp.called) == folded(name)]
    if len(named) > 1:
        return "Two people of that name are coming. Press the link in your letter, or tell the host."
    if not named:
        return "We have nobody of that name on the list. Tell the host that you are here; they count who walked in."
    return _here(named[0])


def what_is_wrong_with(code: str, meetup: Meetup) -> str:
    """Whether somebody in the room has typed the code of the day: nothing if so, or a sentence.

    Wrong codes are counted; after a hundred the code is good for nothing until the host draws another.
    """
    lock(meetup)
    if not meetup.lets_check_in(clock.now()):
        return NOT_NOW
    return wrong_code(meetup, code)


def wrong_code(meetup: Meetup, code: str) -> str:
    """What is wrong with a code of the day somebody typed, as a sentence; nothing when it is right.

    Wrong ones are counted, so do not roll back. The caller holds the meetup's lock.
    """
    if meetup.check_in_misses >= MOST_MISSES:
        return "The code was typed wrong too often. Ask the host for a new one, or to tap your name."
    if folded(code) != folded(meetup.check_in_code):
        meetup.check_in_misses += 1
        return "That is not today’s code. Ask somebody in the room; it is two words."
    return ""


def note_arrivals(meetup: Meetup, here: Collection[int], before: Collection[int]) -> None:
    """The host's list: `here` are the parties ticked, `before` those that were ticked when the page was shown.

    Only what the host changed is changed, so that a page that was open for long undoes nobody's own press.
    """
    lock(meetup)
    for rsvp in queries.going(meetup):
        if rsvp.id in here and rsvp.id not in before:
            _here(rsvp)
        elif rsvp.id in before and rsvp.id not in here:
            rsvp.attended, rsvp.checked_in_at = None, None
    flush()


def note_who_did_not_come(meetup: Meetup) -> None:
    """After the end: whoever was going and has not been seen did not come. The host may still tick them."""
    lock(meetup)
    if meetup.is_over(clock.now()):
        for rsvp in queries.going(meetup):
            if rsvp.attended is None:
                rsvp.attended = False
        flush()


def draw_another_code(meetup: Meetup) -> None:
    """A new code of the day; the old one opens nothing any more."""
    lock(meetup)
    meetup.check_in_code, meetup.check_in_misses = new_check_in_code(), 0


def told_in_person(rsvp: Rsvp) -> None:
    """The host has told a party that letters could not reach."""
    lock(rsvp.meetup)
    rsvp.unreachable_at = None


def _here(rsvp: Rsvp) -> Rsvp:
    if rsvp.attended is not True:
        rsvp.attended, rsvp.checked_in_at = True, clock.now()
        flush()
    return rsvp


