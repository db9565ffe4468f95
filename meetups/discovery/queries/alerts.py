"""Saved searches: whose they are, and which of them a new meetup fits."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from meetups.discovery.models import Alert, NewMeetup
from meetups.discovery.queries.near import Search, fits
from meetups.foundation import clock
from meetups.foundation.database import db
from meetups.people.models import Person
from meetups.places.models import PlaceKind
from meetups.planning.models import Meetup

# The fields of a Search that an alert keeps, and how each is read from JSON again.
KEPT: Mapping[str, Any] = {
    "words": str, "kind": PlaceKind, "step_free": bool, "quiet": bool, "alcohol_free": bool, "children": bool,
    "open_to": int, "conference": str, "from_day": date.fromisoformat, "until_day": date.fromisoformat,
    "after": time.fromisoformat,
}  # fmt: skip


def alerts_of(person: Person) -> Sequence[Alert]:
    """This person's, the last one first."""
    mine = sa.select(Alert).where(Alert.person_id == person.id)
    return db.session.scalars(mine.order_by(Alert.made_at.desc(), Alert.id.desc())).all()


def alert_numbered(person: Person, number: int) -> Alert | None:
    """One of this person's own."""
    return db.session.scalar(sa.select(Alert).where(Alert.person_id == person.id, Alert.id == number))


def coming_meetups_of(host: Person, at: datetime) -> Sequence[Meetup]:
    return db.session.scalars(sa.select(Meetup).where(Meetup.host_id == host.id, Meetup.ends_at > at)).all()


def new_meetups(before: datetime, limit: int) -> Sequence[NewMeetup]:
    """Those that went up before this moment and that nobody was told of yet, in order."""
    due = sa.select(NewMeetup).where(NewMeetup.since <= before).order_by(NewMeetup.since, NewMeetup.meetup_id)
    return db.session.scalars(due.limit(limit)).all()


def who_asked_for(meetup: Meetup) -> list[Person]:
    """The people with a saved search that this meetup fits, each once, in order of their numbers.

    Without a pin on the map it fits none. Filters are looked at once however many people have the same.
    """
    if meetup.x is None or meetup.y is None or meetup.z is None or meetup.place.is_online:
        return []
    chord: sa.ColumnElement[int] = sa.literal(0, sa.BigInteger)
    for column, value in ((Alert.x, meetup.x), (Alert.y, meetup.y), (Alert.z, meetup.z)):
        away = sa.cast(column - value, sa.BigInteger)
        chord = chord + away * away
    around = sa.select(Alert).where(chord <= Alert.reach_m2, Alert.person.has(Person.suspended_at.is_(None)))
    people: dict[int, Person] = {}
    answers: dict[str, bool] = {}
    for alert in db.session.scalars(around.options(joinedload(Alert.person)).order_by(Alert.person_id)):
        filters = json.dumps(alert.narrowed, sort_keys=True)
        if filters not in answers:
            answers[filters] = fits(meetup, search_of(alert.narrowed))
        if answers[filters]:
            people[alert.person_id] = alert.person
    return list(people.values())


def search_of(narrowed: Mapping[str, Any]) -> Search:
    """The search that was saved, without its area."""
    return Search(clock.now(), **{name: KEPT[name](value) for name, value in narrowed.items() if name in KEPT})


def narrowed_of(search: Search) -> dict[str, Any]:
    """What an alert keeps of a search: every filter that is set, fit for JSON."""
    said = {name: getattr(search, name) for name in KEPT}
    plain = Search(search.at)
    return {name: _written(value) for name, value in said.items() if value != getattr(plain, name)}


def _written(value: Any) -> Any:
    if isinstance(value, PlaceKind):
        return value.value
    return value.isoformat() if isinstance(value, date | time) else value
