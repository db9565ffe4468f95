"""Words as they are looked for: lower case, no accents, one spelling of guerrilla, plurals beside their singulars.

Both databases are given the same words and asked for the same words, so they find the same ideas.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from meetups.foundation.database import folded

MOST_WORDS = 12
LONGEST_WORD = 40
FACET_WORD = "00"  # no word begins like it: see index_words
SHORTEST_BEGINNING = 3  # "a*" is everything
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
EVERYWHERE = frozenset(
    # the most frequent words of English, and what is left of "don't", "we'll", "I'm", "they've"
    """
    a an and are as at be but by can do does for from had has have he her his i if in is it its me my no not of on or
    our out she so that the their them then there they this to up us was we were what when which who will with you
    your s t d ll m re ve
    """.split()  # noqa: SIM905 read as prose
)
ODD = {
    "children": "child", "mice": "mouse", "feet": "foot", "teeth": "tooth", "geese": "goose", "men": "man",
    "women": "woman", "scarves": "scarf", "leaves": "leaf", "wolves": "wolf", "shelves": "shelf", "elves": "elf",
    "halves": "half", "calves": "calf", "loaves": "loaf", "knives": "knife", "wives": "wife", "lives": "life",
    "hooves": "hoof", "buses": "bus", "potatoes": "potato", "tomatoes": "tomato", "heroes": "hero",
    "echoes": "echo", "dominoes": "domino", "cookies": "cookie", "movies": "movie", "brownies": "brownie",
    "birdies": "birdie", "zombies": "zombie", "selfies": "selfie", "genies": "genie", "bookies": "bookie",
}  # fmt: skip


def singular(word: str) -> str:
    """ "scarves" -> "scarf", "stories" -> "story"; a word that is no plural stays as it is. For folded words."""
    if word in ODD:
        return ODD[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]


def forms(word: str) -> tuple[str, ...]:
    """The singular, and the word itself where that is another."""
    one = singular(word)
    return (one,) if one == word else (one, word)


def index_words(texts: Iterable[str]) -> str:
    """Everything an idea is found by, each word once, in alphabetical order."""
    every = folded(_ADDRESS.sub(" ", " ".join(texts))).split()
    written = (word for word in every if word not in EVERYWHERE and not word.startswith(FACET_WORD))
    kept = {form for word in written for form in forms(word[:LONGEST_WORD])}
    return " ".join(sorted(kept))


def wanted_words(typed: str) -> list[tuple[str, ...]]:
    """What was typed, as words to look for, each in its forms; 12 at most. Words that are everywhere, and
    numbers that begin with two zeros, are left out.
    """
    every = dict.fromkeys(word[:LONGEST_WORD] for word in folded(typed).split())
    looked_for = (word for word in every if word not in EVERYWHERE and not word.startswith(FACET_WORD))
    return [forms(word) for word in looked_for][:MOST_WORDS]


def facet_word(key: str) -> str:
    """A facet value as a word of the index, beside the words people write."""
    return f"{FACET_WORD}{''.join(folded(key).split())}"


def question(
    wanted: list[tuple[str, ...]], facets: Sequence[Sequence[str]], spoken: Dialect, *, beginnings: bool
) -> str:
    """Every word, and any value of each of the facets, in the language of the database.

    With `beginnings`, of words as well as whole ones, and of the facets all but at most one: letting one off is what
    counting its other values needs. Words hold letters and digits only: nothing in them is syntax.
    """
    star = spoken.star if beginnings else ""
    every = [spoken.any_of([spoken.quoted(form, star) for form in each]) for each in wanted]
    chosen = [spoken.any_of([spoken.quoted(facet_word(key)) for key in keys]) for keys in facets]
    if not beginnings:
        every += chosen
    elif len(chosen) > 1:
        but_one = [spoken.all_of([*chosen[:at], *chosen[at + 1 :]]) for at in range(len(chosen))]
        every.append(spoken.any_of(but_one))
    return spoken.all_of(every)


@dataclass(frozen=True)
class Dialect:
    """How a question for words is written."""

    mark: str
    star: str
    both: str
    either: str

    def quoted(self, word: str, star: str = "") -> str:
        return f"{self.mark}{word}{self.mark}{star if len(word) >= SHORTEST_BEGINNING else ''}"

    def all_of(self, parts: Sequence[str]) -> str:
        return f"({self.both.join(parts)})"

    def any_of(self, parts: Sequence[str]) -> str:
        return f"({self.either.join(parts)})"


FTS5 = Dialect('"', "*", " AND ", " OR ")
TSQUERY = Dialect("'", ":*", " & ", " | ")


def is_wanted(word: str, wanted: list[tuple[str, ...]]) -> bool:
    """Whether a word of a text, as it is written there, is one of those looked for or begins like it."""
    here = [form for part in folded(word).split() for form in forms(part)]
    return any(
        mine == form or (len(form) >= SHORTEST_BEGINNING and mine.startswith(form))
        for each in wanted for form in each for mine in here
    )


def key_of(title: str) -> str:
    """What titles of one and the same thing have in common, fit for an address; empty when there is nothing to it."""
    words = folded(title).split()
    while len(words) > 1 and words[0] in ("the", "a", "an"):
        words = words[1:]
    return "-".join(words)[:80].strip("-")
