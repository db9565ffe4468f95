"""Pages of the production server against a bare one; start, memory, weight, and how many hold the same ten seats."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event

from meetups.attendance.models import BringItem, Rsvp
from meetups.demo.actions import make_world
from meetups.discovery.queries import PAGE
from meetups.foundation import clock
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.whereabouts import current_gazetteer
from meetups.places.models import Place, Precision
from meetups.planning.models import Meetup, RsvpMode
from meetups.settings import PROJECT, Settings
from tests.attendance.test_race import contend
from tests.bench.browser import first_visit
from tests.bench.servers import free_port, get, memory_of, running
from tests.conftest import SECRET, make_schema, started
from tests.databases import cluster
from tests.makers import make_meetup, make_person

MEETUPS = 10_000
ROUNDS, SECONDS = 7, 2.0
STARTS = 3
AT_REST = 5.0
AREA = "Chicago, IL"


@dataclass(frozen=True)
class Subject:
    """A page of the house under measurement and the rows it loads."""

    path: str
    ids: list[int]


found: dict[str, float] = {}


def figure(name: str, value: float | int) -> None:
    found[name] = value


def explain(sentence: str) -> None:
    print(f"  {sentence}", file=sys.stderr, flush=True)


def figures() -> dict[str, float]:
    """Everything, in about four minutes."""
    found.clear()
    with tempfile.TemporaryDirectory(prefix="meetups-bench-") as folder:
        settings = Settings(instance=Path(folder) / "instance", secret_key=SECRET).completed()
        make_schema(settings.database_url, settings.instance)
        subjects = build_world(settings)
        own = {"INSTANCE": str(settings.instance), "SECRET_KEY": SECRET}
        measure_starts(own)
        with ExitStack() as servers:
            port = free_port()
            process, _ = servers.enter_context(running("meetups", port, **own))
            sizes = {name: len(get(port, subject.path)[1]) for name, subject in subjects.items()}
            measure_memory(process, port, subjects)
            measure_weight(port, subjects["meetup"])
            pages = {name: {"ids": subject.ids, "bytes": sizes[name]} for name, subject in subjects.items()}
            bare, environment = free_port(), {"BARE_DATABASE": settings.database_url, "BARE_PAGES": json.dumps(pages)}
            servers.enter_context(running("tests.bench.bare", bare, "/meetup", **environment))
            measure_ratios(port, bare, subjects)
        measure_races(Path(folder))
    return dict(found)


def build_world(settings: Settings) -> dict[str, Subject]:
    """The world, the two pages to look at, and how many queries pages take."""
    with started(settings) as app, app.app_context():
        began = time.perf_counter()
        with unit_of_work():
            made = make_world(MEETUPS, 1, current_gazetteer())
        explain(f"{made.note}")
        figure("demo_s", round(time.perf_counter() - began, 1))
        rich = _a_rich_meetup()
        area = AREA.replace(" ", "+")
        subjects = {
            "meetup": Subject(f"/meetups/{rich.code}", [rich.id]),
            "list": Subject(f"/near?area={area}&within=150", []),
        }
        queries = {name: _queries(app, subject.path) for name, subject in subjects.items()}
        queries["front"] = _queries(app, "/")
        for name, number in queries.items():
            figure(f"page_{name}_queries", number)
        shown = app.test_client().get(subjects["list"].path).text
        to_come = sa.select(Meetup.code, Meetup.id).where(Meetup.ends_at > clock.now(), Meetup.listed)
        ids = [number for code, number in db.session.execute(to_come) if f'href="/meetups/{code}"' in shown]
        if len(ids) < PAGE:
            raise RuntimeError(f"the list near {AREA} shows {len(ids)} meetups; {PAGE} are wanted")
        subjects["list"] = Subject(subjects["list"].path, ids)
        return subjects


def _a_rich_meetup() -> Meetup:
    """One to come that has everything: seats, a pin of its own, a description, a bring list, many answers."""
    answers = sa.select(sa.func.count()).where(Rsvp.meetup_id == Meetup.id).scalar_subquery()
    items = sa.select(sa.func.count()).where(BringItem.meetup_id == Meetup.id).scalar_subquery()
    query = (
        sa.select(Meetup)
        .join(Meetup.place)
        .where(Meetup.listed, Meetup.starts_at > clock.now(), Place.precision == Precision.EXACT, items >= 3)
        .where(Meetup.capacity.is_not(None), Meetup.rsvp_mode != RsvpMode.NONE, Meetup.description != "", answers >= 10)
        .order_by(Meetup.id)
        .limit(1)
    )
    return db.session.scalars(query).one()


def _queries(app, path: str) -> int:
    seen: list[str] = []

    def count(_connection, _cursor, statement, *_more) -> None:
        seen.append(statement)

    client = app.test_client()
    client.get(path)
    event.listen(db.engine, "before_cursor_execute", count)
    status = client.get(path).status_code
    event.remove(db.engine, "before_cursor_execute", count)
    if status != 200:
        raise RuntimeError(f"{path} answers {status}")
    return len([statement for statement in seen if statement.lstrip().upper().startswith(("SELECT", "WITH"))])


def measure_starts(own: dict[str, str]) -> None:
    """The first start may unpack and compile; those after it are measured."""
    times = []
    for _ in range(STARTS + 1):
        with running("meetups", free_port(), **own) as (_process, seconds):
            times.append(seconds)
    figure("start_s", round(statistics.median(times[1:]), 2))
    explain(f"first start {times[0]:.2f} s, then {' '.join(f'{each:.2f}' for each in times[1:])}")


def measure_memory(process: int, port: int, subjects: dict[str, Subject]) -> None:
    for path in ["/", "/cup", *(subject.path for subject in subjects.values())] * 3:
        get(port, path)
    time.sleep(AT_REST)
    figure("rss_mb", round(memory_of(process), 1))
    explain(f"with shared pages counted once: {memory_of(process, 'Pss'):.1f} MB")


def measure_weight(port: int, subject: Subject) -> None:
    weights = first_visit(port, subject.path)
    figure("page_meetup_kb", round(sum(weights.values()) / 1000, 1))
    for address, weight in sorted(weights.items(), key=lambda one: -one[1]):
        explain(f"{weight / 1000:6.1f} kB  {address.rpartition('/')[2][:60]}")


def measure_ratios(port: int, bare: int, subjects: dict[str, Subject]) -> None:
    """House and bare in turn, so that what else the machine does falls on both."""
    rates: dict[tuple[str, str], list[float]] = {}
    for name in subjects:
        lengths = [len(get(where, path)[1]) for where, path in ((port, subjects[name].path), (bare, f"/{name}"))]
        explain(f"{name}: {len(subjects[name].ids)} rows; {lengths[0]:,} bytes against {lengths[1]:,}")
        if abs(lengths[0] - lengths[1]) > 0.03 * lengths[0]:
            raise RuntimeError("the bare page is not as long as the house's")
    for number in range(ROUNDS + 1):
        for name, subject in subjects.items():
            for who, where, path in (("house", port, subject.path), ("bare", bare, f"/{name}")):
                rate = _load(where, path, SECONDS if number else 1.0)
                if number:  # the first round warms up
                    rates.setdefault((name, who), []).append(rate)
    for name in subjects:
        house, plain = rates[name, "house"], rates[name, "bare"]
        ratios = [ours / theirs for ours, theirs in zip(house, plain, strict=True)]
        figure(f"page_{name}_ratio", round(statistics.median(house) / statistics.median(plain), 3))
        figure(f"page_{name}_rps", round(statistics.median(house)))
        explain(f"{name}: house {_range(house, 0)} a second, bare {_range(plain, 0)}; the ratio {_range(ratios, 2)}")


def _range(values: list[float], digits: int) -> str:
    return f"{min(values):.{digits}f} to {max(values):.{digits}f}"


def _load(port: int, path: str, seconds: float) -> float:
    """From a process of its own, so that the asking does not slow down the timing."""
    words = [sys.executable, "-m", "tests.bench.load", str(port), path, str(seconds)]
    return float(subprocess.run(words, cwd=PROJECT, check=True, capture_output=True, text=True).stdout)


def measure_races(folder: Path) -> None:
    """Fifty presses on ten seats from five processes; how many were told that they are going."""
    with cluster() as postgresql:
        urls = {"sqlite": f"sqlite:///{folder / 'race.sqlite'}", "postgresql": postgresql.make("race")}
        for name, url in urls.items():
            make_schema(url, folder)
            settings = Settings(instance=folder / "race", database_url=url, secret_key=SECRET).completed()
            with started(settings) as app, app.app_context():
                people = [make_person(f"Person {n}") for n in range(50)]
                answers = contend(settings, make_meetup(capacity=10), people)
            figure(f"race_going_{name}", answers.count("going"))
            explain(f"{answers.count('waiting')} of 50 are waiting")


if __name__ == "__main__":
    for name, value in figures().items():
        print(f"{name} {value:g}", flush=True)
