"""Radius search and its filters.

The row carries its H3 cell at two resolutions and earth-centered coordinates in meters. A query takes the cells that
touch the circle, keeps rows whose squared chord is within the radius, and fetches the page's rows by key at the end.
One covering index serves page and count (cell, start, end, x, y, z, id; listed rows only); what is not in it (words,
kind, access, hours) is looked at for rows inside the circle alone. No trigonometry in SQL, no poles, no antimeridian.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import joinedload

from meetups.foundation.database import Instant, db, has_words
from meetups.foundation.geography import FINE, Point, cells_touching, chord_squared_m2, earth_xyz, ground_km
from meetups.places.models import Noise, Place, PlaceKind, YesNo
from meetups.planning.models import HostEvent, Meetup
from meetups.planning.queries import not_hosted_by

PAGE = 20
COUNT_CAP = 500
MOST_BESIDE = {0: 4, 1: 10}  # online; without a pin
LONGEST = timedelta(days=2)  # no meetup lasts longer (planning refuses sooner): bounds the walk through the index
FARTHEST_CLOCKS = timedelta(hours=14)  # no clock on earth is further from UTC
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


@dataclass(frozen=True)
class Search:
    """What is looked for. Without a point: everywhere. `from_day`, `until_day` and `after` are on the place's clock.

    `open_to` is an age that must be let in (0 for no limit at all); `conference`, words of its name.
    `unseen`: hosts whose meetups this reader does not get to see (people.queries.blocked_either_way).
    """

    at: datetime
    point: Point | None = None
    radius_km: float = 50.0
    words: str = ""
    kind: PlaceKind | None = None
    step_free: bool = False
    quiet: bool = False
    alcohol_free: bool = False
    children: bool = False
    open_to: int | None = None
    conference: str = ""
    from_day: date | None = None
    until_day: date | None = None
    after: time | None = None
    past: bool = False
    by_distance: bool = False
    unseen: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Near:
    """A meetup and how far its pin is over the ground, in km; None where there is no pin or no point was given."""

    meetup: Meetup
    km: float | None


@dataclass(frozen=True)
class Found:
    """One page of what was found. `total` is capped; `more` says that there are others beyond the cap."""

    rows: list[Near] = field(default_factory=list)
    total: int = 0
    more: bool = False


@dataclass(frozen=True)
class Beside:
    """What is listed under a page near a town: meetups of its region that have no pin, and the next ones online."""

    unpinned: list[Near] = field(default_factory=list)
    online: list[Near] = field(default_factory=list)


@dataclass(frozen=True)
class Numbers:
    """Which meetups a page lists, by row number; `total` and `more` as in `Found`."""

    page: tuple[int, ...] = ()
    unpinned: tuple[int, ...] = ()
    online: tuple[int, ...] = ()
    total: int = 0
    more: bool = False

    @property
    def all(self) -> list[int]:
        return [*self.page, *self.unpinned, *self.online]


def meetups_found(search: Search, page: int = 1, size: int = PAGE) -> Found:
    """The page of meetups that match, by start (past: latest first) or by distance; two queries."""
    return rows_of(_numbers(search, page, size), search.point)[0]


def fits(meetup: Meetup, search: Search) -> bool:
    """Whether this very meetup is among what is looked for."""
    query = sa.select(Meetup.id).where(Meetup.id == meetup.id, *_conditions(search))
    return db.session.scalar(query) is not None


def page_near(search: Search, region: str, country: str) -> tuple[Found, Beside]:
    """Page one near a town with what is listed under it; three queries."""
    return rows_of(numbers_near(search, region, country), search.point)


def numbers_found(search: Search, page: int) -> Numbers:
    """Which meetups `meetups_found` finds; one query."""
    return _numbers(search, page, PAGE)


def numbers_near(search: Search, region: str, country: str) -> Numbers:
    """Which meetups `page_near` finds; two queries.

    All filters hold for all of it, but the circle for the page alone. `region` is as in `Place.region`; when it is
    empty, the whole country is meant. Nothing past is looked for online.
    """
    online, unpinned = _numbers_beside(search, region, country)
    return replace(_numbers(search, 1, PAGE), online=tuple(online), unpinned=tuple(unpinned))


def rows_of(numbers: Numbers, point: Point | None) -> tuple[Found, Beside]:
    """The rows themselves, with their distance from the point; one query."""
    by_id = _by_key(numbers.all)
    rows = [Near(by_id[each], _km(point, by_id[each])) for each in numbers.page if each in by_id]
    unpinned, online = (
        [Near(by_id[each], None) for each in part if each in by_id] for part in (numbers.unpinned, numbers.online)
    )
    return Found(rows, numbers.total, numbers.more), Beside(unpinned, online)


def _numbers(search: Search, page: int, size: int) -> Numbers:
    most = max(COUNT_CAP + 1, page * size)
    if search.point is not None and search == _unfiltered(search):
        resolution, cells = cells_touching(search.point, search.radius_km)
        values = {"cells": cells, "reach": chord_squared_m2(search.radius_km), "at": search.at, "most": most}
        values |= dict(zip("xyz", earth_xyz(search.point), strict=True)) | {"least": search.at - LONGEST}
        ids = db.session.scalars(_circle(resolution, search.by_distance, db.engine.dialect.name), values).all()
    else:
        ids = db.session.scalars(_ordered(search, _conditions(search)).limit(most)).all()
    asked = tuple(ids[(page - 1) * size : page * size])
    return Numbers(asked, total=min(len(ids), COUNT_CAP), more=len(ids) > COUNT_CAP)


def _unfiltered(search: Search) -> Search:
    """The same circle and order with nothing else asked for, as most searches are."""
    return Search(search.at, search.point, search.radius_km, by_distance=search.by_distance)


def _ordered(search: Search, conditions: Sequence[Any]) -> sa.Select[Any]:
    by_chord = [_chord(search.point)] if search.by_distance and search.point is not None else []
    return sa.select(Meetup.id).where(*conditions).order_by(*by_chord, _start(search), Meetup.id)


@cache
def _circle(resolution: int, by_distance: bool, dialect: str) -> sa.Select[Any]:
    """The statement of an unfiltered search, made once."""
    column = Meetup.cell_fine if resolution == FINE else Meetup.cell_coarse
    at, least = (sa.bindparam(name, type_=Instant()) for name in ("at", "least"))
    upcoming: list[Any] = [LISTED, Meetup.starts_at >= least, Meetup.ends_at > at]
    query = sa.select(Meetup.id).where(*upcoming, _among(column, dialect), sa.text(f"{CHORD} <= :reach"))
    by_chord = [sa.text(CHORD)] if by_distance else []
    return query.order_by(*by_chord, Meetup.starts_at, Meetup.id).limit(sa.bindparam("most", type_=sa.Integer()))


def _numbers_beside(search: Search, region: str, country: str) -> tuple[list[int], list[int]]:
    """The ids of the next meetups online, and of those in the region that nobody could place on the map."""
    if region and search == _unfiltered(search):
        values = {"at": search.at, "least": search.at - LONGEST, "region": region, "country": country}
        return _sorted_out(db.session.execute(_beside_unfiltered(), values))
    anywhere = [*_conditions(replace(search, point=None, kind=None)), Meetup.cell_fine.is_(None)]
    here = [Place.kind != PlaceKind.ONLINE, Place.country == country, *([Place.region == region] if region else [])]
    wanted = {0: [Place.kind == PlaceKind.ONLINE], 1: here}
    if search.past or search.kind not in (None, PlaceKind.ONLINE):
        del wanted[0]
    if not country or search.kind is PlaceKind.ONLINE:
        wanted.pop(1)
    elif search.kind is not None:
        here.append(Place.kind == search.kind)
    parts = [_first(which, [*anywhere, *like], _start(search)) for which, like in wanted.items()]
    return _sorted_out(db.session.execute(sa.union_all(*parts)) if parts else ())


@cache
def _beside_unfiltered() -> sa.CompoundSelect[Any]:
    """The same for a list without filters, as most are, made once."""
    at, least = (sa.bindparam(name, type_=Instant()) for name in ("at", "least"))
    anywhere = [LISTED, Meetup.starts_at >= least, Meetup.ends_at > at, Meetup.cell_fine.is_(None)]
    here = [getattr(Place, name) == sa.bindparam(name) for name in ("region", "country")]
    online = _first(0, [*anywhere, Place.kind == PlaceKind.ONLINE], Meetup.starts_at)
    return sa.union_all(online, _first(1, [*anywhere, Place.kind != PlaceKind.ONLINE, *here], Meetup.starts_at))


def _sorted_out(rows: Iterable[Any]) -> tuple[list[int], list[int]]:
    found: dict[int, list[int]] = {0: [], 1: []}
    for which, number in rows:
        found[which].append(number)
    return found[0], found[1]


def _first(which: int, conditions: Sequence[Any], start: Any) -> sa.Select[Any]:
    columns: list[Any] = [sa.literal_column(str(which)).label("which"), Meetup.id]
    query = sa.select(*columns).select_from(Meetup).join(Meetup.place).where(*conditions)
    part = query.order_by(start, Meetup.id).limit(MOST_BESIDE[which]).subquery()
    return sa.select(part.c.which, part.c.id)


def _start(search: Search) -> Any:
    return Meetup.starts_at.desc() if search.past else Meetup.starts_at


def _conditions(search: Search) -> list[Any]:
    conditions: list[Any] = [LISTED, *_when(search)]
    if search.point is not None:
        resolution, cells = cells_touching(search.point, search.radius_km)
        column = Meetup.cell_fine if resolution == FINE else Meetup.cell_coarse
        reach = chord_squared_m2(search.radius_km)
        conditions += [_among(column, db.engine.dialect.name, cells), _chord(search.point, " <= :reach", reach=reach)]
    conditions += [*_where(search), *has_words(Meetup.search_words, search.words), *not_hosted_by(search.unseen)]
    if named := has_words(HostEvent.name_folded, search.conference):
        conditions.append(Meetup.host_event.has(sa.and_(*named)))
    return conditions


def _among(column: Any, dialect: str, cells: list[int] | None = None) -> sa.ColumnElement[bool]:
    """One of the cells, or of those given as `cells` when the statement is run.

    PostgreSQL takes them as one value: the statement stays the same, and so does its plan.
    """
    name = "cells" if cells is None else None
    if dialect == "postgresql":
        return column == sa.any_(sa.bindparam(name, cells, type_=ARRAY(sa.BigInteger)))
    return column.in_(sa.bindparam(name, cells, expanding=True))


def _chord(point: Point, test: str = "", **values: int) -> sa.TextClause:
    """The square of the straight line from the point, in m2; or with a test, a condition on it."""
    x, y, z = earth_xyz(point)
    return sa.text(CHORD + test).bindparams(x=x, y=y, z=z, **values)


def _when(search: Search) -> list[Any]:
    """Bounds on the start first, which the index is sorted by; then what is exact."""
    least, most = None if search.past else search.at - LONGEST, search.at if search.past else None
    exact: list[Any] = [Meetup.ends_at <= search.at if search.past else Meetup.ends_at > search.at]
    if search.from_day is not None:
        begins = datetime.combine(search.from_day, time())
        exact.append(Meetup.local_start >= begins)
        least = max(filter(None, (least, _instant(begins, -FARTHEST_CLOCKS))), default=None)
    if search.until_day is not None:
        ends = datetime.combine(search.until_day, time.max)
        exact.append(Meetup.local_start <= ends)
        most = min(filter(None, (most, _instant(ends, FARTHEST_CLOCKS))), default=None)
    if search.after is not None:
        hour, minute = (sa.extract(part, Meetup.local_start) for part in ("hour", "minute"))
        exact.append(hour * 60 + minute >= search.after.hour * 60 + search.after.minute)
    bounds = [Meetup.starts_at >= least] if least is not None else []
    return [*bounds, *([Meetup.starts_at <= most] if most is not None else []), *exact]


def _instant(wall: datetime, away: timedelta) -> datetime | None:
    """The earliest or latest moment a clock on earth can show this; None at the ends of the calendar."""
    try:
        return (wall + away).replace(tzinfo=UTC)
    except OverflowError:
        return None


def _where(search: Search) -> list[Any]:
    """What the place must be like, as one look at it. Only what somebody stated counts, except for age limits."""
    like: list[Any] = []
    if search.kind is not None:
        like.append(Place.kind == search.kind)
    if search.step_free:
        like.append(Place.step_free == YesNo.YES)
    if search.quiet:
        like.append(Place.noise == Noise.QUIET)
    if search.alcohol_free:
        like.append(Place.alcohol == YesNo.NO)
    if search.children:
        like.append(Place.children_welcome == YesNo.YES)
    if search.open_to is not None:
        like.append(sa.func.coalesce(Place.age_limit, 0) <= search.open_to)
    return [Meetup.place.has(sa.and_(*like))] if like else []


def _by_key(ids: Sequence[int]) -> dict[int, Meetup]:
    return {meetup.id: meetup for meetup in db.session.scalars(ROWS, {"ids": ids})} if ids else {}


def _km(point: Point | None, meetup: Meetup) -> float | None:
    pin = meetup.place.point if meetup.cell_fine is not None else None
    return ground_km(point, pin) if point is not None and pin is not None else None
