"""Reading data/ideas.txt: what rooms might answer to each stick, questions of their own, and why things work."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from meetups.recaps.terms import Category, Form

IDEAS = Path(__file__).parent / "data" / "ideas.txt"


@dataclass(frozen=True)
class Idea:
    form: Form
    text: str


@dataclass(frozen=True)
class Question:
    """Something the room asked of its own accord."""

    category: Category
    text: str
    ideas: list[Idea] = field(default_factory=list)


@dataclass(frozen=True)
class Ideas:
    """`by_stick` is keyed by the code of a challenge; `reasons` may follow any idea of their category."""

    by_stick: dict[str, list[Idea]]
    questions: list[Question]
    reasons: dict[Category, list[str]]


@cache
def ideas() -> Ideas:
    """Everything in the file, in its order."""
    found = Ideas({}, [], {})
    head = ""
    for line in IDEAS.read_text(encoding="utf-8").partition("\n\n")[2].splitlines():
        if line[:2] in ("= ", "? ", "+ "):
            head = line
        elif line:
            _put(found, head, line)
    return found


def _put(found: Ideas, head: str, line: str) -> None:
    """Add a line to what stands under its head."""
    mark, _, name = head.partition(" ")
    if mark == "=":
        found.by_stick.setdefault(name, []).append(_idea(line))
    elif mark == "+":
        found.reasons.setdefault(Category(name), []).append(_printed(line))
    else:
        category, _, asked = name.partition(" | ")
        if not found.questions or found.questions[-1].text != _printed(asked):
            found.questions.append(Question(Category(category), _printed(asked)))
        found.questions[-1].ideas.append(_idea(line))


def _idea(line: str) -> Idea:
    form, _, text = line.partition(": ")
    return Idea(Form(form), _printed(text))


def _printed(text: str) -> str:
    """Straight marks of the file as they are printed."""
    return re.sub(r'"([^"]*)"', r"“\1”", text).replace("'", "’")
