"""A map service on a port of this machine, that says what a test wants it to say and counts who asks."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

RECORDED = Path(__file__).parent / "foundation" / "geocoding" / "recorded"


class MapService:
    """`status`, `body`, `headers`: the answer to everything; `wait_s`: before it, `drip_s`: after each of its bytes.

    `paths`, `agents`, `moments` (seconds on a clock that only goes on) tell of each question; `asked()` is called in
    the middle of each.
    """

    def __init__(self):
        self.status, self.body, self.headers, self.wait_s, self.drip_s = 200, "[]", {}, 0.0, 0.0
        self.paths, self.agents, self.moments, self.asked = [], [], [], lambda: None
        self.released = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._replier())
        self.domain = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def hits(self):
        return len(self.paths)

    def says(self, recorded):
        """The answer kept in the file of this name."""
        self.body = (RECORDED / f"{recorded}.json").read_text()

    def knows(self, lat=47.2545, lon=-122.4405, country="us", region="US-WA", kind="amenity"):
        """It answers as Nominatim does, with one place."""
        address = {"country_code": country, "ISO3166-2-lvl4": region}
        hit = {"lat": str(lat), "lon": str(lon), "display_name": "Lantern", "addresstype": kind, "address": address}
        self.body = json.dumps([hit])

    def close(self):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()

    def _replier(service):  # noqa: N805 the handler has a self of its own
        class Reply(BaseHTTPRequestHandler):
            def do_GET(self):
                service.moments.append(time.monotonic())
                service.paths.append(self.path)
                service.agents.append(self.headers["User-Agent"])
                service.asked()
                service.released.wait(service.wait_s)
                try:
                    self.send_response(service.status)
                    for name, value in service.headers.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self._body(service.body.encode())
                except OSError:  # the door hung up first, as it should
                    return

            def _body(self, body):
                if not service.drip_s:
                    self.wfile.write(body)
                    return
                for byte in body:
                    self.wfile.write(bytes((byte,)))
                    if service.released.wait(service.drip_s):
                        return

            def log_message(self, *args):
                return

        return Reply
