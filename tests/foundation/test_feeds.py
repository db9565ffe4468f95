"""Atom against an abridged RFC 4287 grammar, JSON Feed by its fields, and text that tries to break out."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
import rnc2rng
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from meetups.foundation.feeds import ATOM, FeedEntry, to_atom, to_json_feed

# Abridged from the RELAX NG schema of RFC 4287, appendix B: what a feed of ours may use. Order is free, as there.
GRAMMAR = """
namespace atom = "http://www.w3.org/2005/Atom"
namespace xsd = "http://www.w3.org/2001/XMLSchema-datatypes"

start = element atom:feed {
  element atom:id { uri } & element atom:title { line } & element atom:updated { instant }
  & author & link+ & entry*
}
entry = element atom:entry {
  element atom:id { uri } & element atom:title { line } & element atom:published { instant }
  & element atom:updated { instant } & author? & link+
  & element atom:content { attribute type { "html" }, text }
}
author = element atom:author { element atom:name { line } }
link = element atom:link {
  attribute rel { "self" | "alternate" }, attribute type { xsd:string { pattern = ".+/.+" } }, attribute href { uri }
}
uri = xsd:string { pattern = "[a-z]+:[^\\s]+" }
line = text
instant = xsd:dateTime { pattern = "[0-9-]+T[0-9:]+Z" }
"""
UPDATED = datetime(2027, 1, 20, 9, 0, tzinfo=UTC)
ADDRESSES = {"feed_url": "https://meetups.example/feed.atom", "page_url": "https://meetups.example/meetups?near=a&b"}


def make_entry(**changes) -> FeedEntry:
    dull = {
        "id": "tag:meetups.example,2026:meetup/1",
        "title": "Pub night",
        "html": "<p>Bring a <em>shaker</em> &amp; a friend</p>",
        "url": "https://meetups.example/m/pub-night",
        "published_at": datetime(2026, 12, 5, 17, 0, 0, 999999, tzinfo=UTC),
        "updated_at": UPDATED,
    }
    return FeedEntry(**(dull | changes))


def atom(*entries: FeedEntry, title: str = "Meetups near Tacoma") -> bytes:
    return to_atom(entries, title=title, updated_at=UPDATED, **ADDRESSES)


@pytest.fixture(scope="module")
def grammar() -> etree.RelaxNG:
    source = rnc2rng.dumps(rnc2rng.loads(GRAMMAR))
    return etree.RelaxNG(etree.fromstring(source.encode()))


def texts(feed: bytes, path: str) -> list[str]:
    return [node.text for node in etree.fromstring(feed).findall(path, {"": ATOM})]


def test_an_atom_feed_is_valid_and_says_everything(grammar):
    feed = atom(make_entry(author_name="Marisol"), make_entry(id="urn:uuid:2", title="Second"))
    grammar.assertValid(etree.fromstring(feed))
    assert feed.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    assert texts(feed, "id") == ["https://meetups.example/feed.atom"]
    assert texts(feed, "author/name") == ["Meetups near Tacoma"]
    assert texts(feed, "updated") == ["2027-01-20T09:00:00Z"]
    assert texts(feed, "entry/id") == ["tag:meetups.example,2026:meetup/1", "urn:uuid:2"]
    assert texts(feed, "entry/title") == ["Pub night", "Second"]
    assert texts(feed, "entry/published") == ["2026-12-05T17:00:00Z"] * 2
    assert texts(feed, "entry/author/name") == ["Marisol"]
    assert texts(feed, "entry/content") == ["<p>Bring a <em>shaker</em> &amp; a friend</p>"] * 2
    links = etree.fromstring(feed).findall("link", {"": ATOM})
    assert [(link.get("rel"), link.get("href")) for link in links] == [
        ("self", "https://meetups.example/feed.atom"),
        ("alternate", "https://meetups.example/meetups?near=a&b"),
    ]


def test_an_empty_feed_is_valid(grammar):
    grammar.assertValid(etree.fromstring(atom()))


@pytest.mark.parametrize(
    "good, bad",
    [
        (b"<id>tag:meetups.example,2026:meetup/1</id>", b""),
        (b"<published>2026-12-05T17:00:00Z</published>", b"<published>yesterday</published>"),
        (b"<published>2026-12-05T17:00:00Z</published>", b"<published>2026-12-05T17:00:00</published>"),
        (b'type="html">', b">"),
    ],
)
def test_the_grammar_would_notice_a_broken_feed(grammar, good, bad):
    feed = atom(make_entry())
    assert good in feed
    assert not grammar.validate(etree.fromstring(feed.replace(good, bad)))


def test_times_of_any_zone_become_utc_and_naive_ones_are_refused():
    eastern = timezone(timedelta(hours=-5))
    feed = atom(make_entry(updated_at=datetime(2027, 1, 21, 23, 30, tzinfo=eastern)))
    assert texts(feed, "entry/updated") == ["2027-01-22T04:30:00Z"]
    with pytest.raises(TypeError):
        atom(make_entry(updated_at=datetime(2027, 1, 21)))  # noqa: DTZ001


@pytest.mark.parametrize(
    "typed, shown",
    [
        ("</title><script>alert(1)</script>", "</title><script>alert(1)</script>"),
        ("]]> & <!-- \"'", "]]> & <!-- \"'"),
        ("a\0b\x07\x1b\x7fc\ufffe", "abc"),
        ("two\r\nlines\tand\u2028more", "two lines and more"),
        ("🥁 שעת סיפור", "🥁 שעת סיפור"),
        ("half a pair \ud83e", "half a pair"),
    ],
)
def test_titles_that_try_to_break_out(grammar, typed, shown):
    feed = atom(make_entry(title=typed, author_name=typed), title=typed)
    grammar.assertValid(etree.fromstring(feed))
    assert [texts(feed, path) for path in ("title", "entry/title", "entry/author/name")] == [[shown]] * 3
    item = json.loads(to_json_feed([make_entry(title=typed)], title=typed, **ADDRESSES))["items"][0]
    assert item["title"] == shown


@given(st.text(), st.text())
def test_any_text_makes_a_feed_that_can_be_read_again(title, html):
    root = etree.fromstring(atom(make_entry(title=title, html=html), title=title))
    assert len(root.findall("entry", {"": ATOM})) == 1
    json.loads(to_json_feed([make_entry(title=title, html=html)], title=title, **ADDRESSES))


def test_a_json_feed_says_the_same():
    feed = to_json_feed([make_entry(author_name="Marisol"), make_entry(id="urn:uuid:2")], title="Meetups", **ADDRESSES)
    item = {
        "id": "tag:meetups.example,2026:meetup/1",
        "url": "https://meetups.example/m/pub-night",
        "title": "Pub night",
        "content_html": "<p>Bring a <em>shaker</em> &amp; a friend</p>",
        "date_published": "2026-12-05T17:00:00Z",
        "date_modified": "2027-01-20T09:00:00Z",
    }
    assert json.loads(feed) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Meetups",
        "home_page_url": "https://meetups.example/meetups?near=a&b",
        "feed_url": "https://meetups.example/feed.atom",
        "items": [item | {"authors": [{"name": "Marisol"}]}, item | {"id": "urn:uuid:2"}],
    }
