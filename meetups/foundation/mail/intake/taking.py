"""Taking a message: once, in a unit of work of its own, so that a bad one harms no other."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Sequence
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import InterfaceError, OperationalError

from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.mail.bounces import take_bounce
from meetups.foundation.mail.intake.facts import ReplyCame, ReplyRefused
from meetups.foundation.mail.intake.reading import LARGEST, Incoming, read
from meetups.foundation.mail.intake.rows import MailSetAside, MailTaken
from meetups.foundation.mail.return_address import tag_in
from meetups.foundation.refusals import Refusal

REMEMBERED_FOR = timedelta(days=90)
SET_ASIDE_FOR = timedelta(days=14)
MOST_TAGS = 5
log = logging.getLogger("meetups.mail")


class Outcome(Enum):
    """What became of a message."""

    TAKEN = "taken"
    AGAIN = "taken before"
    PASSED_OVER = "not for us"
    SET_ASIDE = "set aside"


class NotNow(Exception):
    """The database is away: whoever brought the message keeps it and brings it again."""


def take(raw: bytes, recipients: Sequence[str] = (), *, aside: bool = True) -> Outcome:
    """Act on one message; when this returns, it never has to be brought again.

    `recipients` are those of its envelope, where they are known; otherwise its headers name them. A message that came
    before changes nothing. One that cannot be dealt with is set aside (unless `aside` is false) and logged by number,
    not by content. Raises NotNow when the database cannot be reached.
    """
    try:
        return _take(raw, recipients)
    except (OperationalError, InterfaceError) as error:
        raise NotNow(type(error).__name__) from error
    except Exception as error:
        if aside:
            set_aside(raw, recipients, f"{type(error).__name__}: {error}" if not _is_private(error) else _name(error))
        return Outcome.SET_ASIDE


def set_aside(raw: bytes, recipients: Iterable[str], why: str) -> None:
    """Keep a message for the operator, at most 1 MB of it; the same one is kept once."""
    digest = hashlib.sha256(raw).hexdigest()
    row = {"digest": digest, "why": why[:200], "raw": raw[: LARGEST + 1], "recipients": list(recipients)[:20],
           "came_at": clock.now()}  # fmt: skip
    try:
        with unit_of_work():
            kept = _insert(MailSetAside, row)
    except (OperationalError, InterfaceError) as error:
        raise NotNow(type(error).__name__) from error
    if kept:
        log.warning("a message of %d bytes was set aside: %s", len(raw), why[:60])


def try_again() -> tuple[int, int]:
    """Take what was set aside once more; returns how many went through and how many are still aside."""
    through = left = 0
    for number in db.session.scalars(sa.select(MailSetAside.id).order_by(MailSetAside.id)).all():
        row = db.session.get(MailSetAside, number)
        if row is None:
            continue
        if take(row.raw, list(row.recipients), aside=False) is Outcome.SET_ASIDE:
            left += 1
            continue
        with unit_of_work():
            db.session.execute(sa.delete(MailSetAside).where(MailSetAside.id == number))
        through += 1
    return through, left


def forget_old_mail() -> None:
    """Throw away what was set aside 14 days ago, and forget messages that were taken 90 days ago."""
    at = clock.now()
    db.session.execute(sa.delete(MailSetAside).where(MailSetAside.came_at < at - SET_ASIDE_FOR))
    db.session.execute(sa.delete(MailTaken).where(MailTaken.taken_at < at - REMEMBERED_FOR))


def _take(raw: bytes, recipients: Sequence[str]) -> Outcome:
    message = read(raw)
    if message.is_bounce:
        return Outcome.TAKEN if take_bounce(_as_email(raw), recipients) else Outcome.PASSED_OVER
    tags = dict.fromkeys(tag for address in (*recipients, *message.addresses) if (tag := tag_in(address)))
    done = [_take_for(tag, message) for tag in list(tags)[:MOST_TAGS]]
    best = (Outcome.TAKEN, Outcome.AGAIN)
    return next((outcome for outcome in best if outcome in done), Outcome.PASSED_OVER)


def _take_for(tag: str, message: Incoming) -> Outcome:
    """One answer, in one unit of work; when the rules refuse it, a second one has that said by mail."""
    if message.answered_by_machine or (message.by_machine and message.calendar is None):
        return Outcome.PASSED_OVER
    digest = hashlib.sha256(f"{message.identity} {tag}".encode()).hexdigest()
    reply = ReplyCame(tag, digest, message.text, message.calendar)
    try:
        return _once(digest, reply)
    except Refusal as refusal:
        return _once(digest, ReplyRefused(reply, refusal))


def _once(digest: str, fact: ReplyCame | ReplyRefused) -> Outcome:
    with unit_of_work():
        if not _insert(MailTaken, {"digest": digest, "taken_at": clock.now()}):
            return Outcome.AGAIN
        announce(fact)
    return Outcome.TAKEN


def _insert(model: type[MailTaken] | type[MailSetAside], row: dict[str, Any]) -> bool:
    """Put a row in; False when it is there already."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    insert: Any = dialect.insert(model.__table__).values(row)
    inserted = insert.on_conflict_do_nothing(index_elements=["digest"]).returning(model.digest)
    return db.session.execute(inserted).first() is not None


def _as_email(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, _class=EmailMessage, policy=SMTP)


def _is_private(error: Exception) -> bool:
    """Whether the words of an error may hold somebody's own."""
    return type(error).__module__.partition(".")[0] != "meetups"


def _name(error: Exception) -> str:
    return type(error).__name__
