"""The front page, near me, and the page of a meetup."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from meetups.attendance import permissions as attendance_permissions
from meetups.attendance import queries as attendance_queries
from meetups.attendance.forms import AnswerForm, VisitorForm
from meetups.attendance.queries import Seats, seats_of
from meetups.discovery import queries
from meetups.discovery.entries import card, meetup_map, near_map
from meetups.discovery.forms import Filters, filters_of
from meetups.discovery.queries import Found, Near, Search
from meetups.foundation import clock, doors
from meetups.foundation.doors import person_here
from meetups.foundation.kept_pages import facts_in, kept_for_visitors
from meetups.foundation.pages import Paging, page_asked
from meetups.foundation.refusals import NotHere
from meetups.foundation.whereabouts import current_gazetteer
from meetups.places.models import PlaceKind
from meetups.planning.permissions import may_see, reader_of
from meetups.planning.queries import meetup_by_code

discovery = Blueprint("discovery", __name__)


@discovery.get("/")
@doors.everyone
def front() -> Any:
    at = clock.now()
    found = queries.meetups_found(Search(at))
    seats = seats_of([near.meetup for near in found.rows[:6]])
    return render_template(
        "discovery/front.html", cards=_cards(found.rows[:6], seats), total=found.total, more=found.more,
        recaps=queries.latest_recaps(), ideas=queries.count_of_ideas(),
    )


@discovery.get("/near")
@doors.everyone
def near() -> Any:
    gazetteer = current_gazetteer()
    filters = filters_of(request.args, gazetteer)
    page = page_asked()
    found = Found() if filters.choices or "area" in filters.troubles else queries.meetups_found(_search(filters), page)
    online = queries.online_soon(_search(filters)) if filters.point and not filters.past else []
    seats = seats_of([near.meetup for near in (*found.rows, *online)])
    drawn = near_map(filters.circle, _numbered(found.rows), gazetteer) if filters.circle else ""
    return render_template(
        "discovery/near.html", filters=filters, found=found, kinds=PlaceKind, cards=_cards(found.rows, seats, filters),
        online=_cards(online, seats), map=drawn, paging=Paging(page, queries.PAGE, found.total, found.more),
    )


def _search(filters: Filters) -> Search:
    return Search(
        clock.now(), filters.point, filters.circle.radius_km if filters.circle else 0.0, filters.q, filters.kind,
        filters.from_day, filters.until_day, filters.past, filters.by_distance,
    )


def _numbered(rows: list[Near]) -> list[tuple[int, Near]]:
    """Numbers for what has a pin, in the order of the list."""
    return list(enumerate((near for near in rows if near.km is not None), start=1))


def _cards(rows: list[Near], seats: dict[int, Seats], filters: Filters | None = None) -> list[Any]:
    numbers = {near.meetup.id: number for number, near in _numbered(rows)}
    country = filters.town.country if filters and filters.town else None
    return [
        card(near, seats[near.meetup.id], number=numbers.get(near.meetup.id), searcher_country=country)
        for near in rows
    ]


@discovery.get("/meetups/<code>")
@doors.everyone
def meetup(code: str) -> Any:
    found = meetup_by_code(code)
    person = person_here()
    if found is None or not may_see(person, found):
        raise NotHere("There is no such meetup.")
    at = clock.now()
    shown = {
        "meetup": found, "at": at, "seats": attendance_queries.seats(found),
        "wanted": attendance_queries.bring_list(found),
        "recaps": queries.recaps_of(found) if found.has_begun(at) else [],
    }
    if person is None:
        return kept_for_visitors(_facts_of(shown), lambda: _meetup_page(shown, None))
    return _meetup_page(shown, person)


def _facts_of(shown: dict[str, Any]) -> Hashable:
    """Everything a visitor's page of a meetup depends on; of the clock, whether it has begun and is over."""
    found, at = shown["meetup"], shown["at"]
    rows = (found, found.place, found.host, found.host_event, *shown["recaps"])
    wanted = tuple((facts_in(want.item), want.claim is not None) for want in shown["wanted"])
    return (*map(facts_in, rows), shown["seats"], wanted, found.has_begun(at), found.is_over(at))


def _meetup_page(shown: dict[str, Any], person: Any) -> str:
    found, at = shown["meetup"], shown["at"]
    rsvp = attendance_queries.rsvp_of(person, found) if person else None
    is_going = attendance_permissions.may_see_first_names(rsvp)
    going = attendance_queries.going(found) if is_going else []
    return render_template(
        "discovery/meetup.html", **shown, rsvp=rsvp, names=[party.called for party in going],
        reader=reader_of(found, person, at, is_going=is_going), map=meetup_map(found, current_gazetteer()),
        form=AnswerForm(found, rsvp) if person else VisitorForm(found),
        sees_guests=attendance_permissions.may_see_guests(person, found),
    )


@discovery.get("/m/<code>")
@doors.everyone
def short(code: str) -> Any:
    """The short link, for flyers and QR codes."""
    return redirect(url_for("discovery.meetup", code=code), 301)
