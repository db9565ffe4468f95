"""Workers in processes of their own, some of which are killed: every letter arrives, and arrives once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

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


def test_killed_workers_lose_no_letter(app: Flask, settings: Settings, tmp_path: Path) -> None:
    addresses = post(120)
    kills = 3
    with running(Sink(seconds=0.01)) as sink:
        for kill in range(kills):
            with workers(1, settings, sink) as (process,):
                wait_until(lambda enough=20 * (kill + 1): len(sink.taken) >= enough)  # type: ignore[misc]
                process.kill()
                assert process.wait(timeout=10) == -signal.SIGKILL
            left = len(addresses) - count(State.SENT)
            assert left > 0
            with unit_of_work():  # five minutes go by: nobody holds what the dead worker held
                held = sa.update(OutboxLetter).where(OutboxLetter.lease_until.is_not(None)).values(lease_until=LONG_AGO)
                assert db.session.execute(held.returning(OutboxLetter.id)).all() != []
        with workers(1, settings, sink):
            wait_until(lambda: count(State.SENT) == len(addresses))
    arrived = Counter(sink.addresses())
    assert sorted(arrived) == sorted(addresses)
    # SMTP knows no transactions: only the letter in hand when a worker dies can come twice, as the same message.
    assert arrived.total() <= len(addresses) + kills
    assert len({sink.message(number)["Message-ID"] for number in range(len(sink.taken))}) == len(addresses)
