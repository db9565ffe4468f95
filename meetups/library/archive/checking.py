"""Whether every link in the archive leads to a file in it, and to a place in that file."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LINK = re.compile(r'\s(?:href|src)="([^"]*)"')
_PLACE = re.compile(r'\sid="([^"]*)"')


def broken_links(folder: Path) -> list[str]:
    """ "recaps/x.html -> ../gone.html" for each; addresses on the web are not followed, and none may begin with "/"."""
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    links, places = {}, {}
    for page in sorted(page for page in there if page.endswith(".html")):
        text = (folder / page).read_text(encoding="utf-8")
        links[page], places[page] = set(map(html.unescape, _LINK.findall(text))), set(_PLACE.findall(text))
    return [f"{page} -> {link}" for page, every in links.items() for link in _broken(page, every, there, places)]


def _broken(page: str, links: set[str], there: set[str], places: dict[str, set[str]]) -> Iterator[str]:
    for link in sorted(links):
        parts = urlsplit(link)
        if parts.scheme in ("http", "https", "mailto"):
            continue
        beside = posixpath.join(posixpath.dirname(page), unquote(parts.path))
        target = posixpath.normpath(beside) if parts.path else page
        if target not in there or (parts.fragment and unquote(parts.fragment) not in places.get(target, ())):
            yield link
