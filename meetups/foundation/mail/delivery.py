"""Carries letters from the outbox to the mail server; the loop that `flask work` runs."""

from __future__ import annotations

import logging
import smtplib
import ssl
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.errors import MessageError
from threading import Event

from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from meetups.foundation.database import unit_of_work
from meetups.foundation.mail import outbox
from meetups.foundation.mail.envelope import hand_over, host_of, message_for, sender_of
from meetups.foundation.mail.outbox import OutboxLetter
from meetups.settings import Settings

TIMEOUT = 20.0
BATCH = 50
LEASE = 300
# A batch ends early enough that even a letter on which every step times out is done before its lease is.
LONGEST_BATCH = LEASE - 8 * TIMEOUT
POLL = 1.0
POLL_IDLE = 2.0
POLL_TROUBLE = 30.0
CHORES_EVERY = 60.0
log = logging.getLogger("meetups.mail")


class NoConnection(Exception):
    """The mail server cannot be reached, or does not let us in. No letter is to blame."""


@dataclass(frozen=True)
class Smtp:
    """A mail server. `security` is starttls, tls or none; `local_name` is what we call ourselves to it."""

    host: str
    port: int
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    local_name: str = "localhost"

    @contextmanager
    def connected(self) -> Iterator[smtplib.SMTP]:
        """One connection, secured and signed in; raises NoConnection."""
        try:
            server = self._open()
        except (OSError, smtplib.SMTPException) as error:
            raise NoConnection(_kind(error)) from error
        try:
            yield server
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _open(self) -> smtplib.SMTP:
        safely = ssl.create_default_context()
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, self.local_name, timeout=TIMEOUT, context=safely
            )
        else:
            server = smtplib.SMTP(self.host, self.port, self.local_name, timeout=TIMEOUT)
        try:
            if self.security == "starttls":
                server.starttls(context=safely)
            server.ehlo_or_helo_if_needed()  # here, so that being refused is not held against a letter
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server


class Kept:
    """No mail server: letters stay here and can be read at /letters."""


Transport = Smtp | Kept


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


def transport_for(settings: Settings) -> Transport:
    """The mail server of the settings, or keeping where none is set."""
    if not settings.smtp_host:
        return Kept()
    return Smtp(
        settings.smtp_host, settings.smtp_port, settings.smtp_security, settings.smtp_user, settings.smtp_password,
        host_of(settings),
    )  # fmt: skip


def deliver_due(
    transport: Transport, limit: int = BATCH, *, lease_seconds: int = LEASE, stopping: Callable[[], bool] = bool
) -> Report:
    """Claim up to `limit` letters that are due and send them over one connection, each settled as soon as it is.

    Claim and settlements are units of work of their own: no transaction is open while the mail server is slow.
    A letter refused for good is dead, one refused for now waits longer, and neither stops the others; when the
    connection breaks, the letter it broke on waits longer and the rest are free at once.
    """
    if not outbox.anything_due():
        return Report()
    with unit_of_work():
        letters = outbox.claim(limit, lease_seconds)
        if isinstance(transport, Kept):
            outbox.keep(letters)
    if isinstance(transport, Kept):
        return Report(kept=len(letters))
    report = Report()
    rest = deque(letters)
    try:
        if rest:
            _check_sender()
            with transport.connected() as server:
                _send_all(server, rest, report, stopping)
    except NoConnection as trouble:
        report.trouble = str(trouble)
    finally:
        report.released = len(rest)
        if rest:
            _write_down(lambda: outbox.release(rest))
    return report


def _check_sender() -> None:
    # Without this, one wrong setting would have every letter given up as impossible to write.
    try:
        sender_of(current_app.config["MEETUPS"])
    except ValueError as error:
        raise NoConnection(str(error)) from error


def _send_all(
    server: smtplib.SMTP, rest: deque[OutboxLetter], report: Report, stopping: Callable[[], bool]
) -> None:
    until = time.monotonic() + LONGEST_BATCH
    while rest and time.monotonic() < until and not stopping():
        _send(server, rest.popleft(), report)


def _send(server: smtplib.SMTP, letter: OutboxLetter, report: Report) -> None:
    """Send one letter and settle it; raises NoConnection, after settling, when the connection is of no more use."""
    try:
        hand_over(server, message_for(letter, current_app.config["MEETUPS"]))
    except smtplib.SMTPResponseException as error:
        _refused(letter, report, error.smtp_code, at_sender=isinstance(error, smtplib.SMTPSenderRefused))
    except smtplib.SMTPRecipientsRefused as error:
        _refused(letter, report, next(iter(error.recipients.values()))[0])
    except smtplib.SMTPNotSupportedError:
        _give_up(letter, report, "the mail server cannot write to such an address")
    except (OSError, smtplib.SMTPException) as error:
        _put_off(letter, report, _kind(error))
        raise NoConnection(_kind(error)) from error
    except (ValueError, LookupError, MessageError) as error:
        _give_up(letter, report, f"no message can be made of it: {type(error).__name__}")
    else:
        _write_down(lambda: outbox.settle_sent(letter))
        report.sent += 1


def _refused(letter: OutboxLetter, report: Report, code: int, *, at_sender: bool = False) -> None:
    # A sender that is refused is the operator's mistake to mend, so those letters wait instead of dying at once.
    if 500 <= code < 600 and not at_sender:
        _give_up(letter, report, f"refused for good: {code}")
        return
    _put_off(letter, report, f"our own address was refused: {code}" if at_sender else f"refused for now: {code}")
    if code == 421:
        raise NoConnection("the mail server closed the connection: 421")


def _give_up(letter: OutboxLetter, report: Report, error: str) -> None:
    _write_down(lambda: outbox.settle_dead(letter, error))
    report.dead += 1
    log.warning("letter %d given up: %s", letter.id, error)


def _put_off(letter: OutboxLetter, report: Report, error: str) -> None:
    last: list[bool] = []
    _write_down(lambda: last.append(outbox.settle_later(letter, error)))
    if last[-1]:
        report.dead += 1
    else:
        report.later += 1
    log.info("letter %d, attempt %d: %s", letter.id, letter.attempts, error)


def _write_down(settle: Callable[[], None]) -> None:
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


def _kind(error: Exception) -> str:
    """What went wrong, without the server's own words: those may hold addresses or passwords."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"the mail server did not take SMTP_USER and SMTP_PASSWORD: {error.smtp_code}"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "the mail server offers no STARTTLS or no sign-in; see SMTP_SECURITY"
    return type(error).__name__


def work_once(app: Flask, stopping: Callable[[], bool] = bool) -> Report:
    """One look into the outbox of an app, with the transport of its settings."""
    with app.app_context():
        return deliver_due(transport_for(app.config["MEETUPS"]), stopping=stopping)


def work_forever(app: Flask, stop: Event, chores: Sequence[Callable[[], None]] = ()) -> None:
    """Deliver letters until `stop` is set: looks every second, every two when there is nothing to do.

    Once a minute the outbox is purged and each chore runs in a unit of work of its own. Survives a database or a
    mail server that is away; says so once when that begins and once when it ends.
    """
    chores_due, pause, trouble = 0.0, POLL, ""
    while not stop.is_set():
        if time.monotonic() >= chores_due:
            _do_chores(app, (outbox.purge, *chores))
            chores_due = time.monotonic() + CHORES_EVERY
        report = _looked(app, stop)
        if report.trouble != trouble:
            trouble = report.trouble
            log.warning("letters %s", f"are waiting: {trouble}" if trouble else "go out again")
        pause = _next_pause(report, pause)
        stop.wait(pause)


def _looked(app: Flask, stop: Event) -> Report:
    try:
        return work_once(app, stop.is_set)
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
