"""What is near a point, what is coming up anywhere, what the last rooms worked out.

Near: the row carries its H3 cell at two resolutions and earth-centered coordinates in meters. A query takes the
cells that touch the circle, keeps rows whose squared chord is within the radius, and fetches the page's rows by
key; one covering index serves it. No trigonometry in SQL, no poles, no antimeridian.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from meetups.foundation.database import db, has_words
from meetups.foundation.geography import FINE, Point, cells_touching, chord_squared_m2, distance_km, earth_xyz
from meetups.places.models import Place, PlaceKind
from meetups.planning.models import Meetup
from meetups.recaps.models import Recap, RecapEntry, RecapStatus, Response

PAGE = 20
COUNT_CAP = 500
# Written as the indexes have it: SQLite takes "listed = 1" for something else and reads the whole table.
LISTED = sa.text("meetups.listed")
SQUARE = "cast(meetups.{0} - :{0} as bigint) * cast(meetups.{0} - :{0} as bigint)"  # of an int of 32 bits
CHORD = " + ".join(SQUARE.format(axis) for axis in "xyz")
# Made once, because building a statement costs as much as running it.
ROWS = (
    sa.select(Meetup)
    .where(Meetup.id.in_(sa.bindparam("ids", expanding=True)))
    .options(joinedload(Meetup.place), joinedload(Meetup.host))
)
LONGER_THAN_ANY = timedelta(days=2)  # planning refuses more than 18 hours; lets the index begin near the present


@dataclass(frozen=True)
class Search:
    """What is looked for. Without a point: everywhere. `from_day` and `until_day` are days at the place."""

    at: datetime
    point: Point | None = None
    radius_km: float = 50.0
    words: str = ""
    kind: PlaceKind | None = None
    from_day: date | None = None
    until_day: date | None = None
    past: bool = False
    by_distance: bool = False


@dataclass(frozen=True)
class Near:
    """A meetup and how far its pin is, in km (great circle); None where there is no pin or no point was given."""

    meetup: Meetup
    km: float | None


@dataclass(frozen=True)
class Found:
    """One page of what was found. `total` is capped; `more` says that there are others beyond the cap."""

    rows: list[Near] = field(default_factory=list)
    total: int = 0
    more: bool = False


def meetups_found(search: Search, page: int = 1) -> Found:
    """The page of meetups that match, by start (past: latest first) or by distance; two queries."""
    conditions = _conditions(search)
    start = Meetup.starts_at.desc() if search.past else Meetup.starts_at
    order = (_chord(search.point), start) if search.by_distance and search.point is not None else (start,)
    most = max(COUNT_CAP + 1, page * PAGE)
    ids = db.session.scalars(sa.select(Meetup.id).where(*conditions).order_by(*order, Meetup.id).limit(most)).all()
    rows = [Near(meetup, _km(search.point, meetup)) for meetup in _by_key(ids[(page - 1) * PAGE : page * PAGE])]
    return Found(rows, min(len(ids), COUNT_CAP), len(ids) > COUNT_CAP)


def _conditions(search: Search) -> list[Any]:
    if search.past:
        conditions: list[Any] = [LISTED, Meetup.ends_at <= search.at, Meetup.starts_at < search.at]
    else:
        conditions = [LISTED, *_not_over(search.at)]
    if search.point is not None:
        resolution, cells = cells_touching(search.point, search.radius_km)
        column = Meetup.cell_fine if resolution == FINE else Meetup.cell_coarse
        reach = chord_squared_m2(search.radius_km)
        conditions += [column.in_(cells), _chord(search.point, " <= :reach", reach=reach)]
    if search.kind is not None:
        conditions.append(Meetup.place.has(Place.kind == search.kind))
    if search.from_day is not None:
        conditions.append(Meetup.local_start >= datetime.combine(search.from_day, datetime.min.time()))
    if search.until_day is not None:
        conditions.append(Meetup.local_start <= datetime.combine(search.until_day, datetime.max.time()))
    conditions += has_words(Meetup.search_words, search.words)
    return conditions


def _not_over(at: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return Meetup.ends_at > at, Meetup.starts_at > at - LONGER_THAN_ANY


def _chord(point: Point, test: str = "", **values: int) -> sa.TextClause:
    """The square of the straight line from the point, in m2; or with a test, a condition on it."""
    x, y, z = earth_xyz(point)
    return sa.text(CHORD + test).bindparams(x=x, y=y, z=z, **values)


def _by_key(ids: Sequence[int]) -> list[Meetup]:
    if not ids:
        return []
    by_id = {meetup.id: meetup for meetup in db.session.scalars(ROWS, {"ids": ids})}
    return [by_id[each] for each in ids if each in by_id]


def _km(point: Point | None, meetup: Meetup) -> float | None:
    pin = meetup.place.point
    return distance_km(point, pin) if point is not None and pin is not None else None


def online_soon(search: Search, limit: int = 4) -> list[Near]:
    """The next meetups online, for the foot of a list near a town."""
    query = (
        sa.select(Meetup)
        .join(Meetup.place)
        .options(contains_eager(Meetup.place), joinedload(Meetup.host))
        .where(LISTED, *_not_over(search.at), Place.kind == PlaceKind.ONLINE)
        .where(*has_words(Meetup.search_words, search.words))
        .order_by(Meetup.starts_at, Meetup.id)
        .limit(limit)
    )
    return [Near(meetup, None) for meetup in db.session.scalars(query)]


def recaps_of(meetup: Meetup) -> Sequence[Recap]:
    """Published write-ups of a meetup, oldest first."""
    query = (
        sa.select(Recap)
        .where(Recap.meetup_id == meetup.id, Recap.status == RecapStatus.PUBLISHED, Recap.hidden_at.is_(None))
        .order_by(Recap.published_at, Recap.id)
    )
    return db.session.scalars(query).all()


def latest_recaps(limit: int = 3) -> list[tuple[Recap, str]]:
    """The newest published recaps, each with its first prompt."""
    first = (
        sa.select(RecapEntry.prompt)
        .where(RecapEntry.recap_id == Recap.id)
        .order_by(RecapEntry.ordinal)
        .limit(1)
        .scalar_subquery()
    )
    query = (
        sa.select(Recap, first)
        .where(Recap.status == RecapStatus.PUBLISHED, Recap.hidden_at.is_(None))
        .order_by(Recap.published_at.desc(), Recap.id.desc())
        .limit(limit)
    )
    return [(recap, prompt or "") for recap, prompt in db.session.execute(query)]


def count_of_ideas() -> int:
    """How many ideas the published recaps hold."""
    query = (
        sa.select(sa.func.count())
        .select_from(Response)
        .join(Response.entry)
        .join(RecapEntry.recap)
        .where(Recap.status == RecapStatus.PUBLISHED, Recap.hidden_at.is_(None))
    )
    return db.session.scalar(query) or 0
