"""A small load generator: `python -m tests.bench.load PORT PATH SECONDS` prints requests a second.

Four connections that are kept open, one request at a time on each, over loopback only; no compression is asked for, so
both sides of a comparison put the same bytes on the wire.
"""

from __future__ import annotations

import socket
import sys
import threading
import time

CONNECTIONS = 4


class Refused(Exception):
    """The server answered something other than 200."""


def answer(line: socket.socket, request: bytes) -> int:
    """One request and its whole answer; the length of the body."""
    line.sendall(request)
    got = b""
    while b"\r\n\r\n" not in got:
        got += _more(line)
    head, _, body = got.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise Refused(head[:60].decode("latin-1"))
    length = next(int(each[15:]) for each in head.split(b"\r\n") if each.lower().startswith(b"content-length:"))
    left = length - len(body)
    while left > 0:
        left -= len(_more(line))
    return length


def _more(line: socket.socket) -> bytes:
    part = line.recv(262_144)
    if not part:
        raise Refused("the connection was closed")
    return part


def requests_a_second(port: int, path: str, seconds: float) -> float:
    """How many whole answers arrive in a second while four connections ask without a pause."""
    request = f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode()
    counts = [0] * CONNECTIONS
    until = time.perf_counter() + seconds

    def ask(number: int) -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while time.perf_counter() < until:
                answer(line, request)
                counts[number] += 1

    began = time.perf_counter()
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if not all(counts):
        raise Refused("a connection got no answer")
    return sum(counts) / (time.perf_counter() - began)


if __name__ == "__main__":
    print(requests_a_second(int(sys.argv[1]), sys.argv[2], float(sys.argv[3])))
