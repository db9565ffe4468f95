"""Lists read an index and never the whole table: what makes them as fast with 10,000 meetups as with ten."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from meetups.discovery.queries import Search, meetups_found, online_soon
from meetups.foundation import clock
from meetups.foundation.database import db
from tests.cast import OLYMPIA, PORTLAND, SEATTLE
from tests.makers import TACOMA, make_meetup, make_place


@pytest.mark.parametrize(
    ("index", "ask"),
    [
        ("ix_meetups_near_fine", lambda at: meetups_found(Search(at, TACOMA, 25.0))),
        ("ix_meetups_near_coarse", lambda at: meetups_found(Search(at, TACOMA, 250.0))),
        ("ix_meetups_starts_listed", lambda at: meetups_found(Search(at))),
        ("ix_meetups_starts_listed", lambda at: meetups_found(Search(at, past=True))),
        ("ix_meetups_starts_listed", lambda at: online_soon(Search(at))),
    ],
    ids=["near", "far", "anywhere", "past", "online"],
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


def test_by_distance_the_nearest_comes_first_on_either_database(both_databases, app):
    for point in (PORTLAND, TACOMA, OLYMPIA, SEATTLE):
        make_meetup(place=make_place(at=point))
    found = meetups_found(Search(clock.now(), TACOMA, 100.0, by_distance=True))
    assert [near.meetup.place.point for near in found.rows] == [TACOMA, SEATTLE, OLYMPIA]
    assert [round(near.km) for near in found.rows] == [0, 40, 42]


def test_the_total_is_capped_and_later_pages_follow(app, monkeypatch):
    for _ in range(5):
        make_meetup()
    monkeypatch.setattr("meetups.discovery.queries.PAGE", 2)
    monkeypatch.setattr("meetups.discovery.queries.COUNT_CAP", 3)
    pages = [meetups_found(Search(clock.now()), page) for page in (1, 2, 3, 4)]
    assert [[near.meetup.id for near in found.rows] for found in pages] == [[1, 2], [3, 4], [5], []]
    assert {(found.total, found.more) for found in pages} == {(3, True)}
