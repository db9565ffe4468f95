"""The same lists for programs: Atom and JSON Feed, of recaps and of any search. No cookies: caches may share them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, time

from flask import Response, request

from meetups.foundation import clock, doors
from meetups.foundation.addresses import absolute, site_name
from meetups.foundation.feeds import FeedEntry, to_atom, to_json_feed
from meetups.foundation.pages import without_cookies
from meetups.library import entries, queries
from meetups.library.views.room import chosen_here, library

MOST_ENTRIES = 50
SHARED = "public, max-age=60"  # short: what is taken down shall be gone soon


@library.get("/recaps.atom")
@doors.everyone
def recaps_atom() -> Response:
    return _atom(_recaps(), f"{site_name()}: recaps", "/recaps.atom", "/recaps")


@library.get("/recaps.json")
@doors.everyone
def recaps_json() -> Response:
    return _json(_recaps(), f"{site_name()}: recaps", "/recaps.json", "/recaps")


@library.get("/ideas.atom")
@doors.everyone
def ideas_atom() -> Response:
    chosen = chosen_here()
    return _atom(_ideas(), _title(chosen.title), chosen.address("/ideas.atom"), chosen.address("/ideas"))


@library.get("/ideas.json")
@doors.everyone
def ideas_json() -> Response:
    chosen = chosen_here()
    return _json(_ideas(), _title(chosen.title), chosen.address("/ideas.json"), chosen.address("/ideas"))


def _recaps() -> list[FeedEntry]:
    return [entries.recap_entry(recap) for recap in queries.newest_recaps_whole(MOST_ENTRIES)]


def _ideas() -> list[FeedEntry]:
    return [entries.idea_entry(idea) for idea in queries.newest_ideas(chosen_here().search, MOST_ENTRIES)]


def _title(searched: str) -> str:
    return f"{site_name()}: ideas, {searched}" if searched else f"{site_name()}: ideas"


def _atom(rows: Sequence[FeedEntry], title: str, feed: str, page: str) -> Response:
    today = datetime.combine(clock.now().date(), time(), UTC)  # of an empty list nobody knows when it was emptied
    changed = max((row.updated_at for row in rows), default=today)
    body = to_atom(rows, title=title, feed_url=absolute(feed), page_url=absolute(page), updated_at=changed)
    return _sent(body, "application/atom+xml; charset=utf-8")


def _json(rows: Sequence[FeedEntry], title: str, feed: str, page: str) -> Response:
    body = to_json_feed(rows, title=title, feed_url=absolute(feed), page_url=absolute(page))
    return _sent(body, "application/feed+json; charset=utf-8")


def _sent(body: bytes, content_type: str) -> Response:
    answer = Response(body, content_type=content_type)
    answer.headers["Access-Control-Allow-Origin"] = "*"  # anybody's page may read what anybody may see
    answer.headers["Cache-Control"] = SHARED
    answer.set_etag(hashlib.sha256(body).hexdigest()[:32], weak=True)  # weak: it may be sent packed
    answer.make_conditional(request)
    without_cookies()
    return answer
