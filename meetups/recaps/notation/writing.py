"""A recap as plain text for mailing lists, 76 columns wide, without markup, which `read` takes back unchanged.

    Guerrilla Storytime recap
    =========================

    Title: Twelve sticks before the doors opened

    The head, in paragraphs.

    1. The challenge as it was asked.
       (from the cup; act it out; toddlers)
       Topic: Transitions
       Literacy tip: said about the whole challenge.
       Also noted: a line that had no other place.

       - An idea.
         Said by: Mei, Alder Creek
         Literacy tip: said about this idea.
       - For: an idea that takes a side.
       - Song: A song by its Singer
         Link: https://...

    * * *

    The closing.

An outcome is named only when it is not the usual one: answered with ideas, not answered without. How long lines
are folded and look-alikes escaped is told in `folding`. Widths are counted in characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from meetups.foundation.labels import Labeled
from meetups.recaps.notation import marks
from meetups.recaps.notation.folding import COLUMNS, fold
from meetups.recaps.notation.resources import leading_resource, resource_line, usual_form
from meetups.recaps.notation.written import (
    WrittenEntry,
    WrittenRecap,
    WrittenResponse,
    addresses_in,
    normalised,
)
from meetups.recaps.terms import Outcome

_INSIDE_ENTRY = 3
_INSIDE_RESPONSE = 5


def write(recap: WrittenRecap) -> str:
    """The recap in the notation above. Names in `said_by` are written out: leave out first those not agreed to."""
    return "\n".join(_recap(normalised(recap))).rstrip("\n") + "\n"


def _recap(recap: WrittenRecap) -> Iterator[str]:
    yield marks.SIGNATURE
    yield "=" * len(marks.SIGNATURE)
    yield ""
    if recap.title:
        yield from _labeled(marks.TITLE, recap.title, 0)
        yield ""
    if recap.head:
        yield from fold(recap.head)
        yield ""
    for number, entry in enumerate(recap.entries, 1):
        yield from _entry(number, entry)
        yield ""
    if recap.tail:
        yield marks.CLOSING
        yield ""
        yield from fold(recap.tail)


def _labeled(label: str, text: str, margin: int) -> list[str]:
    return fold(text, f"{' ' * margin}{label}: ", margin)


def _entry(number: int, entry: WrittenEntry) -> Iterator[str]:
    lead, inside = f"{number}. ", " " * _INSIDE_ENTRY
    yield from fold(entry.prompt, lead, len(lead))
    yield from wrap(_facts(entry), COLUMNS, initial_indent=inside, subsequent_indent=inside, break_on_hyphens=False)
    if entry.topic:
        yield from _labeled(marks.TOPIC, entry.topic, _INSIDE_ENTRY)
    if entry.literacy_tip:
        yield from _labeled(marks.TIP, entry.literacy_tip, _INSIDE_ENTRY)
    for text in entry.leftovers:
        yield from _labeled(marks.NOTED, text, _INSIDE_ENTRY)
    if entry.responses:
        yield ""
    for response in entry.responses:
        yield from _response(response)


def _facts(entry: WrittenEntry) -> str:
    facts: list[Labeled] = [entry.origin]
    if entry.kind:
        facts.append(entry.kind)
    facts += entry.age_groups
    if entry.outcome != usual_outcome(entry):
        facts.append(entry.outcome)
    return f"({'; '.join(fact.label.lower() for fact in facts)})"


def usual_outcome(entry: WrittenEntry) -> Outcome:
    """What an entry came to when nothing is said about it."""
    return Outcome.ANSWERED if entry.responses else Outcome.UNANSWERED


def _response(response: WrittenResponse) -> Iterator[str]:
    leading = leading_resource(response)
    lead = " " * _INSIDE_ENTRY + "- "
    if response.stance:
        lead += f"{response.stance.label}: "
    if leading:
        lead += f"{leading.type.label}: "
    yield from fold(response.text, lead, _INSIDE_RESPONSE)
    if not leading and response.form != usual_form(response.text, response.stance):
        yield f"{' ' * _INSIDE_RESPONSE}({response.form.label.lower()})"
    for thing in response.resources[1 if leading else 0 :]:
        yield from _labeled(thing.type.label, resource_line(thing), _INSIDE_RESPONSE)
    shown = addresses_in(response.text)
    for link in response.links:
        if link not in shown:
            yield from _labeled(marks.LINK, link, _INSIDE_RESPONSE)
    if response.said_by:
        yield from _labeled(marks.SAID_BY, response.said_by, _INSIDE_RESPONSE)
    if response.literacy_tip:
        yield from _labeled(marks.TIP, response.literacy_tip, _INSIDE_RESPONSE)
