"""Two workers in processes of their own: every letter arrives, and arrives once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import sqlalchemy as sa
from flask import Flask

from meetups.foundation.database import db, unit_of_work
from meetups.foundation.mail import outbox
from meetups.foundation.mail.letters import Letter, Para
from meetups.foundation.mail.outbox import OutboxLetter, State
from meetups.settings import PROJECT, Settings
from tests.foundation.mail.sink import Sink, running

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)  # the workers' clock is not stopped


def post(number: int) -> list[str]:
    addresses = [f"p{each}@example.org" for each in range(number)]
    with unit_of_work():
        outbox.post_many(
            (Letter(key=f"going:{to}", to=to, subject="Hello", lines=(Para("Come."),)) for to in addresses),
            not_before=LONG_AGO,
        )
    return addresses


@contextmanager
def workers(number: int, settings: Settings, sink: Sink) -> Iterator[list[subprocess.Popen[bytes]]]:
    environment = os.environ | {
        "DATABASE_URL": settings.database_url,
        "INSTANCE": str(settings.instance),
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(sink.port),
        "SMTP_SECURITY": "none",
    }
    command = [sys.executable, "-m", "tests.foundation.mail.worker"]
    started = [
        subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL) for _ in range(number)
    ]
    try:
        yield started
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(timeout=20)


def count(state: State) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).where(OutboxLetter.state == state)) or 0


def wait_until(true: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


def test_two_workers_deliver_every_letter_exactly_once(both_databases: str, app: Flask, settings: Settings) -> None:
    addresses = post(200)
    with running(Sink(seconds=0.002)) as sink, workers(2, settings, sink) as processes:
        wait_until(lambda: count(State.SENT) == 200)
        assert [process.poll() for process in processes] == [None, None]
    assert sorted(sink.addresses()) == sorted(addresses)
    assert sink.connections > 2
    assert [process.returncode for process in processes] == [0, 0]
