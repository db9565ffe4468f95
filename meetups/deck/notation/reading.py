"""Reading a file of sticks that anybody may have made with anything."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from meetups.deck.models import sameness
from meetups.deck.notation.cells import (
    COLUMNS,
    IGNORED,
    KINDS_OF,
    column_named,
    member_named,
    said_no_or_yes,
    several,
    unguarded,
)
from meetups.deck.terms import AgeGroup, Category, Kind, Skill
from meetups.foundation.markup import clean_line, one_line

LONGEST = 220  # characters that fit on the wood
MOST_ROWS = 10_000
LARGEST = 1_000_000  # bytes of a file
_NOTHING = re.compile(r"[\s\ufeff]*")
_NO_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF-")  # .xlsx, .xls, pictures
_SEPARATOR_LINE = re.compile(r"sep=.?", re.IGNORECASE)  # spreadsheets write it above the column names


class NotRead(Exception):
    """The file as a whole is none of ours; the sentence says why."""


@dataclass(frozen=True)
class Found:
    """A stick in a file, with the row it stood in and what was guessed about it."""

    row: int
    text: str
    category: Category
    kind: Kind
    ages: tuple[AgeGroup, ...] = ()
    skills: tuple[Skill, ...] = ()
    warm_up: bool = False
    doubts: tuple[str, ...] = ()


@dataclass
class Reading:
    """What came out of a file: the sticks, what was left out and why, and what is to be said of the file itself."""

    found: list[Found] = field(default_factory=list)
    left_out: list[tuple[int, str, str]] = field(default_factory=list)  # row, the beginning of its words, why
    remarks: list[str] = field(default_factory=list)


def read(data: bytes, category: Category, kind: Kind, largest: int = LARGEST) -> Reading:
    """The sticks in a CSV or JSON Lines file, or in a plain list. `category` and `kind` stand in where a row has none.

    Refuses with NotRead more than `largest` bytes or MOST_ROWS rows, and what holds no column of words. Characters:
    UTF-8, UTF-16, else Windows-1252, said in a remark. Columns may be separated by comma, semicolon or tab.
    """
    if len(data) > largest:
        raise NotRead(f"That is more than {largest // 1_000_000} MB, which is the most. Nothing was read; split it.")
    reading = Reading()
    if data.startswith(_NO_TEXT):
        raise NotRead("That is a spreadsheet or a picture, and no text. Save it as CSV, and read that.")
    text = _decoded(data, reading)
    if _NOTHING.fullmatch(text):
        raise NotRead("There is nothing in it.")
    rows = _json_rows(text, reading) if text.lstrip()[:1] in "{[" else _csv_rows(text, reading)
    known: set[str] = set()
    for number, row in rows:
        if number > MOST_ROWS + 1:
            raise NotRead(f"There are more than {MOST_ROWS:,} rows in it. Nothing was read; split it.")
        _take(number, row, reading, known, category, kind)
    return reading


def _decoded(data: bytes, reading: Reading) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", "replace")
    elif data[1::2].count(0) > len(data) // 3 or data[::2].count(0) > len(data) // 3:
        text = data.decode("utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be", "replace")
        reading.remarks.append("It was read as UTF-16.")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
            reading.remarks.append("It is not UTF-8; it was read as Windows-1252. Look whether accents are right.")
    if "\0" in text:
        text = text.replace("\0", "")
        reading.remarks.append("There were NUL characters in it; they were left out.")
    if "\ufffd" in text:
        reading.remarks.append("Some characters could not be read; they stand as \ufffd.")
    return text


def _json_rows(text: str, reading: Reading) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """One object a line, or one list of objects."""
    strangers: set[str] = set()
    for number, line in enumerate(_objects(text), start=1):
        try:
            row = json.loads(line) if isinstance(line, str) else line
        except (ValueError, RecursionError):
            reading.left_out.append((number, one_line(str(line), 60), "this line is no JSON"))
            continue
        if not isinstance(row, dict):
            reading.left_out.append((number, one_line(str(line), 60), "this line is no object in { }"))
            continue
        named = {column_named(name): value for name, value in row.items() if column_named(name)}
        strangers |= {name for name in row if not column_named(name) and name.lower() not in IGNORED}
        yield number, {str(name): value for name, value in named.items()}
    _say_strangers(sorted(strangers), reading)


def _objects(text: str) -> list[Any]:
    if text.lstrip().startswith("["):
        try:
            return list(json.loads(text))
        except (ValueError, RecursionError) as wrong:
            raise NotRead("It begins like a JSON list, and is none. JSON Lines has one object a line.") from wrong
    return [line for line in text.split("\n") if line.strip()]


def _csv_rows(text: str, reading: Reading) -> Iterator[tuple[int, Mapping[str, Any]]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    skipped, first, rest = _head_of(lines)
    separator = max(",;\t", key=lambda each: (len(_known(_cells(first, each))), first.count(each)))
    heads = _cells(first, separator)
    columns = [column_named(head) for head in heads]
    if "text" not in columns:
        yield from _plain_rows(lines, heads, columns, reading)
        return
    _say_columns(heads, columns, reading)
    # a column by itself has no separator: commas in it are commas
    source = csv.reader(io.StringIO(rest), delimiter=separator if len(heads) > 1 else "\x1f")
    while True:
        try:
            cells = next(source)
        except StopIteration:
            return
        except csv.Error:
            at = source.line_num + skipped
            raise NotRead(f"A quotation mark is opened near line {at:,} and never closed.") from None
        number = source.line_num + skipped
        if any(cell.strip() for cell in cells):
            if extra := [cell for cell in cells[len(columns):] if cell.strip()]:
                more = one_line(" | ".join(extra), 80)
                reading.remarks.append(f"Row {number}: more cells than columns; not read: “{more}”.")
            pairs = zip(columns, cells, strict=False)
            yield number, {name: unguarded(cell.strip()) for name, cell in pairs if name}


def _head_of(lines: str) -> tuple[int, str, str]:
    """How many lines go before the first row, the line of column names, and what comes after it."""
    skipped, rest = 0, lines
    while True:
        first, newline, rest = rest.partition("\n")
        skipped += 1
        if not newline or (first.strip() and not _SEPARATOR_LINE.fullmatch(first)):
            return skipped, first, rest


def _known(cells: list[str]) -> set[str | None]:
    return {column_named(cell) for cell in cells} - {None}


def _plain_rows(
    lines: str, heads: list[str], columns: list[str | None], reading: Reading
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """A list with a challenge a line, as people paste it; a table without a column of words is refused."""
    if any(columns) or (len(heads) > 1 and max(len(head) for head in heads) < 25):
        names = ", ".join(f"“{one_line(head, 30)}”" for head in heads[:12])
        raise NotRead(f"No column is called “text”. The columns are {names}.")
    reading.remarks.append("There is no row of column names, so every line was taken for a stick.")
    for number, line in enumerate(lines.split("\n"), start=1):
        words = re.sub(r"^\s*(?:[-*•]|\d{1,4}[.)])\s+", "", line).strip().strip('"')
        if words:
            yield number, {"text": words}


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return [line[:200]]


def _say_columns(heads: list[str], columns: list[str | None], reading: Reading) -> None:
    _say_strangers([
        head for head, column in zip(heads, columns, strict=True)
        if column is None and head.strip() and head.strip().lower() not in IGNORED
    ], reading)
    twice = sorted({column for column in columns if column and columns.count(column) > 1})
    if twice:
        reading.remarks.append(f"Twice there, and the last one was read: {', '.join(twice)}.")
    missing = [name for name in COLUMNS if name not in columns]
    if missing:
        reading.remarks.append(f"Columns that are not there: {', '.join(missing)}.")


def _say_strangers(names: list[str], reading: Reading) -> None:
    if names:
        shown = ", ".join(f"“{one_line(name, 30)}”" for name in names[:20])
        more = f" and {len(names) - 20} more" if len(names) > 20 else ""
        reading.remarks.append(f"Columns that were not read: {shown}{more}.")


def _take(
    number: int, row: Mapping[str, Any], reading: Reading, known: set[str], category: Category, kind: Kind
) -> None:
    """One row into the reading: as a stick, or left out with the reason."""
    words = row.get("text", "")
    text = clean_line(words) if isinstance(words, str) else ""
    begins = one_line(text, 60)
    if not text:
        why = "it has no words" if isinstance(words, str) else "its words are no text"
        reading.left_out.append((number, one_line(str(row), 60), why))
    elif len(text) > LONGEST:
        open_quote = ", over several lines: is a quotation mark missing?" if "\n" in words else ""
        reading.left_out.append((number, begins, f"{len(text):,} characters{open_quote}; {LONGEST} fit on the wood"))
    elif sameness(text) in known:
        reading.left_out.append((number, begins, "it stands further up already"))
    else:
        known.add(sameness(text))
        doubts: list[str] = []
        one: dict[str, Any] = {
            "category": _one("category", row.get("category"), doubts, category),
            "kind": _one("kind", row.get("kind"), doubts, kind),
        }
        many: dict[str, Any] = {name: _many(name, row.get(name), doubts) for name in ("ages", "skills")}
        warm_up = _warm_up(row.get("warm_up"), doubts)
        reading.found.append(Found(number, text, **one, **many, warm_up=warm_up, doubts=tuple(doubts)))


def _one(name: str, said: Any, doubts: list[str], otherwise: Any) -> Any:
    typed = said if isinstance(said, str) else "" if said is None else str(said)
    member = member_named(KINDS_OF[name], typed)
    if member is None and typed.strip():
        doubts.append(f"“{one_line(typed, 40)}” is no {name} here")
    return member or otherwise


def _many(name: str, said: Any, doubts: list[str]) -> tuple[Any, ...]:
    if isinstance(said, str):
        whole = member_named(KINDS_OF[name], said)  # a label may hold a comma
        typed = [said] if whole else several(said)
    else:
        typed = [str(each) for each in said][:40] if isinstance(said, list) else [] if said is None else [str(said)]
    members = []
    for each in typed:
        member = member_named(KINDS_OF[name], each)
        if member is None:
            doubts.append(f"“{one_line(each, 40)}” is not among the {name} here")
        elif member not in members:
            members.append(member)
    return tuple(members)


def _warm_up(said: Any, doubts: list[str]) -> bool:
    if isinstance(said, bool) or said is None:
        return bool(said)
    answer = said_no_or_yes(str(said))
    if answer is None:
        doubts.append(f"“{one_line(str(said), 40)}” is neither yes nor no for warm_up")
    return bool(answer)
