"""What is in a row: the names of columns and values, and how a formula is kept from being one."""

from __future__ import annotations

import re

from meetups.deck.terms import AgeGroup, Category, Kind, Skill
from meetups.foundation.database import folded
from meetups.foundation.labels import Labeled

COLUMNS = ("text", "category", "kind", "ages", "skills", "warm_up")
IGNORED = frozenset({"id", "code"})  # written by us; every stick read in gets a code of its own
OTHER_NAMES = {
    "challenge": "text", "prompt": "text", "stick": "text", "question": "text", "about": "category",
    "topic": "category",
    "how": "kind", "the room should": "kind", "age": "ages", "age group": "ages", "for": "ages", "skill": "skills",
    "warm up": "warm_up", "warmup": "warm_up", "opener": "warm_up",
}
YES = frozenset({"yes", "y", "true", "1", "x", "warm up", "warmup", "wahr", "oui", "si"})
NO = frozenset({"", "no", "n", "false", "0"})
# What spreadsheets take for the beginning of a formula; the wide ones count in some languages.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠|%]")


def column_named(name: str) -> str | None:
    """The column a heading means, whatever its case and punctuation; None for a stranger."""
    words = folded(name)
    spelled = words.replace(" ", "_")
    return spelled if spelled in COLUMNS else OTHER_NAMES.get(words)


def guarded(cell: str) -> str:
    """The cell as text for a spreadsheet, never as a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """What `guarded` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def member_named(kind: type[Labeled], typed: str) -> Labeled | None:
    """The member with this value or label, whatever its case; None for a stranger."""
    words = folded(typed)
    return next((each for each in kind if words in (folded(str(each.value)), folded(each.label))), None)


def several(typed: str) -> list[str]:
    """The words in one cell, separated by semicolons, commas or bars."""
    return [part.strip() for part in re.split(r"[;,|]", typed)[:40] if part.strip()]


def said_no_or_yes(typed: str) -> bool | None:
    words = folded(typed)
    return True if words in YES else False if words in NO else None


KINDS_OF = {"category": Category, "kind": Kind, "ages": AgeGroup, "skills": Skill}
