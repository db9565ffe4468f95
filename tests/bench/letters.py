"""Figures of the post: how fast letters go out and into the outbox, and what a hundred killed workers cost."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from meetups.foundation.database import db, unit_of_work
from meetups.foundation.mail import outbox
from meetups.foundation.mail.letters import Deed, Facts, Heading, Letter, Para
from meetups.settings import PROJECT, Settings
from tests.conftest import SECRET, started
from tests.foundation.mail.killing import durable_sink, environment, kill_workers, post, waiting

LETTERS, NOTICES, KILLS = 2000, 5000, 100


def figures() -> dict[str, float]:
    """letters_per_s with one worker, letters_lost and letters_twice after 100 kills, notices_5000_queue_s. SQLite."""
    with _fresh() as (settings, folder):
        lost = kill_workers(settings, folder, KILLS, random.Random(time.time_ns()))
    return {
        "letters_per_s": letters_per_s(),
        "letters_lost": lost.lost,
        "letters_twice": lost.twice,
        "letters_kills": lost.kills,
        "notices_5000_queue_s": notices_queue_s(),
    }


def letters_per_s(number: int = LETTERS) -> float:
    """Letters delivered a second by one worker process to a mail server in another."""
    with _fresh() as (settings, folder), durable_sink(folder / "taken") as port:
        post(0, number)
        command = [sys.executable, "-m", "tests.foundation.mail.worker"]
        with subprocess.Popen(command, cwd=PROJECT, env=environment(settings, port)) as worker:
            while waiting() == number:
                time.sleep(0.005)
            began, rest = time.perf_counter(), waiting()
            while waiting():
                time.sleep(0.02)
            took = time.perf_counter() - began
            worker.terminate()
    return round(rest / took, 1)


def notices_queue_s(number: int = NOTICES) -> float:
    """Seconds until as many notices of one change are in the outbox, written, rendered and committed."""
    lines = (
        Heading("Changed: Glitter cup"), Para("A new room."), Facts((("When", "Thu, Jan 21, 6:30 PM Pacific"),
        ("Where", "N239/241\nWashington State Convention Center"))),
    )  # fmt: skip
    with _fresh():
        began = time.perf_counter()
        letters = [
            Letter(
                key=f"changed:1:{each}", to=f"p{each}@example.org", subject="Now N239: Glitter cup",
                lines=(*lines, Deed("See or change my answer", f"http://localhost/rsvp/{each}-abcdefgh")),
                why="You get this because you had answered.", kind="change", topic="meetup:1",
            )
            for each in range(number)
        ]  # fmt: skip
        with unit_of_work():
            outbox.post_many(letters, occasion="changed:1:7")
        return round(time.perf_counter() - began, 3)


@contextmanager
def _fresh() -> Iterator[tuple[Settings, Path]]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(instance=folder / "instance", secret_key=SECRET, site_url="http://localhost").completed()
        with started(settings) as app, app.app_context():
            db.create_all()
            yield settings, folder


if __name__ == "__main__":
    for name, figure in figures().items():
        print(f"{name} {figure}")
