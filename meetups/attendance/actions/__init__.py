"""Answering, changing, freeing and handing on seats, bringing things, telling people."""

from meetups.attendance.actions.answering import LETTERS_AN_HOUR, answer, ask, confirm, forget, host_comes, withdraw
from meetups.attendance.actions.approving import let_everybody_in, let_in, turn_down
from meetups.attendance.actions.bringing import claim_item, give_back_item, list_what_to_bring
from meetups.attendance.actions.offering import accept_offer, decline_offer
from meetups.attendance.actions.seating import expire_offers, hand_on_seats, void_offers
from meetups.attendance.actions.telling import tell_cancelled, tell_changed
from meetups.attendance.actions.wishes import (
    AlreadyTaken,
    FewerSeats,
    MeetupIsOff,
    MeetupIsOver,
    OfferGone,
    PartyTooLarge,
    TurnedDown,
    Wish,
    refuse_impossible,
)

__all__ = [
    "LETTERS_AN_HOUR", "AlreadyTaken", "FewerSeats", "MeetupIsOff", "MeetupIsOver", "OfferGone", "PartyTooLarge",
    "TurnedDown", "Wish", "accept_offer", "answer", "ask", "claim_item", "confirm", "decline_offer", "expire_offers",
    "forget", "give_back_item", "hand_on_seats", "host_comes", "let_everybody_in", "let_in", "list_what_to_bring",
    "refuse_impossible", "tell_cancelled", "tell_changed", "turn_down", "void_offers", "withdraw",
]
