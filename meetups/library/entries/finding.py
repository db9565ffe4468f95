"""What an idea is found by: its words, its facets, the things it mentions. Only what any reader may see goes in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from meetups.foundation.whereabouts import current_gazetteer
from meetups.library.models import Mention
from meetups.library.spelling import index_words, key_of
from meetups.library.terms import ONLINE, SHELF_OF, WITH_TIP, Facet
from meetups.recaps.models import Recap, RecapEntry, Resource, Response
from meetups.recaps.terms import Category, Form, ResourceType

LONGEST_VALUE = 60
_IS_A = {Form.SONG: ResourceType.SONG, Form.RHYME: ResourceType.RHYME, Form.BOOK: ResourceType.BOOK,
         Form.PROP: ResourceType.PROP}  # fmt: skip
_ISBN = re.compile(r"(?<!\d)(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?!\d)")


@dataclass(frozen=True)
class Laid:
    """One idea, laid out for finding."""

    number: int
    recap_id: int
    challenge_id: int | None
    facets: list[str]
    words: str


def laid_out(recap: Recap) -> list[Laid]:
    """Every idea readers of this recap see; none when it is not public."""
    if not recap.is_public:
        return []
    shared = _of_recap(recap)
    return [
        Laid(idea.id, recap.id, stick_of(entry), _facets(entry, idea, shared), _words(recap, entry, idea))
        for entry in recap.shown_entries
        for idea in entry.responses
    ]


def stick_of(entry: RecapEntry) -> int | None:
    """The number of the stick it is counted for: a copy counts for what it was copied from."""
    return entry.challenge.root.id if entry.challenge else None


def category_of(entry: RecapEntry) -> Category | None:
    """What it is about: as its writers said, or else as its stick does."""
    return entry.category or (entry.challenge.category if entry.challenge else None)


def mentions(recap: Recap) -> list[Mention]:
    """The songs, books and props in it, one a mention."""
    if not recap.is_public:
        return []
    return [
        mention for entry in recap.shown_entries for idea in entry.responses for mention in _mentions(recap, idea)
    ]


def _words(recap: Recap, entry: RecapEntry, idea: Response) -> str:
    """Names are among them only while their bearers agree."""
    things = [text for thing in idea.resources for text in (thing.title, thing.creator)]
    around = [entry.prompt, entry.topic, entry.literacy_tip, recap.title, recap.place_label]
    return index_words([idea.text, idea.literacy_tip, idea.credit.shown, *things, *around])


def _facets(entry: RecapEntry, idea: Response, shared: list[str]) -> list[str]:
    stick = entry.challenge
    category = category_of(entry)
    found = [*shared, *(_key(Facet.WITH, value) for value in sorted(_comes_with(idea)))]
    found += [_key(Facet.AGE, age) for age in entry.ages or (stick.ages if stick else [])]
    found += [_key(Facet.SKILL, skill) for skill in (stick.skills if stick else [])]
    return [*found, _key(Facet.ABOUT, category.value)] if category else found


def _comes_with(idea: Response) -> set[str]:
    kinds = {thing.type.value for thing in idea.resources}
    kinds |= {_IS_A[idea.form].value} if idea.form in _IS_A else set()
    return kinds | ({WITH_TIP} if idea.literacy_tip else set())


def _of_recap(recap: Recap) -> list[str]:
    """Year and place, the same for all its ideas."""
    day = recap.held_on or recap.published_at
    found = [_key(Facet.YEAR, str(day.year))] if day else []
    where = _where(recap)
    return [*found, _key(Facet.WHERE, where)] if where else found


def _where(recap: Recap) -> str:
    """ "US-Washington"; of a home, too: its town is public. A place that was only typed is looked up."""
    place = recap.meetup.place if recap.meetup is not None else None
    if place is not None and place.is_online:
        return ONLINE
    if place is not None and place.country:
        return f"{place.country}-{place.region}".rstrip("-")[:LONGEST_VALUE]
    towns = current_gazetteer().find_in_address(recap.place_label) if "," in recap.place_label else []
    town = towns[0] if towns else None
    return f"{town.country}-{town.region}".rstrip("-")[:LONGEST_VALUE] if town else ""


def _key(facet: Facet, value: str) -> str:
    return f"{facet.value}:{value}"


def _mentions(recap: Recap, idea: Response) -> Iterator[Mention]:
    for thing in idea.resources:
        shelf, key = SHELF_OF.get(thing.type), key_of(thing.title)
        if shelf and key:
            yield Mention(
                idea_id=idea.id, recap_id=recap.id, shelf=shelf, key=key, isbn=isbn_of(thing), title=thing.title,
                creator=thing.creator,
            )


def isbn_of(thing: Resource) -> str:
    """The ISBN-13 among what was typed about a book; nothing if there is none, or its check digit is wrong."""
    if thing.type is not ResourceType.BOOK:
        return ""
    typed = f"{thing.title} {thing.creator} {thing.url}"
    every = (each.group().replace("-", "").replace(" ", "").upper() for each in _ISBN.finditer(typed))
    return next(filter(None, map(_thirteen, every)), "")


def _thirteen(digits: str) -> str:
    """ISBN-10 or -13 as ISBN-13, or nothing. Check digits: ISO 2108."""
    if len(digits) == 10:
        weighed = sum((10 - at) * (10 if digit == "X" else int(digit)) for at, digit in enumerate(digits))
        if weighed % 11:
            return ""
        digits = f"978{digits[:9]}0"
        return digits[:12] + str(-_weight(digits) % 10)
    return digits if digits.isdigit() and _weight(digits) % 10 == 0 else ""


def _weight(digits: str) -> int:
    return sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits))
