"""Workers killed with SIGKILL at random moments while they deliver to a real mail server, and what that cost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from meetups.foundation.database import db, unit_of_work
from meetups.foundation.mail import outbox
from meetups.foundation.mail.claims import UNCONFIRMED
from meetups.foundation.mail.letters import Letter, Para
from meetups.foundation.mail.rows import OutboxLetter, State
from meetups.settings import PROJECT, Settings
from tests.foundation.mail.sink import free_port

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)  # the workers' clock is not stopped
IN_STOCK = 150


@dataclass(frozen=True)
class Toll:
    """`twice` counts every message too many; `unconfirmed` are letters whose worker died before the answer came."""

    kills: int
    letters: int
    lost: int
    twice: int
    unconfirmed: int


def environment(settings: Settings, port: int) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": settings.database_url, "INSTANCE": str(settings.instance), "SECRET_KEY": settings.secret_key,
        "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "SMTP_SECURITY": "none", "SITE_URL": settings.site_url,
    }  # fmt: skip


@contextmanager
def durable_sink(path: Path, milliseconds: float = 0) -> Iterator[int]:
    """A mail server in another process, which writes the Message-IDs it took into a file; yields its port."""
    port = free_port()
    command = [sys.executable, "-m", "tests.foundation.mail.durable_sink", str(port), str(path), str(milliseconds)]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            yield port
        finally:
            process.terminate()


class Nursery:
    """Begins workers within milliseconds."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def begin(self) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("one\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@contextmanager
def nursery(settings: Settings, port: int) -> Iterator[Nursery]:
    command = [sys.executable, "-m", "tests.foundation.mail.worker", "forks"]
    with subprocess.Popen(
        command, cwd=PROJECT, env=environment(settings, port), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        yield Nursery(process)


def post(first: int, number: int) -> None:
    letters = [
        Letter(key=f"kill:{each}", to=f"p{each}@example.org", subject="Hello", lines=(Para("Come."),))
        for each in range(first, first + number)
    ]
    with unit_of_work():
        outbox.post_many(letters, not_before=LONG_AGO)


def waiting() -> int:
    db.session.rollback()
    query = sa.select(sa.func.count()).where(OutboxLetter.state == State.WAITING)
    return db.session.scalar(query) or 0


def kill_workers(settings: Settings, folder: Path, kills: int, chance: random.Random, seconds: float = 120) -> Toll:
    """Two workers at a time; in the midst of their work one of them is killed and another begun, so many times.

    Then a worker is left to finish, and what the mail server wrote down is held against what was posted. Needs an
    application context with an empty outbox.
    """
    posted, taken = 0, folder / "taken"
    with ExitStack() as stack:
        port = stack.enter_context(durable_sink(taken, milliseconds=8))
        workers = stack.enter_context(nursery(settings, port))
        alive: list[int] = []
        stack.callback(lambda: [os.kill(pid, signal.SIGKILL) for pid in alive])
        for _ in range(kills):
            if waiting() < IN_STOCK:
                post(posted, IN_STOCK)
                posted += IN_STOCK
            while len(alive) < 2:
                alive.append(workers.begin())
            _wait_for_a_letter(taken)
            time.sleep(chance.uniform(0, 0.06))
            os.kill(alive.pop(chance.randrange(2)), signal.SIGKILL)
        alive.append(workers.begin())
        until = time.monotonic() + seconds
        while waiting() and time.monotonic() < until:
            time.sleep(0.1)
    return toll(kills, posted, taken)


def _wait_for_a_letter(taken: Path) -> None:
    """Until another one has arrived: what is killed has begun to work, however slow the machine is."""
    before, until = taken.stat().st_size, time.monotonic() + 10
    while taken.stat().st_size == before and time.monotonic() < until:
        time.sleep(0.001)


def toll(kills: int, posted: int, taken: Path) -> Toll:
    arrived = Counter(taken.read_text().split())
    query = sa.select(sa.func.count()).where(OutboxLetter.last_error == UNCONFIRMED)
    return Toll(kills, posted, posted - len(arrived), arrived.total() - len(arrived), db.session.scalar(query) or 0)
