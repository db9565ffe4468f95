"""FeedEntry -> Atom (RFC 4287) and JSON Feed 1.1. Both are made from the same entries and say the same."""

import json
import re
import xml.etree.ElementTree as ET  # only writes here: nothing is parsed
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
# What XML 1.0 cannot contain, not even escaped, and lone surrogates, which no encoding can write.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, kw_only=True)
class FeedEntry:
    """One thing to read. `id` is a tag: or urn: URI that never changes; `html` is already safe; times are aware."""

    id: str
    title: str
    html: str
    url: str
    published_at: datetime
    updated_at: datetime
    author_name: str = ""


def to_atom(entries: Iterable[FeedEntry], *, title: str, feed_url: str, page_url: str, updated_at: datetime) -> bytes:
    """The Atom feed, UTF-8, entries in the order given.

    `updated_at` is when the list last changed, also when that emptied it. Entries without an author fall to the
    feed's, which is named like the feed: Atom wants one for every entry.
    """
    feed = ET.Element("feed", {"xmlns": ATOM})
    _text(feed, "id", feed_url)
    _text(feed, "title", _line(title))
    _text(feed, "updated", _instant(updated_at))
    ET.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": _clean(feed_url)})
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": _clean(page_url)})
    _text(ET.SubElement(feed, "author"), "name", _line(title))
    for entry in entries:
        _atom_entry(feed, entry)
    return ET.tostring(feed, encoding="utf-8", xml_declaration=True)


def _atom_entry(feed: ET.Element, entry: FeedEntry) -> None:
    item = ET.SubElement(feed, "entry")
    _text(item, "id", entry.id)
    _text(item, "title", _line(entry.title))
    _text(item, "published", _instant(entry.published_at))
    _text(item, "updated", _instant(entry.updated_at))
    ET.SubElement(item, "link", {"rel": "alternate", "type": "text/html", "href": _clean(entry.url)})
    if author := _line(entry.author_name):
        _text(ET.SubElement(item, "author"), "name", author)
    _text(item, "content", entry.html).set("type", "html")


def to_json_feed(entries: Iterable[FeedEntry], *, title: str, feed_url: str, page_url: str) -> bytes:
    """The JSON Feed, UTF-8, entries in the order given. The format has no date for the list as a whole."""
    feed = {
        "version": JSON_FEED,
        "title": _line(title),
        "home_page_url": _clean(page_url),
        "feed_url": _clean(feed_url),
        "items": [_json_item(entry) for entry in entries],
    }
    return json.dumps(feed, ensure_ascii=False, separators=(",", ":")).encode()


def _json_item(entry: FeedEntry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": _clean(entry.id),
        "url": _clean(entry.url),
        "title": _line(entry.title),
        "content_html": _clean(entry.html),
        "date_published": _instant(entry.published_at),
        "date_modified": _instant(entry.updated_at),
    }
    if author := _line(entry.author_name):
        item["authors"] = [{"name": author}]
    return item


def _text(parent: ET.Element, tag: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, tag)
    element.text = _clean(text)
    return element


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _line(text: str) -> str:
    return " ".join(_clean(text).split())


def _instant(at: datetime) -> str:
    """RFC 3339 in UTC, to the second."""
    if at.tzinfo is None:
        raise TypeError("an instant carries a zone")
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
