"""The front page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from meetups.attendance.queries import seats_of
from meetups.discovery import queries
from meetups.discovery.entries import card
from meetups.discovery.queries import Near, Search
from meetups.foundation import clock, doors
from meetups.foundation.doors import person_here
from meetups.people.queries import blocked_either_way

discovery = Blueprint("discovery", __name__)


@discovery.get("/")
@doors.everyone
def front() -> Any:
    unseen = blocked_either_way(person_here())
    found = queries.meetups_found(Search(clock.now(), unseen=unseen))
    return render_template(
        "discovery/front.html", cards=cards_of(found.rows[:6]), total=found.total, more=found.more,
        recaps=queries.latest_recaps(unseen=unseen), ideas=queries.count_of_ideas(),
    )


def numbered(rows: list[Near]) -> list[tuple[int, Near]]:
    """Numbers for what has a pin, in the order of the list."""
    return list(enumerate((near for near in rows if near.km is not None), start=1))


def cards_of(rows: list[Near], unit: str | None = None) -> list[Any]:
    """Cards for a list, seats counted in one query; distances in `unit`, or as people at the place say them."""
    seats = seats_of([near.meetup for near in rows])
    numbers = {near.meetup.id: number for number, near in numbered(rows)}
    return [card(near, seats[near.meetup.id], number=numbers.get(near.meetup.id), unit=unit) for near in rows]
