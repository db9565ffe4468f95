"""The same list for programs: calendar, Atom, JSON Feed, GeoJSON; and for other people's pages.

Everything here is what a stranger may see. Neither session nor cookie is touched, so that caches may share an answer.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, time

from flask import Response, make_response, render_template, request

from meetups.discovery import queries
from meetups.discovery.entries import feature
from meetups.discovery.forms import Filters
from meetups.discovery.queries import Near
from meetups.discovery.views.front import cards_of, discovery
from meetups.discovery.views.near import filters_here
from meetups.foundation import clock, doors
from meetups.foundation.addresses import absolute, site_name
from meetups.foundation.atlas import outlines
from meetups.foundation.calendars import to_icalendar
from meetups.foundation.feeds import to_atom, to_json_feed
from meetups.foundation.pages import content_security, trouble, without_cookies
from meetups.planning.entries import calendar_entry, feed_entry

MOST_ENTRIES = 200
IN_A_FRAME = 10
SHARED = "public, max-age=300"


@discovery.get("/near.ics")
@doors.everyone
def near_ics() -> Response:
    filters = filters_here()
    if filters.finds_nothing:
        return _nowhere(filters)
    entries = [calendar_entry(near.meetup) for near in _rows(filters)]
    body = to_icalendar(entries, method="PUBLISH", name=_title(filters))
    return _sent(filters, body, "text/calendar; charset=utf-8; method=PUBLISH")


@discovery.get("/near.atom")
@doors.everyone
def near_atom() -> Response:
    filters = filters_here()
    if filters.finds_nothing:
        return _nowhere(filters)
    entries = [feed_entry(near.meetup) for near in _rows(filters)]
    today = datetime.combine(clock.now().date(), time(), UTC)  # of an empty list nobody knows when it was emptied
    body = to_atom(entries, title=_title(filters), **_addresses(filters, "/near.atom"),
                   updated_at=max((entry.updated_at for entry in entries), default=today))  # fmt: skip
    return _sent(filters, body, "application/atom+xml; charset=utf-8")


@discovery.get("/near.json")
@doors.everyone
def near_json() -> Response:
    filters = filters_here()
    if filters.finds_nothing:
        return _nowhere(filters)
    entries = [feed_entry(near.meetup) for near in _rows(filters)]
    body = to_json_feed(entries, title=_title(filters), **_addresses(filters, "/near.json"))
    return _sent(filters, body, "application/feed+json; charset=utf-8")


@discovery.get("/near.geojson")
@doors.everyone
def near_geojson() -> Response:
    """RFC 7946. Homes stand in the middle of their town; what has no pin has no geometry."""
    filters = filters_here()
    if filters.finds_nothing:
        return _nowhere(filters)
    found = {"type": "FeatureCollection", "features": [feature(near.meetup) for near in _rows(filters)]}
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    return _sent(filters, body, "application/geo+json; charset=utf-8")


@discovery.get("/near/embed")
@doors.everyone
def embed() -> Response:
    """The next meetups as a page that may stand in a frame on anybody's site."""
    filters = filters_here()
    rows = [] if filters.finds_nothing else _rows(filters, IN_A_FRAME)
    page = render_template(
        "discovery/embed.html", filters=filters, cards=cards_of(rows, filters.unit if filters.point else None),
        whole=absolute(filters.address_to_keep("/near")),
    )
    answer = make_response(page)
    answer.headers["Content-Security-Policy"] = content_security(framed_by="*")
    return _may_be_kept(filters, answer)


@discovery.get("/near/ground.geojson")
@doors.everyone
def ground() -> Response:
    """Coasts and borders in a rectangle, for the map that is panned: `at` is west,south,east,north in degrees."""
    try:
        west, south, east, north = (float(part) for part in request.args.get("at", "")[:100].split(","))
        drawn = outlines(west, south, east, north)
    except ValueError:
        return trouble(400, "That is no rectangle", "Give west, south, east and north in degrees: at=-123,47,-122,48.")
    answer = Response(json.dumps(drawn, separators=(",", ":")), content_type="application/geo+json; charset=utf-8")
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


def _rows(filters: Filters, size: int | None = None) -> list[Near]:
    return queries.meetups_found(filters.search(clock.now()), size=size or MOST_ENTRIES).rows


def _title(filters: Filters) -> str:
    return f"{site_name()}: {filters.description}"


def _addresses(filters: Filters, path: str) -> dict[str, str]:
    return {"feed_url": absolute(filters.address_to_keep(path)), "page_url": absolute(filters.address_to_keep("/near"))}


def _nowhere(filters: Filters) -> Response:
    several = [town.long_label for town in filters.choices]
    why = f"Which one: {' or '.join(several)}?" if several else filters.troubles["area"]
    return trouble(400, "We don’t know which place is meant", why)


def _sent(filters: Filters, body: bytes, content_type: str) -> Response:
    answer = Response(body, content_type=content_type)
    answer.headers["Access-Control-Allow-Origin"] = "*"  # anybody's page may read what anybody may see
    answer.set_etag(hashlib.sha256(body).hexdigest()[:32], weak=True)  # weak: it may be sent packed
    answer.make_conditional(request)
    return _may_be_kept(filters, answer)


def _may_be_kept(filters: Filters, answer: Response) -> Response:
    """By caches, for five minutes; unless a device's position stands in the address."""
    without_cookies()
    answer.headers["Cache-Control"] = "no-store" if filters.position_sent else SHARED
    return answer
