"""Figures of the post: how fast letters go out, and what a hundred killed workers cost (into the outbox: seats.py)."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from meetups.foundation.database import db
from meetups.settings import PROJECT, Settings
from tests.conftest import SECRET, started
from tests.foundation.mail.killing import durable_sink, environment, kill_workers, post, waiting

LETTERS, KILLS = 2000, 100


def figures() -> dict[str, float]:
    """letters_per_s with one worker, letters_lost and letters_twice after 100 kills. SQLite."""
    with _fresh() as (settings, folder):
        lost = kill_workers(settings, folder, KILLS, random.Random(time.time_ns()))
    return {
        "letters_per_s": letters_per_s(),
        "letters_lost": lost.lost,
        "letters_twice": lost.twice,
        "letters_kills": lost.kills,
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
