"""The outbox: one row a letter, written by the deed's own transaction and claimed by the worker afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from meetups.foundation import clock
from meetups.foundation.database import db, named
from meetups.foundation.labels import Labeled
from meetups.foundation.mail.letters import LONGEST_ADDRESS, LONGEST_KEY, LONGEST_SUBJECT, Letter, one_line
from meetups.foundation.mail.paper import render_html
from meetups.foundation.mail.plain import render_plain


class State(Labeled):
    WAITING = ("waiting", "Waiting")
    SENT = ("sent", "Sent")
    KEPT = ("kept", "Kept here, no mail server")
    DEAD = ("dead", "Given up")


class OutboxLetter(db.Model):
    """A letter on its way. `attempts` counts claims; a claim holds until `lease_until`, then others may try."""

    __tablename__ = "letters"
    __table_args__ = (sa.Index(None, "state", "not_before"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(LONGEST_KEY), unique=True)
    to_address: Mapped[str] = mapped_column(sa.String(LONGEST_ADDRESS), index=True)
    subject: Mapped[str] = mapped_column(sa.String(LONGEST_SUBJECT))
    plain: Mapped[str] = mapped_column(sa.Text, default="")
    html: Mapped[str] = mapped_column(sa.Text, default="")
    calendar: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    calendar_method: Mapped[str] = mapped_column(sa.String(16), default="")
    headers: Mapped[dict[str, str]] = mapped_column(sa.JSON, default=dict)
    state: Mapped[State] = mapped_column(named(State), default=State.WAITING)
    not_before: Mapped[datetime]
    posted_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(sa.String(300), default="")


def post(letter: Letter, *, not_before: datetime | None = None) -> None:
    """Put a letter into the outbox, in the current transaction: rolled back with it, delivered after its commit.

    Nothing happens when a letter with this key was ever posted. `not_before`: the earliest moment of delivery.
    """
    post_many((letter,), not_before=not_before)


def post_many(letters: Iterable[Letter], *, not_before: datetime | None = None) -> None:
    """Post thousands of letters with one statement; as `post` for each."""
    at = clock.now()
    rows = [_row(letter, at, not_before or at) for letter in letters]
    if rows:
        dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
        insert: Any = dialect.insert(OutboxLetter.__table__)
        db.session.execute(insert.on_conflict_do_nothing(index_elements=["key"]), rows)


def withdraw(*keys: str) -> int:
    """Take letters back that were not delivered yet; returns how many. Their keys may be posted again."""
    return _take_back(OutboxLetter.key.in_(keys))


def withdraw_all(prefix: str) -> int:
    """As `withdraw`, for every letter whose key begins so: `reminder:k7p2m9q:`."""
    return _take_back(OutboxLetter.key.startswith(prefix, autoescape=True))


def forget(address: str) -> None:
    """Somebody has left: waiting letters to the address are withdrawn, the others lose address, subject and body."""
    theirs = OutboxLetter.to_address == address
    _take_back(theirs)
    db.session.execute(sa.update(OutboxLetter).where(theirs).values(to_address="", subject="", **EMPTY))


def claim(limit: int, lease_seconds: int) -> list[OutboxLetter]:
    """The letters that are due, oldest first, held for so many seconds; no other worker gets them meanwhile.

    Runs inside a unit of work of its own, so that the claim is committed before anything is sent. PostgreSQL
    passes over rows another worker holds; on SQLite the unit of work's write lock does the same.
    """
    at = clock.now()
    free = sa.or_(OutboxLetter.lease_until.is_(None), OutboxLetter.lease_until < at)
    due = (
        sa.select(OutboxLetter.id)
        .where(OutboxLetter.state == State.WAITING, OutboxLetter.not_before <= at, free)
        .order_by(OutboxLetter.not_before, OutboxLetter.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    held = (
        sa.update(OutboxLetter)
        .where(OutboxLetter.id.in_(sa.select(due.c.id)))
        .values(lease_until=at + timedelta(seconds=lease_seconds), attempts=OutboxLetter.attempts + 1)
        .returning(OutboxLetter)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    letters = list(db.session.scalars(held))
    db.session.expunge_all()  # read after the commit, outside any transaction
    return sorted(letters, key=lambda letter: (letter.not_before, letter.id))


def newest(limit: int) -> list[OutboxLetter]:
    """The letters posted last, newest first."""
    return list(db.session.scalars(sa.select(OutboxLetter).order_by(OutboxLetter.id.desc()).limit(limit)))


def letter_numbered(number: int) -> OutboxLetter | None:
    return db.session.get(OutboxLetter, number)


def dead_letters(limit: int) -> list[OutboxLetter]:
    """Letters that were given up, newest first."""
    dead = sa.select(OutboxLetter).where(OutboxLetter.state == State.DEAD)
    return list(db.session.scalars(dead.order_by(OutboxLetter.id.desc()).limit(limit)))


def revive(number: int) -> bool:
    """Try a dead letter again from the beginning; False when it is not dead or its text is gone."""
    dead = sa.update(OutboxLetter).where(
        OutboxLetter.id == number, OutboxLetter.state == State.DEAD, OutboxLetter.plain != ""
    )
    fresh = dead.values(state=State.WAITING, attempts=0, failed_at=None, last_error="", not_before=clock.now())
    return bool(db.session.execute(fresh.returning(OutboxLetter.id)).all())


EMPTY: dict[str, Any] = {"plain": "", "html": "", "calendar": None, "headers": {}}


def _take_back(which: sa.ColumnElement[bool]) -> int:
    waiting = sa.delete(OutboxLetter).where(which, OutboxLetter.state == State.WAITING)
    return len(db.session.execute(waiting.returning(OutboxLetter.id)).all())


def _row(letter: Letter, at: datetime, not_before: datetime) -> dict[str, Any]:
    return {
        "key": letter.key,
        "to_address": letter.to,
        "subject": letter.subject,
        "plain": render_plain(letter),
        "html": render_html(letter),
        "calendar": letter.calendar,
        "calendar_method": letter.method,
        "headers": _headers(letter),
        "posted_at": at,
        "not_before": not_before,
    }


def _headers(letter: Letter) -> dict[str, str]:
    headers = {}
    if letter.reply_to:
        headers["Reply-To"] = one_line(letter.reply_to)
    if letter.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{one_line(letter.unsubscribe_url)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
