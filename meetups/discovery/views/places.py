"""The directory of places, and the page of each: what is known of it, what happens there."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request

from meetups.discovery.entries import place_map
from meetups.discovery.views.front import discovery
from meetups.foundation import clock, doors
from meetups.foundation.doors import person_here
from meetups.foundation.markup import clean_line
from meetups.foundation.pages import Paging, page_asked
from meetups.foundation.refusals import NotHere
from meetups.foundation.whereabouts import current_gazetteer
from meetups.people.models import Person
from meetups.people.queries import blocked_either_way, person_numbered
from meetups.places.queries import MOST, likely_duplicates, pairs_alike, places_named
from meetups.planning import entries, queries

SHOWN = 30
LONGEST = 200


@discovery.get("/places")
@doors.everyone
def places() -> Any:
    """By name; "q" narrows it to words of the name, address, town or kind."""
    asked, page = clean_line(request.args.get("q", ""))[:LONGEST], page_asked()
    found = places_named(asked, queries.has_public_meetup())
    paging = Paging(page, SHOWN, len(found), len(found) == MOST)
    shown = found[(page - 1) * SHOWN : page * SHOWN]
    return render_template("discovery/places.html", asked=asked, found=shown, paging=paging)


@discovery.get("/places/<code>")
@doors.everyone
def place(code: str) -> Any:
    """A place that was merged leads to the one it is."""
    person = person_here()
    found = queries.public_place(code, person)
    if found is None:
        raise NotHere("There is no such place.")
    if found.code != code:
        return redirect(f"/places/{found.code}", 301)
    now = clock.now()
    upcoming, past = queries.public_meetups_at(found, now, blocked_either_way(person))
    return render_template(
        "discovery/place.html", place=found, map=place_map(found, current_gazetteer()),
        upcoming=[entries.card(meetup, now) for meetup in upcoming],
        past=[entries.card(meetup, now) for meetup in past], checked_by=_checked_by(found.checked_by_id, person),
        alike=likely_duplicates(found, queries.has_public_meetup()) if person else [],
    )  # fmt: skip


@discovery.get("/places/alike")
@doors.member
def alike() -> Any:
    """Pairs that may be one place, for whoever likes to tidy."""
    return render_template("discovery/alike.html", pairs=pairs_alike(queries.has_public_meetup()))


def _checked_by(number: int | None, reader: Person | None) -> str:
    """Who checked it last, for members; nothing for strangers and where a block says so."""
    if number is None or reader is None or number in reader.out_of_sight:
        return ""
    person = person_numbered(number)
    return person.name if person else ""
