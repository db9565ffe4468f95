"""Sticks in a deck: write, rewrite, move, take out."""

from __future__ import annotations

from collections.abc import Sequence

from meetups.deck import queries
from meetups.deck.actions.wishes import StickWish
from meetups.deck.models import Challenge, Deck, Stick, sameness
from meetups.deck.notation import Found
from meetups.foundation import clock
from meetups.foundation.database import add, delete, flush, lock
from meetups.foundation.refusals import Refusal

MOST_STICKS = 1000


class DeckIsFull(Refusal):
    """A deck has 1,000 sticks already."""


class AlreadyThere(Refusal):
    """The same words are on a stick of this deck."""


class ComesWithTheSoftware(Refusal):
    """A seed challenge: its words are those of the file, which fills the cup again whenever the worker starts."""


def write_stick(deck: Deck, wish: StickWish) -> Stick:
    """One more stick at the end. Refuses words that are in the deck already, and the 1,001st stick."""
    return write_sticks(deck, [wish])[0]


def write_sticks(deck: Deck, wishes: Sequence[StickWish]) -> list[Stick]:
    """All of them, in their order, or none; refuses as `write_stick` does."""
    lock(deck)
    standing = queries.sticks_of(deck)
    if len(standing) + len(wishes) > MOST_STICKS:
        raise DeckIsFull(f"A deck holds {MOST_STICKS:,} sticks, and this one has {len(standing):,}. Nothing was added.")
    words = {sameness(each.text) for each in standing}
    place = max((each.place for each in standing), default=-1)
    made = []
    for wish in wishes:
        if sameness(wish.text) in words:
            raise AlreadyThere(f"The deck has that stick already: “{wish.text}”. Nothing was added.", field="text")
        words.add(sameness(wish.text))
        place += 1
        made.append(add(Stick(deck=deck, challenge=wish.write_on(Challenge()), place=place)))
    deck.updated_at = clock.now()
    flush()
    return made


def wish_for(found: Found) -> StickWish:
    """What a row of a file asks for."""
    return StickWish(found.text, found.category, found.kind, found.ages, found.skills, found.warm_up)


def room_in(deck: Deck) -> int:
    """How many more sticks fit."""
    return MOST_STICKS - len(queries.sticks_of(deck))


def read_into(deck: Deck, wishes: Sequence[StickWish]) -> tuple[int, int]:
    """The sticks of a file, without those whose words are in the deck; how many were added, how many were there.

    Refuses with DeckIsFull as a whole.
    """
    lock(deck)
    words = {sameness(each.text) for each in queries.sticks_of(deck)}
    fresh = [each for each in wishes if sameness(each.text) not in words]
    return len(write_sticks(deck, fresh)), len(wishes) - len(fresh)


def rewrite_stick(stick: Stick, wish: StickWish) -> None:
    """Other words, or other things said about them. Refuses words that are on another stick of the deck, and seeds."""
    _refuse_seed(stick)
    lock(stick.deck)
    others = {sameness(each.text) for each in queries.sticks_of(stick.deck) if each.id != stick.id}
    if sameness(wish.text) in others:
        raise AlreadyThere("Another stick of this deck says that already. Nothing was changed.", field="text")
    wish.write_on(stick.challenge)
    stick.deck.updated_at = clock.now()
    flush()


def take_out(stick: Stick) -> None:
    """The stick is gone from its deck, and its challenge with it unless another deck or the cup's past needs it."""
    _refuse_seed(stick)
    deck = lock(stick.deck)
    challenge, alone = stick.challenge, stick.challenge_id not in queries.challenges_elsewhere(deck)
    delete(stick)
    flush()
    if alone and not deck.is_cup:  # what was once in the cup is asked about in recaps
        delete(challenge)
    deck.updated_at = clock.now()
    flush()


def move(stick: Stick, *, up: bool) -> None:
    """One place towards the top of its deck, or the bottom; at the end already, nothing happens."""
    deck = lock(stick.deck)
    sticks = list(queries.sticks_of(deck))
    now = next(number for number, each in enumerate(sticks) if each.id == stick.id)
    there = now - 1 if up else now + 1
    if 0 <= there < len(sticks):
        sticks[now], sticks[there] = sticks[there], sticks[now]
        for place, each in enumerate(sticks):
            each.place = place
        deck.updated_at = clock.now()
    flush()


def _refuse_seed(stick: Stick) -> None:
    if stick.deck.is_cup and stick.challenge.is_seed:
        raise ComesWithTheSoftware("This stick comes with the software. Copy the deck; the copy is yours to change.")
