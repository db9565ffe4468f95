"""Decks and sticks for tests; each is committed before it is returned."""

from __future__ import annotations

from meetups.deck import actions
from meetups.deck.models import Deck
from meetups.deck.terms import AgeGroup, Category, Kind, Sharing
from meetups.foundation.database import unit_of_work
from meetups.people.models import Person


def wish(text: str = "The parachute is stuck on the light. Go on.", **more: object) -> actions.StickWish:
    given = {"category": Category.MISHAPS, "kind": Kind.ACT_OUT, "ages": (AgeGroup.TODDLER,), **more}
    return actions.StickWish(text, **given)  # type: ignore[arg-type]


def make_deck(person: Person, *texts: str, title: str = "Mine", sharing: Sharing = Sharing.PRIVATE) -> Deck:
    with unit_of_work():
        deck = actions.begin_deck(person, actions.DeckWish(title, sharing=sharing))
        actions.write_sticks(deck, [wish(text) for text in texts])
    return deck
