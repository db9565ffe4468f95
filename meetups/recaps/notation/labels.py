"""What people say about a prompt in brackets: where it came from, what it asks, for whom, how it ended."""

from __future__ import annotations

import re

from meetups.foundation.labels import Labeled
from meetups.recaps.terms import AgeGroup, Kind, Origin, Outcome

_SAID: dict[Labeled, str] = {
    Origin.AUDIENCE: "audience|from the audience|audience question|audience questions|audience-posed|the group|"
    "group|from the group|group question|questions from the group|questions from the audience|from the floor|"
    "participant|participants|participant question|from a participant|guerrilla query|guerrilla queries",
    Origin.CUP: "cup|from the cup|the cup|cup-drawn|drawn from the cup|stick|challenge|challenge cup|"
    "from the challenge cup|the challenge cup|sticks from the cup",
    Origin.FACILITATOR: "facilitator|from the facilitator|facilitator's question|host|from the host",
    Kind.ACT_OUT: "act it out|act out|acted out|role play|role-play",
    Kind.LEAD_US: "lead us|led|lead the group",
    Kind.SHARE: "share|sharing|discussion",
    Kind.DEBATE: "debate|two sides|for and against",
    AgeGroup.BABY: "baby|babies|infants|lapsit|for babies",
    AgeGroup.TODDLER: "toddler|toddlers|for toddlers|toddler time",
    AgeGroup.PRESCHOOL: "preschool|preschoolers|pre-k|prek|for preschool|for preschoolers",
    AgeGroup.SCHOOL_AGE: "school age|school-age|school agers|school-agers|for school age",
    AgeGroup.MIXED_AGES: "mixed ages|mixed age|all ages|family|families",
    AgeGroup.ADULTS: "adults|grown-ups|grownups|caregivers|parents|for grown-ups|for caregivers",
    Outcome.SKIPPED: "skipped|skip|passed|pass",
    Outcome.UNANSWERED: "unanswered|not answered|no answer|no answers|nobody knew|no one knew|nobody had an answer|"
    "not really answered|still open|open|no idea",
    Outcome.PARTLY: "partly answered|partly|half answered",
    Outcome.ANSWERED: "answered",
}
_TERMS: dict[str, Labeled] = {words: term for term, said in _SAID.items() for words in said.split("|")}
_LAST = re.compile(r"[\[(]([^\[\]()]{1,120})[\])][.:]?$")
_FIRST = re.compile(r"[\[(]([^\[\]()]{1,120})[\])]:?\s*")
_SPLIT = re.compile(r"\s*(?:[,;/&+·]|\band\b)\s*")
_ENDING = re.compile(r"\s+[-–—]+\s+([^-–—]{1,40})$")
_OPENING = re.compile(r"((?:from the |questions? from the )?(?:audience|group|floor)(?: question)?)\s*:\s*(?=\S)", re.I)
_YEARS = re.compile(
    r"\b(?:ages?|aged|for)[:\s]+(\d{1,2})\s*(?:-|–|to)\s*(\d{1,2})(?:\s*-?\s*(?:s|yo|years?|year-olds?))?\b", re.I
)
_AGES_LINE = re.compile(r"(?:ages?|age groups?|for whom|who for)\s*:\s*(.+)$", re.I)

_MONTHS = {
    AgeGroup.BABY: (0, 18),
    AgeGroup.TODDLER: (18, 36),
    AgeGroup.PRESCHOOL: (36, 60),
    AgeGroup.SCHOOL_AGE: (60, 144),
}


def terms_named(words: str) -> list[Labeled]:
    """The terms a label names, e.g. "from the cup; toddlers"; empty when any part of it is no term."""
    whole = " ".join(words.casefold().split()).strip(" .:!")
    if whole in _TERMS:
        return [_TERMS[whole]]
    named = [_TERMS.get(part) for part in _SPLIT.split(whole)]
    return [term for term in named if term] if all(named) else []


def outcome_named(words: str) -> Outcome | None:
    """The outcome, when the words name one and nothing else."""
    for term in terms_named(words):
        return term if isinstance(term, Outcome) else None
    return None


def take_labels(words: str) -> tuple[str, list[Labeled]]:
    """The words without the labels around them, and what those named. Brackets that are no label stay."""
    terms: list[Labeled] = []
    for _ in range(6):
        last = _LAST.search(words[-124:])
        first = _FIRST.match(words)
        ending = _ENDING.search(words[-60:])
        if last and (named := terms_named(last.group(1))):
            words = words[: len(words) - len(last.group())].rstrip()
        elif first and (named := terms_named(first.group(1))):
            words = words[first.end() :]
        elif ending and (outcome := outcome_named(ending.group(1))):
            named, words = [outcome], words[: len(words) - len(ending.group())].rstrip()
        elif opening := _OPENING.match(words):
            named, words = [Origin.AUDIENCE], words[opening.end() :]
        else:
            break
        terms += named
    return words, terms + list(ages_in_years(words))


def ages_in_years(words: str) -> list[AgeGroup]:
    """The age groups that "ages 1-3" covers by half or more of the group or of the range; the words stay."""
    found: list[AgeGroup] = []
    for match in _YEARS.finditer(words[:2000]):
        start, end = 12 * int(match.group(1)), 12 * int(match.group(2))
        for group, (youngest, oldest) in _MONTHS.items():
            shared = min(end, oldest) - max(start, youngest)
            if shared > 0 and 2 * shared >= min(end - start, oldest - youngest) and group not in found:
                found.append(group)
    return found


def ages_line(words: str) -> list[AgeGroup]:
    """The age groups of a line such as "Ages: toddlers, preschool"; empty when it says anything else."""
    match = _AGES_LINE.match(words)
    terms = terms_named(match.group(1)) if match else []
    groups = [term for term in terms if isinstance(term, AgeGroup)]
    return groups if len(groups) == len(terms) else []
