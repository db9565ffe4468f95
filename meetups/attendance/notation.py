"""A few words above a quoted letter -> an answer: "yes", "+2", "me and two friends". Nothing is guessed.

Line by line, cut at commas and full stops. Every piece up to the answer has to be known, and the three lines after it
may be anything but another answer or an "if": "Yes, but only with the kids" is for the host to read, not for us.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from meetups.attendance.models import Answer

LONGEST = 2000
LINES_AFTER = 3
NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_N = r"(?P<n>\d{1,2}|" + "|".join(NUMBERS) + ")"
_N2 = _N.replace("<n>", "<n2>")
_WHO = r"(i|we|i’ll|we’ll|i will|we will|i’m|we’re|i am|we are|i can|we can)"

YES = re.compile(
    rf"(yes|yep|yeah|yup|y|sure|of course|absolutely|definitely|certainly|gladly|happily|accept|accepted|in|going"
    rf"|coming|(yes )?please"
    rf"|(yes )?(please )?count (me|us) in|see you there"
    rf"|(yes )?{_WHO} (be there|in|coming|going|come|make it|attend|be coming|be going)"
    rf"|(yes )?{_WHO} (would|’d) (love|like) to( come)?|(i’d|we’d) (love|like) to( come)?"
    rf"|(yes|sure)( thank you| thanks| i am| i will| we will| we are| i can| we can| i’ll be there| we’ll be there))"
)
NO = re.compile(
    rf"(no|nope|n|nah|decline|declined|out|not (coming|going|this time|able to (come|make it|attend))|cancel"
    rf"|(no )?(sorry )?{_WHO}? ?(can’t|cannot|can not|won’t|will not|couldn’t)( be able to)?"
    rf" (make it|come|attend|be there|go|do it)( this time| after all| anymore| any more)?|(i|we) (can’t"
    rf"|cannot|can not|won’t)|count (me|us) out"
    rf"|(i’m|we’re|i am|we are) (out|not coming|not going|(un|not )able to (come|make it|attend))"
    rf"|unable to (come|make it|attend)"
    rf"|(i|we) have to cancel|(please )?cancel( my| our)?( seats?| answer| rsvp)?|no (thanks|thank you)"
    rf"|can’t( make it)?)"
)
MAYBE = re.compile(
    r"(maybe|perhaps|possibly|tentative|tentatively|might|(i|we) might( come| make it)?|not sure( yet)?"
    r"|(i’m|we’re|i am|we are) not sure( yet)?|(i’ll|we’ll) try( to come| to make it)?|don’t know( yet)?)"
)
WAIT = re.compile(r"(wait|(i|we|i’ll|we’ll|i will|we will)( rather| would rather|’d rather)? wait|keep (my|our) place)")
GUESTS = re.compile(
    rf"(yes )?((i’m|we’re|i am|we are) (coming|going) |{_WHO} (be there|come) )?(with )?"
    rf"(\+ ?|plus |me (\+|plus|and|with) |myself (plus|and) |bringing |i’m bringing |i’ll bring |with |and ){_N}"
    rf"( more| others?| guests?| friends?| colleagues?| kids?| children| people)?|{_N2} guests?"
)
PARTY = re.compile(
    rf"(yes )?(we are|we’re|we’ll be|we will be|(a )?party of|there will be|there are|come as)"
    rf" {_N}( of us)?|{_N2} of us"
)
ALONE = re.compile(r"(just|only) (me|myself)|no guests|come alone")
FILLER = re.compile(
    r"((hi|hello|hey|dear|good (morning|evening|afternoon))( [\w’-]+){0,3}|thanks( so much| a lot| again)?|thank you"
    r"( so much| very much)?|many thanks|(so |very )?sorry|i’m (so |very )?sorry|unfortunately|i’m afraid|alas"
    r"|(can’t|cannot) wait( to see you( all)?)?|(i’m )?looking forward( to it| to seeing you( all)?)?"
    r"|see you( all)?( soon| then)?"
    r"|cheers|best|ok|okay|great|lovely|wonderful|oh|ah|well|again|this time|as well|too)"
)
AGAINST = re.compile(
    r"(?<![\w’])(yes|no|not|but|if|unless|maybe|perhaps|only|can’t|cannot|won’t|depends|instead|except"
    r"|however|cancel|plus"
    r"|\+ ?\d{1,2}(?![-. (]{1,2}\d))(?![\w’])"
)


@dataclass(frozen=True)
class Said:
    """What they wrote. `guests` is None where they said nothing of guests; `waits`: rather in line than fewer."""

    answer: Answer
    guests: int | None = None
    waits: bool = False


def said_in(text: str) -> Said | None:
    """The answer in the words somebody wrote above the quote; None where it is not plain."""
    lines = [line for line in map(_folded, text[:LONGEST].split("\n")) if line]
    for number, line in enumerate(lines):
        pieces = [said for piece in _pieces(line) if (said := _meaning(piece)) != {}]
        if None in pieces:
            return None
        if pieces:
            rest = " ".join(lines[number + 1 : number + 1 + LINES_AFTER])  # further down come addresses and disclaimers
            return None if AGAINST.search(rest) else _one_answer([piece for piece in pieces if piece])
    return None


def _folded(line: str) -> str:
    """Small letters, one kind of apostrophe, no marks but those that matter."""
    line = re.sub(r"['`´‘]", "’", line.casefold())
    line = re.sub(r"[^\w\s’+.,;:!?()/&–—-]", " ", line)
    return " ".join(line.replace("&", " and ").split())


def _pieces(line: str) -> Iterator[str]:
    for piece in re.split(r"[.,;:!?()/]|\s[–—-]+\s|[–—]", line):
        if bare := piece.strip(" -_"):
            yield bare


def _meaning(piece: str) -> dict[str, object] | None:
    """What a piece says: {} for courtesies, None when it is not known."""
    piece = _SOFTENED.sub("", piece)
    for pattern, meaning in _PLAIN:
        if pattern.fullmatch(piece):
            return meaning
    if found := GUESTS.fullmatch(piece):
        return {"answer": Answer.GOING, "guests": _count(found["n"] or found["n2"])}
    if found := PARTY.fullmatch(piece):
        return {"answer": Answer.GOING, "guests": _count(found["n"] or found["n2"]) - 1}
    joined = [_meaning(part) for part in re.split(r" and | so ", piece)] if re.search(r" and | so ", piece) else [None]
    if None in joined:
        return None
    merged = _merged([part for part in joined if part])
    return merged if merged is not None else None


_SOFTENED = re.compile(r"^(unfortunately|sadly|alas|i’m afraid( that)?|i am afraid( that)?|i think|so) (?=\w)")
_PLAIN: tuple[tuple[re.Pattern[str], dict[str, object]], ...] = (
    (FILLER, {}),
    (YES, {"answer": Answer.GOING}),
    (NO, {"answer": Answer.CANT}),
    (MAYBE, {"answer": Answer.MAYBE}),
    (WAIT, {"answer": Answer.GOING, "waits": True}),
    (ALONE, {"answer": Answer.GOING, "guests": 0}),
)


def _merged(pieces: list[dict[str, object]]) -> dict[str, object] | None:
    """One meaning of several, None where they contradict each other."""
    whole: dict[str, object] = {}
    for piece in pieces:
        for name, value in piece.items():
            if whole.setdefault(name, value) != value:
                return None
    return whole


def _one_answer(pieces: list[dict[str, object]]) -> Said | None:
    whole = _merged(pieces)
    if not whole:
        return None
    answer, guests = whole["answer"], whole.get("guests")
    if not isinstance(answer, Answer) or (isinstance(guests, int) and guests < 0):
        return None
    return Said(answer, guests if isinstance(guests, int) else None, bool(whole.get("waits")))


def _count(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]
