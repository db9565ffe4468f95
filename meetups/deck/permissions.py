"""Who may see a deck, and who may change it."""

from __future__ import annotations

from meetups.deck.models import Deck
from meetups.deck.terms import Sharing
from meetups.people.models import Person


def may_edit(person: Person | None, deck: Deck) -> bool:
    """Its owner, unless a moderator hid it; the public deck is kept by moderators."""
    if person is None:
        return False
    if deck.is_cup:
        return person.is_moderator
    return deck.owner_id == person.id and deck.hidden_at is None


def may_see(person: Person | None, deck: Deck) -> bool:
    """Everybody who knows its address, unless it is private or hidden; its owner and moderators see a hidden one.

    Two people of whom one blocked the other see nothing of each other's.
    """
    if person is not None and deck.owner_id in person.out_of_sight:
        return False
    if person is not None and deck.owner_id == person.id:
        return True
    if deck.hidden_at is not None:
        return person is not None and person.is_moderator
    return deck.sharing is not Sharing.PRIVATE


def may_propose(deck: Deck) -> bool:
    """Sticks of the cup are in the cup."""
    return not deck.is_cup
