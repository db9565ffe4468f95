"""Writing the sticks of a deck: CSV, JSON Lines, plain text."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Iterable

from meetups.deck.models import Challenge
from meetups.deck.notation.cells import COLUMNS, guarded

WIDTH = 76


def to_csv(challenges: Iterable[Challenge]) -> bytes:
    """UTF-8 with a byte-order mark, a row a challenge; reading it gives the same challenges again."""
    paper = io.StringIO(newline="")
    writer = csv.writer(paper)
    writer.writerow(("id", *COLUMNS))
    for each in challenges:
        warm_up = "yes" if each.warm_up else "no"
        cells = (each.text, each.category.value, each.kind.value, ";".join(each.ages), ";".join(each.skills), warm_up)
        writer.writerow((each.code, *map(guarded, cells)))
    return b"\xef\xbb\xbf" + paper.getvalue().encode()


def to_json_lines(challenges: Iterable[Challenge]) -> bytes:
    """One object a line, in the form of the seeds (deck/data/challenges.jsonl)."""
    return b"".join(
        json.dumps({
            "id": each.code, "category": each.category.value, "kind": each.kind.value, "ages": each.ages,
            "skills": each.skills, "warm_up": each.warm_up, "text": each.text,
        }, ensure_ascii=False).encode() + b"\n"
        for each in challenges
    )


def to_text(title: str, challenges: Iterable[Challenge]) -> str:
    """A numbered list at 76 columns, for a letter to a list."""
    items = [
        textwrap.fill(
            f"{number}. {each.text}", WIDTH, subsequent_indent=" " * (len(str(number)) + 2), break_long_words=False,
            break_on_hyphens=False,
        )
        for number, each in enumerate(challenges, start=1)
    ]
    return "\n".join([textwrap.fill(title, WIDTH), "", *items, ""])
