"""See the package. `python -m tests.bench TOPIC ...` measures these topics alone."""

from __future__ import annotations

import importlib
import inspect
import sys
import tempfile
from pathlib import Path

TOPICS = ("pages", "seats", "letters", "nearness", "attack", "live", "photos", "library", "export")


def explain(sentence: str) -> None:
    print(f"  {sentence}", file=sys.stderr, flush=True)


def main(wanted: list[str]) -> None:
    unknown = sorted(set(wanted) - set(TOPICS))
    if unknown:
        sys.exit(f"There is no topic {', '.join(unknown)}. There are: {', '.join(TOPICS)}.")
    for topic in wanted or TOPICS:
        explain(topic)
        figures = importlib.import_module(f"tests.bench.{topic}").figures
        with tempfile.TemporaryDirectory(prefix="meetups-bench-") as folder:
            asked_for = inspect.signature(figures).parameters
            given = {"folder": Path(folder), "explain": explain}
            found = figures(**{name: value for name, value in given.items() if name in asked_for})
        for name, value in found.items():
            print(f"{name} {value:g}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
