"""`python -m meetups`: pages and worker under one command, stopped together. `make run` calls this.

The first process only watches: it serves no page and knows no database, so it starts at once and stays small.
It starts one worker (this file with the word `work`), which migrates the database and then delivers letters, and
granian, whose processes load the app meanwhile and wait until the migration is through.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from meetups.settings import PROJECT, Settings, WrongSetting

FIRST_PATIENCE = 120.0  # a migration of a large database may take this long, in seconds
RESTART_AFTER = 3.0
STOP_WITHIN = 8


def main(words: list[str]) -> int:
    try:
        if words[:1] == ["work"]:
            return work(greeting="greet" in words)
        return run(Settings.from_environment())
    except WrongSetting as wrong:
        print(wrong, file=sys.stderr)
        return 2


def run(settings: Settings) -> int:
    """Serve until Ctrl-C or SIGTERM; 0 when asked to stop, 1 when something could not start."""
    if taken(settings):
        print(
            f"Port {settings.port} is taken, perhaps by another start of this. Stop that one, or choose another port: "
            f"PORT={settings.port + 1} make run",
            file=sys.stderr,
        )
        return 1
    from granian import Granian  # noqa: PLC0415 the worker does not need it
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    if os.environ.get("MAKELEVEL"):
        stop_with_parent()
    server = Granian(
        "wsgi:app", address=settings.listen, port=settings.port, interface=Interfaces.WSGI,
        workers=settings.web_workers, blocking_threads=settings.web_threads, websockets=False,
        log_level=LogLevels.error, log_access=False,  # addresses of pages may carry tokens
        respawn_failed_workers=True, workers_kill_timeout=STOP_WITHIN, working_dir=PROJECT,
    )
    worker = Worker(give_up=server.signal_handler_interrupt)
    worker.start()
    server.on_shutdown(worker.stop)
    server.serve(target_loader=partial(load, os.getpid()), wrap_loader=False)
    return 1 if worker.failed else 0


def taken(settings: Settings) -> bool:
    """Whether somebody listens on the port already; asked first, because granian would share it in silence."""
    family = socket.AF_INET6 if ":" in settings.listen else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.listen, settings.port))
        except OSError as trouble:
            if trouble.errno in (13, 99):
                raise WrongSetting(f"LISTEN={settings.listen} PORT={settings.port}: {trouble.strerror}.") from None
            return True
    return False


class Worker:
    """The process that migrates and then delivers letters. Started again when it dies; gives up if it never worked.

    Granian forks its processes from this one, so the only thread here is one that sleeps until the worker ends: a
    thread that was busy during the fork could leave a lock behind, locked for ever.
    """

    def __init__(self, give_up: Callable[[], None]) -> None:
        self.give_up = give_up
        self.failed = False
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = self._begin("greet")
        threading.Thread(target=self._keep_going, daemon=True).start()

    def _begin(self, *words: str) -> subprocess.Popen[bytes]:
        line = [sys.executable, "-m", "meetups", "work", *words]
        return subprocess.Popen(line, cwd=PROJECT)  # noqa: S603 our own words

    def stop(self) -> None:
        self._stopping.set()
        process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(STOP_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()

    def _keep_going(self) -> None:
        while self._process is not None:
            code = self._process.wait()
            if code == CANNOT_START and not self._stopping.is_set():
                self.failed = True
                self.give_up()
            if self.failed or self._stopping.wait(RESTART_AFTER):
                return
            self._process = self._begin()


CANNOT_START = 3


def work(greeting: bool) -> int:
    """The worker process: database first, then letters. Says on the screen when the pages answer, if asked to."""
    parent = os.getppid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the first process passes it on
    stop_with_parent(parent)
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 slow import

    from meetups.app import create_app  # noqa: PLC0415 slow import
    from meetups.commands import bring_up_to_date, work_until_stopped  # noqa: PLC0415 slow import

    app = create_app(serving=True)
    try:
        with app.app_context():
            bring_up_to_date()
    except SQLAlchemyError as trouble:
        reason = str(getattr(trouble, "orig", None) or trouble).strip().splitlines()[0]
        print(f"The database cannot be used ({reason}). Is DATABASE_URL right?", file=sys.stderr)
        return CANNOT_START
    except SystemExit:  # Flask-Migrate has said why
        return CANNOT_START
    if greeting:
        threading.Thread(target=greet, args=(app.config["MEETUPS"],), daemon=True).start()
    work_until_stopped(app)
    return 0


def load(parent: int) -> Any:
    """In a process that answers pages: the app, handed over when the database is ready for it."""
    os.setpgrp()  # Ctrl-C goes to the first process alone, which stops this one; twice told it may hang
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)  # until granian sets its own, which finish the page in hand
    stop_with_parent(parent)
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 slow import

    from meetups.app import create_app  # noqa: PLC0415 slow import
    from meetups.foundation.schema import is_up_to_date  # noqa: PLC0415 slow import

    app = create_app(serving=True)
    until = time.monotonic() + FIRST_PATIENCE
    while time.monotonic() < until:
        try:
            with app.app_context():
                if is_up_to_date():
                    break
        except SQLAlchemyError:
            pass  # the worker meets the same trouble and says so
        time.sleep(0.05)
    gc.collect()
    gc.freeze()  # what is loaded stays for good and need not be looked through again and again
    return app


def stop_with_parent(parent: int | None = None) -> None:
    """Stop when the process that started this one is gone, even when it was killed and could say nothing."""
    started_by = os.getppid() if parent is None else parent

    def watch() -> None:
        while os.getppid() == started_by:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(STOP_WITHIN)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def greet(settings: Settings) -> None:
    """Ask for the front page until it comes, then say where it is and what to do next."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.listen, settings.listen)  # noqa: S104 not bound here
    request = f"GET / HTTP/1.1\r\nHost: localhost:{settings.port}\r\nConnection: close\r\n\r\n".encode()
    answer = b""
    while not answer.startswith(b"HTTP/"):
        try:
            with socket.create_connection((host, settings.port), timeout=FIRST_PATIENCE) as line:
                line.sendall(request)
                answer = line.recv(64)
        except OSError:
            time.sleep(0.05)
    print(f"{settings.site_name} is running: {settings.site_url}", flush=True)
    if settings.smtp_host:
        print(f"Letters leave through {settings.smtp_host}.", end=" ")
    else:
        print("Next: open it and sign in with your e-mail address. No mail server is set, so letters are kept:")
        print(f"read them, your sign-in link among them, at http://localhost:{settings.port}/letters on this machine.")
    print("Stop with Ctrl-C.", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
