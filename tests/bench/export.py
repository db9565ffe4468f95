"""Writing the archive of 10,000 recaps: how long it takes, how much memory, and whether every link leads somewhere.

    python -m tests.bench.export
"""

from __future__ import annotations

import random
import resource
import tempfile
import time
from pathlib import Path

from meetups.foundation.database import unit_of_work
from meetups.library.archive import broken_links, write_archive
from meetups.settings import Settings
from tests.bench import library
from tests.conftest import SECRET, make_schema, started

RECAPS = 10_000


def figures() -> dict[str, float]:
    """Seconds, and links that lead nowhere."""
    with tempfile.TemporaryDirectory(prefix="export-bench-") as name:
        folder = Path(name)
        settings = Settings(instance=folder / "instance", secret_key=SECRET).completed()
        make_schema(settings.database_url, settings.instance)
        with started(settings) as app, app.app_context(), app.test_request_context():
            with unit_of_work():
                library.fill_library(random.Random(7), RECAPS)
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            began = time.perf_counter()
            written = write_archive(folder / "archive")
            took = time.perf_counter() - began
            grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
            assert written.recaps == RECAPS
            return {
                "export_10k_s": round(took, 1), "export_10k_grown_mb": round(grown, 1),
                "export_broken_links": len(broken_links(folder / "archive")),
            }  # fmt: skip


if __name__ == "__main__":
    for name, value in figures().items():
        print(name, value)
