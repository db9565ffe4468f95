"""Text folded to 76 columns so that it unfolds to exactly the same text, even after somebody re-wrapped it.

A line break that was typed is written as " /" at the end of the line, as poems are quoted; other breaks are only
folds. A blank line stays a blank line. Where the text itself looks like notation it is escaped:

    \\- not a bullet       a backslash in front of a line that would be read as notation, or starts with one
    either \\/             a slash that happens to end a line
    \\__ indented          spaces in front of a line, one underscore each
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from meetups.recaps.notation.marks import is_mark

COLUMNS = 76
_RESERVE = 5  # room for the escapes and the " /" that may be added to a line

_MARGIN = re.compile(r"\\(_+) (?=\S)")
_SLASH = re.compile(r"\\*/")
_ESCAPED_SLASH = re.compile(r"\\+/")


def fold(text: str, lead: str = "", margin: int = 0) -> list[str]:
    """The lines of a tidy text, none over 76 columns unless one word is; `lead` stands before the first.

    All later lines are indented by `margin` spaces. A lead whose first word would not fit beside it stands alone.
    """
    out: list[str] = []
    typed = text.split("\n")
    for number, line in enumerate(typed):
        if not line.strip():
            out.append("" if out else lead.rstrip())
            continue
        first = (lead if not out else " " * margin) + _margin_mark(line)
        if not out and lead.strip() and len(first) + len(line.split()[0]) > COLUMNS - _RESERVE:
            out.append(lead.rstrip())
            first = " " * margin + _margin_mark(line)
        breaks = number + 1 < len(typed) and bool(typed[number + 1].strip())
        out += _folded(line.split(), first, " " * margin, breaks, bare=not line.startswith(" "))
    return out


def _margin_mark(line: str) -> str:
    spaces = len(line) - len(line.lstrip(" "))
    return "\\" + "_" * spaces + " " if spaces else ""


def _folded(words: list[str], first: str, rest: str, breaks: bool, *, bare: bool) -> list[str]:
    rows: list[list[str]] = [[]]
    room = COLUMNS - _RESERVE - len(first)
    for word in words:
        if rows[-1] and len(word) + 1 > room:
            rows.append([])
            room = COLUMNS - _RESERVE - len(rest)
        room -= len(word) + 1
        rows[-1].append(word)
    lines = []
    for number, row in enumerate(rows):
        if _SLASH.fullmatch(row[-1]):
            row[-1] = "\\" + row[-1]
        line = " ".join(row)
        if (number or bare) and (is_mark(line) or line.startswith("\\")):
            line = "\\" + line
        lines.append((rest if number else first) + line)
    if breaks:
        lines[-1] += " /"
    return lines


def unfold(lines: Iterable[str]) -> str:
    """The text that was folded into these lines; spaces around the lines do not matter."""
    out: list[str] = []
    joining = ""
    for raw in lines:
        line = " ".join(raw.split())
        if not line:
            joining = "\n\n" if out else ""
            continue
        line, ends = _unescaped(line)
        out += [joining, line]
        joining = "\n" if ends else " "
    return "".join(out)


def _unescaped(line: str) -> tuple[str, bool]:
    """The line as it was typed, and whether a typed line break follows it."""
    margin = _MARGIN.match(line)
    if margin:
        line = line[margin.end() :]
    elif line.startswith("\\"):
        line = line[1:]
    ends = line == "/" or line.endswith(" /")
    if ends:
        line = line[:-1].rstrip()
    before, space, last = line.rpartition(" ")
    if _ESCAPED_SLASH.fullmatch(last):
        line = before + space + last[1:]
    return (" " * len(margin.group(1)) if margin else "") + line, ends
