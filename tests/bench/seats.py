"""Figures of answering: how many answers a second the production server takes, and what they cost everybody else.

Sixteen members in four processes answer one meetup of eight seats, by the form of its page, over kept connections: the
whole way from the press to the committed row and its letter. All the while somebody counts the seats in the database
(`oversold`: the most seats beyond capacity ever seen) and, on SQLite, a visitor reads the meetup's page.

A notice to 5,000 is queued by the worker's own chore, with and without a REPLY_ADDRESS (then every letter has an
invitation of its own); `notices_page_ms` is the slowest of the host's presses that cause it.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from flask import Flask, session
from flask_wtf.csrf import generate_csrf

from meetups.attendance import actions, queries
from meetups.attendance.models import Answer, Rsvp
from meetups.foundation import clock
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.mail.outbox import OutboxLetter
from meetups.people.models import Person
from meetups.people.signing_in import let_in
from meetups.planning import actions as planning
from meetups.planning.models import Meetup
from meetups.settings import PROJECT, Settings
from tests.bench.answers import Browser
from tests.bench.servers import free_port, get, running
from tests.browsing import PageForm, parsed
from tests.conftest import SECRET, make_schema, started
from tests.databases import cluster
from tests.makers import make_meetup, make_person, make_rsvp

CLIENTS, PROCESSES, SEATS = 16, 4, 8
WARM_UP, SECONDS = 1.0, 5.0
PEOPLE, MOVES = 5000, 8


@dataclass
class Watch:
    """What was seen while others answered."""

    beyond: int = 0
    samples: int = 0


def figures() -> dict[str, float]:
    """Every figure of this file by name."""
    with TemporaryDirectory(prefix="meetups-bench-") as name, ExitStack() as stack:
        folder, found, watch = Path(name), {}, Watch()
        urls = {"sqlite": f"sqlite:///{folder / 'answers.sqlite'}",
                "postgresql": stack.enter_context(cluster()).make("answers")}  # fmt: skip
        for kind, url in urls.items():
            settings = _settings(folder / kind, url)
            with _world(settings) as (app, meetup), _serving(settings) as port:
                visits = [_visit(app, make_person(f"Person {n}")) for n in range(CLIENTS)]
                path = f"/meetups/{meetup.code}"
                rest = _p99([_seconds(port, path) for _ in range(300)])
                _answer(port, meetup.code, visits, WARM_UP)
                with _counting(settings, meetup.id, watch), _reading(port, path) as times:
                    taken = _answer(port, meetup.code, visits, SECONDS)
                found[f"answers_per_s_{kind}"] = round(taken / SECONDS, 1)
                if kind == "sqlite":
                    found |= {"meetup_page_p99_ms_at_rest": rest, "meetup_page_p99_ms_under_answers": _p99(times)}
        if watch.samples < 100:
            raise RuntimeError("nobody looked")
        found["oversold"] = watch.beyond
        return found | _notices(folder)


def _settings(folder: Path, url: str, reply_address: str = "") -> Settings:
    make_schema(url, folder)
    return Settings(
        instance=folder, database_url=url, secret_key=SECRET, site_url="http://localhost", reply_address=reply_address
    ).completed()


@contextmanager
def _world(settings: Settings) -> Iterator[tuple[Flask, Meetup]]:
    with started(settings) as app, app.app_context():
        yield app, make_meetup(capacity=SEATS, guests_allowed=3)


@contextmanager
def _serving(settings: Settings) -> Iterator[int]:
    own = {"INSTANCE": str(settings.instance), "DATABASE_URL": settings.database_url, "SECRET_KEY": SECRET,
           "SITE_URL": settings.site_url, "REPLY_ADDRESS": settings.reply_address}  # fmt: skip
    port = free_port()
    with running("meetups", port, **{name: value for name, value in own.items() if value}):
        yield port


def _visit(app: Flask, person: Person) -> tuple[str, str]:
    """The cookie of a browser in which this person is signed in, and a CSRF token that goes with it."""
    with app.app_context(), app.test_request_context(base_url="http://localhost"):
        let_in(db.session.merge(person))
        token = generate_csrf()
        response = app.response_class()
        app.session_interface.save_session(app, session, response)  # type: ignore[arg-type]
    return response.headers["Set-Cookie"].split(";")[0], token


def _answer(port: int, code: str, visits: list[tuple[str, str]], seconds: float) -> int:
    """Answers taken from all clients, which share out over several processes."""
    words = [sys.executable, "-m", "tests.bench.answers", str(port), code, str(seconds)]
    clients: list[Any] = [
        subprocess.Popen(words, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(PROCESSES)
    ]
    for number, client in enumerate(clients):
        client.stdin.write("\n".join(" ".join(each) for each in visits[number::PROCESSES]))
        client.stdin.close()
    taken = [client.stdout.read() for client in clients]
    if sum(client.wait() for client in clients):
        raise RuntimeError("a client of the meetup gave up")
    return sum(map(int, taken))


@contextmanager
def _counting(settings: Settings, number: int, watch: Watch) -> Iterator[None]:
    """Somebody with a connection of their own counts the seats, again and again."""
    engine, stop = sa.create_engine(settings.database_url), threading.Event()
    seats = sa.select(sa.func.coalesce(sa.func.sum(Rsvp.guests + 1), 0)).where(
        Rsvp.meetup_id == number, Rsvp.answer == Answer.GOING, Rsvp.confirmed_at.is_not(None)
    )

    def count() -> None:
        while not stop.wait(0.01):
            with engine.connect() as connection:
                watch.beyond = max(watch.beyond, int(connection.scalar(seats) or 0) - SEATS)
                watch.samples += 1

    with _thread(count, stop):
        yield
    engine.dispose()


@contextmanager
def _reading(port: int, path: str) -> Iterator[list[float]]:
    """A visitor reads the page ten times a second; the seconds each reading took."""
    times: list[float] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.wait(0.02):
            times.append(_seconds(port, path))

    with _thread(read, stop):
        yield times


@contextmanager
def _thread(work: Any, stop: threading.Event) -> Iterator[None]:
    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _seconds(port: int, path: str) -> float:
    began = time.perf_counter()
    status, _, _ = get(port, path)
    if status != 200:
        raise RuntimeError(f"{path} answers {status}")
    return time.perf_counter() - began


def _p99(times: list[float]) -> float:
    return round(statistics.quantiles(times, n=100)[98] * 1000, 1)


def _notices(folder: Path) -> dict[str, float]:
    found = {}
    for kind, replies in (("", ""), ("_with_replies", "reply@meetups.example")):
        settings = _settings(folder / f"notices{kind}", f"sqlite:///{folder / f'notices{kind}.sqlite'}", replies)
        with started(settings) as app, app.app_context():
            host = make_person("Theo")
            crowd = make_meetup(host=host, spot="A")
            _fill(crowd)
            if not kind:
                found["notices_page_ms"] = _slowest_press(app, settings, host, crowd)
            found[f"notices_5000_queue{kind}_s"] = queue_seconds(crowd)
    return found


def _fill(meetup: Meetup) -> None:
    """5,000 visitors who are going, by one statement."""
    one = make_rsvp(meetup, "Pattern")
    row = {column.name: getattr(one, column.name) for column in Rsvp.__table__.columns if column.name != "id"}
    with unit_of_work():
        own = [{**row, "name": f"Ana {n}", "address": f"ana{n}@example.org"} for n in range(PEOPLE - 1)]
        db.session.execute(sa.insert(Rsvp), own)


def queue_seconds(meetup: Meetup) -> float:
    """Until the worker's chore has every letter of one change rendered, written and committed."""
    with unit_of_work():
        planning.move_place(meetup, planning.NewPlace(spot=f"Room {time.time_ns()}"))
    seen = db.session.scalar(sa.select(sa.func.count(OutboxLetter.id))) or 0
    with clock.frozen(clock.now() + timedelta(minutes=11)):
        began = time.perf_counter()
        with unit_of_work():
            actions.send_notices()
        took = time.perf_counter() - began
    told = queries.last_notice(meetup)
    queued = (db.session.scalar(sa.select(sa.func.count(OutboxLetter.id))) or 0) - seen
    if told is None or (told.told, queued) != (PEOPLE, PEOPLE):
        raise RuntimeError(f"{queued} letters were queued; {PEOPLE} are wanted")
    db.session.rollback()
    return round(took, 3)


def _slowest_press(app: Flask, settings: Settings, host: Person, meetup: Meetup) -> float:
    """Milliseconds until the host's press is answered: the notice stands then, its letters wait for the worker."""
    times = []
    visit, path = _visit(app, host), f"/meetups/{meetup.code}/move"
    with _serving(settings) as port:
        browser = Browser(port, *visit)
        for number in range(MOVES):
            tree = parsed(browser.get(path))
            forms = [PageForm(each, tree, path) for each in tree.iter("form")]
            form = next(each for each in forms if "spot" in each.names)
            typed = dict(form.defaults()) | {"spot": f"Room {number}", "tell": "all", "csrf_token": browser.token}
            began = time.perf_counter()
            status = browser.post(form.action, typed)
            times.append(time.perf_counter() - began)
            if status != 303:
                raise RuntimeError(f"the move was answered with {status}")
    return round(max(times) * 1000, 1)


if __name__ == "__main__":
    for name, figure in figures().items():
        print(f"{name} {figure:g}")
