"""Filling the public deck with the seed challenges."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from meetups.deck import queries
from meetups.deck.models import PUBLIC_DECK, Challenge, Deck, Stick
from meetups.deck.terms import Category, Kind, Sharing
from meetups.foundation import clock
from meetups.foundation.database import add, flush

SEEDS = Path(__file__).parent.parent / "data" / "challenges.jsonl"


def fill_the_cup() -> int:
    """Put the seed challenges in, or bring their words up to date; returns how many were new. Safe to repeat.

    Copies in members' decks are challenges of their own and stay as they are. A seed that is no longer in the file
    stays in the cup.
    """
    cup = queries.the_cup() or add(Deck(
        code=PUBLIC_DECK, title="The Challenge Cup", sharing=Sharing.PUBLIC, created_at=clock.now(),
        updated_at=clock.now(),
    ))
    flush()
    standing = {each.code: each.challenge for each in queries.sticks_of(cup)}
    new = 0
    for place, line in enumerate(SEEDS.read_text(encoding="utf-8").splitlines()):
        seed = json.loads(line)
        challenge = standing.get(seed["id"])
        if challenge is None:
            challenge, new = queries.challenge_by_code(seed["id"]) or Challenge(code=seed["id"]), new + 1
            _write(challenge, seed)
            add(Stick(deck=cup, challenge=challenge, place=place))
        else:
            _write(challenge, seed)
    flush()
    return new


def _write(challenge: Challenge, seed: dict[str, Any]) -> None:
    challenge.text, challenge.ages, challenge.skills = seed["text"], seed["ages"], seed["skills"]
    challenge.category, challenge.kind = Category(seed["category"]), Kind(seed["kind"])
    challenge.warm_up = bool(seed["warm_up"])
