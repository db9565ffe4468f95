"""What a party asks for, and why it may be refused."""

from __future__ import annotations

from dataclasses import dataclass

from meetups.attendance.models import Answer
from meetups.foundation import clock
from meetups.foundation.refusals import Refusal
from meetups.planning.models import Meetup, RsvpMode


@dataclass(frozen=True)
class Wish:
    """What a party asks for. `waits` says that they would rather wait than come as fewer, or than take an offer.

    `replies` are (question, reply) pairs for the host; None leaves earlier ones as they are.
    """

    answer: Answer
    guests: int = 0
    note: str = ""
    opener: bool = False
    can_step_in: bool = False
    waits: bool = False
    replies: tuple[tuple[str, str], ...] | None = None

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


class OfferGone(Refusal):
    """The offer ran out or was let go; nothing brings it back. Nothing was changed."""


class TurnedDown(Refusal):
    """The host has said no to this party."""


class NotTheHour(Refusal):
    """Too early or too late to say that one is here."""


class NotAvailable(Refusal):
    """Host and guest are kept apart. Says no more than that."""


class AlreadyTaken(Refusal):
    """Somebody else brings it already."""


def refuse_impossible(meetup: Meetup, wish: Wish) -> None:
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
