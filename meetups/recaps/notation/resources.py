"""A song, book or thing in one line of text."""

from __future__ import annotations

import re

from meetups.recaps.notation.marks import FORM_OF
from meetups.recaps.notation.written import WrittenResource, WrittenResponse, addresses_in
from meetups.recaps.terms import Form, ResourceType, Stance

LONGEST_TITLE = 120

_PARTS = re.compile(r"(?<!\\)(?:\\\\)*\|")
_ESCAPED = re.compile(r"\\(.)")
_BY = re.compile(r"\s+(?:by|from)\s+(?=[A-Z“\"])")
_QUOTED = re.compile(r'[“"]([^“”"]+)[”"]')


def resource_line(thing: WrittenResource) -> str:
    """`Title | by Creator | address`; a bar inside a part is escaped with a backslash."""
    creator = f"by {_escaped(thing.creator)}" if thing.creator else None
    parts = [_escaped(thing.title), creator, _escaped(thing.url) if thing.url else None]
    return " | ".join(part for part in parts if part is not None).strip()


def _escaped(part: str) -> str:
    return part.replace("\\", "\\\\").replace("|", "\\|")


def read_resource_line(kind: ResourceType, line: str) -> WrittenResource:
    """The inverse of `resource_line`."""
    title, *others = (_ESCAPED.sub(r"\1", part.strip()) for part in _split(line))
    thing = WrittenResource(kind, title)
    for part in others:
        if part.startswith("by "):
            thing.creator = part[3:]
        else:
            thing.url = part
    return thing


def _split(line: str) -> list[str]:
    parts, start = [], 0
    for match in _PARTS.finditer(line):
        parts.append(line[start : match.end() - 1])
        start = match.end()
    return [*parts, line[start:]]


def mentioned(kind: ResourceType, text: str) -> WrittenResource:
    """What `“Shake It” by Somebody, https://...` or `Shake It | by Somebody` speaks of, as well as one can tell."""
    first = text.split("\n", 1)[0]
    barred = [part.strip() for part in _split(first)]
    if len(barred) > 1 and barred[0] and all(part[:3] == "by " or addresses_in(part) == [part] for part in barred[1:]):
        thing = read_resource_line(kind, first)
        thing.title = thing.title[:LONGEST_TITLE]
        return thing
    addresses = addresses_in(first)
    for address in addresses:
        first = first.replace(address, " ")
    first = " ".join(first.replace("()", " ").split())
    said = _BY.split(first, maxsplit=1)
    creator = re.split(r"(?<=\w\w)[.;]\s|\s[-–—(]|, ", said[1])[0].strip(" .,;:()") if len(said) > 1 else ""
    quoted = _QUOTED.match(said[0])
    title = quoted.group(1) if quoted else said[0]
    return WrittenResource(
        kind, title.strip(" .,;:-–—()")[:LONGEST_TITLE], creator or None, addresses[0] if addresses else None
    )


def usual_form(text: str, stance: Stance | None) -> Form:
    """The form a response has when nothing is said: a side taken is an opinion, words in quotes are a script."""
    if stance:
        return Form.OPINION
    if len(text) > 2 and text[0] in '“"' and text[-1] in '”"' and not re.search('[“”"]', text[1:-1]):
        return Form.SCRIPT
    return Form.TIP


def leading_resource(response: WrittenResponse) -> WrittenResource | None:
    """The first resource, when `Song: <text>` alone says it and the form."""
    first = response.resources[0] if response.resources else None
    if not first or response.form != FORM_OF.get(first.type, Form.TIP):
        return None
    return first if response.text and mentioned(first.type, response.text) == first else None
