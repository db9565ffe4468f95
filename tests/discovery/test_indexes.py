"""Lists read an index and never the whole table: what makes them as fast with 10,000 meetups as with ten."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from meetups.discovery.queries import Search, meetups_found
from meetups.foundation import clock
from meetups.foundation.database import db
from meetups.foundation.whereabouts import current_gazetteer
from meetups.places.models import PlaceKind
from tests.bench.multitude import fill
from tests.cast import OLYMPIA, PORTLAND, SEATTLE
from tests.makers import TACOMA, make_meetup, make_place


@pytest.mark.parametrize(
    ("index", "ask"),
    [
        ("ix_meetups_near_fine", lambda at: meetups_found(Search(at, TACOMA, 25.0))),
        ("ix_meetups_near_coarse", lambda at: meetups_found(Search(at, TACOMA, 250.0))),
        ("ix_meetups_starts_listed", lambda at: meetups_found(Search(at))),
        ("ix_meetups_starts_listed", lambda at: meetups_found(Search(at, past=True))),
        ("ix_meetups_near_fine", lambda at: meetups_found(Search(at, TACOMA, 25.0, by_distance=True))),
        ("ix_meetups_near_fine", lambda at: meetups_found(Search(at, TACOMA, 25.0, past=True))),
        ("ix_meetups_near_fine", lambda at: meetups_found(Search(at, TACOMA, 25.0, kind=PlaceKind.PUB, words="swap"))),
    ],
    ids=["near", "far", "anywhere", "past", "by distance", "past near", "narrowed"],
)
def test_the_query_uses_its_index(app, index, ask):
    make_meetup()
    asked = []
    event.listen(db.engine, "before_cursor_execute", lambda *words: asked.append(words[2:4]))
    ask(clock.now())
    statement, values = next(each for each in asked if each[0].startswith("SELECT"))
    with db.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"explain query plan {statement}", values)
        assert index in " ".join(step.detail for step in plan)


COVERED = [{}, {"by_distance": True}, {"past": True}, {"radius_km": 250.0}]


def first_query(ask) -> tuple[str, object]:
    """The SELECT that looks for the ids, with its values."""
    asked: list[tuple[str, object]] = []

    def note(_connection, _cursor, statement, values, *_rest):
        asked.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return next(each for each in asked if each[0].startswith("SELECT"))


@pytest.mark.parametrize("more", COVERED, ids=str)
def test_sqlite_answers_a_radius_from_the_index_alone(app, more):
    make_meetup()
    statement, values = first_query(lambda: meetups_found(Search(**{"at": clock.now(), "point": TACOMA} | more)))
    with db.engine.connect() as connection:
        plan = [step.detail for step in connection.exec_driver_sql(f"explain query plan {statement}", values)]
    index = "coarse" if "radius_km" in more else "fine"
    past = "starts_at<?" if "past" in more else "starts_at>?"
    assert plan[0] == f"SEARCH meetups USING COVERING INDEX ix_meetups_near_{index} (cell_{index}=? AND {past})"


@pytest.mark.postgresql
def test_postgresql_answers_a_radius_from_the_index(app):
    fill(5_000, current_gazetteer())
    for more in COVERED:
        search = Search(**{"at": clock.now(), "point": TACOMA} | more)
        statement, values = first_query(lambda search=search: meetups_found(search))
        with db.engine.connect() as connection:
            plan = " ".join(row[0] for row in connection.exec_driver_sql(f"explain {statement}", values))
        # with few rows a bitmap of the same index may tie; "make bench" measures with a million
        assert f"ix_meetups_near_{'coarse' if 'radius_km' in more else 'fine'}" in plan
        assert "Seq Scan" not in plan


def test_by_distance_the_nearest_comes_first_on_either_database(both_databases, app):
    for point in (PORTLAND, TACOMA, OLYMPIA, SEATTLE):
        make_meetup(place=make_place(at=point))
    found = meetups_found(Search(clock.now(), TACOMA, 100.0, by_distance=True))
    assert [near.meetup.place.point for near in found.rows] == [TACOMA, SEATTLE, OLYMPIA]
    assert [round(near.km) for near in found.rows] == [0, 40, 42]


def test_the_total_is_capped_and_later_pages_follow(app, monkeypatch):
    for _ in range(5):
        make_meetup()
    monkeypatch.setattr("meetups.discovery.queries.near.COUNT_CAP", 3)
    pages = [meetups_found(Search(clock.now()), page, size=2) for page in (1, 2, 3, 4)]
    assert [[near.meetup.id for near in found.rows] for found in pages] == [[1, 2], [3, 4], [5], []]
    assert {(found.total, found.more) for found in pages} == {(3, True)}
