"""One careful HTTP request: no retries, no redirects, a limit on its size and one on its time, whatever drips."""

import json
import queue
from collections.abc import Callable, Mapping
from threading import Thread
from typing import Any
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, build_opener

from geopy.adapters import URLLibAdapter
from geopy.exc import GeocoderParseError, GeocoderTimedOut

MOST_BYTES = 1_000_000


class _StayHere(HTTPRedirectHandler):
    """A map service that sends us elsewhere is not the one the operator chose."""

    def redirect_request(self, *_: Any) -> None:
        return None


class CarefulAdapter(URLLibAdapter):  # type: ignore[misc, unused-ignore]
    """geopy's own adapters retry behind our back, follow redirects and read whatever comes; this one does not."""

    def __init__(self, *, proxies: Any, ssl_context: Any) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self.urlopen = build_opener(HTTPSHandler(context=ssl_context), ProxyHandler(proxies), _StayHere()).open

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        text = _within(timeout, lambda: self.get_text(url, timeout=timeout, headers=headers))
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raise GeocoderParseError("not JSON") from None

    def _decode_page(self, page: Any) -> str:
        with page:
            body = page.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise GeocoderParseError("too long")
        return str(body, "utf-8", "replace")


def _within(seconds: float, ask: Callable[[], str]) -> str:
    """What `ask` returns, or GeocoderTimedOut: sockets count the seconds between two bytes, names are looked up for
    as long as it takes, and neither is to keep a page waiting."""
    box: queue.SimpleQueue[tuple[str, BaseException | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            box.put((ask(), None))
        except BaseException as trouble:
            box.put(("", trouble))

    Thread(target=run, daemon=True).start()
    try:
        text, trouble = box.get(timeout=seconds)
    except queue.Empty:
        raise GeocoderTimedOut("no answer in time") from None
    if trouble is not None:
        raise trouble
    return text
