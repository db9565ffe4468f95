"""Which challenges and ideas of a text stand in the recap already, perhaps in other words or another place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

from meetups.foundation.database import folded
from meetups.recaps import queries
from meetups.recaps.actions.setting_aside import loosened
from meetups.recaps.models import Recap, RecapEntry, Response
from meetups.recaps.notation import WrittenEntry, WrittenRecap, WrittenResponse
from meetups.recaps.notation.written import tidy

ALIKE = 0.6  # of the words, of the longer one
Row = TypeVar("Row", RecapEntry, Response)


class Rows:
    """The rows of a recap, taken apart, for what a text says. `left` are ideas of which the text says nothing.

    First whatever reads the same, wherever it stands; then ideas that were taken out and read the same; then, under
    the same challenge, what has most of its words in common. A challenge is also known by the ideas under it.
    """

    def __init__(self, recap: Recap | None = None, written: WrittenRecap | None = None) -> None:
        self._entries: dict[int, RecapEntry] = {}
        self._ideas: dict[int, Response] = {}
        self.left: list[Response] = []
        if recap is not None and written is not None:
            self._recognize(recap, written)

    def entry_for(self, written: WrittenEntry) -> RecapEntry | None:
        return self._entries.get(id(written))

    def idea_for(self, written: WrittenResponse) -> Response | None:
        return self._ideas.get(id(written))

    def _recognize(self, recap: Recap, written: WrittenRecap) -> None:
        formerly = {idea.id: entry for entry in recap.entries for idea in entry.responses}
        taken_out = _taken_out(recap)
        free = _by_text(loosened(recap).values(), lambda idea: idea.text)
        prompts = _by_text(recap.entries, lambda entry: entry.prompt)
        for entry in written.entries:
            self._take(self._entries, entry, prompts, entry.prompt)
            for idea in entry.responses:
                self._take(self._ideas, idea, free, idea.text)
        left = {idea.id: idea for ideas in free.values() for idea in ideas}
        others = [entry for entries in prompts.values() for entry in entries]
        for entry in written.entries:
            if id(entry) not in self._entries:
                self._guess_entry(entry, others, formerly)
            standing = self._entries.get(id(entry))
            beside = [idea for idea in left.values() if formerly[idea.id] is standing]
            for idea in entry.responses:
                if id(idea) not in self._ideas and not self._take(self._ideas, idea, taken_out, idea.text):
                    found = _most_alike(idea.text, beside, lambda each: each.text)
                    if found is not None:
                        self._ideas[id(idea)] = left.pop(found.id)
                        beside.remove(found)
        self.left = list(left.values())

    def _guess_entry(self, entry: WrittenEntry, others: list[RecapEntry], formerly: dict[int, RecapEntry]) -> None:
        ideas = (self._ideas.get(id(idea)) for idea in entry.responses)
        homes = Counter(formerly[idea.id].id for idea in ideas if idea is not None)
        found = _most_alike(entry.prompt, others, lambda each: each.prompt)
        found = found or max(others, key=lambda each: homes[each.id], default=None)
        if found is not None and (homes[found.id] or _alike(entry.prompt, found.prompt) >= ALIKE):
            others.remove(found)
            self._entries[id(entry)] = found

    @staticmethod
    def _take(taken: dict[int, Row], written: object, free: dict[str, list[Row]], text: str) -> bool:
        if free.get(text):
            taken[id(written)] = free[text].pop(0)
            return True
        return False


def _by_text(rows: Iterable[Row], text: Callable[[Row], str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[tidy(text(row))].append(row)
    return found


def _taken_out(recap: Recap) -> dict[str, list[Response]]:
    """What was taken out of the recap, by what it last said."""
    rows = {idea.id: idea for idea in queries.taken_out_of(recap)}
    found: dict[str, list[Response]] = defaultdict(list)
    for revision in queries.revisions_of(recap) if rows else ():
        for idea in (idea for entry in revision.body["entries"] for idea in entry["ideas"]):
            if idea["id"] in rows:
                found[tidy(idea["text"])].append(rows.pop(idea["id"]))
    return found


def _most_alike(text: str, rows: Iterable[Row], text_of: Callable[[Row], str]) -> Row | None:
    likely = [(_alike(text, text_of(row)), row) for row in rows]
    best = max(likely, key=lambda each: each[0], default=None)
    return best[1] if best is not None and best[0] >= ALIKE else None


@lru_cache(maxsize=4096)
def _words(text: str) -> Counter[str]:
    return Counter(folded(text).split())


def _alike(one: str, other: str) -> float:
    """The part of their words that two texts share, 0 to 1."""
    words, others = _words(one), _words(other)
    most = max(words.total(), others.total())
    return (words & others).total() / most if most else 0.0
