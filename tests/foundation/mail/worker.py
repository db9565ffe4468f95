"""The mail worker in a process of its own: `python -m tests.foundation.mail.worker`, settings in the environment."""

from __future__ import annotations

import signal
import threading

from meetups.foundation.mail.delivery import work_forever
from meetups.settings import Settings
from tests.conftest import started

if __name__ == "__main__":
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with started(Settings.from_environment()) as app:
        work_forever(app, stop)
