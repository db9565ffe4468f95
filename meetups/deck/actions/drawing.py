"""Drawing from a deck."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence

from meetups.deck import queries
from meetups.deck.models import Stick
from meetups.deck.terms import AgeGroup, Category
from meetups.foundation.refusals import Refusal


class DeckIsEmpty(Refusal):
    """Every stick that suits has been drawn or skipped."""


def draw(
    sticks: Sequence[Stick], drawn: Collection[str], skipped: Collection[str] = (), age: AgeGroup | None = None,
    category: Category | None = None,
) -> Stick:
    """A stick of these (`queries.sticks_of` a deck) that nobody has drawn or skipped; warm-ups come first.

    Changes nothing: what is out is kept by whoever asks. Raises DeckIsEmpty.
    """
    left = queries.sticks_left(sticks, drawn, skipped, age, category)
    if not left:
        raise DeckIsEmpty("The cup is empty. Put the sticks back and start again.", way_on=("/cup", "Start again"))
    return random.choice(left)
