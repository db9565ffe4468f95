"""Real databases for tests: an SQLite file copied from a template, a PostgreSQL cluster in a temporary folder."""

from __future__ import annotations

import ctypes
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

PR_SET_PDEATHSIG = 1
WHERE_SERVERS_LIVE = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")


class NoPostgreSQL(Exception):
    """The server programs are not installed. An error on purpose: a skipped test proves nothing."""


def server_program(name: str) -> str:
    """Path of `initdb` or `postgres`: beside each other in the newest server folder, or on the PATH."""
    for pattern in WHERE_SERVERS_LIVE:
        found = sorted(Path("/").glob(f"{pattern[1:]}/{name}"), key=lambda path: _number(path.parent.parent.name))
        if found:
            return str(found[-1])
    on_path = shutil.which(name)
    if on_path is None:
        raise NoPostgreSQL(f"{name} is not installed: install the package postgresql (apt-get install postgresql)")
    return on_path


def _number(folder: str) -> int:
    return int("".join(filter(str.isdigit, folder)) or 0)


def _unprivileged() -> dict[str, Any]:
    """Arguments for subprocess: PostgreSQL refuses to run as root, so another account takes its place."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise NoPostgreSQL("PostgreSQL does not run as root, and there is no account postgres or nobody")


def _die_with_the_tests() -> None:
    """In the child, on Linux: stop when the test process is gone, however it went."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
    except AttributeError:
        return


class Cluster:
    """A running PostgreSQL. `fresh()` gives a database like the template in a hundredth of a second."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = itertools.count()
        self._free: defaultdict[str, list[str]] = defaultdict(list)
        self._shapes: dict[str, list[Any]] = {}

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://tester@/{name}?host={self.folder}"

    def tell(self, *sentences: str) -> None:
        """Run statements outside any test database."""
        with psycopg.connect(f"user=tester dbname=postgres host={self.folder}", autocommit=True) as connection:
            for sentence in sentences:
                connection.execute(sentence.encode())

    def make(self, name: str, template: str = "template0") -> str:
        self.tell(f'create database "{name}" template "{template}"')
        return self.url(name)

    @contextmanager
    def fresh(self, template: str) -> Iterator[str]:
        """The URL of a database like the template, whose tables are empty. Afterwards it is emptied for the next."""
        free = self._free[template]
        name = free.pop() if free else f"test_{next(self._numbers)}"
        if name not in self._shapes:
            self.make(name, template)
            self._shapes[name] = self._shape(name)
        yield self.url(name)
        if self._shape(name) == self._shapes[name]:
            self._empty(name)
            free.append(name)
        else:
            self.tell(f'drop database "{name}" with (force)')

    def _shape(self, name: str) -> list[Any]:
        """Differs when a test has changed tables, as those of migrations do."""
        with self._inside(name) as connection:
            return [connection.execute(f"select array_agg(oid order by oid) from {catalog}".encode()).fetchone()
                    for catalog in ("pg_class", "pg_constraint")]

    def _empty(self, name: str) -> None:
        with self._inside(name) as connection:
            connection.execute("select pg_terminate_backend(pid) from pg_stat_activity "
                               "where datname = current_database() and pid <> pg_backend_pid()")
            connection.execute("set session_replication_role = replica")  # no foreign key is looked at
            tables = connection.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
            held = " union all ".join(f"select '{table}' where exists (select from {table})" for (table,) in tables)
            for (table,) in connection.execute(held.encode()).fetchall():
                if table != "alembic_version":
                    connection.execute(f"delete from {table}".encode())
            connection.execute("select setval(format('%I', sequencename)::regclass, 1, false) from pg_sequences "
                               "where last_value is not null")

    def _inside(self, name: str) -> psycopg.Connection[Any]:
        return psycopg.connect(f"user=tester dbname={name} host={self.folder}", autocommit=True)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server on a socket in a temporary folder; stopped and removed however the tests end."""
    initdb, postgres, account = server_program("initdb"), server_program("postgres"), _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="meetups-pg-"))  # short: a socket's path may have 107 bytes at most
    data = folder / "data"
    if account:
        os.chown(folder, account["user"], account["group"])
    quick = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=80"]
    options = [part for each in (*quick, f"unix_socket_directories={folder}") for part in ("-c", each)]
    try:
        subprocess.run(
            [initdb, "-D", data, "-A", "trust", "-U", "tester", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"],
            check=True, capture_output=True, cwd=folder, **account,
        )
        with open(folder / "log", "wb") as log:
            server = subprocess.Popen(
                [postgres, "-D", data, *options], stdout=log, stderr=log, cwd=folder,
                preexec_fn=_die_with_the_tests, **account,
            )
        try:
            running = Cluster(folder)
            _wait_for(running, server)
            yield running
        finally:
            server.send_signal(signal.SIGINT)  # "fast" shutdown: open sessions are ended
            server.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(running: Cluster, server: subprocess.Popen[bytes], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            return running.tell("select 1")
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise NoPostgreSQL((running.folder / "log").read_text()) from None
            time.sleep(0.05)


def sqlite_template(path: Path, make_schema: Callable[[str], None]) -> Path:
    """An SQLite file with an empty schema in it, to be copied."""
    make_schema(f"sqlite:///{path}")
    return path
