"""How decks and sticks look elsewhere: in a line, and as data for drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from meetups.deck.models import Challenge, Deck, Stick
from meetups.deck.queries import WARM_UPS_FIRST
from meetups.deck.terms import AgeGroup, Sharing


def label_of(challenge: Challenge) -> str:
    """"Share · Toddlers, Preschool · Warm-up"."""
    ages = ", ".join(AgeGroup(age).label for age in challenge.ages)
    return " · ".join(part for part in (challenge.kind.label, ages, "Warm-up" if challenge.warm_up else "") if part)


def for_drawing(deck: Deck, sticks: Sequence[Stick]) -> dict[str, Any]:
    """What a browser needs to draw by itself; `keep` says whether it may hold on to it."""
    return {
        "code": deck.code, "title": deck.title, "keep": deck.sharing is not Sharing.PRIVATE and deck.hidden_at is None,
        "warm_ups_first": WARM_UPS_FIRST,
        "sticks": [
            {
                "code": each.code, "text": each.text, "label": label_of(each.challenge), "ages": each.challenge.ages,
                "category": each.challenge.category.value, "warm_up": each.challenge.warm_up,
            }
            for each in sticks
        ],
    }
