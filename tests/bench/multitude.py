"""So many meetups, placed like the world's people: towns by their residents, each meetup a few km off the middle.

Rows go in directly, without the house's actions: only what lists, cards and maps read is believable. Five meetups share
a place; one of them is to come within sixty days, four are over.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from meetups.foundation import clock
from meetups.foundation.database import db, folded
from meetups.foundation.gazetteer import Gazetteer
from meetups.foundation.geography import COARSE, FINE, Point, cell, earth_xyz
from meetups.people.models import Person
from meetups.places.models import Place, PlaceKind, Precision, name_of
from meetups.planning.models import Meetup, Status

SPREAD_KM = 8.0
HOSTS = 500
AT_ONE_PLACE = 5
BATCH = 20_000
DAYS_AHEAD, DAYS_BACK = 60, 1500
KINDS = (PlaceKind.COFFEE_SHOP, PlaceKind.LIBRARY_ROOM, PlaceKind.PUB, PlaceKind.OUTDOORS, PlaceKind.RESTAURANT)


def people_points(gazetteer: Gazetteer, count: int, seed: int) -> Iterator[tuple[Point, str, str]]:
    """Points drawn like the people of the gazetteer, each with its town and country; the same seed, the same points."""
    dice = random.Random(seed)
    towns = gazetteer._rows("select lat, lon, name, country, population from town order by id")
    for lat, lon, name, country, _ in dice.choices(towns, weights=[town[4] for town in towns], k=count):
        north, east = dice.gauss(0, SPREAD_KM) / 111.2, dice.gauss(0, SPREAD_KM) / 111.2
        lat = max(-89.9, min(89.9, lat / 10_000 + north))
        lon = (lon / 10_000 + east / max(0.05, math.cos(math.radians(lat))) + 180) % 360 - 180
        yield Point(lat, lon), name, country


def fill(meetups: int, gazetteer: Gazetteer, seed: int = 1) -> None:
    """Put `meetups` rows and what they hang on into an empty database; commits."""
    at, dice = clock.now(), random.Random(seed)
    at_places = {"precision": Precision.EXACT, "time_zone": "Etc/UTC", "added_at": at, "region": ""}
    at_meetups = {
        "status": Status.CONFIRMED, "contact": "Look for the parachute.", "time_zone": "Etc/UTC", "listed": True,
        "created_at": at, "updated_at": at, "published_at": at,
    }  # fmt: skip
    indexes = sorted(Meetup.__table__.indexes, key=lambda index: str(index.name))
    with db.engine.connect() as connection:
        for index in indexes:  # made at the end: row by row in no order they take three times as long
            index.drop(connection)
        connection.execute(sa.insert(Person), [_host(number, at) for number in range(1, HOSTS + 1)])
        places, rows = [], []
        points = people_points(gazetteer, meetups // AT_ONE_PLACE, seed)
        for number, (point, town, country) in enumerate(points, start=1):
            kind = dice.choice(KINDS)
            places.append(_place(number, point, town, country, kind))
            rows += _meetups_at(number, point, town, kind, at, dice)
            if len(rows) >= BATCH:
                _insert(connection, Place, places, **at_places)
                _insert(connection, Meetup, rows, **at_meetups)
                places, rows = [], []
        _insert(connection, Place, places, **at_places)
        _insert(connection, Meetup, rows, **at_meetups)
        for index in indexes:
            index.create(connection)
        connection.commit()
    with db.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(
            "analyze" if connection.dialect.name == "sqlite" else "vacuum analyze"
        )


def _insert(connection: sa.Connection, model: Any, rows: list[dict[str, Any]], **constant: Any) -> None:
    """`constant` and the model's defaults are bound once, not row by row: a million rows are wanted soon."""
    if not rows:
        return
    table = model.__table__
    given = {**rows[0], **constant}
    same = {
        column.name: column.default.arg(None) if column.default.is_callable else column.default.arg
        for column in table.columns
        if column.default is not None and column.name not in given
    } | constant
    kinds = {name: table.c[name].type.dialect_impl(connection.dialect) for name in (*rows[0], *same)}
    bind = {name: kind.bind_processor(connection.dialect) for name, kind in kinds.items()}
    tail = [_bound(bind[name], value) for name, value in same.items()]
    head = [bind[name] for name in rows[0]]
    values = [[p(v) if p else v for p, v in zip(head, row.values(), strict=True)] + tail for row in rows]
    _send(connection, table.name, [*rows[0], *same], values)


def _bound(processor: Any, value: Any) -> Any:
    return processor(value) if processor else value


def _send(connection: sa.Connection, table: str, names: list[str], values: list[list[Any]]) -> None:
    """All rows at once, as the database likes it best."""
    if not connection.in_transaction():
        connection.begin()
    cursor, columns = connection.connection.cursor(), ", ".join(names)
    if connection.dialect.name == "sqlite":
        cursor.executemany(f"insert into {table} ({columns}) values ({', '.join('?' * len(names))})", values)
        return
    with cursor.copy(f"copy {table} ({columns}) from stdin") as copy:
        for row in values:
            copy.write_row(row)


def _host(number: int, at: datetime) -> dict[str, Any]:
    return {"id": number, "display_name": f"Host {number}", "address": f"host{number}@example.org", "joined_at": at}


def _place(number: int, point: Point, town: str, country: str, kind: PlaceKind) -> dict[str, Any]:
    words = f"{kind.label} {number}, {town}"[:300]
    return {
        "id": number, "kind": kind, "words": words, "town": town, "country": country, "code": f"p{number}",
        "name_folded": name_of(words), "search_words": folded(words),
        "latitude": round(point.lat, 6), "longitude": round(point.lon, 6),
    }  # fmt: skip


def _meetups_at(
    place: int, point: Point, town: str, kind: PlaceKind, at: datetime, dice: random.Random
) -> Iterator[dict[str, Any]]:
    x, y, z = earth_xyz(point)
    fine, coarse, words = cell(point, FINE), cell(point, COARSE), folded(f"{town} {kind.label}")
    for n in range(AT_ONE_PLACE):
        number = (place - 1) * AT_ONE_PLACE + n + 1
        away = dice.uniform(0, DAYS_AHEAD) if n == 0 else -dice.uniform(1, DAYS_BACK)
        starts = (at + timedelta(days=away)).replace(second=0, microsecond=0)
        ends = starts + timedelta(hours=2)
        yield {
            "id": number, "code": f"n{number:x}", "uid": f"urn:uuid:{number:032x}", "title": f"Storytime swap {number}",
            "host_id": number % HOSTS + 1, "place_id": place, "local_start": starts.replace(tzinfo=None),
            "local_end": ends.replace(tzinfo=None), "starts_at": starts, "ends_at": ends, "cell_fine": fine,
            "cell_coarse": coarse, "x": x, "y": y, "z": z, "search_words": f"storytime swap {number} {words}",
        }  # fmt: skip
