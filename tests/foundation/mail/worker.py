"""The mail worker in a process of its own: `python -m tests.foundation.mail.worker`, settings in the environment.

With `forks` behind it a nursery: a line in begins a worker and its process id comes out, at once, because everything
is imported already. The workers die with SIGKILL, or all together with the nursery's standard input.
"""

from __future__ import annotations

import os
import signal
import sys
import threading

from flask import Flask

from meetups.foundation.mail.delivery import work_forever
from meetups.settings import Settings
from tests.conftest import started


def work(app: Flask) -> None:
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    work_forever(app, stop)


def raise_workers(app: Flask) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            sys.stdin.close()
            try:
                work(app)
            finally:
                os._exit(0)
        print(child, flush=True)


if __name__ == "__main__":
    with started(Settings.from_environment()) as app:
        raise_workers(app) if sys.argv[1:] == ["forks"] else work(app)
