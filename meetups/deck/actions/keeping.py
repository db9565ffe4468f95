"""Decks of one's own: begin, copy, change, throw away; and what happens to them when their owner leaves."""

from __future__ import annotations

from meetups.deck import queries
from meetups.deck.actions.wishes import DeckWish
from meetups.deck.models import Challenge, Deck, Stick
from meetups.deck.terms import Sharing
from meetups.foundation import clock
from meetups.foundation.database import add, delete, flush, lock
from meetups.foundation.refusals import Refusal
from meetups.people.models import Person

MOST_DECKS = 30


class TooManyDecks(Refusal):
    """A member has 30 decks already."""


class NotTheCup(Refusal):
    """The public deck is nobody's to throw away."""


def begin_deck(person: Person, wish: DeckWish) -> Deck:
    """An empty deck of one's own. Refuses with TooManyDecks the thirty-first."""
    lock(person)
    if len(queries.decks_of(person)) >= MOST_DECKS:
        raise TooManyDecks(f"{MOST_DECKS} decks are the most. Throw one away, or put the sticks into one you have.")
    at = clock.now()
    deck = add(Deck(
        title=wish.title, about=wish.about, sharing=wish.sharing, owner=person, created_at=at, updated_at=at
    ))
    flush()
    return deck


def copy_deck(person: Person, deck: Deck) -> Deck:
    """A private deck with the same sticks. Each is a challenge of its own that remembers its root."""
    made = begin_deck(person, DeckWish(deck.title, deck.about))
    for place, stick in enumerate(queries.sticks_of(deck)):
        add(Stick(deck=made, challenge=_copied(stick.challenge), place=place))
    flush()
    return made


def _copied(challenge: Challenge) -> Challenge:
    return add(Challenge(
        text=challenge.text, category=challenge.category, kind=challenge.kind, ages=list(challenge.ages),
        skills=list(challenge.skills), warm_up=challenge.warm_up, source_id=challenge.source_id or challenge.id,
    ))


def change_deck(deck: Deck, wish: DeckWish) -> None:
    """Another title, other words about it, other readers. Whoever had only the link to it may see nothing any more."""
    lock(deck)
    deck.title, deck.about, deck.sharing, deck.updated_at = wish.title, wish.about, wish.sharing, clock.now()


def throw_away(deck: Deck) -> None:
    """The deck and its challenges are gone; recaps keep the words that were drawn. Refuses with NotTheCup the cup."""
    if deck.is_cup:
        raise NotTheCup("The Challenge Cup stays. Nothing was thrown away.")
    lock(deck)
    sticks = queries.sticks_of(deck)
    elsewhere = queries.challenges_elsewhere(deck)
    delete(deck)
    flush()
    for stick in sticks:
        if stick.challenge_id not in elsewhere:
            delete(stick.challenge)
    flush()


def give_up_decks(person: Person) -> None:
    """Their owner leaves: decks for everybody stay and are nobody's, all others are erased with their challenges."""
    for deck in queries.decks_of(person):
        if deck.sharing is Sharing.PUBLIC:
            deck.owner = None
        else:
            throw_away(deck)
    flush()
