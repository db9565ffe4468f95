"""Filling the cup and drawing from it."""

from __future__ import annotations

import json
import random
from collections.abc import Collection
from pathlib import Path

from meetups.deck import queries
from meetups.deck.models import Challenge
from meetups.deck.terms import AgeGroup, Category, Kind
from meetups.foundation.database import add, flush
from meetups.foundation.refusals import Refusal

SEEDS = Path(__file__).parent / "data" / "challenges.jsonl"


class DeckIsEmpty(Refusal):
    """Every stick that suits has been drawn."""


def fill_the_cup() -> int:
    """Put the seed challenges in, or bring their words up to date; returns how many were new. Safe to repeat."""
    standing = {each.code: each for each in queries.challenges()}
    new = 0
    for line in SEEDS.read_text(encoding="utf-8").splitlines():
        seed = json.loads(line)
        stick = standing.get(seed["id"])
        if stick is None:
            stick, new = add(Challenge(code=seed["id"])), new + 1
        stick.text, stick.ages, stick.skills = seed["text"], seed["ages"], seed["skills"]
        stick.category, stick.kind, stick.warm_up = Category(seed["category"]), Kind(seed["kind"]), seed["warm_up"]
    flush()
    return new


def draw(drawn: Collection[str], age: AgeGroup | None = None) -> Challenge:
    """A stick nobody has drawn yet, the first two from the warm-ups. Raises DeckIsEmpty."""
    left = queries.sticks_left(drawn, age)
    if not left:
        raise DeckIsEmpty("The cup is empty. Put the sticks back and start again.", way_on=("/cup", "Start again"))
    return random.choice(left)
