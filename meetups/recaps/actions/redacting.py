"""Taking a full name out of everything that is written in a recap."""

from __future__ import annotations

import re

from meetups.recaps import queries
from meetups.recaps.actions.history import redact_history
from meetups.recaps.models import Recap

SOMEBODY = "somebody"


def redact(recap: Recap, name: str) -> None:
    """Replace a full name (two words or more) by "somebody" in head, closing, prompts, ideas, tips, leftovers,
    in what pictures show, and in what others wrote beside the recap.

    One word is left alone where it stands in a sentence: “Will”, “May” and “Joy” are not always people.
    """
    if len(name.split()) < 2:
        return
    words = r"\s+".join(re.escape(part) for part in name.split())
    found = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
    _in_each(recap, ("title", "head", "tail"), found)
    for entry in recap.entries:
        _in_each(entry, ("prompt", "topic", "literacy_tip", "leftovers"), found)
        for idea in entry.responses:
            _in_each(idea, ("text", "literacy_tip"), found)
    for photo in queries.photos_of(recap):
        _in_each(photo, ("alt",), found)
    for addition in queries.additions_to(recap):
        _in_each(addition, ("text",), found)
    redact_history(recap, lambda text: found.sub(SOMEBODY, text))


def _in_each(row: object, fields: tuple[str, ...], found: re.Pattern[str]) -> None:
    for field in fields:
        standing = getattr(row, field)
        without = found.sub(SOMEBODY, standing)
        if without != standing:
            setattr(row, field, without)
