"""Whether every link in the archive leads to a file in it."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LINK = re.compile(r'\s(?:href|src)="([^"]*)"')


def broken_links(folder: Path) -> list[str]:
    """ "recaps/x.html -> ../gone.html" for each; addresses on the web are not followed, and none may begin with "/"."""
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    pages = sorted(page for page in there if page.endswith(".html"))
    return [f"{page} -> {link}" for page in pages for link in _broken(folder, page, there)]


def _broken(folder: Path, page: str, there: set[str]) -> Iterator[str]:
    for found in set(_LINK.findall((folder / page).read_text(encoding="utf-8"))):
        link = html.unescape(found)
        parts = urlsplit(link)
        if parts.scheme in ("http", "https", "mailto") or (not parts.path and parts.fragment):
            continue
        if posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path))) not in there:
            yield link
