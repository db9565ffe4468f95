"""announce(fact): tells other rooms what has happened, inside the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

_reactions: dict[type, tuple[Callable[[Any], None], ...]] = {}


def install(table: Mapping[type, Sequence[Callable[[Any], None]]]) -> None:
    """Set the table of reactions (meetups/reactions.py); the app does this once."""
    _reactions.clear()
    _reactions.update({fact: tuple(reactions) for fact, reactions in table.items()})


def announce(fact: object) -> None:
    """Call what the table lists for this kind of fact, in order. An error there undoes the whole deed."""
    for reaction in _reactions.get(type(fact), ()):
        reaction(fact)
