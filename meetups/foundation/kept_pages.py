"""Pages for visitors, rendered once for the same facts.

Whoever is not signed in sees the same bytes as long as the rows behind a page are the same. The rows are read at
every request; only turning them into HTML is spared. What differs between visitors is the CSRF token alone: it is
left open when the page is kept and filled in for each.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import cache
from typing import Any

import sqlalchemy as sa
from flask import g, session
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

MOST_KEPT = 300
LARGEST = 200_000
# No member-written text can hold it: control characters are taken out on the way in.
OPEN = "\x02csrf\x03"


class Shelf:
    """The pages kept by one process: the most recently shown ones, safe between threads."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._pages: OrderedDict[Hashable, str] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: Hashable) -> str | None:
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: Hashable, page: str) -> None:
        with self._lock:
            self._pages[key] = page
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)


_shelf = Shelf()


def kept_for_visitors(key: Hashable, render: Callable[[], str]) -> str:
    """The page for these facts: from the shelf for a visitor, rendered anew for somebody signed in.

    `key` has to name everything the page shows but the CSRF token: `facts_in` for rows, values for the rest.
    """
    if current_user.is_authenticated or "_flashes" in session:
        return render()
    page = _shelf.take(key)
    if page is None:
        g.leaves_token_open = True
        try:
            page = render()
        finally:
            g.leaves_token_open = False
        if len(page) <= LARGEST:
            _shelf.put(key, page)
    return page.replace(OPEN, generate_csrf()) if OPEN in page else page


def token_for_page() -> str:
    """What templates call `csrf_token()`: the token, or the mark for it in a page about to be kept."""
    return OPEN if g.get("leaves_token_open") else generate_csrf()


def facts_in(row: Any) -> Hashable:
    """Every column of a row, so that a page kept under it is never older than the row; None for no row."""
    if row is None:
        return None
    return (type(row).__name__, *(_hashable(getattr(row, name)) for name in _columns(type(row))))  # type: ignore[arg-type]


@cache
def _columns(kind: type) -> tuple[str, ...]:
    mapper: Any = sa.inspect(kind)
    return tuple(each.key for each in mapper.column_attrs)


def _hashable(value: Any) -> Hashable:
    return repr(value) if isinstance(value, (list, dict)) else value
