"""Ideas by words and facets, with how many there would be behind every other choice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from meetups.foundation.database import db
from meetups.library.models import Idea
from meetups.library.queries.bits import ALL, every_set, highest
from meetups.library.queries.words import bits_of, ideas_with
from meetups.library.spelling import wanted_words
from meetups.library.terms import Facet
from meetups.recaps.models import Recap, RecapEntry, Response
from meetups.recaps.queries import PUBLIC

PAGE = 20


@dataclass(frozen=True)
class Search:
    """What is looked for: words, and values of facets. Several values of one facet mean any of them."""

    words: str = ""
    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    unseen: Collection[int] = ()  # authors whom this reader does not get to see (people.queries.blocked_either_way)

    @property
    def facet_keys(self) -> list[list[str]]:
        """What is chosen, facet by facet, as the index spells it."""
        return [[f"{facet.value}:{value}" for value in values] for facet, values in self.chosen.items() if values]


@dataclass(frozen=True)
class Found:
    """One page of ideas. `counts` says, value by value, how many ideas there are with the rest of the search kept."""

    ideas: Sequence[Response] = ()
    total: int = 0
    counts: Mapping[Facet, Mapping[str, int]] = field(default_factory=dict)
    library: int = 0


def ideas_found(search: Search, page: int = 1, size: int = PAGE) -> Found:
    """Those with the very words first, then those whose words begin like them; latest written down first. Exact counts.

    Five queries, however many there are: whole words, beginnings, facets, the ideas of the page, their things.
    """
    sets = every_set()
    wanted, all_ideas = wanted_words(search.words), sets.get(ALL, 0) & ~_by_authors(search.unseen)
    keys = search.facet_keys
    exact = ideas_with(wanted, keys, beginnings=False) & all_ideas if wanted else 0
    base = ideas_with(wanted, keys, beginnings=True) & all_ideas if wanted else all_ideas
    by_facet = _by_facet(sets)
    narrowed = {facet: _any_of(by_facet[facet], values) for facet, values in search.chosen.items() if values}
    hits = _all_of(base, narrowed)
    numbers = _page_of(hits, hits & exact, (page - 1) * size, size)
    return Found(ideas_numbered(numbers), hits.bit_count(), _counts(base, by_facet, narrowed), all_ideas.bit_count())


def numbers_found(search: Search, most: int) -> list[int]:
    """The highest numbers among all ideas that a search finds."""
    sets, wanted = every_set(), wanted_words(search.words)
    base = sets.get(ALL, 0) & ~_by_authors(search.unseen)
    if wanted:
        base &= ideas_with(wanted, search.facet_keys, beginnings=True)
    by_facet = _by_facet(sets)
    narrowed = {facet: _any_of(by_facet[facet], values) for facet, values in search.chosen.items() if values}
    return highest(_all_of(base, narrowed), 0, most)


def _by_authors(people: Collection[int]) -> int:
    if not people:
        return 0
    query = sa.select(Idea.id).join(Recap, Recap.id == Idea.recap_id).where(Recap.author_id.in_(people))
    return bits_of(db.session.scalars(query).all())


def _by_facet(sets: Mapping[str, int]) -> dict[Facet, dict[str, int]]:
    by_facet: dict[Facet, dict[str, int]] = {facet: {} for facet in Facet}
    names = {facet.value: facet for facet in Facet}
    for key, bits in sets.items():
        name, _, value = key.partition(":")
        if name in names:
            by_facet[names[name]][value] = bits
    return by_facet


def _any_of(values: Mapping[str, int], chosen: Sequence[str]) -> int:
    bits = 0
    for value in chosen:
        bits |= values.get(value, 0)
    return bits


def _all_of(base: int, narrowed: Mapping[Facet, int], but: Facet | None = None) -> int:
    for facet, bits in narrowed.items():
        if facet is not but:
            base &= bits
    return base


def _counts(
    base: int, by_facet: Mapping[Facet, Mapping[str, int]], narrowed: Mapping[Facet, int]
) -> dict[Facet, dict[str, int]]:
    hits = _all_of(base, narrowed)
    counts: dict[Facet, dict[str, int]] = defaultdict(dict)
    for facet, values in by_facet.items():
        around = _all_of(base, narrowed, facet) if facet in narrowed else hits
        for value, bits in values.items():
            counts[facet][value] = (around & bits).bit_count()
    return counts


def _page_of(hits: int, first: int, skip: int, size: int) -> list[int]:
    ahead = first.bit_count()
    numbers = highest(first, skip, size) if skip < ahead else []
    if len(numbers) < size:
        numbers += highest(hits & ~first, max(0, skip - ahead), size - len(numbers))
    return numbers


def ideas_numbered(numbers: Sequence[int]) -> list[Response]:
    """These ideas with entry, recap and things, in this order; public ones only, whatever the index says."""
    query = (
        sa.select(Response)
        .join(Response.entry)
        .join(RecapEntry.recap)
        .where(Response.id.in_(numbers), *PUBLIC)
        .options(
            contains_eager(Response.entry).options(
                contains_eager(RecapEntry.recap).options(joinedload(Recap.meetup)), joinedload(RecapEntry.challenge)
            ),
            selectinload(Response.resources),
        )
    )
    by_number = {idea.id: idea for idea in db.session.scalars(query)}
    return [by_number[number] for number in numbers if number in by_number]
