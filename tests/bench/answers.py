"""A client that answers: `python -m tests.bench.answers PORT CODE SECONDS < visits` prints how many answers were taken.

Each line of the standard input is a browser that is signed in, "<cookie> <CSRF token>"; each has a thread and a kept
connection of its own and presses "going" with a guest, "maybe", "going", "can't" in turn, without a pause. A press
counts when it is answered with the redirect that follows a saved answer.
"""

from __future__ import annotations

import http.client
import itertools
import sys
import threading
import time
from urllib.parse import urlencode

PRESSES = ({"answer": "going", "guests": 1, "seats": "wait"}, {"answer": "maybe", "guests": 0},
           {"answer": "going", "guests": 0}, {"answer": "cant", "guests": 0})  # fmt: skip


SAVED, NO_ROOM = 303, 409  # a party with a seat asks for a guest where none is free: refused, and not counted


class Browser:
    """One member's press after press, over one connection."""

    def __init__(self, port: int, cookie: str, token: str) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", "Host": "localhost"}
        self.token = token

    def post(self, path: str, typed: dict[str, object]) -> int:
        self.line.request("POST", path, urlencode({"csrf_token": self.token, **typed}), self.headers)
        answer = self.line.getresponse()
        answer.read()
        return answer.status

    def get(self, path: str) -> str:
        self.line.request("GET", path, headers=self.headers)
        return self.line.getresponse().read().decode()


def answered(port: int, code: str, seconds: float, visits: list[tuple[str, str]]) -> int:
    """How many answers all these browsers gave and had taken in so many seconds."""
    counts, refused = [0] * len(visits), []
    until = time.perf_counter() + seconds

    def press(number: int) -> None:
        browser = Browser(port, *visits[number])
        for typed in itertools.islice(itertools.cycle(PRESSES), number % len(PRESSES), None):
            if time.perf_counter() >= until:
                return
            status = browser.post(f"/meetups/{code}/answer", typed)
            if status not in (SAVED, NO_ROOM):
                refused.append(f"{typed} was answered with {status}")
                return
            counts[number] += status == SAVED

    threads = [threading.Thread(target=press, args=(number,)) for number in range(len(visits))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if refused:
        raise RuntimeError(refused[0])
    print(f"answers taken by each browser: {counts}", file=sys.stderr)
    return sum(counts)


if __name__ == "__main__":
    browsers = [tuple(each.split()) for each in sys.stdin.read().splitlines()]
    print(answered(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]), browsers))  # type: ignore[arg-type]
