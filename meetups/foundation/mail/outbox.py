"""The outbox: one row a letter, written by the deed's own transaction and claimed by the worker afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from meetups.foundation import clock
from meetups.foundation.database import Model, db, named
from meetups.foundation.labels import Labeled
from meetups.foundation.mail.letters import LONGEST_ADDRESS, LONGEST_KEY, LONGEST_SUBJECT, Letter, one_line
from meetups.foundation.mail.paper import render_html
from meetups.foundation.mail.plain import render_plain

MOST_ATTEMPTS = 8
BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480))
READABLE_FOR = timedelta(days=7)
DOOR_PREFIX = "sign-in:"
DOOR_READABLE_FOR = timedelta(hours=1)
EMPTY: dict[str, Any] = {"plain": "", "html": "", "calendar": None, "headers": {}}


class State(Labeled):
    WAITING = ("waiting", "Waiting")
    SENT = ("sent", "Sent")
    KEPT = ("kept", "Kept here, no mail server")
    DEAD = ("dead", "Given up")


class OutboxLetter(Model):
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


def anything_due() -> bool:
    """Whether `claim` would find something; a plain read, so that an idle worker takes no write lock."""
    return db.session.scalar(sa.select(OutboxLetter.id).where(*_free(clock.now())).limit(1)) is not None


def letters_since(address: str, since: datetime, prefix: str = "") -> int:
    """How many letters with keys that begin so were posted to an address since then: for limits."""
    query = sa.select(sa.func.count()).where(
        OutboxLetter.to_address == address,
        OutboxLetter.posted_at >= since,
        OutboxLetter.key.startswith(prefix, autoescape=True),
    )
    return db.session.scalar(query) or 0


def claim(limit: int, lease_seconds: int) -> list[OutboxLetter]:
    """The letters that are due, oldest first, held for so many seconds; no other worker gets them meanwhile.

    Runs inside a unit of work of its own, so that the claim is committed before anything is sent. PostgreSQL
    passes over rows another worker holds; on SQLite the unit of work's write lock does the same.
    """
    at = clock.now()
    due = (
        sa.select(OutboxLetter.id)
        .where(*_free(at))
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
    for letter in letters:
        db.session.expunge(letter)  # read after the commit, outside any transaction
    return sorted(letters, key=lambda letter: (letter.not_before, letter.id))


def settle_sent(letter: OutboxLetter) -> None:
    """The mail server has taken the letter. One that opens a door is emptied at once."""
    sent: dict[str, Any] = {"state": State.SENT, "sent_at": clock.now(), "lease_until": None, "last_error": ""}
    _settle(letter, sent | (EMPTY if opens_a_door(letter.key) else {}))


def settle_later(letter: OutboxLetter, error: str) -> bool:
    """This attempt failed: try again after 1, 5, 30 minutes, 2, 8, 8, 8 hours; True when that was the last one."""
    if letter.attempts >= MOST_ATTEMPTS:
        settle_dead(letter, error)
        return True
    wait = BACKOFF[min(letter.attempts, len(BACKOFF)) - 1]
    at = clock.now()
    _settle(letter, {"not_before": at + wait, "failed_at": at, "lease_until": None, "last_error": error[:300]})
    return False


def settle_dead(letter: OutboxLetter, error: str) -> None:
    """The letter can never be delivered; the operator sees it among the dead ones."""
    dead = {"state": State.DEAD, "failed_at": clock.now(), "lease_until": None, "last_error": error[:300]}
    _settle(letter, dead | (EMPTY if opens_a_door(letter.key) else {}))


def release(letters: Iterable[OutboxLetter]) -> None:
    """Give up claims that came to nothing through no fault of the letters; they do not count as attempts."""
    for letter in letters:
        _settle(letter, {"lease_until": None, "attempts": OutboxLetter.attempts - 1})


def keep(letters: Iterable[OutboxLetter]) -> None:
    """There is no mail server: the letters stay here to be read."""
    for letter in letters:
        _settle(letter, {"state": State.KEPT, "lease_until": None})


def purge() -> None:
    """Empty the letters delivered (or kept, or given up) 7 days ago; kept sign-in letters after an hour.

    The rows stay, so that their keys are never posted again.
    """
    at = clock.now()
    last_touched = sa.func.coalesce(OutboxLetter.sent_at, OutboxLetter.failed_at, OutboxLetter.not_before)
    door = OutboxLetter.key.startswith(DOOR_PREFIX, autoescape=True)
    old = sa.or_(last_touched < at - READABLE_FOR, sa.and_(door, last_touched < at - DOOR_READABLE_FOR))
    done = sa.update(OutboxLetter).where(OutboxLetter.state != State.WAITING, OutboxLetter.plain != "", old)
    db.session.execute(done.values(**EMPTY).execution_options(synchronize_session=False))


def opens_a_door(key: str) -> bool:
    """Whether the letter carries a token that signs somebody in."""
    return key.startswith(DOOR_PREFIX)


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


def _settle(letter: OutboxLetter, values: dict[str, Any]) -> None:
    # Only while the claim is still ours: a worker that slept through its lease changes nothing that another has
    # begun. That a letter was sent is a fact all the same, and is written down unless it is already.
    ours = [OutboxLetter.id == letter.id, OutboxLetter.state == State.WAITING]
    if values.get("state") is not State.SENT:
        ours.append(OutboxLetter.attempts == letter.attempts)
    db.session.execute(
        sa.update(OutboxLetter).where(*ours).values(values).execution_options(synchronize_session=False)
    )


def _free(at: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    unclaimed = sa.or_(OutboxLetter.lease_until.is_(None), OutboxLetter.lease_until < at)
    return (OutboxLetter.state == State.WAITING, OutboxLetter.not_before <= at, unclaimed)


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
