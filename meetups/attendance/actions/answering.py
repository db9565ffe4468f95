"""Answering, changing one's mind, leaving. Every action takes the meetup's lock before it counts."""

from __future__ import annotations

from datetime import timedelta

from meetups.attendance import letters, queries
from meetups.attendance.actions.bringing import give_back_everything
from meetups.attendance.actions.reminding import spare_reminders
from meetups.attendance.actions.seating import hand_on_seats, lapse
from meetups.attendance.actions.wishes import (
    FewerSeats,
    NotAvailable,
    PartyTooLarge,
    TurnedDown,
    Wish,
    refuse_impossible,
)
from meetups.attendance.facts import Answered
from meetups.attendance.letters.replies import kept_in_step
from meetups.attendance.models import Answer, Rsvp, TurnedDownMark
from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import add, delete, flush, lock
from meetups.foundation.mail.outbox import letters_since, may_have_another, post
from meetups.foundation.refusals import Refusal
from meetups.people.models import Person
from meetups.people.queries import blocked_either_way, person_by_address
from meetups.planning.models import Meetup

LETTERS_AN_HOUR = 5
AT_LEAST_ONE_IN = timedelta(minutes=10)
REQUESTS_AN_HOUR = 10
UNPRESSED_AN_HOUR = 60
FIRST_STANDS = timedelta(days=1)
IN_LINE = (Answer.GOING, Answer.OFFERED, Answer.WAITING, Answer.ASKED, Answer.REQUESTED)
NOT_IN_LINE = (Answer.MAYBE, Answer.CANT)


def answer(meetup: Meetup, person: Person, wish: Wish) -> Rsvp:
    """A member answers, or changes their answer; their letter and the seats of others follow.

    Raises MeetupIsOver, MeetupIsOff, PartyTooLarge, FewerSeats or TurnedDown; then everything is as it was.
    """
    lock(meetup)
    rsvp = _standing(meetup, person) or _new(meetup, wish, person=person)
    return settle(meetup, rsvp, wish)


def ask(meetup: Meetup, name: str, address: str, wish: Wish) -> None:
    """A visitor answers: a letter with a link goes to the address, and counts only once it is pressed.

    An address that has answered already gets a letter that leads to that answer, which stays as it is; the
    visitor sees the same page either way, so nobody learns who is going. What was asked first stands until the
    link is pressed (everything can be changed there), so nobody overwrites what another typed. Five such letters an
    hour go to one address, then one in ten minutes, and a meetup sends sixty to people who have not pressed yet.
    """
    lock(meetup)
    refuse_impossible(meetup, wish)
    now = clock.now()
    rsvp = queries.rsvp_at(address, meetup)
    if rsvp is None:
        if queries.unpressed_since(meetup, now - letters.HOUR) >= UNPRESSED_AN_HOUR:
            raise Refusal("Many people are answering just now. Nothing was saved; try again in a few minutes.")
        rsvp = add(_new(meetup, wish, address=address))
    if not rsvp.counts and (not rsvp.name or rsvp.asked_at < now - FIRST_STANDS):
        _note(rsvp, wish)
        rsvp.name, rsvp.answer, rsvp.asked_at = name, wish.answer, now
    flush()
    if may_have_another(address, letters.LINK_PREFIX, LETTERS_AN_HOUR, AT_LEAST_ONE_IN):
        post(letters.change_your_answer(rsvp) if rsvp.counts else letters.confirm_your_answer(rsvp))


def confirm(rsvp: Rsvp, wish: Wish, name: str = "") -> Rsvp:
    """The mailed link was pressed: the answer counts from now on, with a seat or a place in the line.

    Also how a visitor changes an answer, and the name, later. An address that belongs to a member becomes the
    member's answer.
    """
    meetup = lock(rsvp.meetup)
    lock(rsvp)
    person = person_by_address(rsvp.address) if rsvp.address else None
    rsvp.name = name or rsvp.name
    if person is not None:
        earlier = queries.rsvp_of(person, meetup)
        if earlier is not None:
            delete(rsvp)
            flush()
            return settle(meetup, earlier, wish)
        rsvp.person, rsvp.address = person, None
    return settle(meetup, rsvp, wish)


def withdraw(rsvp: Rsvp) -> None:
    """The party is out: "can't make it", claims are given back, the seats go to whoever waits."""
    meetup = lock(rsvp.meetup)
    lock(rsvp)
    settle(meetup, rsvp, Wish(Answer.CANT, note=rsvp.note))


def forget(rsvp: Rsvp) -> None:
    """Take a visitor's name and address out altogether; frees the seat as `withdraw` does.

    A no of the host's is remembered by a mark that says nothing of the address, so that asking again does not undo it.
    """
    meetup = lock(rsvp.meetup)
    fresh = lock(rsvp).answer is not Answer.OFFERED
    if rsvp.approved is False and not queries.was_turned_down(meetup, rsvp.mail_address):
        add(TurnedDownMark(meetup_id=meetup.id, mark=queries.mark_of(meetup, rsvp.mail_address)))
    spare_reminders(rsvp)
    delete(rsvp)
    flush()
    hand_on_seats(meetup, fresh=fresh)


def host_comes(meetup: Meetup) -> None:
    """The host of a published meetup is going, unless they have said otherwise."""
    if meetup.host is None or _standing(meetup, meetup.host) is not None:
        return
    host = add(_new(meetup, Wish(Answer.GOING), person=meetup.host))
    host.confirmed_at = host.answered_at
    flush()


def _standing(meetup: Meetup, person: Person) -> Rsvp | None:
    """A member's answer; one they gave by their address, before they signed in, becomes it: one mailbox, one party."""
    rsvp = queries.rsvp_of(person, meetup)
    if rsvp is None and (rsvp := queries.visitor_at(person.address, meetup)) is not None:
        lock(rsvp)
        rsvp.person, rsvp.address = person, None
    return rsvp


def _new(meetup: Meetup, wish: Wish, *, person: Person | None = None, address: str | None = None) -> Rsvp:
    now = clock.now()
    return Rsvp(
        meetup=meetup, person=person, address=address, answer=wish.answer, guests=wish.guests,
        asked_at=now, answered_at=now,
    )


def _note(rsvp: Rsvp, wish: Wish) -> None:
    rsvp.guests, rsvp.note = wish.guests, wish.note
    rsvp.opener, rsvp.can_step_in = wish.opener, wish.can_step_in
    if wish.replies is not None:
        rsvp.replies = [list(pair) for pair in wish.replies if pair[1]] or None


def settle(meetup: Meetup, rsvp: Rsvp, wish: Wish) -> Rsvp:
    """Make the wish the party's standing answer, seat or queue it, tell them, and hand on what became free.

    The caller holds the meetup's lock, and the party's if it has a row.
    """
    refuse_impossible(meetup, wish)
    _refuse_kept_apart(meetup, rsvp, wish)
    lapse(meetup)
    before, had_seat = (rsvp.answer, rsvp.guests) if rsvp.counts else None, rsvp.has_seat
    outcome = _outcome(meetup, rsvp, wish)
    now = clock.now()
    if outcome in IN_LINE and _joins_the_line(before, outcome, wish):
        rsvp.asked_at, rsvp.passed = now, False
    add(rsvp)
    _note(rsvp, wish)
    rsvp.answer, rsvp.answered_at, rsvp.held_until = outcome, now, None
    rsvp.confirmed_at = rsvp.confirmed_at or now
    was_offered = before is not None and before[0] is Answer.OFFERED
    if was_offered and outcome is Answer.WAITING:
        rsvp.passed = True
    flush()
    if before is not None and before[0] is Answer.GOING and outcome is not Answer.GOING:
        give_back_everything(meetup, rsvp)
        spare_reminders(rsvp)
    if (outcome, wish.guests) != before:
        _tell(rsvp, answered_before=before is not None)
    announce(Answered(rsvp))
    if before and (had_seat or was_offered) and (outcome is not Answer.GOING or before[1] > wish.guests):
        hand_on_seats(meetup, fresh=had_seat)
    return rsvp


def _refuse_kept_apart(meetup: Meetup, rsvp: Rsvp, wish: Wish) -> None:
    if wish.answer is not Answer.CANT and meetup.host_id in blocked_either_way(rsvp.person):
        raise NotAvailable("This meetup is not available. Nothing was changed.")


def _tell(rsvp: Rsvp, *, answered_before: bool) -> None:
    post(kept_in_step(letters.answer_stands(rsvp), rsvp, answered_before=answered_before))
    if rsvp.answer is Answer.REQUESTED and rsvp.meetup.host is not None:
        _tell_host(rsvp)


def _tell_host(rsvp: Rsvp) -> None:
    """One letter a day for each party, ten an hour for each meetup; for the rest one, when the hour is over."""
    meetup, now = rsvp.meetup, clock.now()
    to = meetup.host.address if meetup.host else ""
    if letters_since(to, now - letters.HOUR, letters.request_prefix(meetup)) < REQUESTS_AN_HOUR:
        post(letters.somebody_asks(rsvp))
    else:
        post(letters.more_ask(meetup), not_before=now + letters.HOUR)


def _joins_the_line(before: tuple[Answer, int] | None, outcome: Answer, wish: Wish) -> bool:
    """Whether the party's turn begins anew: it was not in the line, or asks for more while it waits."""
    if before is None or before[0] not in IN_LINE:
        return True
    return outcome is Answer.WAITING and before[0] is Answer.WAITING and wish.guests > before[1]


def _outcome(meetup: Meetup, rsvp: Rsvp, wish: Wish) -> Answer:
    """GOING with a seat, WAITING without, or what was wished. Growing a seated party never loses its seats."""
    if wish.answer in NOT_IN_LINE:
        return wish.answer
    holds, waits = rsvp.has_seat, rsvp.counts and rsvp.answer is Answer.WAITING
    if rsvp.counts and rsvp.answer is Answer.OFFERED:
        if wish.waits:
            return Answer.WAITING
        holds = True
    if not (holds or waits or rsvp.answer is Answer.ASKED) and _asks_the_host(meetup, rsvp):
        return Answer.REQUESTED
    seats = queries.seats(meetup, without=rsvp)
    if seats.fits(wish.party) or (holds and wish.guests <= rsvp.guests):
        return Answer.GOING
    if holds:
        raise _no_room_to_grow(seats, rsvp)
    if seats.free and not wish.waits and not waits:
        raise FewerSeats(seats.free, wish.party)
    return Answer.WAITING


def _asks_the_host(meetup: Meetup, rsvp: Rsvp) -> bool:
    """Whether the host has the word about this party, and has not said it yet. Raises TurnedDown after a no."""
    if rsvp.approved is False or (rsvp.approved is None and queries.was_turned_down(meetup, rsvp.mail_address)):
        raise TurnedDown("The host has no seat for you this time. Nothing was changed.")
    return meetup.approval_required and rsvp.approved is None and not _is_host(meetup, rsvp)


def _is_host(meetup: Meetup, rsvp: Rsvp) -> bool:
    return rsvp.person is not None and rsvp.person is meetup.host


def _no_room_to_grow(seats: queries.Seats, rsvp: Rsvp) -> Refusal:
    left = max(0, (seats.free or 0) - rsvp.party)
    more = {0: "No seat is free", 1: "Only 1 more seat is free"}.get(left, f"Only {left} more seats are free")
    kept = "your seat" if rsvp.party == 1 else f"your {rsvp.party} seats"
    return PartyTooLarge(f"{more}. You keep {kept}; nothing was changed.", field="guests")
