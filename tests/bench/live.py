"""Live notes on the server as it is run: ninety listeners, and eighty ideas from two phones with a server that dies.

    live_90_shown_s      from the press to the last of 90 listeners that shows the stick: the worst of five draws
    live_90_rss_mb       what the server and all its processes hold meanwhile
    offline_merge_lost   of 80 ideas, sent by two phones in pieces, twice, and over a server killed half-way
    offline_merge_twice  how many of them stand there more than once

Listeners do what a browser's EventSource does: ask with Last-Event-ID, wait as long as the answer says, ask again.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from meetups.deck.actions import fill_the_cup
from meetups.foundation import clock
from meetups.foundation.database import unit_of_work
from meetups.notes import actions
from meetups.notes.notation import milliseconds, new_id
from meetups.notes.views.finding import ROOM, SCRIBES, link_key
from meetups.settings import Settings
from tests.bench.servers import free_port, memory_of, running
from tests.conftest import SECRET, make_schema, started
from tests.makers import make_meetup

LISTENERS, DRAWS, IDEAS = 90, 5, 40
WITHIN = 15.0


class Phone:
    """One connection that notes, as notes.js does."""

    def __init__(self, port: int, path: str) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.path = path
        said, answer = self._ask("GET", None, {})
        self.head = {
            "X-CSRFToken": said["csrf"], "Content-Type": "application/json",
            "Cookie": answer.getheader("Set-Cookie", "").split(";")[0],
        }

    def send(self, deeds: list[dict[str, str]]) -> dict[str, Any]:
        return self._ask("POST", json.dumps({"deeds": deeds}), self.head)[0]

    def _ask(self, method: str, body: str | None, head: dict[str, str]) -> tuple[Any, http.client.HTTPResponse]:
        self.line.request(method, self.path, body, head)
        answer = self.line.getresponse()
        return json.loads(answer.read()), answer


class Listener(threading.Thread):
    """A screen: remembers when it was told of each mark."""

    def __init__(self, port: int, path: str, late: float) -> None:
        super().__init__(daemon=True)
        self.port, self.path, self.late = port, path, late
        self.seen: dict[str, float] = {}
        self.done = False

    def run(self) -> None:
        time.sleep(self.late)
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        mark, wait = "", 0.6
        while not self.done:
            line.request("GET", self.path, headers={"Last-Event-ID": mark})
            text = line.getresponse().read().decode()
            told = dict(part.split(": ", 1) for part in text.strip().split("\n"))
            wait, mark = int(told["retry"]) / 1000, told.get("id", mark)
            self.seen.setdefault(mark, time.perf_counter())
            time.sleep(wait)
        line.close()


def explain(sentence: str) -> None:
    print(f"  {sentence}", file=sys.stderr, flush=True)


def deed(kind: str, place: int = 0, device: str = "bench000", **more: str) -> dict[str, str]:
    return {"id": new_id(), "kind": kind, "place": f"{place:015d}-{device}" if place else "", **more}


def figures() -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="meetups-live-") as folder:
        settings = Settings(instance=Path(folder) / "instance", secret_key=SECRET).completed()
        make_schema(settings.database_url, settings.instance)
        with started(settings) as app, app.app_context():
            with unit_of_work():
                fill_the_cup()
            meetup = make_meetup("Bench", start=clock.now() - timedelta(minutes=5), zone="UTC")
            with unit_of_work():
                session = actions.start(meetup.host, meetup)
            with app.test_request_context():
                note = f"/meetups/{meetup.code}/notes/sync.json?key={link_key(SCRIBES, session)}"
                listen = f"/screen/{link_key(ROOM, session)}/events"
        own = {"INSTANCE": str(settings.instance), "SECRET_KEY": SECRET}
        shown, memory = _listened(own, note, listen)
        lost, twice = _merged(own, note)
        return {
            "live_90_shown_s": round(shown, 3), "live_90_rss_mb": round(memory, 1), "offline_merge_lost": lost,
            "offline_merge_twice": twice,
        }


def _listened(own: dict[str, str], note: str, listen: str) -> tuple[float, float]:
    port = free_port()
    with running("meetups", port, **own) as (process, _):
        phone = Phone(port, note)
        threads_before, memory_before = _threads(process), memory_of(process)
        screens = [Listener(port, listen, late=0.6 * number / LISTENERS) for number in range(LISTENERS)]
        for screen in screens:
            screen.start()
        time.sleep(2)
        worst, all_shown = 0.0, []
        for number in range(DRAWS):
            pressed = time.perf_counter()
            mark = phone.send([deed("draw", stick=f"c{number + 1:02}")])["board"]["mark"]
            until = pressed + WITHIN
            while not all(mark in screen.seen for screen in screens) and time.perf_counter() < until:
                time.sleep(0.02)
            took = sorted(screen.seen.get(mark, until) - pressed for screen in screens)
            all_shown += took
            worst = max(worst, took[-1])
            time.sleep(0.31)
        memory = memory_of(process)
        half, most = (sorted(all_shown)[int(len(all_shown) * part)] for part in (0.5, 0.95))
        explain(f"shown after {half:.2f} s (median), {most:.2f} s (95 of 100), {worst:.2f} s (the last)")
        explain(f"threads of the server: {threads_before} before, {_threads(process)} with {LISTENERS} listeners")
        explain(f"memory: {memory_before:.0f} MB before, {memory:.0f} MB with them")
        for screen in screens:
            screen.done = True
        for screen in screens:
            screen.join(5)
        return worst, memory


def _threads(process: int) -> int:
    """Threads of the server and of all it started."""
    family = [process]
    for number in family:
        for child in Path(f"/proc/{number}/task").glob("*/children"):
            family += [int(each) for each in child.read_text().split()]
    return sum(len(list(Path(f"/proc/{number}/task").iterdir())) for number in family)


def _merged(own: dict[str, str], note: str) -> tuple[int, int]:
    """Ideas lost and ideas twice. Each phone's own order counts, too: an idea out of order counts as lost."""
    began = milliseconds(clock.now())
    question = deed("ask", began, text="Whose turn?")
    phones = {
        name: [deed("idea", began + 15_000 * number + late, f"{name}00000", target=question["id"],
                    text=f"{name} {number}") for number in range(IDEAS)]
        for name, late in (("sol", 0), ("bea", 7_500))
    }  # fmt: skip
    port = free_port()
    with running("meetups", port, **own) as (process, _):
        Phone(port, note).send([question])
        enough = threading.Semaphore(0)
        senders = [threading.Thread(target=_pieces, args=(port, note, deeds, enough)) for deeds in phones.values()]
        for sender in senders:
            sender.start()
        for _ in range(4):  # a quarter of the pieces is through
            enough.acquire(timeout=WITHIN)
        os.killpg(process, signal.SIGKILL)
        for sender in senders:
            sender.join()
    port = free_port()
    with running("meetups", port, **own):
        board = Phone(port, note).send([])["board"]
        there = sum(len(entry["ideas"]) for entry in board["entries"])
        explain(f"{there} of {2 * IDEAS} ideas were in when the server was killed")
        for deeds in phones.values():
            _pieces(port, note, deeds)
            _pieces(port, note, deeds)
        board = Phone(port, note).send([])["board"]
    noted = [idea["text"] for entry in board["entries"] for idea in entry["ideas"]]
    wanted = [f"{name} {number}" for number in range(IDEAS) for name in ("sol", "bea")]
    counts = Counter(noted)
    out_of_order = 0 if [text for text in noted if text in counts] == wanted else 1
    lost = sum(1 for text in wanted if not counts[text])
    return lost or out_of_order, sum(many - 1 for many in counts.values())


def _pieces(port: int, note: str, deeds: list[dict[str, str]], told: threading.Semaphore | None = None) -> None:
    """Five at a time, as far as it goes: the server may die meanwhile. `told` is raised after each piece."""
    try:
        phone = Phone(port, note)
        for first in range(0, len(deeds), 5):
            phone.send(deeds[first : first + 5])
            if told is not None:
                told.release()
    except (OSError, http.client.HTTPException, ValueError):
        return


if __name__ == "__main__":
    for name, value in figures().items():
        print(f"{name} {value:g}")
