"""Fixtures: an app on a fresh real database, a careful browser, the letters posted, a stopped clock, no network.

    def test_on_sqlite(app): ...                        # `app` is inside its application context
    def test_on_each(both_databases, app): ...          # once on SQLite, once on PostgreSQL
    @pytest.mark.postgresql ...                         # on PostgreSQL only
"""

from __future__ import annotations

import ipaddress
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask, session
from flask_migrate import upgrade

from meetups.foundation import clock
from meetups.foundation.database import db
from meetups.foundation.gazetteer import open_gazetteer
from meetups.people.models import Person
from meetups.people.signing_in import let_in
from meetups.settings import Settings
from tests.apps import started
from tests.browsing import Browser
from tests.databases import Cluster, cluster, sqlite_template
from tests.mailbox import Outbox

# Where a change is judged, the same examples each time; elsewhere new ones, to find more.
hypothesis.settings.register_profile("ci", derandomize=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

NOON = datetime(2026, 12, 5, 12, 0, tzinfo=UTC)
SECRET = "0123456789abcdef" * 4


class NoNetwork(AssertionError):
    """A test tried to reach another host."""


def _stay_home(event: str, arguments: tuple[Any, ...]) -> None:
    """Sockets reach this machine only. An audit hook, because nothing can catch it by accident or import around it."""
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    else:
        return
    if host is None or host in ("", "localhost", b"localhost"):
        return
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        near = ipaddress.ip_address(text).is_loopback or text == "0.0.0.0"
    except ValueError:
        near = False
    if not near:
        raise NoNetwork(f"a test wanted to reach {text}")


sys.addaudithook(_stay_home)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent / "browser" in item.path.parents:
            item.add_marker("browser")


def make_schema(url: str, instance: Path) -> None:
    """An empty database of today's shape, made by the migrations themselves."""
    settings = Settings(testing=True, instance=instance, database_url=url, secret_key=SECRET).completed()
    with started(settings) as app, app.app_context():
        upgrade()


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    return sqlite_template(folder / "empty.sqlite", lambda url: make_schema(url, folder))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """A PostgreSQL server for the session; starting it takes about a second."""
    with cluster() as running:
        yield running


@pytest.fixture(scope="session")
def empty_postgresql(postgresql: Cluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Name of the template database that has the schema."""
    make_schema(postgresql.make("empty"), tmp_path_factory.mktemp("template"))
    return "empty"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def both_databases(request: pytest.FixtureRequest) -> str:
    """Ask for this beside `app` and the test runs once on each database."""
    return str(request.param)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of a fresh database with the schema in it."""
    kind = "postgresql" if request.node.get_closest_marker("postgresql") else "sqlite"
    if "both_databases" in request.fixturenames:
        kind = request.getfixturevalue("both_databases")
    if kind == "sqlite":
        path = tmp_path / "test.sqlite"
        shutil.copyfile(request.getfixturevalue("empty_sqlite"), path)
        yield f"sqlite:///{path}"
    else:
        with request.getfixturevalue("postgresql").fresh(request.getfixturevalue("empty_postgresql")) as url:
            yield url


@pytest.fixture
def frozen() -> Iterator[clock.Hands]:
    """The stopped clock: noon UTC of Sat 5 Dec 2026. `frozen.move_to(...)`, `frozen.pass_time(...)`."""
    with clock.frozen(NOON) as hands:
        yield hands


@pytest.fixture(scope="session")
def gazetteer_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the gazetteer unpacked, which takes half a second."""
    folder = tmp_path_factory.mktemp("gazetteer")
    open_gazetteer(folder)
    return folder


def settings_for(database_url: str, folder: Path, gazetteer_files: Path) -> Settings:
    """An app's settings, its instance folder below this one."""
    (folder / "instance").mkdir()
    for path in gazetteer_files.iterdir():
        os.link(path, folder / "instance" / path.name)
    return Settings(
        testing=True, instance=folder / "instance", database_url=database_url, secret_key=SECRET,
        site_url="http://localhost",
    ).completed()


@pytest.fixture
def settings(database_url: str, tmp_path: Path, gazetteer_files: Path) -> Settings:
    """What `app` is built with. A test file that needs others overrides this fixture with dataclasses.replace."""
    return settings_for(database_url, tmp_path, gazetteer_files)


@pytest.fixture
def app(settings: Settings, frozen: clock.Hands) -> Iterator[Flask]:
    """The whole app on a fresh database, the clock stopped, inside its application context."""
    with started(settings) as app:
        app.test_client_class = Browser
        with app.app_context():
            yield app


@pytest.fixture
def client(app: Flask) -> Browser:
    """A browser in which nobody is signed in."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def signed_in(app: Flask) -> Callable[[Person], Browser]:
    """`signed_in(person)`: a browser of that person's own."""

    def sign_in(person: Person) -> Browser:
        browser = app.test_client()
        agent = browser.environ_base["HTTP_USER_AGENT"]
        with app.app_context(), app.test_request_context(environ_base={"HTTP_USER_AGENT": agent}):
            let_in(db.session.merge(person))
            cookie = dict(session)
        with browser.session_transaction() as kept:
            kept.update(cookie)
        return browser  # type: ignore[return-value]

    return sign_in


@pytest.fixture
def outbox(app: Flask) -> Outbox:
    """The letters posted, newest last (tests/mailbox.py)."""
    return Outbox()
