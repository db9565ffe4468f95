"""Answering, changing, freeing and handing on seats, bringing things, telling people."""

from meetups.attendance.actions.answering import LETTERS_AN_HOUR, answer, ask, confirm, forget, host_comes, withdraw
from meetups.attendance.actions.approving import let_everybody_in, let_in, turn_down
from meetups.attendance.actions.arriving import (
    check_in,
    check_in_by_code,
    draw_another_code,
    note_arrivals,
    note_who_did_not_come,
    told_in_person,
    what_is_wrong_with,
    wrong_code,
)
from meetups.attendance.actions.asking import release_holds
from meetups.attendance.actions.bringing import claim_item, give_back_item, list_what_to_bring
from meetups.attendance.actions.noticing import (
    TooLateToUndo,
    may_be_undone,
    note_cancelled,
    note_change,
    note_postponed,
    send_notices,
    undo,
)
from meetups.attendance.actions.offering import accept_offer, decline_offer
from meetups.attendance.actions.purging import forget_what_was_told, purge_replies
from meetups.attendance.actions.reminding import send_reminders
from meetups.attendance.actions.seating import expire_offers, hand_on_seats, void_offers
from meetups.attendance.actions.stepping_in import NotOffered, NotYet, ask_hosts, nobody_here, step_in, welcome_host
from meetups.attendance.actions.wishes import (
    AlreadyTaken,
    FewerSeats,
    MeetupIsOff,
    MeetupIsOver,
    NotTheHour,
    OfferGone,
    PartyTooLarge,
    TurnedDown,
    Wish,
    refuse_impossible,
)

__all__ = [
    "LETTERS_AN_HOUR", "AlreadyTaken", "FewerSeats", "MeetupIsOff", "MeetupIsOver", "NotOffered", "NotTheHour",
    "NotYet", "OfferGone", "PartyTooLarge", "TooLateToUndo", "TurnedDown", "Wish", "accept_offer", "answer", "ask",
    "ask_hosts", "check_in", "check_in_by_code", "claim_item", "confirm", "decline_offer", "draw_another_code",
    "expire_offers", "forget", "forget_what_was_told", "give_back_item", "hand_on_seats", "host_comes",
    "let_everybody_in", "let_in", "list_what_to_bring", "may_be_undone", "nobody_here", "note_arrivals",
    "note_cancelled", "note_change", "note_postponed", "note_who_did_not_come", "purge_replies", "refuse_impossible",
    "release_holds", "send_notices", "send_reminders", "step_in", "told_in_person", "turn_down", "undo", "void_offers",
    "welcome_host", "what_is_wrong_with", "withdraw", "wrong_code",
]
