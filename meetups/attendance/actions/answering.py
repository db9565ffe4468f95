"""Answering, changing one's mind, leaving. Every action takes the meetup's lock before it counts."""

from __future__ import annotations

from meetups.attendance import letters, queries
from meetups.attendance.actions.bringing import give_back_everything
from meetups.attendance.actions.seating import hand_on_seats
from meetups.attendance.actions.wishes import FewerSeats, PartyTooLarge, Wish, refuse_impossible
from meetups.attendance.facts import Answered
from meetups.attendance.models import Answer, Rsvp
from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import add, delete, flush, lock
from meetups.foundation.mail.outbox import letters_since, post
from meetups.foundation.refusals import Refusal
from meetups.people.models import Person
from meetups.people.queries import person_by_address
from meetups.planning.models import Meetup

LETTERS_AN_HOUR = 5
IN_LINE = (Answer.GOING, Answer.WAITING, Answer.ASKED)


def answer(meetup: Meetup, person: Person, wish: Wish) -> Rsvp:
    """A member answers, or changes their answer; their letter and the seats of others follow.

    Raises MeetupIsOver, MeetupIsOff, PartyTooLarge or FewerSeats; then everything is as it was.
    """
    lock(meetup)
    rsvp = queries.rsvp_of(person, meetup) or _new(meetup, wish, person=person)
    return _settle(meetup, rsvp, wish)


def ask(meetup: Meetup, name: str, address: str, wish: Wish) -> None:
    """A visitor answers: a letter with a link goes to the address, and counts only once it is pressed.

    An address that has answered already gets a letter that leads to that answer, which stays as it is; the
    visitor sees the same page either way, so nobody learns who is going. At most five letters an hour go to
    one address.
    """
    lock(meetup)
    refuse_impossible(meetup, wish)
    now = clock.now()
    rsvp = queries.rsvp_at(address, meetup)
    if rsvp is None:
        rsvp = add(_new(meetup, wish, address=address))
    if not rsvp.counts:
        _note(rsvp, wish)
        rsvp.name, rsvp.answer, rsvp.asked_at = name, wish.answer, now
    flush()
    if letters_since(address, now - letters.HOUR) < LETTERS_AN_HOUR:
        post(letters.change_your_answer(rsvp) if rsvp.counts else letters.confirm_your_answer(rsvp))


def confirm(rsvp: Rsvp, wish: Wish) -> Rsvp:
    """The mailed link was pressed: the answer counts from now on, with a seat or a place in the line.

    Also how a visitor changes an answer later. An address that belongs to a member becomes the member's answer.
    """
    meetup = lock(rsvp.meetup)
    lock(rsvp)
    person = person_by_address(rsvp.address) if rsvp.address else None
    if person is not None:
        earlier = queries.rsvp_of(person, meetup)
        if earlier is not None:
            delete(rsvp)
            flush()
            return _settle(meetup, earlier, wish)
        rsvp.person, rsvp.address = person, None
    return _settle(meetup, rsvp, wish)


def withdraw(rsvp: Rsvp) -> None:
    """The party is out: "can't make it", claims are given back, the seats go to whoever waits."""
    meetup = lock(rsvp.meetup)
    lock(rsvp)
    _settle(meetup, rsvp, Wish(Answer.CANT, note=rsvp.note))


def forget(rsvp: Rsvp) -> None:
    """Take a visitor's name and address out altogether; frees the seat as `withdraw` does."""
    meetup = lock(rsvp.meetup)
    delete(rsvp)
    flush()
    hand_on_seats(meetup)


def host_comes(meetup: Meetup) -> None:
    """The host of a published meetup is going, unless they have said otherwise."""
    if meetup.host is None or queries.rsvp_of(meetup.host, meetup) is not None:
        return
    host = add(_new(meetup, Wish(Answer.GOING), person=meetup.host))
    host.confirmed_at = host.answered_at
    flush()


def _new(meetup: Meetup, wish: Wish, *, person: Person | None = None, address: str | None = None) -> Rsvp:
    now = clock.now()
    return Rsvp(
        meetup=meetup, person=person, address=address, answer=wish.answer, guests=wish.guests,
        asked_at=now, answered_at=now,
    )


def _note(rsvp: Rsvp, wish: Wish) -> None:
    rsvp.guests, rsvp.note = wish.guests, wish.note
    rsvp.opener, rsvp.can_step_in = wish.opener, wish.can_step_in


def _settle(meetup: Meetup, rsvp: Rsvp, wish: Wish) -> Rsvp:
    """Make the wish the party's standing answer, seat or queue it, tell them, and hand on what became free."""
    refuse_impossible(meetup, wish)
    before, had_seat = (rsvp.answer, rsvp.guests) if rsvp.counts else None, rsvp.has_seat
    outcome = _outcome(meetup, rsvp, wish)
    now = clock.now()
    if outcome in IN_LINE and (before is None or before[0] not in IN_LINE):
        rsvp.asked_at = now
    add(rsvp)
    _note(rsvp, wish)
    rsvp.answer, rsvp.answered_at, rsvp.held_until = outcome, now, None
    rsvp.confirmed_at = rsvp.confirmed_at or now
    flush()
    if outcome is not Answer.GOING:
        give_back_everything(meetup, rsvp)
    if (outcome, wish.guests) != before:
        post(letters.answer_stands(rsvp))
    announce(Answered(rsvp))
    if had_seat and before and (outcome is not Answer.GOING or before[1] > wish.guests):
        hand_on_seats(meetup)
    return rsvp


def _outcome(meetup: Meetup, rsvp: Rsvp, wish: Wish) -> Answer:
    """GOING with a seat, WAITING without, or what was wished. Growing a seated party never loses its seats."""
    if wish.answer not in IN_LINE:
        return wish.answer
    seats = queries.seats(meetup, without=rsvp)
    if seats.fits(wish.party) or (rsvp.has_seat and wish.guests <= rsvp.guests):
        return Answer.GOING
    if rsvp.has_seat:
        raise _no_room_to_grow(seats, rsvp)
    if seats.free and not wish.waits and not (rsvp.counts and rsvp.answer is Answer.WAITING):
        raise FewerSeats(seats.free, wish.party)
    return Answer.WAITING


def _no_room_to_grow(seats: queries.Seats, rsvp: Rsvp) -> Refusal:
    left = max(0, (seats.free or 0) - rsvp.party)
    more = {0: "No seat is free", 1: "Only 1 more seat is free"}.get(left, f"Only {left} more seats are free")
    kept = "your seat" if rsvp.party == 1 else f"your {rsvp.party} seats"
    return PartyTooLarge(f"{more}. You keep {kept}; nothing was changed.", field="guests")
