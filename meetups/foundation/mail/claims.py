"""Claiming letters and settling what became of them; what the worker does between two letters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from meetups.foundation import clock
from meetups.foundation.database import db
from meetups.foundation.mail.rows import EMPTY, OutboxLetter, State, opens_a_door

MOST_ATTEMPTS = 8
BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480))
UNCONFIRMED = "handed over; the worker ended before the mail server's answer came"


def anything_due() -> bool:
    """Whether `claim` would find something; a plain read, so that an idle worker takes no write lock."""
    return db.session.scalar(sa.select(OutboxLetter.id).where(*_free(clock.now())).limit(1)) is not None


def claim(limit: int, lease_seconds: int, worker: str = "") -> list[OutboxLetter]:
    """The letters that are due, oldest first, held for so many seconds; no other worker gets them meanwhile.

    Runs inside a unit of work of its own, so that the claim is committed before anything is sent. PostgreSQL
    passes over rows another worker holds; on SQLite the unit of work's write lock does the same. `worker` is the
    claiming worker's logbook, by which others find the claims of one that died.
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
        .values(
            lease_until=at + timedelta(seconds=lease_seconds), attempts=OutboxLetter.attempts + 1, claimed_by=worker
        )
        .returning(OutboxLetter)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    letters = list(db.session.scalars(held))
    for letter in letters:
        db.session.expunge(letter)  # read after the commit, outside any transaction
    return sorted(letters, key=lambda letter: (letter.not_before, letter.id))


def still_ours(letter: OutboxLetter) -> bool:
    """Whether a claimed letter is still to go: it may have been withdrawn since, or the lease may have run out."""
    ours = sa.select(OutboxLetter.id).where(
        OutboxLetter.id == letter.id, OutboxLetter.state == State.WAITING, OutboxLetter.attempts == letter.attempts
    )
    with db.engine.connect() as connection:  # no transaction stays open while the mail server is slow
        return connection.execute(ours).first() is not None


def settle_orphans(worker: str, handed: Iterable[int]) -> int:
    """A worker is dead: what it had handed over counts as sent, what it only held is free at once; returns how many.

    `handed` are the letters whose last byte the mail server was sent and whose answer is not known (logbook.py says
    why these count as sent); the operator sees them as unconfirmed.
    """
    theirs = (OutboxLetter.claimed_by == worker, OutboxLetter.state == State.WAITING)
    freed = {"lease_until": None, "claimed_by": ""}
    for number in handed:
        letter = db.session.scalar(sa.select(OutboxLetter).where(OutboxLetter.id == number, *theirs))
        if letter is not None:
            settle_sent(letter, UNCONFIRMED)
    values = freed | {"attempts": OutboxLetter.attempts - 1}
    held = sa.update(OutboxLetter).where(*theirs, OutboxLetter.lease_until.is_not(None)).values(values)
    return len(db.session.execute(held.returning(OutboxLetter.id)).all())


def settle_sent(letter: OutboxLetter, remark: str = "") -> None:
    """The mail server has taken the letter. One that opens a door is emptied at once."""
    sent: dict[str, Any] = {"state": State.SENT, "sent_at": clock.now(), "lease_until": None, "last_error": remark}
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
