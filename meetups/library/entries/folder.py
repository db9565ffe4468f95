"""How a folder is laid out: by what the ideas are about, as on paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from meetups.library.entries.finding import category_of
from meetups.library.models import SavedIdea
from meetups.recaps.models import Response
from meetups.recaps.terms import Category


@dataclass(frozen=True)
class Kept:
    """An idea and what is noted beside it."""

    saved: SavedIdea
    idea: Response


def by_category(rows: Iterable[tuple[SavedIdea, Response | None]]) -> list[tuple[str, list[Kept]]]:
    """Heading and ideas, in the order of the categories; what has none comes last. What is gone is left out."""
    kept = [Kept(saved, idea) for saved, idea in rows if idea is not None]
    headings = [*((each, each.label) for each in Category), (None, "About anything")]
    every = [(label, [each for each in kept if category_of(each.idea.entry) is about]) for about, label in headings]
    return [(label, ideas) for label, ideas in every if ideas]
