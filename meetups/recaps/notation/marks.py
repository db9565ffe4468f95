"""The marks of the notation, one row each, so that writing, reading and escaping cannot disagree."""

from __future__ import annotations

import re

from meetups.foundation.labels import Labeled
from meetups.recaps.terms import AgeGroup, Form, Kind, Origin, Outcome, ResourceType, Stance

SIGNATURE = "Guerrilla Storytime recap"
CLOSING = "* * *"

TITLE = "Title"
TOPIC = "Topic"
TIP = "Literacy tip"
NOTED = "Also noted"
SAID_BY = "Said by"
LINK = "Link"
RESOURCES = {kind.label: kind for kind in ResourceType}
STANCES = {stance.label: stance for stance in Stance}
LABELS = (TITLE, TOPIC, TIP, NOTED, SAID_BY, LINK, *RESOURCES, *STANCES)

BULLET = re.compile(r"-(?: |$)")
NUMBER = re.compile(r"\d{1,6}\.(?: |$)")
LABEL = re.compile(rf"({'|'.join(LABELS)}):(?: |$)")

ENTRY_FACTS: dict[str, Labeled] = {
    term.label.lower(): term for terms in (Origin, Kind, AgeGroup, Outcome) for term in terms
}
RESPONSE_FACTS: dict[str, Labeled] = {term.label.lower(): term for term in Form}
_FIRST_FACTS = [origin.label.lower() for origin in Origin] + list(RESPONSE_FACTS)
FACTS = re.compile(rf"\((?:{'|'.join(_FIRST_FACTS)})(?:;|\)$)")

FORM_OF = {
    ResourceType.SONG: Form.SONG,
    ResourceType.RHYME: Form.RHYME,
    ResourceType.FINGERPLAY: Form.RHYME,
    ResourceType.BOOK: Form.BOOK,
    ResourceType.PROP: Form.PROP,
    ResourceType.FLANNEL: Form.PROP,
}


def is_mark(line: str) -> bool:
    """Whether a line, read on its own, would be taken for notation."""
    return line == CLOSING or any(mark.match(line) for mark in (BULLET, NUMBER, LABEL, FACTS))
