"""Answering, changing, freeing and handing on seats, bringing things.

Every action takes the meetup's lock before it counts, so capacity holds however many press at once. Freed
seats go to the first waiting party that fits; parties are never split without asking.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from meetups.attendance import letters, queries
from meetups.attendance.facts import Answered, SeatFreed
from meetups.attendance.models import Answer, BringItem, Claim, Rsvp
from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import add, delete, flush, lock
from meetups.foundation.mail.outbox import letters_since, post, post_many
from meetups.foundation.refusals import Refusal
from meetups.people.models import Person
from meetups.people.queries import person_by_address
from meetups.planning.models import Meetup, RsvpMode

LETTERS_AN_HOUR = 5
IN_LINE = (Answer.GOING, Answer.WAITING)


@dataclass(frozen=True)
class Wish:
    """What a party asks for. `waits` says that they would rather wait than come as fewer."""

    answer: Answer
    guests: int = 0
    note: str = ""
    opener: bool = False
    can_step_in: bool = False
    waits: bool = False

    @property
    def party(self) -> int:
        return 1 + self.guests


class MeetupIsOver(Refusal):
    """No answers after the end."""


class MeetupIsOff(Refusal):
    """No answers to a cancelled or unpublished meetup."""


class PartyTooLarge(Refusal):
    """More guests than the host allows, or more than there are seats at all."""


class FewerSeats(Refusal):
    """Some seats are free, but not enough for the whole party: come as fewer, or wait. Nothing was changed."""

    def __init__(self, free: int, party: int) -> None:
        seats = "1 seat is" if free == 1 else f"{free} seats are"
        super().__init__(f"{seats} free, and you are {party}. Come as {free}, or wait for all {party}?", field="guests")
        self.free = free
        self.party = party


class AlreadyTaken(Refusal):
    """Somebody else brings it already."""


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
    _refuse_impossible(meetup, wish)
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


def list_what_to_bring(meetup: Meetup, wanted: Sequence[tuple[int, str]]) -> None:
    """Replace the bring list by (quantity, what) pairs; lines that stay the same keep who claimed them."""
    standing = {(w.item.quantity, w.item.what): w.item for w in queries.bring_list(meetup)}
    for quantity, what in wanted:
        if standing.pop((quantity, what), None) is None:
            add(BringItem(meetup=meetup, what=what, quantity=quantity))
    for gone in standing.values():
        claim = queries.claim_on(gone)
        if claim is not None:
            delete(claim)
            flush()
        delete(gone)
    flush()


def claim_item(item: BringItem, rsvp: Rsvp) -> None:
    """This party brings it. Of two claims at once one wins; the other gets AlreadyTaken."""
    lock(item.meetup)
    standing = queries.claim_on(item)
    if standing is not None and standing.rsvp_id != rsvp.id:
        raise AlreadyTaken(f"Somebody else is already bringing that ({item.what}). Thank you for offering!")
    if standing is None:
        add(Claim(item=item, rsvp=rsvp, claimed_at=clock.now()))
        flush()


def give_back_item(item: BringItem, rsvp: Rsvp) -> None:
    """This party does not bring it after all; it is open again."""
    lock(item.meetup)
    standing = queries.claim_on(item)
    if standing is not None and standing.rsvp_id == rsvp.id:
        delete(standing)
        flush()


def tell_changed(meetup: Meetup, what: Mapping[str, tuple[str, str]]) -> None:
    """A new time or place: one letter to every party that is going, waiting or unsure, but not to the host."""
    post_many(letters.changed(rsvp, what) for rsvp in _others(meetup))


def tell_cancelled(meetup: Meetup) -> None:
    """It is off: the same people get one letter, which also takes the entry out of their calendars."""
    post_many(letters.cancelled(rsvp) for rsvp in _others(meetup))


def _others(meetup: Meetup) -> list[Rsvp]:
    return [rsvp for rsvp in queries.to_be_told(meetup) if rsvp.person_id != meetup.host_id or rsvp.person_id is None]


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
    _refuse_impossible(meetup, wish)
    before = (rsvp.answer, rsvp.guests) if rsvp.counts else None
    outcome = _outcome(meetup, rsvp, wish)
    now = clock.now()
    if outcome in IN_LINE and (before is None or before[0] not in IN_LINE):
        rsvp.asked_at = now
    add(rsvp)
    _note(rsvp, wish)
    rsvp.answer, rsvp.answered_at = outcome, now
    rsvp.confirmed_at = rsvp.confirmed_at or now
    flush()
    if outcome is not Answer.GOING:
        _give_back_everything(meetup, rsvp)
    if (outcome, wish.guests) != before:
        post(letters.answer_stands(rsvp))
    announce(Answered(rsvp))
    if before is not None and before[0] is Answer.GOING and (outcome is not Answer.GOING or before[1] > wish.guests):
        hand_on_seats(meetup)
    return rsvp


def _outcome(meetup: Meetup, rsvp: Rsvp, wish: Wish) -> Answer:
    """GOING with a seat, WAITING without, or what was wished. Growing a seated party never loses its seats."""
    if wish.answer not in IN_LINE:
        return wish.answer
    seats = queries.seats(meetup, without=rsvp)
    if seats.fits(wish.party) or (rsvp.counts and rsvp.answer is Answer.GOING and wish.guests <= rsvp.guests):
        return Answer.GOING
    if rsvp.counts and rsvp.answer is Answer.GOING:
        raise _no_room_to_grow(seats, rsvp)
    if seats.free and not wish.waits and not (rsvp.counts and rsvp.answer is Answer.WAITING):
        raise FewerSeats(seats.free, wish.party)
    return Answer.WAITING


def _no_room_to_grow(seats: queries.Seats, rsvp: Rsvp) -> Refusal:
    left = max(0, (seats.free or 0) - rsvp.party)
    more = {0: "No seat is free", 1: "Only 1 more seat is free"}.get(left, f"Only {left} more seats are free")
    kept = "your seat" if rsvp.party == 1 else f"your {rsvp.party} seats"
    return PartyTooLarge(f"{more}. You keep {kept}; nothing was changed.", field="guests")


def _refuse_impossible(meetup: Meetup, wish: Wish) -> None:
    if not meetup.is_on:
        gone = "was cancelled" if meetup.cancelled_at else "is not open for answers"
        raise MeetupIsOff(f"This meetup {gone}, so there is nothing to answer.")
    if meetup.is_over(clock.now()):
        raise MeetupIsOver("This meetup is over. Look at what the room worked out instead.")
    if wish.answer is Answer.CANT:
        return
    if meetup.rsvp_mode is RsvpMode.NONE:
        raise MeetupIsOff("No answer is needed here: just turn up.")
    if wish.guests > meetup.guests_allowed:
        allowed = meetup.guests_allowed
        most = "no guests" if allowed == 0 else "1 guest" if allowed == 1 else f"{allowed} guests"
        raise PartyTooLarge(f"The host has room for {most} with each person.", field="guests")
    if meetup.capacity is not None and wish.party > meetup.capacity:
        sentence = f"There are {meetup.capacity} seats in all; a party of {wish.party} can never fit."
        raise PartyTooLarge(sentence, field="guests")


def _give_back_everything(meetup: Meetup, rsvp: Rsvp) -> None:
    for wanted in queries.bring_list(meetup):
        if wanted.claim is not None and wanted.claim.rsvp_id == rsvp.id:
            delete(wanted.claim)
    flush()


def as_fewer(wish: Wish, seats_free: int) -> Wish:
    """The same wish for as many as there are seats."""
    return replace(wish, guests=max(0, seats_free - 1))
