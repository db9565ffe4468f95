"""What stands in the address of a search, read and written again; nonsense counts as not chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from meetups.deck.terms import Skill
from meetups.foundation.markup import clean_line
from meetups.library.queries import Found, Search
from meetups.library.terms import ONLINE, WITH_TIP, Facet
from meetups.recaps.terms import AgeGroup, Category, ResourceType

LONGEST_WORDS = 200
MOST_VALUES = 20
_YEAR = re.compile(r"(?:19|20)\d\d")
_WHERE = re.compile(r"[A-Z]{2}(?:-[^\W\d_][\w .'’()&-]{0,60})?")
FIXED: Mapping[Facet, dict[str, str]] = {
    Facet.ABOUT: {each.value: each.label for each in Category},
    Facet.AGE: {each.value: each.label for each in AgeGroup},
    Facet.SKILL: {each.value: each.label for each in Skill},
    Facet.WITH: {**{each.value: f"A {each.label.lower()}" for each in ResourceType}, "article": "An article",
                 WITH_TIP: "A literacy tip"},
}  # fmt: skip
IN_ORDER = (Facet.AGE, Facet.SKILL)  # the others: the largest first, years from the latest


@dataclass(frozen=True)
class Choice:
    """One value of a facet as it is offered: how many ideas there are behind it."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Chosen:
    """A search as it stands in the address. `country_name` knows what "NZ" is called."""

    search: Search
    country_name: Callable[[str], str]

    @property
    def words(self) -> str:
        return self.search.words

    @property
    def pairs(self) -> list[tuple[Facet, str]]:
        return [(facet, value) for facet, values in self.search.chosen.items() for value in values]

    def address(self, path: str, *, without: tuple[Facet, str] | None = None, words: bool = True) -> str:
        """The same search at `path`: always in the same order, so that there is one address for one search."""
        given = [("q", self.words)] if self.words and words else []
        given += [(facet.value, value) for facet, value in self.pairs if (facet, value) != without]
        return f"{path}?{urlencode(given)}" if given else path

    def label(self, facet: Facet, value: str) -> str:
        if facet in FIXED:
            return FIXED[facet][value]
        if facet is Facet.YEAR:
            return value
        country, _, region = value.partition("-")
        return "Online" if value == ONLINE else region or self.country_name(country)

    @property
    def title(self) -> str:
        """ "scarves, Transitions, Toddlers"; nothing for everything."""
        return ", ".join(part for part in (self.words, *(self.label(*pair) for pair in self.pairs)) if part)

    def offers(self, facet: Facet, found: Found) -> list[Choice]:
        """The values worth offering: those that lead somewhere, and those chosen."""
        counts, chosen = found.counts.get(facet, {}), self.search.chosen.get(facet, ())
        names = FIXED[facet] if facet in FIXED else dict.fromkeys([*counts, *chosen])
        offered = [
            Choice(value, self.label(facet, value), counts.get(value, 0), value in chosen)
            for value in names if counts.get(value) or value in chosen
        ]
        if facet is Facet.YEAR:
            return sorted(offered, key=lambda each: each.value, reverse=True)
        return offered if facet in IN_ORDER else sorted(offered, key=lambda each: (-each.count, each.label))


def chosen_in(given: MultiDict[str, str], country_name: Callable[[str], str]) -> Chosen:
    """What is looked for, from the parameters of an address."""
    words = clean_line(given.get("q", "")[: LONGEST_WORDS * 5])[:LONGEST_WORDS]
    chosen = {}
    for facet in Facet:
        values = [value for value in dict.fromkeys(given.getlist(facet.value)[:MOST_VALUES]) if _is_value(facet, value)]
        if values:
            chosen[facet] = tuple(sorted(values))
    return Chosen(Search(words, chosen), country_name)


def _is_value(facet: Facet, value: str) -> bool:
    if facet in FIXED:
        return value in FIXED[facet]
    return bool(_YEAR.fullmatch(value)) if facet is Facet.YEAR else value == ONLINE or bool(_WHERE.fullmatch(value))
