"""Both ways in, beside whatever else the process does: a server that is handed mail, a mailbox that is emptied."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from aiosmtpd.controller import Controller
from flask import Flask

from meetups.foundation.mail.intake.lmtp import counter_for
from meetups.foundation.mail.intake.mailbox import Mailbox, NoMailbox, empty, mailbox_at
from meetups.foundation.mail.intake.taking import NotNow

LOOK_EVERY = 30.0
log = logging.getLogger("meetups.mail")


@contextmanager
def taking_mail(app: Flask) -> Iterator[None]:
    """While inside, mail is taken as MAIL_INTAKE and IMAP_URL say; nothing happens where neither is set.

    What cannot be opened is logged, and the mailbox is tried again: letters go out all the same.
    """
    stop = Event()
    counter = _opened(counter_for(app))
    mailbox = mailbox_at(app.config["MEETUPS"].imap_url)
    watcher = Thread(target=_watch, args=(app, mailbox, stop), daemon=True) if mailbox is not None else None
    if watcher is not None:
        watcher.start()
    try:
        yield
    finally:
        stop.set()
        if counter is not None:
            with suppress(AssertionError):  # it had stopped by itself
                counter.stop()
        if watcher is not None:
            watcher.join(10)


def _opened(counter: Controller | None) -> Controller | None:
    if counter is None:
        return None
    try:
        counter.start()
    except (OSError, TimeoutError) as error:
        log.error("MAIL_INTAKE cannot be opened, so no mail is taken there: %s", error)
        counter.loop.close()  # it leaves that to the garbage collector
        return None
    return counter


def _watch(app: Flask, mailbox: Mailbox, stop: Event) -> None:
    trouble = ""
    while not stop.is_set():
        before, trouble = trouble, _look(app, mailbox, stop)
        if trouble != before:
            log.warning("the mailbox %s", f"cannot be emptied: {trouble}" if trouble else "can be emptied again")
        stop.wait(LOOK_EVERY)


def _look(app: Flask, mailbox: Mailbox, stop: Event) -> str:
    try:
        with app.app_context():
            empty(mailbox, stop.is_set)
    except (NoMailbox, NotNow) as error:
        return str(error)
    except Exception as error:
        log.error("looking into the mailbox failed: %s", type(error).__name__)
        return type(error).__name__
    return ""
