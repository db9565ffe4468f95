"""What changed between two standings of a recap, word by word, as a reader sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from meetups.recaps.terms import Form, Kind, Origin, Outcome, ResourceType, Stance, Words

LONGEST_BY_WORD = 400  # words of a line that are compared one by one; longer lines are shown whole
_WORDS = re.compile(r"\s*\S+")
Body = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One line. `pieces` are ("", what stayed), ("ins", what came) and ("del", what went), in reading order."""

    pieces: tuple[tuple[str, str], ...]

    @property
    def is_news(self) -> bool:
        return any(kind for kind, _ in self.pieces)


def changes_between(old: Body | None, new: Body) -> list[Change | None]:
    """The lines that changed, each with a line around it; None stands for lines left out."""
    changes = list(_compared(lines_of(old) if old else [], lines_of(new)))
    news = [number for number, change in enumerate(changes) if change.is_news]
    shown = sorted({n for at in news for n in (at - 1, at, at + 1) if 0 <= n < len(changes)})
    out: list[Change | None] = []
    for before, number in zip([-1, *shown], shown, strict=False):
        out += [None] * (number > before + 1)
        out.append(changes[number])
    return out + [None] * bool(shown and shown[-1] < len(changes) - 1)


def lines_of(body: Body) -> list[str]:
    """A standing as lines of text: what readers and writers see of it, no names."""
    count = [body["headcount_from"], body["headcount_to"], body["onlookers"]]
    facts = [body["held_on"], body["place_label"], body["qualifier"] if any(count) else "", *count]
    lines = [body["title"], ", ".join(str(fact) for fact in facts if fact), *_split(body["head"])]
    for entry in body["entries"]:
        lines += _entry_lines(entry)
    return [line for line in [*lines, *_split(body["tail"])] if line.strip()]


def _entry_lines(entry: Body) -> Iterator[str]:
    labels = [Origin(entry["origin"]).label, Outcome(entry["outcome"]).label, entry["topic"], ", ".join(entry["ages"])]
    kind = Kind(entry["kind"]).label if entry["kind"] else ""
    about = ", ".join(label for label in (*labels, kind, entry["category"] or "") if label)
    yield f"* {entry['prompt']} ({about})"
    for idea in entry["ideas"]:
        yield from _idea_lines(idea)
    if entry["literacy_tip"]:
        yield f"Literacy tip: {entry['literacy_tip']}"
    if entry["leftovers"]:
        yield f"Also noted: {entry['leftovers']}"


def _idea_lines(idea: Body) -> Iterator[str]:
    marks = [Form(idea["form"]).label if idea["form"] != Form.TIP.value else ""]
    marks += [Stance(idea["stance"]).label] if idea["stance"] else []
    marks += [Words(idea["words"]).label] if idea["words"] != Words.NONE.value else []
    first, *rest = _split(idea["text"]) or [""]
    yield f"- {first}" + "".join(f" ({mark})" for mark in marks if mark)
    yield from rest
    for kind, title, creator, url in idea["things"]:
        yield f"  {ResourceType(kind).label}: " + " | ".join(part for part in (title, creator, url) if part)
    if idea["literacy_tip"]:
        yield f"  Literacy tip: {idea['literacy_tip']}"


def _split(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield from (Change((("", line),)) for line in new[c:d])
            continue
        both = min(b - a, d - c)
        yield from (_by_word(old[a + n], new[c + n]) for n in range(both))
        yield from (Change((("del", line),)) for line in old[a + both : b])
        yield from (Change((("ins", line),)) for line in new[c + both : d])


def _by_word(old: str, new: str) -> Change:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if max(len(before), len(after)) > LONGEST_BY_WORD or matcher.quick_ratio() < 0.3:
        return Change((("del", old), ("ins", new)))
    pieces: list[tuple[str, str]] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(("", "".join(after[c:d])))
        else:
            pieces += [("del", "".join(before[a:b]))] if b > a else []
            pieces += [("ins", "".join(after[c:d]))] if d > c else []
    return Change(tuple(pieces))
