"""The production server and the bare one as processes, and what the kernel says about them."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from meetups.settings import PROJECT

PATIENCE = 60.0
WITHOUT = str(PROJECT / "tests" / "bench" / "without")  # packages of the tests that others import when they find them
TOLD = ("DATABASE_URL", "INSTANCE", "PORT", "SITE_URL", "MAKELEVEL", "MAKEFLAGS", "SMTP_HOST")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(module: str, port: int, path: str = "/", **environment: str) -> Iterator[tuple[int, float]]:
    """`python -m module` in a group of its own: its number, and the seconds until `path` was answered with 200."""
    own = {name: value for name, value in os.environ.items() if name not in TOLD}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", module], cwd=PROJECT, env=own | environment | {"PORT": str(port), "PYTHONPATH": WITHOUT},
        stdout=subprocess.DEVNULL, start_new_session=True,
    )
    try:
        _wait(process, port, path)
        yield process.pid, time.perf_counter() - began
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    until = time.perf_counter() + PATIENCE
    while time.perf_counter() < until and process.poll() is None:
        try:
            if get(port, path)[0] == 200:
                return
        except OSError:
            time.sleep(0.01)
    raise RuntimeError(f"{process.args} did not answer {path}")


def get(port: int, path: str, **headers: str) -> tuple[int, bytes, int]:
    """Status, body, and the bytes the answer took on the wire (the head as http.client gives it back)."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        body = answer.read()
        head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders()) + 19
        return answer.status, body, head + len(body)
    finally:
        line.close()


def memory_of(process: int, kind: str = "Rss") -> float:
    """Resident memory of a process and all it started, in MB of 10**6 bytes; "Pss" shares out what is shared."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it has ended meanwhile
    family, grown = {process}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in family} - family
        family, grown = family | more, bool(more)
    return sum(_kilobytes(pid, kind) for pid in family) * 1024 / 1e6


def _kilobytes(process: int, kind: str) -> int:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{kind}:"))
