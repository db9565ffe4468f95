"""What a visitor's page is made of, as the rows stand: two pages made of the same facts are the same page.

Read without turning rows into objects, because it is read at every request (foundation/kept_pages.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from meetups.attendance.models import BringItem, Claim
from meetups.attendance.queries import tally
from meetups.foundation.database import Instant, as_stored, db
from meetups.people.models import Person
from meetups.places.models import Place
from meetups.planning.models import UNHOSTED, HostEvent, Meetup
from meetups.planning.queries import is_code
from meetups.recaps.models import Addition, Recap, RecapStatus
from meetups.recaps.terms import AdditionKind, AdditionState

Facts = tuple[Any, ...]
STARTED, OVER = 1, 2  # where a row of `_standing` says so; 0 is the number of the meetup
MEETUPS: Any = Meetup.__table__
AT, SOON = (sa.bindparam(name, type_=Instant()) for name in ("at", "soon"))


def facts_of_meetup(code: str, at: datetime) -> Facts:
    """Everything the page of a meetup shows a visitor at that moment; nothing when there is no such meetup."""
    if not is_code(code):
        return ()
    row = db.session.execute(_meetup(), {"code": code, **_clock(at)}).first()
    if row is None:
        return ()
    own = {"meetup": row[0]}
    written = (_rows(_recaps(), own), _rows(_writeups(), own)) if row[STARTED] else ()
    return (tuple(row), _seats([row[0]]), _rows(_wanted(), own), written)


def facts_of_list(ids: Sequence[int], at: datetime) -> Facts:
    """Everything cards of these meetups show at that moment."""
    if not ids:
        return ()
    return (_rows(_listed(), {"ids": ids, **_clock(at)}), _seats(ids))


def _clock(at: datetime) -> dict[str, datetime]:
    """When a meetup begins or is over, and when its page says that nobody hosts it (`Meetup.is_unhosted`)."""
    return {"at": at, "soon": at + UNHOSTED}


def _seats(ids: Sequence[int]) -> frozenset[Facts]:
    return frozenset(map(tuple, tally(ids)))


def _rows(query: sa.Select[Any], values: dict[str, Any]) -> Facts:
    return tuple(map(tuple, db.session.execute(query, values)))


def _standing() -> sa.Select[Any]:
    """Of tables, not of models: nothing is made of the rows."""
    of_the_clock = (MEETUPS.c.starts_at <= AT, MEETUPS.c.ends_at <= AT, MEETUPS.c.starts_at <= SOON)
    places, hosts, conferences = (each.__table__ for each in (Place, Person, HostEvent))
    joined = MEETUPS.join(places, places.c.id == MEETUPS.c.place_id).outerjoin(hosts, hosts.c.id == MEETUPS.c.host_id)
    co_hosts = hosts.alias()
    joined = joined.outerjoin(conferences, conferences.c.id == MEETUPS.c.host_event_id)
    joined = joined.outerjoin(co_hosts, co_hosts.c.id == MEETUPS.c.co_host_id)
    columns = as_stored(MEETUPS, places, hosts, co_hosts, conferences)
    return sa.select(MEETUPS.c.id, *of_the_clock, *columns).select_from(joined)


@cache
def _meetup() -> sa.Select[Any]:
    return _standing().where(MEETUPS.c.code == sa.bindparam("code"))


@cache
def _listed() -> sa.Select[Any]:
    return _standing().where(MEETUPS.c.id.in_(sa.bindparam("ids", expanding=True))).order_by(MEETUPS.c.id)


@cache
def _wanted() -> sa.Select[Any]:
    items, claims = (each.__table__ for each in (BringItem, Claim))
    joined = items.outerjoin(claims, claims.c.bring_item_id == items.c.id)
    query = sa.select(*as_stored(items), claims.c.bring_item_id).select_from(joined)
    return query.where(items.c.meetup_id == sa.bindparam("meetup")).order_by(items.c.id)


@cache
def _recaps() -> sa.Select[Any]:
    recaps: Any = Recap.__table__
    shown = (recaps.c.status == RecapStatus.PUBLISHED, recaps.c.hidden_at.is_(None))
    query = sa.select(*as_stored(recaps)).where(recaps.c.meetup_id == sa.bindparam("meetup"), *shown)
    return query.order_by(recaps.c.id)


@cache
def _writeups() -> sa.Select[Any]:
    writeups: Any = Addition.__table__
    shown = (writeups.c.kind == AdditionKind.WRITEUP, writeups.c.state == AdditionState.SHOWN)
    query = sa.select(*as_stored(writeups)).where(writeups.c.meetup_id == sa.bindparam("meetup"), *shown)
    return query.order_by(writeups.c.id)
