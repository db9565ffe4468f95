"""Answering, changing, freeing and handing on seats, bringing things, telling people."""

from meetups.attendance.actions.answering import LETTERS_AN_HOUR, answer, ask, confirm, forget, host_comes, withdraw
from meetups.attendance.actions.bringing import claim_item, give_back_item, list_what_to_bring
from meetups.attendance.actions.seating import hand_on_seats
from meetups.attendance.actions.telling import tell_cancelled, tell_changed
from meetups.attendance.actions.wishes import (
    AlreadyTaken,
    FewerSeats,
    MeetupIsOff,
    MeetupIsOver,
    PartyTooLarge,
    Wish,
    refuse_impossible,
)

__all__ = [
    "LETTERS_AN_HOUR", "AlreadyTaken", "FewerSeats", "MeetupIsOff", "MeetupIsOver", "PartyTooLarge", "Wish", "answer",
    "ask", "claim_item", "confirm", "forget", "give_back_item", "hand_on_seats", "host_comes", "list_what_to_bring",
    "refuse_impossible", "tell_cancelled", "tell_changed", "withdraw",
]
