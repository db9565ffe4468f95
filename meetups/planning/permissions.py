"""Who may see and change a meetup, and how much of it a reader gets to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meetups.people.models import Person
from meetups.planning.models import Meetup, Status


@dataclass(frozen=True)
class Knows:
    """What a reader may be told: `going`, how to reach the host; `private`, a home’s address or the join link."""

    going: bool = False
    private: bool = False


STRANGER = Knows()


@dataclass(frozen=True)
class Reader:
    """Who looks at a meetup page, as far as the page needs to know. `time_zone` is theirs, if we know it."""

    knows: Knows = STRANGER
    time_zone: str | None = None
    may_edit: bool = False
    sees_co_host: bool = True


def may_see(person: Person | None, meetup: Meetup) -> bool:
    """Drafts: host and moderators. Hidden: moderators. Everything else: all whom no block keeps from the host."""
    if person is not None and person.is_moderator:
        return True
    if person is not None and meetup.host_id not in (None, person.id) and meetup.host_id in person.out_of_sight:
        return False
    if meetup.hidden_at is not None:
        return False
    return meetup.status is not Status.DRAFT or _hosts(person, meetup)


def may_edit(person: Person | None, meetup: Meetup) -> bool:
    """Change, publish, confirm, cancel or copy it: its host (unless it was hidden) and moderators."""
    if person is None:
        return False
    return person.is_moderator or (_hosts(person, meetup) and meetup.hidden_at is None)


def knows(person: Person | None, meetup: Meetup, at: datetime, *, is_going: bool = False) -> Knows:
    """The host knows everything; a confirmed guest how to reach the host, and the address once its hour has come."""
    if _hosts(person, meetup):
        return Knows(going=True, private=True)
    return Knows(going=is_going, private=is_going and meetup.reveals_address(at))


def reader_of(meetup: Meetup, person: Person | None, at: datetime, *, is_going: bool = False) -> Reader:
    """What templates need to know of whoever looks. `is_going`: their answer stands and is confirmed."""
    zone = None
    if person is not None:
        zone = person.time_zone or (person.home_area.time_zone if person.home_area else None)
    sees_co_host = person is None or meetup.co_host_id not in person.out_of_sight
    return Reader(knows(person, meetup, at, is_going=is_going), zone, may_edit(person, meetup), sees_co_host)


def _hosts(person: Person | None, meetup: Meetup) -> bool:
    return person is not None and person.id is not None and meetup.host_id == person.id
