"""How the post is doing: counts by state, the oldest letter waiting, the dead ones, and which workers live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from meetups.foundation import clock
from meetups.foundation.database import Model, db
from meetups.foundation.mail.claims import UNCONFIRMED
from meetups.foundation.mail.rows import UNDELIVERED, OutboxLetter, State

SILENT_AFTER = timedelta(minutes=3)
FORGOTTEN_AFTER = timedelta(days=1)
WORRY_AFTER = timedelta(minutes=10)


class MailWorker(Model):
    """A worker that lives, or lived until lately. `trouble` is why letters were waiting when it last said so."""

    __tablename__ = "mail_workers"

    name: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    trouble: Mapped[str] = mapped_column(sa.String(300), default="")

    def is_silent(self, at: datetime) -> bool:
        return at - self.seen_at > SILENT_AFTER


@dataclass(frozen=True)
class Health:
    """The post at one moment. `due_since` is when the oldest letter that could go now became due."""

    at: datetime
    counts: dict[State, int]
    due_since: datetime | None
    unconfirmed: int
    workers: Sequence[MailWorker]

    @property
    def undelivered(self) -> int:
        return sum(self.counts[state] for state in UNDELIVERED)

    @property
    def is_slow(self) -> bool:
        return self.due_since is not None and self.at - self.due_since > WORRY_AFTER

    @property
    def has_worker(self) -> bool:
        return any(not worker.is_silent(self.at) for worker in self.workers)


def health() -> Health:
    """Read in four queries."""
    at = clock.now()
    by_state = sa.select(OutboxLetter.state, sa.func.count()).group_by(OutboxLetter.state)
    found: dict[State, int] = {row[0]: row[1] for row in db.session.execute(by_state)}
    due = sa.select(OutboxLetter.not_before).where(OutboxLetter.state == State.WAITING, OutboxLetter.not_before <= at)
    unconfirmed = sa.select(sa.func.count()).where(
        OutboxLetter.state == State.SENT, OutboxLetter.last_error == UNCONFIRMED
    )
    workers = db.session.scalars(sa.select(MailWorker).order_by(MailWorker.seen_at.desc())).all()
    return Health(
        at=at,
        counts={state: found.get(state, 0) for state in State},
        due_since=db.session.scalar(due.order_by(OutboxLetter.not_before).limit(1)),
        unconfirmed=db.session.scalar(unconfirmed) or 0,
        workers=workers,
    )


def dead_letters(limit: int) -> list[OutboxLetter]:
    """Letters that were given up or came back, newest first."""
    dead = sa.select(OutboxLetter).where(OutboxLetter.state.in_(UNDELIVERED))
    return list(db.session.scalars(dead.order_by(OutboxLetter.id.desc()).limit(limit)))


def beat(name: str, trouble: str = "") -> None:
    """A worker says that it lives; those silent for a day are forgotten."""
    at = clock.now()
    worker = db.session.get(MailWorker, name)
    if worker is None:
        worker = MailWorker(name=name, started_at=at, seen_at=at)
        db.session.add(worker)
    worker.seen_at, worker.trouble = at, trouble[:300]
    db.session.execute(sa.delete(MailWorker).where(MailWorker.seen_at < at - FORGOTTEN_AFTER))


def gone(name: str) -> None:
    """A worker has ended in order."""
    db.session.execute(sa.delete(MailWorker).where(MailWorker.name == name))


def masked(address: str) -> str:
    """ "d…@mail.example": enough to recognize, too little to write to."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}" if local else "somebody who has left"
