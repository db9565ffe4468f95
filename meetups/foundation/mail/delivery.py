"""Carries letters from the outbox to the mail server; the loop that `flask work` runs."""

from __future__ import annotations

import logging
import smtplib
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass
from email.errors import MessageError
from functools import partial
from pathlib import Path
from threading import Event

from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from meetups.foundation.database import unit_of_work
from meetups.foundation.mail import claims, health, outbox
from meetups.foundation.mail.bounces import came_back
from meetups.foundation.mail.digests import send_digests
from meetups.foundation.mail.envelope import hand_over, message_for, return_path, sender_of
from meetups.foundation.mail.logbook import Logbook, dead_logbooks
from meetups.foundation.mail.rows import OutboxLetter
from meetups.foundation.mail.transport import TIMEOUT, Kept, NoConnection, Smtp, Transport, kind_of, transport_for

BATCH = 50
LEASE = 300
# A batch ends early enough that even a letter on which every step times out is done before its lease is.
LONGEST_BATCH = LEASE - 8 * TIMEOUT
POLL = 1.0
POLL_IDLE = 2.0
POLL_TROUBLE = 30.0
CHORES_EVERY = 60.0
log = logging.getLogger("meetups.mail")


@dataclass
class Report:
    """What became of a batch. `trouble` says why the rest of it is still waiting; it names no address."""

    sent: int = 0
    kept: int = 0
    later: int = 0
    dead: int = 0
    released: int = 0
    trouble: str = ""

    @property
    def moved(self) -> int:
        return self.sent + self.kept + self.later + self.dead


def deliver_due(
    transport: Transport,
    limit: int = BATCH,
    *,
    lease_seconds: int = LEASE,
    stopping: Callable[[], bool] = bool,
    logbook: Logbook | None = None,
) -> Report:
    """Claim up to `limit` letters that are due and send them over one connection, each settled as soon as it is.

    Claim and settlements are units of work of their own: no transaction is open while the mail server is slow.
    A letter refused for good is dead, one refused for now waits longer, and neither stops the others; when the
    connection breaks, the letter it broke on waits longer and the rest are free at once. `logbook` is the worker's;
    without one the call keeps one for itself.
    """
    folder = logbook_folder()
    with closing(Logbook(folder)) if logbook is None else nullcontext(logbook) as book:
        _settle_the_dead(folder, book)
        if not claims.anything_due():
            return Report()
        with unit_of_work():
            letters = claims.claim(limit, lease_seconds, book.name)
            if isinstance(transport, Kept):
                claims.keep(letters)
        if isinstance(transport, Kept):
            return Report(kept=len(letters))
        report = _carried(transport, deque(letters), stopping, book)
        book.clear()
        return report


def logbook_folder() -> Path:
    """Where the workers of this machine keep their logbooks. Needs an application context."""
    return Path(current_app.config["MEETUPS"].instance) / "letters-in-hand"


def _settle_the_dead(folder: Path, book: Logbook) -> None:
    """What workers had in hand when they were killed, and what our own database trouble left unsettled."""
    with dead_logbooks(folder) as dead:
        for name, handed in [*dead, (book.name, book.unsettled())] if book.unsettled() else dead:
            _write_down(partial(claims.settle_orphans, name, handed))
            log.info("settled what a worker left: %d handed over", len(handed))
    book.clear()


def _carried(transport: Smtp, rest: deque[OutboxLetter], stopping: Callable[[], bool], book: Logbook) -> Report:
    report = Report()
    try:
        if rest:
            _check_sender()
            with transport.connected() as server:
                _send_all(server, rest, report, stopping, book)
    except NoConnection as trouble:
        report.trouble = str(trouble)
    finally:
        report.released = len(rest)
        if rest:
            _write_down(lambda: claims.release(rest))
    return report


def _check_sender() -> None:
    # Without this, one wrong setting would have every letter given up as impossible to write.
    try:
        sender_of(current_app.config["MEETUPS"])
    except ValueError as error:
        raise NoConnection(str(error)) from error


def _send_all(
    server: smtplib.SMTP, rest: deque[OutboxLetter], report: Report, stopping: Callable[[], bool], book: Logbook
) -> None:
    until = time.monotonic() + LONGEST_BATCH
    while rest and time.monotonic() < until and not stopping():
        letter = rest.popleft()
        if claims.still_ours(letter):  # it may have been withdrawn since it was claimed
            _send(server, letter, report, book)


def _send(server: smtplib.SMTP, letter: OutboxLetter, report: Report, book: Logbook) -> None:
    """Send one letter and settle it; raises NoConnection, after settling, when the connection is of no more use."""
    settings = current_app.config["MEETUPS"]
    try:
        message = message_for(letter, settings)
        hand_over(server, message, return_path(letter, settings), lambda: book.handed_over(letter.id))
    except (OSError, smtplib.SMTPException, ValueError, LookupError, MessageError) as error:
        book.refused(letter.id)
        _not_taken(letter, report, error)
    else:
        _write_down(lambda: claims.settle_sent(letter))
        report.sent += 1


def _not_taken(letter: OutboxLetter, report: Report, error: Exception) -> None:
    if isinstance(error, smtplib.SMTPResponseException):
        _refused(letter, report, error.smtp_code, at_sender=isinstance(error, smtplib.SMTPSenderRefused))
    elif isinstance(error, smtplib.SMTPRecipientsRefused):
        _refused(letter, report, next(iter(error.recipients.values()))[0])
    elif isinstance(error, smtplib.SMTPNotSupportedError):
        _give_up(letter, report, "the mail server cannot write to such an address")
    elif isinstance(error, OSError | smtplib.SMTPException):
        _put_off(letter, report, kind_of(error))
        raise NoConnection(kind_of(error)) from error
    else:
        _give_up(letter, report, f"no message can be made of it: {type(error).__name__}")


def _refused(letter: OutboxLetter, report: Report, code: int, *, at_sender: bool = False) -> None:
    # A sender that is refused is the operator's mistake to mend, so those letters wait instead of dying at once.
    if 500 <= code < 600 and not at_sender:
        _give_up(letter, report, f"refused for good: {code}", unreachable=True)
        return
    _put_off(letter, report, f"our own address was refused: {code}" if at_sender else f"refused for now: {code}")
    if code == 421:
        raise NoConnection("the mail server closed the connection: 421")


def _give_up(letter: OutboxLetter, report: Report, error: str, *, unreachable: bool = False) -> None:
    def settle() -> None:
        claims.settle_dead(letter, error)
        if unreachable:
            came_back(letter)

    _write_down(settle)
    report.dead += 1
    log.warning("letter %d given up: %s", letter.id, error)


def _put_off(letter: OutboxLetter, report: Report, error: str) -> None:
    last: list[bool] = []
    _write_down(lambda: last.append(claims.settle_later(letter, error)))
    if last[-1]:
        report.dead += 1
    else:
        report.later += 1
    log.info("letter %d, attempt %d: %s", letter.id, letter.attempts, error)


def _write_down(settle: Callable[[], object]) -> None:
    """Settle in a unit of work; a database that hiccups is asked again, because the mail server cannot be unasked."""
    for pause in (0.1, 0.5, 2.0, 5.0, None):
        try:
            with unit_of_work():
                settle()
            return
        except SQLAlchemyError:
            if pause is None:
                raise
            time.sleep(pause)


def work_once(app: Flask, stopping: Callable[[], bool] = bool, logbook: Logbook | None = None) -> Report:
    """One look into the outbox of an app, with the transport of its settings."""
    with app.app_context():
        return deliver_due(transport_for(app.config["MEETUPS"]), stopping=stopping, logbook=logbook)


def work_forever(app: Flask, stop: Event, chores: Sequence[Callable[[], None]] = ()) -> None:
    """Deliver letters until `stop` is set: looks every second, every two when there is nothing to do.

    Once a minute the worker says that it lives, the outbox is purged, weekly letters are posted, and each chore runs
    in a unit of work of its own. Survives a database or a mail server that is away; says so once when that begins and
    once when it ends.
    """
    chores_due, pause, trouble = 0.0, POLL, ""
    with app.app_context():
        book = Logbook(logbook_folder())
    with closing(book):
        while not stop.is_set():
            if time.monotonic() >= chores_due:
                _do_chores(app, (partial(health.beat, book.name, trouble), outbox.purge, send_digests, *chores))
                chores_due = time.monotonic() + CHORES_EVERY
            report = _looked(app, stop, book)
            if report.trouble != trouble:
                trouble = report.trouble
                _do_chores(app, (partial(health.beat, book.name, trouble),))
                log.warning("letters %s", f"are waiting: {trouble}" if trouble else "go out again")
            pause = _next_pause(report, pause)
            stop.wait(pause)
        _do_chores(app, (partial(health.gone, book.name),))


def _looked(app: Flask, stop: Event, book: Logbook) -> Report:
    try:
        return work_once(app, stop.is_set, book)
    except SQLAlchemyError as error:
        return Report(trouble=f"the database: {type(error).__name__}")
    except Exception as error:
        log.error("the mail worker stumbled: %s", type(error).__name__, exc_info=app.config["TESTING"])
        return Report(trouble=type(error).__name__)


def _next_pause(report: Report, pause: float) -> float:
    if report.trouble:
        return min(max(pause, POLL) * 2, POLL_TROUBLE)
    if report.moved >= BATCH:
        return 0.0
    return POLL if report.moved else min(max(pause, POLL) * 1.25, POLL_IDLE)


def _do_chores(app: Flask, chores: Sequence[Callable[[], None]]) -> None:
    for chore in chores:
        try:
            with app.app_context(), unit_of_work():
                chore()
        except Exception as error:
            log.error("a chore failed: %s: %s", getattr(chore, "__name__", "chore"), type(error).__name__)


def deliver_all(app: Flask) -> Report:
    """Deliver what is due now, batch after batch, then return; stops at the first trouble."""
    total = Report()
    while True:
        report = work_once(app)
        for name in ("sent", "kept", "later", "dead", "released"):
            setattr(total, name, getattr(total, name) + getattr(report, name))
        if report.trouble or not report.moved:
            total.trouble = report.trouble
            return total
