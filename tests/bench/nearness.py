"""How fast, how right and how light "near" is: `figures()` returns name -> value.

Times are those of the database call: the very statements that a list sends (ids and count in one, then the page's 20
rows by key), replayed on the bare driver, warm, the better of two runs a point. The limit beside them is a k-d tree
(SciPy's, in C) held in the process, with the same 20 rows by the same statement. Explanations go to `explain`.
"""

from __future__ import annotations

import gzip
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import sqlalchemy as sa
from flask import Flask
from scipy.spatial import cKDTree
from sqlalchemy import event

from meetups.discovery.entries import Circle, near_map
from meetups.discovery.queries import PAGE, Found, Search, meetups_found
from meetups.foundation import clock
from meetups.foundation.database import db
from meetups.foundation.gazetteer import Gazetteer
from meetups.foundation.geocoding import geodesic_km
from meetups.foundation.geography import Point, chord_squared_m2, earth_xyz
from meetups.foundation.whereabouts import current_gazetteer
from meetups.planning.models import Meetup
from meetups.settings import Settings
from tests.bench.multitude import fill, people_points
from tests.conftest import SECRET, make_schema, started
from tests.databases import cluster

SIZES, QUICK_SIZES = (10_000, 100_000, 1_000_000), (2_000, 5_000, 10_000)
POINTS, QUICK_POINTS = 500, 20
RADII = (10.0, 50.0, 200.0)
BUCKETS = ((1, 4), (5, 19), (20, 79), (80, 319))  # answers of about the same size
Explain = Callable[[str], None]
Statement = tuple[str, Any]
POSTGIS = """select id from spots where st_dwithin(at, st_makepoint(%s, %s)::geography, %s, false)
    and starts_at >= %s and ends_at > %s order by {} limit 501"""


def figures(folder: Path, explain: Explain, *, quick: bool = False) -> dict[str, float]:
    """Everything, in about five minutes; `quick` takes seconds and proves only that it runs."""
    sizes, count = (QUICK_SIZES, QUICK_POINTS) if quick else (SIZES, POINTS)
    found: dict[str, float] = {}
    by_size: dict[int, dict[int, list[float]]] = {}
    for size in sizes:
        with _world(folder / f"near-{size}", "", size) as (app, gazetteer):
            points = [point for point, _, _ in people_points(gazetteer, count, 7)]
            by_size[size] = _times(points, size, explain)
            if size == sizes[-1]:
                found |= _largest(app, gazetteer, points, explain)
    found["near_growth"] = round(_growth(by_size[sizes[0]], by_size[sizes[-1]], explain), 2)
    found["near_vs_postgis"] = _against_postgis(folder, sizes[-1], count, explain)
    return found


@contextmanager
def _world(folder: Path, url: str, size: int) -> Iterator[tuple[Flask, Gazetteer]]:
    settings = Settings(instance=folder, database_url=url, secret_key=SECRET).completed()
    make_schema(settings.database_url, settings.instance)
    with started(settings) as app, app.app_context():
        fill(size, current_gazetteer())
        yield app, current_gazetteer()


def _sent(search: Search) -> tuple[list[Statement], Found]:
    """The statements of one list, as the driver gets them, and what was found."""
    sent: list[Statement] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        sent.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        found = meetups_found(search)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
        db.session.rollback()
    return [each for each in sent if each[0].lstrip().upper().startswith("SELECT")], found


def _best(deed: Callable[[], Any]) -> float:
    """Milliseconds, the better of two."""
    times = []
    for _ in range(2):
        began = time.perf_counter()
        deed()
        times.append((time.perf_counter() - began) * 1000)
    return min(times)


def _replayed(connection: Any, statements: list[Statement]) -> float:
    def replay() -> None:
        for statement, values in statements:
            connection.cursor().execute(statement, values).fetchall()

    return _best(replay)


def _said(times: list[float]) -> str:
    cuts = statistics.quantiles(times, n=100)
    return f"p50 {statistics.median(times):.3f}, p95 {cuts[94]:.3f}, p99 {cuts[98]:.3f} ms"


def _times(points: list[Point], size: int, explain: Explain) -> dict[int, list[float]]:
    """All radii and orders told; returned are the times at 50 km by distance, by the size of the answer."""
    by_answer: dict[int, list[float]] = {}
    connection = db.engine.raw_connection()
    at = clock.now()
    for radius in RADII:
        for by_distance in (True, False):
            times = []
            for point in points:
                statements, found = _sent(Search(at, point, radius, by_distance=by_distance))
                times.append(_replayed(connection, statements))
                if radius == RADII[1] and by_distance:
                    by_answer.setdefault(found.total, []).append(times[-1])
            explain(f"{size:,}, {radius:.0f} km, by {'distance' if by_distance else 'date'}: {_said(times)}")
    connection.close()
    return by_answer


def _growth(small: dict[int, list[float]], large: dict[int, list[float]], explain: Explain) -> float:
    """The median over buckets of p50(large) / p50(small) where both have enough answers of that size."""
    ratios = []
    for low, high in BUCKETS:
        pair = [[each for total, times in world.items() if low <= total <= high for each in times]
                for world in (small, large)]
        if min(map(len, pair)) >= 5:
            ratios.append(statistics.median(pair[1]) / statistics.median(pair[0]))
            explain(f"{low} to {high} found: {ratios[-1]:.2f} ({len(pair[0])} and {len(pair[1])} points)")
    return statistics.median(ratios) if ratios else float("nan")


def _largest(app: Flask, gazetteer: Gazetteer, points: list[Point], explain: Explain) -> dict[str, float]:
    at, connection, tree = clock.now(), db.engine.raw_connection(), Tree()
    ours, limit, errors = [], [], [0.0]
    for point in points:
        statements, found = _sent(Search(at, point, 50.0, by_distance=True))
        ours.append(_replayed(connection, statements))
        by_key = statements[1:]
        limit.append(_best(lambda p=point, rows=by_key: (tree.nearest(p, 50.0), _run(connection, rows))))
        for near in found.rows[:3]:
            exact = geodesic_km(point, near.meetup.place.point or point)
            errors.append(abs((near.km or 0) - exact) / exact * 100 if exact > 1 else 0.0)
    connection.close()
    explain(f"k-d tree and 20 rows by key: {_said(limit)}; ours {_said(ours)}")
    ratio = statistics.median(ours) / statistics.median(limit)
    return {
        "near_1m_50km_p50_ms_sqlite": round(statistics.median(ours), 3),
        "near_1m_50km_p99_ms_sqlite": round(statistics.quantiles(ours, n=100)[98], 3),
        "near_vs_kdtree_sqlite": round(ratio, 2),
        "near_max_error_pct": round(max(errors), 4),
        **_pages(app, points, explain),
        **_offline(gazetteer, points, explain),
    }


def _run(connection: Any, statements: list[Statement]) -> None:
    for statement, values in statements:
        connection.cursor().execute(statement, values).fetchall()


class Tree:
    """What is to come, in memory: the least that anybody could do for a radius, a count and an order."""

    def __init__(self) -> None:
        query = sa.select(Meetup.id, Meetup.x, Meetup.y, Meetup.z).where(Meetup.ends_at > clock.now())
        rows = np.array([tuple(row) for row in db.session.execute(query)], dtype=np.int64)
        db.session.rollback()
        self.ids, self.at = rows[:, 0], rows[:, 1:].astype(float)
        self.tree = cKDTree(self.at)

    def nearest(self, point: Point, radius_km: float) -> tuple[Any, int]:
        middle = earth_xyz(point)
        inside = self.tree.query_ball_point(middle, chord_squared_m2(radius_km) ** 0.5)
        chords = ((self.at[inside] - middle) ** 2).sum(axis=1)
        return self.ids[inside][np.argsort(chords)[:PAGE]], len(inside)


def _pages(app: Flask, points: list[Point], explain: Explain) -> dict[str, float]:
    """The whole page by the test client: search, cards, a map drawn anew, HTML; no network."""
    client, times = app.test_client(), []
    for point in points[-10:]:  # the boundaries are unpacked once a process
        client.get(f"/near?area={point.lat:.2f},{point.lon:.2f}&within=50&unit=km")
    for point in points[: len(points) // 2]:
        began = time.perf_counter()
        answer = client.get(f"/near?area={point.lat:.2f},{point.lon:.2f}&within=50&unit=km")
        times.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"the page answers {answer.status_code}")
    explain(f"whole page: {_said(times)}")
    return {"near_page_p99_ms": round(statistics.quantiles(times, n=100)[98], 1)}


def _offline(gazetteer: Gazetteer, points: list[Point], explain: Explain) -> dict[str, float]:
    towns = [town for town in map(gazetteer.nearest_town, points) if town is not None]
    looked = [_best(lambda words=words: gazetteer.choices(words)) for town in towns
              for words in (town.name, town.long_label)]
    maps, sizes = [], []
    for point in points[: len(points) // 2]:
        circle, drawn = Circle(point, 50, "km", "here"), []
        near_map(circle, [], gazetteer, keep=False)
        maps.append(_best(lambda c=circle, kept=drawn: kept.append(near_map(c, [], gazetteer, keep=False))))
        sizes.append(len(gzip.compress(drawn[0].encode(), 6)) / 1000)
    explain(f"gazetteer: {_said(looked)}; map: {_said(maps)}, {max(sizes):.1f} kB at most")
    return {
        "gazetteer_p99_ms": round(statistics.quantiles(looked, n=100)[98], 3),
        "locator_svg_ms": round(statistics.median(maps), 1),
        "locator_svg_kb": round(max(sizes), 1),
    }


def _against_postgis(folder: Path, size: int, count: int, explain: Explain) -> float:
    """Our median over that of a `geography` with `starts_at` in one GiST, in a narrow table of its own."""
    with cluster() as postgresql, _world(folder / "near-pg", postgresql.make("near"), size) as (_, gazetteer):
        try:
            _make_spots()
        except sa.exc.DBAPIError as missing:
            explain(f"PostGIS is not installed, so nothing is compared: {missing.orig}")
            return float("nan")
        points = [point for point, _, _ in people_points(gazetteer, count, 7)]
        connection, at, ours, theirs = db.engine.raw_connection(), clock.now(), [], []
        for point in points:
            for order, by_distance in (("st_distance(at, st_makepoint(%s, %s)::geography, false)", True),
                                       ("starts_at", False)):  # fmt: skip
                search = Search(at, point, 50.0, by_distance=by_distance)
                statements, _ = _sent(search)
                ours.append(_replayed(connection, statements))
                begin, now = (each.replace(tzinfo=None) for each in (at - clock.timedelta(days=2), at))
                values = [point.lon, point.lat, 50_000.0, begin, now, *([point.lon, point.lat] if by_distance else [])]
                theirs.append(_replayed(connection, [(POSTGIS.format(order), values), *statements[1:]]))
        connection.close()
        explain(f"PostgreSQL, {size:,}, 50 km, both orders: ours {_said(ours)}; PostGIS {_said(theirs)}")
        return round(statistics.median(ours) / statistics.median(theirs), 2)


def _make_spots() -> None:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for sentence in (
            "create extension postgis",
            "create extension btree_gist",
            "create table spots as select m.id, m.starts_at, m.ends_at,"
            " st_makepoint(p.longitude, p.latitude)::geography as at from meetups m join places p on p.id = m.place_id",
            "create index spots_at on spots using gist (at, starts_at)",
            "vacuum analyze spots",
        ):
            connection.exec_driver_sql(sentence)
