"""A real Nominatim, built from two_towns.osm in a temporary folder; `make test-geocoder` installs it and says where.

Without GEOCODER_VENV nothing here is collected: the ordinary suite asks recorded answers instead.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.databases import Cluster, cluster

HERE = Path(__file__).parent
PROGRAMS = os.environ.get("GEOCODER_VENV", "")
collect_ignore = [] if PROGRAMS else ["test_real_nominatim.py"]


@pytest.fixture(scope="session")
def nominatim() -> Iterator[str]:
    """Host and port of a server that knows two towns; about half a minute to build."""
    with cluster() as database, _project(database) as folder:
        _import(folder)
        with _serving(folder) as domain:
            yield domain


@contextmanager
def _project(database: Cluster) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="meetups-nominatim-"))
    database.tell("create role readers login")
    (folder / ".env").write_text(
        f'NOMINATIM_DATABASE_DSN="pgsql:host={database.folder};user=tester;dbname=nominatim"\n'
        "NOMINATIM_DATABASE_WEBUSER=readers\nNOMINATIM_IMPORT_STYLE=full\n"
    )
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _import(folder: Path) -> None:
    done = subprocess.run(
        [f"{PROGRAMS}/bin/nominatim", "import", "--project-dir", folder, "--osm-file", HERE / "two_towns.osm",
         "--threads", "2", "--osm2pgsql-cache", "50", "--no-updates"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-6000:]


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    """Started in the project's folder, because the server finds its settings nowhere else."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = "nominatim_api.server.falcon.server:run_wsgi"
    with open(folder / "log", "wb") as log:
        server = subprocess.Popen(
            [f"{PROGRAMS}/bin/uvicorn", "--host", "127.0.0.1", "--port", str(port), "--factory", app],
            cwd=folder, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        _wait_for(f"http://127.0.0.1:{port}/search?q=Tacoma&format=json", folder)
        yield f"127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(address: str, folder: Path, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            urlopen(address, timeout=5).close()
            return
        except (URLError, OSError):
            assert time.monotonic() < until, (folder / "log").read_text()[-3000:]
            time.sleep(0.2)


@pytest.fixture
def settings(settings, nominatim):
    return replace(settings, geocoder="nominatim", geocoder_domain=nominatim, geocoder_scheme="http",
                   operator_contact="ops@storytime.example")  # fmt: skip
