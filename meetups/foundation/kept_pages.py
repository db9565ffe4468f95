"""Pages for visitors, rendered once for the same facts.

Whoever is not signed in sees the same bytes as long as the rows behind a page are the same. The rows are read at
every request; only turning them into HTML is spared. What differs between visitors is the CSRF token alone: it is
left open when the page is kept and filled in for each.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from flask import current_app, g, session
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

    def __len__(self) -> int:
        return len(self._pages)

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


def kept_for_visitors(facts: Callable[[], Hashable], render: Callable[[], str]) -> str:
    """The page made of these facts: from the shelf for a visitor, rendered anew for somebody signed in.

    `facts` has to name everything the page shows but the CSRF token. They are asked for again after rendering: a page
    made while they changed is shown and not kept.
    """
    if current_user.is_authenticated or "_flashes" in session:
        return render()
    shelf: Shelf = current_app.extensions.setdefault("kept_pages", Shelf())
    key = facts()
    page = shelf.take(key)
    if page is None:
        g.leaves_token_open = True
        try:
            page = render()
        finally:
            g.leaves_token_open = False
        if len(page) <= LARGEST and facts() == key:
            shelf.put(key, page)
    return page.replace(OPEN, generate_csrf()) if OPEN in page else page


def token_for_page() -> str:
    """What templates call `csrf_token()`: the token, or the mark for it in a page about to be kept."""
    return OPEN if g.get("leaves_token_open") else generate_csrf()
