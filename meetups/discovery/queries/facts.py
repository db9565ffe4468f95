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
from meetups.planning.models import HostEvent, Meetup
from meetups.planning.queries import is_code
from meetups.recaps.models import Recap, RecapStatus

Facts = tuple[Any, ...]
STARTED, OVER = 1, 2  # where a row of `_standing` says so; 0 is the number of the meetup
MEETUPS: Any = Meetup.__table__
AT = sa.bindparam("at", type_=Instant())


def facts_of_meetup(code: str, at: datetime) -> Facts:
    """Everything the page of a meetup shows a visitor at that moment; nothing when there is no such meetup."""
    if not is_code(code):
        return ()
    row = db.session.execute(_meetup(), {"code": code, "at": at}).first()
    if row is None:
        return ()
    own = {"meetup": row[0]}
    recaps = _rows(_recaps(), own) if row[STARTED] else ()
    return (tuple(row), _seats([row[0]]), _rows(_wanted(), own), recaps)


def facts_of_list(ids: Sequence[int], at: datetime) -> Facts:
    """Everything cards of these meetups show at that moment."""
    if not ids:
        return ()
    return (_rows(_listed(), {"ids": ids, "at": at}), _seats(ids))


def _seats(ids: Sequence[int]) -> frozenset[Facts]:
    return frozenset(map(tuple, tally(ids)))


def _rows(query: sa.Select[Any], values: dict[str, Any]) -> Facts:
    return tuple(map(tuple, db.session.execute(query, values)))


def _standing() -> sa.Select[Any]:
    """Of tables, not of models: nothing is made of the rows."""
    of_the_clock = (MEETUPS.c.starts_at <= AT, MEETUPS.c.ends_at <= AT)
    places, hosts, conferences = (each.__table__ for each in (Place, Person, HostEvent))
    joined = MEETUPS.join(places, places.c.id == MEETUPS.c.place_id).outerjoin(hosts, hosts.c.id == MEETUPS.c.host_id)
    joined = joined.outerjoin(conferences, conferences.c.id == MEETUPS.c.host_event_id)
    columns = as_stored(Meetup, Place, Person, HostEvent)
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
    query = sa.select(*as_stored(BringItem), claims.c.bring_item_id).select_from(joined)
    return query.where(items.c.meetup_id == sa.bindparam("meetup")).order_by(items.c.id)


@cache
def _recaps() -> sa.Select[Any]:
    recaps: Any = Recap.__table__
    shown = (recaps.c.status == RecapStatus.PUBLISHED, recaps.c.hidden_at.is_(None))
    query = sa.select(*as_stored(Recap)).where(recaps.c.meetup_id == sa.bindparam("meetup"), *shown)
    return query.order_by(recaps.c.id)
