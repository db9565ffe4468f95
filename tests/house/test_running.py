"""`make run`: pages and worker start with one command, stop together, and say plainly what is wrong."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from meetups.settings import PROJECT

PATIENCE = 30.0


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(tmp_path, port, **more):
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return {**kept, "INSTANCE": str(tmp_path / "instance"), "PORT": str(port), "PYTHONUNBUFFERED": "1", **more}


def start(tmp_path, port):
    return subprocess.Popen(
        [sys.executable, "-m", "meetups"], cwd=PROJECT, env=environment(tmp_path, port), start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, restore_signals=True,
    )


def lines_until(process, words):
    said = []
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        line = process.stdout.readline()
        said.append(line)
        if words in line:
            return "".join(said)
        assert line, f"it stopped: {''.join(said)}"
    raise AssertionError("".join(said))


def family(pid):
    """The process and all that came from it, as far as they live: /proc says who began whom."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = path.read_text().rsplit(")", 1)[1].split()[:2]
        except OSError:
            continue
        if state != "Z":
            parents[int(path.parent.name)] = int(parent)
    found = {pid}
    for _generation in range(4):
        found |= {each for each, parent in parents.items() if parent in found}
    return found & set(parents)


def gone(pids, seconds=12.0):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        left = {pid for pid in pids if pid in family(pid)}
        if not left:
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def running(tmp_path):
    port = free_port()
    process = start(tmp_path, port)
    said = lines_until(process, "Stop with Ctrl-C")
    members = family(process.pid)
    yield process, port, said, members
    for pid in members:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    process.wait()
    process.stdout.close()


def test_it_serves_pages_keeps_letters_and_says_where(running, tmp_path):
    _process, port, said, members = running
    assert f"http://localhost:{port}" in said
    assert f"http://localhost:{port}/letters" in said
    assert len(members) == 3  # the first process, the worker, one that answers pages
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE) as answer:
        assert answer.status == 200
    assert (tmp_path / "instance" / "meetups.sqlite").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminate"])
def test_it_stops_everything_it_started(running, number):
    process, _port, _said, members = running
    os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
    assert process.wait(12) == 0
    assert gone(members)


def test_nothing_is_orphaned_when_the_first_process_is_killed(running):
    process, _port, _said, members = running
    process.kill()
    assert gone(members)


def test_a_worker_that_dies_is_started_again(running):
    process, _port, _said, members = running
    (worker,) = [pid for pid in members if b"work" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")]
    os.kill(worker, signal.SIGKILL)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        now = family(process.pid)
        if worker not in now and len(now) == 3:
            members |= now
            return
        time.sleep(0.1)
    raise AssertionError("no new worker")


def answer(tmp_path, port, *command, **settings):
    done = subprocess.run(
        [sys.executable, "-m", *(command or ("meetups",))], cwd=PROJECT, env=environment(tmp_path, port, **settings),
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr.strip()


def test_a_port_that_is_taken_gets_a_sentence(tmp_path):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        code, said = answer(tmp_path, port)
    assert code == 1
    assert said.startswith(f"Port {port} is taken")


def test_a_wrong_setting_gets_its_sentence(tmp_path):
    assert answer(tmp_path, "eight") == (2, "PORT is 'eight', but has to be a whole number.")


def test_a_database_that_is_away_gets_a_sentence(tmp_path):
    code, said = answer(tmp_path, free_port(), DATABASE_URL=f"postgresql://x:geheim@127.0.0.1:{free_port()}/x")
    assert code == 1
    assert "The database cannot be used" in said
    assert "geheim" not in said


def test_a_command_before_the_first_upgrade_says_what_to_do(tmp_path):
    said = (1, "Error: The database is not up to date. Run this first: flask db upgrade")
    assert answer(tmp_path, free_port(), "flask", "people", "make-moderator", "ken@example.org") == said
