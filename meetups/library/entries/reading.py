"""How an idea reads in a list: a piece of it with the words looked for marked, and what comes with it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from markupsafe import Markup, escape

from meetups.foundation.markup import one_line, to_plain
from meetups.library.models import StickTally
from meetups.library.spelling import is_wanted, wanted_words
from meetups.recaps.models import RecapEntry, Response

LONGEST_SNIPPET = 320
BEFORE_THE_MATCH = 60
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Answered:
    """A challenge with those of its ideas that were found."""

    entry: RecapEntry
    ideas: list[Response] = field(default_factory=list)


def by_challenge(ideas: Iterable[Response]) -> list[Answered]:
    """Neighbors under the same challenge stand together, in the order they were said."""
    groups = groupby(ideas, key=lambda idea: idea.entry_id)
    return [_answered(list(each)) for _, each in groups]


def _answered(ideas: list[Response]) -> Answered:
    return Answered(ideas[0].entry, sorted(ideas, key=lambda idea: idea.ordinal))


def snippet(text: str, words: str) -> Markup:
    """About 320 characters of plain text around the first match, escaped, every match in <mark>."""
    plain, wanted = " ".join(to_plain(text).split()), wanted_words(words)
    hits = (match.start() for match in _WORD.finditer(plain) if is_wanted(match.group(), wanted))
    first = next(hits, 0) if wanted else 0
    if first > LONGEST_SNIPPET - BEFORE_THE_MATCH:
        start = plain.rfind(" ", 0, first - BEFORE_THE_MATCH) + 1
        return _marked("…" + one_line(plain[start:], LONGEST_SNIPPET), wanted)
    return _marked(one_line(plain, LONGEST_SNIPPET), wanted)


def marked(text: str, words: str) -> Markup:
    """The text escaped, with the words looked for in <mark>."""
    return _marked(text, wanted_words(words))


def _marked(text: str, wanted: list[tuple[str, ...]]) -> Markup:
    if not wanted:
        return escape(text)
    out, at = [], 0
    for match in _WORD.finditer(text):
        if is_wanted(match.group(), wanted):
            out += [escape(text[at : match.start()]), Markup("<mark>{}</mark>").format(match.group())]
            at = match.end()
    return Markup("").join([*out, escape(text[at:])])


def tally_words(tally: StickTally | None) -> str:
    """ "asked at 14 gatherings, 61 ideas"; nothing for a stick that nobody drew yet."""
    if tally is None or not tally.gatherings:
        return ""
    gatherings = "1 gathering" if tally.gatherings == 1 else f"{tally.gatherings:,} gatherings"
    return f"asked at {gatherings}, {'1 idea' if tally.ideas == 1 else f'{tally.ideas:,} ideas'}"


def comes_with(idea: Response) -> list[tuple[str, str]]:
    """Icon and words for what is worth knowing before opening it."""
    kinds = {thing.type.label.lower(): thing.type for thing in idea.resources}
    found = [(ICONS.get(kind.value, "hand"), f"with a {label}") for label, kind in kinds.items()]
    return [*found, ("sprout", "with a literacy tip")] if idea.literacy_tip else found


ICONS = {"song": "note", "rhyme": "note", "recording": "note", "book": "book", "article": "book", "video": "camera",
         "prop": "shaker"}  # fmt: skip
