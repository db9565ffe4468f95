"""Which deck the sticks come from: a deck that is not shared any more gives no further ones."""

from __future__ import annotations

from meetups.deck.models import Deck
from meetups.deck.queries import the_cup
from meetups.notes.models import Session
from meetups.notes.permissions import may_draw_from


def deck_of(session: Session) -> Deck | None:
    """The deck chosen at the start, as long as the meetup may draw from it, else the public one.

    What was drawn before stays in the notes.
    """
    return the_cup() if session.deck is None or is_taken_back(session) else session.deck


def is_taken_back(session: Session) -> bool:
    """Whether the deck chosen at the start became private, or a moderator hid it, since then."""
    return session.deck is not None and not may_draw_from(session.meetup, session.deck)
