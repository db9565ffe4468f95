"""The words of ideas: the one place that knows which database it is.

`idea_words` has a row an idea, numbered like it: on SQLite an FTS5 table, on PostgreSQL a tsvector with a GIN index.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from meetups.foundation.database import db
from meetups.library import spelling
from meetups.library.spelling import FTS5, question

WORDS = sa.table("idea_words", sa.column("rowid", sa.Integer), sa.column("words", sa.Text))
AT_ONCE = 500


def ideas_with(wanted: list[tuple[str, ...]], facets: Sequence[Sequence[str]] = (), *, beginnings: bool) -> int:
    """Bits of the ideas that have every one of these words and, of each of `facets`, one of the keys.

    With `beginnings`, words may go on, and one of the facets may be missed.
    """
    if _on_postgresql():
        asked = question(wanted, facets, spelling.TSQUERY, beginnings=beginnings)
        has = WORDS.c.words.op("@@")(sa.cast(sa.literal(asked), TSQUERY))
    else:
        has = sa.literal_column("idea_words").op("match")(question(wanted, facets, FTS5, beginnings=beginnings))
    numbers = db.session.scalar(sa.select(sa.func.aggregate_strings(sa.cast(WORDS.c.rowid, sa.Text), ",")).where(has))
    return bits_of(json.loads(f"[{numbers}]")) if numbers else 0


def bits_of(numbers: Sequence[int]) -> int:
    """One bit a number. Written as a row of 0 and 1, which is read in one go: several times faster than bit by bit."""
    row = bytearray(b"0") * (max(numbers, default=0) + 1)
    for number in numbers:
        row[number] = _ONE
    row.reverse()
    return int(row, 2)


_ONE = ord("1")


def forget_words(numbers: Collection[int]) -> None:
    """Take these ideas' words out."""
    every = sorted(numbers)
    for at in range(0, len(every), AT_ONCE):
        db.session.execute(sa.delete(WORDS).where(WORDS.c.rowid.in_(every[at : at + AT_ONCE])))


def forget_all_words() -> None:
    db.session.execute(sa.delete(WORDS))


def keep_words(rows: list[tuple[int, str]]) -> None:
    """Put ideas' words in."""
    if not rows:
        return
    words: sa.ColumnElement = sa.bindparam("said", type_=sa.Text)
    if _on_postgresql():
        words = sa.cast(words, TSVECTOR)
    statement = sa.insert(WORDS).values(rowid=sa.bindparam("number"), words=words)
    db.session.execute(statement, [{"number": number, "said": said} for number, said in rows])


def take_turns() -> None:
    """One writer of the index at a time; on SQLite there is never more than one."""
    if _on_postgresql():
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(_TURN)))


_TURN = 20_261_124  # any number, the same for ever


def _on_postgresql() -> bool:
    return db.session.get_bind().dialect.name == "postgresql"
