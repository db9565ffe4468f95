"""Reads what `write` wrote. Anything that does not fit exactly is left to the reader of sloppy notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from meetups.recaps.notation import marks
from meetups.recaps.notation.folding import unfold
from meetups.recaps.notation.marks import FORM_OF
from meetups.recaps.notation.resources import mentioned, read_resource_line, usual_form
from meetups.recaps.notation.writing import usual_outcome, write
from meetups.recaps.notation.written import (
    WrittenEntry,
    WrittenRecap,
    WrittenResponse,
    addresses_in,
    merged,
)
from meetups.recaps.terms import AgeGroup, Form, Kind, Origin, Outcome

_PROMPT, _RESPONSE, _FACTS, _HEAD, _TAIL = "prompt", "response", "facts", "head", "tail"


@dataclass
class _Part:
    """One field of the notation: what it is, and the lines it was folded into."""

    what: str
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return unfold(self.lines)


def read_exact(text: str) -> WrittenRecap | None:
    """The recap, when the text is one that `write` wrote, perhaps re-wrapped since; otherwise None.

    None also when reading it this way would lose or invent a word: the result, written again, must show the
    same words in the same order (numbers of challenges aside).
    """
    lines = text.strip().split("\n")
    if len(lines) < 2 or lines[0].strip() != marks.SIGNATURE or lines[1].strip("= \t"):
        return None
    recap = _assembled(_parts(lines[2:]))
    if recap is None or _words(write(recap)) != _words(text):
        return None
    return recap


def _words(text: str) -> list[str]:
    return [word for word in text.split() if not marks.NUMBER.fullmatch(word)]


def _parts(lines: list[str]) -> Iterator[_Part]:
    part = _Part(_HEAD)
    for raw in lines:
        line = " ".join(raw.split())
        opened = None if part.what == _TAIL else _opened(line)
        if opened:
            yield part
            part = opened
        else:
            part.lines.append(line)
    yield part


def _opened(line: str) -> _Part | None:
    """The part that begins with this line; a line that is only more of the current part begins none."""
    if line == marks.CLOSING:
        return _Part(_TAIL)
    if marks.FACTS.match(line):
        return _Part(_FACTS, [line])
    for what, mark in ((_RESPONSE, marks.BULLET), (_PROMPT, marks.NUMBER)):
        if match := mark.match(line):
            return _Part(what, [line[match.end() :]])
    if match := marks.LABEL.match(line):
        return _Part(match.group(1), [line[match.end() :]])
    return None


def _assembled(parts: Iterator[_Part]) -> WrittenRecap | None:
    recap = WrittenRecap()
    facts: set[int] = set()  # the entries and responses whose outcome or form was named
    for part in parts:
        if part.what == _PROMPT:
            recap.entries.append(WrittenEntry(part.text))
        elif part.what == _TAIL:
            recap.tail = part.text
        elif not recap.entries:
            _put_in_head(recap, part)
        elif part.what == _RESPONSE:
            recap.entries[-1].responses.append(_response(part))
        elif recap.entries[-1].responses:
            response = recap.entries[-1].responses[-1]
            if not _put_in_response(response, part):
                return None
        elif not _put_in_entry(recap.entries[-1], part, facts):
            return None
    for entry in recap.entries:
        if id(entry) not in facts:
            entry.outcome = usual_outcome(entry)
    return recap


def _put_in_head(recap: WrittenRecap, part: _Part) -> None:
    if part.what == marks.TITLE:
        # the blank line that ends the title also begins the head
        title, _, head = part.text.partition("\n\n")
        recap.title, recap.head = title, head
    elif part.what == _HEAD:
        recap.head = part.text


def _put_in_entry(entry: WrittenEntry, part: _Part, named: set[int]) -> bool:
    text = part.text
    if part.what == marks.TOPIC:
        entry.topic = text
    elif part.what == marks.TIP:
        entry.literacy_tip = text
    elif part.what == marks.NOTED:
        entry.leftovers.append(text)
    elif part.what == _FACTS:
        for word in text.strip("()").split("; "):
            fact = marks.ENTRY_FACTS.get(word)
            if isinstance(fact, Origin):
                entry.origin = fact
            elif isinstance(fact, Kind):
                entry.kind = fact
            elif isinstance(fact, AgeGroup):
                entry.age_groups.append(fact)
            elif isinstance(fact, Outcome):
                entry.outcome = fact
                named.add(id(entry))
    else:
        return False
    return True


def _response(part: _Part) -> WrittenResponse:
    first, *rest = part.lines
    response = WrittenResponse("")
    leading = None
    match = marks.LABEL.match(first)
    if match and match.group(1) in marks.STANCES:
        response.stance, first = marks.STANCES[match.group(1)], first[match.end() :]
        match = marks.LABEL.match(first)
    if match and match.group(1) in marks.RESOURCES:
        leading, first = marks.RESOURCES[match.group(1)], first[match.end() :]
    response.text = unfold([first, *rest])
    response.form = usual_form(response.text, response.stance)
    if leading:
        response.form = FORM_OF.get(leading, Form.TIP)
        response.resources.append(mentioned(leading, response.text))
    response.links = addresses_in(response.text)
    return response


def _put_in_response(response: WrittenResponse, part: _Part) -> bool:
    text = part.text
    if part.what == marks.SAID_BY:
        response.said_by = text
    elif part.what == marks.TIP:
        response.literacy_tip = text
    elif part.what == marks.LINK:
        response.links = merged(response.links, [text])
    elif part.what in marks.RESOURCES:
        response.resources.append(read_resource_line(marks.RESOURCES[part.what], text))
    elif part.what == _FACTS:
        form = marks.RESPONSE_FACTS.get(text.strip("()"))
        if not isinstance(form, Form):
            return False
        response.form = form
    else:
        return False
    return True
