"""Things for tests, with dull defaults. Each is committed before it is returned."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

from meetups.attendance.models import Answer, Rsvp
from meetups.foundation import clock
from meetups.foundation.database import add, flush, unit_of_work
from meetups.foundation.geography import Point
from meetups.people.models import HomeArea, Person
from meetups.places.models import Place, PlaceKind, Precision
from meetups.planning.models import Meetup, Status

TACOMA = Point(47.2529, -122.4443)
_numbers = itertools.count(1)


def make_person(name: str = "Robin", **given: Any) -> Person:
    """Somebody with an account; the address follows from the name unless given."""
    given.setdefault("address", f"{name.lower()}-{next(_numbers)}@example.org")
    with unit_of_work():
        return add(Person(display_name=name, joined_at=clock.now(), **given))


def make_home_area(person: Person, cell: int, label: str, country: str, time_zone: str) -> HomeArea:
    """Where a person lives, as the coarse cell that is all the house keeps."""
    with unit_of_work():
        return add(HomeArea(person_id=person.id, cell=cell, label=label, country=country, time_zone=time_zone,
                            chosen_at=clock.now()))


def make_place(
    words: str = "The Lantern & Ladle, Tacoma, WA 98402", *, at: Point | None = TACOMA, **given: Any
) -> Place:
    """A coffee shop in Tacoma. `at=None` for a place that was not found."""
    dull: dict[str, Any] = {"kind": PlaceKind.COFFEE_SHOP, "added_at": clock.now()}
    if at is TACOMA:
        dull |= {"town": "Tacoma", "region": "Washington", "country": "US", "time_zone": "America/Los_Angeles"}
    if at is not None:
        dull |= {"latitude": at.lat, "longitude": at.lon, "precision": Precision.POSTAL}
    with unit_of_work():
        return add(Place(words=words, **dull | given))


def make_meetup(
    title: str = "Storytime swap",
    *,
    host: Person | None = None,
    place: Place | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
    zone: str | None = None,
    fold: int | None = None,
    status: Status = Status.PROPOSED,
    **given: Any,
) -> Meetup:
    """A published meetup in Tacoma, 6:30 PM on the wall six weeks from now; `start` and `end` are wall-clock times."""
    host = host or make_person()
    place = place or make_place()
    zone = zone or place.time_zone or "America/Los_Angeles"
    if start is None:
        day = clock.wall_clock(clock.now() + timedelta(days=42), zone)
        start = day.replace(hour=18, minute=30, second=0, microsecond=0)
    at = clock.now()
    dull: dict[str, Any] = {"contact": "Look for the parachute.", "created_at": at, "updated_at": at}
    if status is not Status.DRAFT:
        dull["published_at"] = at
    if status is Status.CANCELLED:
        dull |= {"cancelled_at": at, "cancel_reason": "snow"}
    with unit_of_work():
        meetup = Meetup(title=title, host=host, place=place, status=status, **dull | given)
        meetup.set_time(start.replace(tzinfo=None), end and end.replace(tzinfo=None), zone, fold)
        add(meetup)
        flush()  # the columns' own defaults are there from here on
        meetup.settle(place.public_words)
    return meetup


def make_rsvp(
    meetup: Meetup, who: Person | str = "Ana", answer: Answer = Answer.GOING, *, guests: int = 0, **given: Any
) -> Rsvp:
    """An answer that counts: a member's when `who` is a Person, a confirmed visitor's when it is a name.

    Written straight into the table: neither capacity nor the line is looked at.
    """
    at = clock.now()
    dull: dict[str, Any] = {"asked_at": at, "answered_at": at, "confirmed_at": at}
    if isinstance(who, Person):
        dull["person"] = who
    else:
        dull |= {"name": who, "address": f"{who.lower()}-{next(_numbers)}@example.org"}
    with unit_of_work():
        return add(Rsvp(meetup=meetup, answer=answer, guests=guests, **dull | given))
