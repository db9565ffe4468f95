"""Near me: the list with its map, and how to take it along."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from flask import current_app, make_response, render_template, request

from meetups.discovery import queries
from meetups.discovery.entries import near_map
from meetups.discovery.forms import ACCESS, AGES, RADII, Filters, filters_of
from meetups.discovery.queries import Found, Numbers
from meetups.discovery.views.front import cards_of, discovery, numbered
from meetups.foundation import clock, doors
from meetups.foundation.addresses import absolute
from meetups.foundation.doors import person_here
from meetups.foundation.kept_pages import kept_for_visitors
from meetups.foundation.pages import Paging, content_security, page_asked
from meetups.foundation.whereabouts import current_gazetteer
from meetups.nearby.queries import area_of, count_would_come, wish_in
from meetups.people.queries import blocked_either_way
from meetups.places.models import PlaceKind


@discovery.get("/near")
@doors.everyone
def near() -> Any:
    filters, page, at = filters_here(), page_asked(), clock.now()
    unseen = blocked_either_way(person_here())
    numbers = _numbers(filters, page, unseen, at)
    wishes = _wishes(filters)
    draw = partial(_page, filters, numbers, page, unseen, wishes)
    if filters.position_sent:
        answer = make_response(draw())  # what is drawn around a device's position is not kept for the next visitor
    else:
        address = (request.full_path, numbers, _tiles(), wishes["would_come"])
        answer = make_response(kept_for_visitors(lambda: (address, queries.facts_of_list(numbers.all, at)), draw))
    if filters.circle and _tiles()[0]:
        answer.headers["Content-Security-Policy"] = content_security(pictures=_tiles()[0])
    return answer


def _page(
    filters: Filters, numbers: Numbers, page: int, unseen: frozenset[int], wishes: dict[str, Any]
) -> str:
    found, beside = queries.rows_of(numbers, filters.point)
    rows = [*found.rows, *beside.unpinned, *beside.online]
    drawn = cards_of(rows, filters.unit if filters.point else None)
    cards = dict(zip((each.meetup.id for each in rows), drawn, strict=True))
    return render_template(
        "discovery/near.html", filters=filters, found=found, kinds=PlaceKind, ages=AGES, access=ACCESS, radii=RADII,
        cards=[cards[each.meetup.id] for each in found.rows], online=[cards[each.meetup.id] for each in beside.online],
        unpinned=[cards[each.meetup.id] for each in beside.unpinned], region=_region(filters)[2],
        map=_drawn(filters, found), **wishes,
        paging=Paging(page, queries.PAGE, found.total, found.more), tiles=_tiles(),
    )


@discovery.get("/near/take")
@doors.everyone
def take() -> Any:
    """Addresses to subscribe to, and what to paste into a page of one's own."""
    filters = filters_here()
    search = filters.search(clock.now(), blocked_either_way(person_here()))
    found = Found() if filters.finds_nothing else queries.meetups_found(search, size=10)
    frame = absolute(filters.address_to_keep("/near/embed"))
    snippet = render_template("discovery/_snippet.html", filters=filters, rows=found.rows, page=_whole_list(filters))
    return render_template(
        "discovery/take.html", filters=filters, snippet=snippet,
        iframe=render_template("discovery/_iframe.html", filters=filters, frame=frame),
        feeds={kind: absolute(filters.address_to_keep(f"/near.{kind}")) for kind in ("ics", "atom", "json", "geojson")},
    )


def filters_here() -> Filters:
    """The filters in the address of this request."""
    return filters_of(request.args, current_gazetteer())


def _whole_list(filters: Filters) -> str:
    return absolute(filters.address_to_keep("/near"))


def _numbers(filters: Filters, page: int, unseen: frozenset[int], at: datetime) -> Numbers:
    """Which meetups the filters find; on page one near a place, with those that are listed under it."""
    if filters.finds_nothing:
        return Numbers()
    search = filters.search(at, unseen)
    if filters.point is None or page > 1:
        return queries.numbers_found(search, page)
    return queries.numbers_near(search, *_region(filters)[:2])


def _wishes(filters: Filters) -> dict[str, Any]:
    """How many others would come to something here (0 when fewer than three), and whether the reader said so."""
    person = person_here()
    if filters.point is None or filters.past:
        return {"would_come": 0, "wish": None}
    area = area_of(filters.point, current_gazetteer())
    wish = wish_in(person, area) if person is not None else None
    return {"would_come": count_would_come(area, person), "wish": wish if wish and not wish.told_of else None}


def _drawn(filters: Filters, found: Found) -> Any:
    """The map. A drawing around a device's position is not kept for the next visitor."""
    if not filters.circle:
        return ""
    return near_map(filters.circle, numbered(found.rows), current_gazetteer(), keep=not filters.position_sent)


def _region(filters: Filters) -> tuple[str, str, str]:
    """The state (or nothing), the country's code, and what the two are called together."""
    town = filters.town or filters.around
    return (town.region, town.country, town.region or town.country_name) if town else ("", "", "")


def _tiles() -> tuple[str, str]:
    settings = current_app.config["MEETUPS"]
    return settings.tile_url, settings.tile_credit
