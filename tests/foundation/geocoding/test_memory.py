"""What an installation remembers of its map service, on both databases and across processes."""

from __future__ import annotations

import itertools
import subprocess
import sys
from datetime import timedelta

import pytest
import sqlalchemy as sa

from meetups.foundation import clock
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.geocoding import Found
from meetups.foundation.geocoding.memory import DatabaseMemory, forget_old_answers
from meetups.foundation.geocoding.rows import LookedUp
from meetups.foundation.geography import Point
from meetups.settings import PROJECT

FOUND = Found(Point(47.2545, -122.4405), "exact", "US", "WA", "nominatim", ("Tacoma",))


@pytest.fixture
def slept():
    return []


@pytest.fixture
def memory(app, both_databases, slept):
    return DatabaseMemory("nominatim here", sleep=slept.append)


def test_hits_and_misses_are_remembered_and_expire(memory, frozen):
    for key, hits in (("lantern", [FOUND]), ("lantern", [FOUND]), ("nowhere", [])):
        memory.remember(key, hits)
    assert (memory.recall("lantern"), memory.recall("nowhere"), memory.recall("other")) == ([FOUND], [], None)
    assert memory.recall("lantern")[0].around == ("Tacoma",)
    assert DatabaseMemory("photon there").recall("lantern") is None
    frozen.pass_time(timedelta(days=8))
    assert (memory.recall("lantern"), memory.recall("nowhere")) == ([FOUND], None)
    with unit_of_work():
        forget_old_answers()
    assert len(db.session.scalars(sa.select(LookedUp)).all()) == 1


def test_the_words_that_were_asked_stand_nowhere(memory):
    memory.remember("802 pacific ave, tacoma", [])
    assert "pacific" not in str(db.session.execute(sa.text("select * from looked_up")).all())


def test_one_turn_a_second_and_no_long_queue(memory, slept):
    assert [memory.may_ask() for _ in range(4)] == [True, True, False, False]
    assert slept == [1.1]


def test_inside_a_unit_of_work_nobody_gets_a_turn(memory):
    with unit_of_work():
        assert memory.may_ask() is False
    assert memory.may_ask() is True


def test_three_failures_are_a_rest_that_doubles_and_success_ends_it(memory, frozen):
    for _ in range(2):
        memory.note_trouble(None)
    assert memory.may_ask()
    memory.note_trouble(None)
    assert not memory.may_ask()
    frozen.pass_time(timedelta(seconds=61))
    assert memory.may_ask()
    memory.note_trouble(None)
    frozen.pass_time(timedelta(seconds=61))
    assert not memory.may_ask()
    frozen.pass_time(timedelta(seconds=61))
    assert memory.may_ask()
    memory.remember("lantern", [])
    memory.note_trouble(None)
    frozen.pass_time(timedelta(seconds=2))
    assert memory.may_ask()


@pytest.mark.parametrize(("asked_s", "kept_s"), [(0, 60), (120, 120), (1e12, 86400)])
def test_a_rest_that_was_asked_for_is_kept(memory, frozen, asked_s, kept_s):
    memory.note_trouble(asked_s)
    frozen.pass_time(timedelta(seconds=kept_s - 1))
    assert not memory.may_ask()
    frozen.pass_time(timedelta(seconds=2))
    assert memory.may_ask()


def test_a_clock_that_was_set_back_does_not_close_the_door(memory, frozen):
    assert memory.may_ask()
    frozen.move_to(clock.now() - timedelta(days=400))
    assert memory.may_ask()
    assert not DatabaseMemory("nominatim here", patience=timedelta()).may_ask()


ASKER = """
import sys
from datetime import timedelta
from pathlib import Path
from urllib.request import urlopen
from meetups.app import create_app
from meetups.foundation.geocoding.memory import DatabaseMemory
from meetups.settings import Settings
instance, url, where = sys.argv[1:]
app = create_app(Settings(testing=True, instance=Path(instance), database_url=url, secret_key="x" * 40).completed())
with app.app_context():
    memory = DatabaseMemory("nominatim here", patience=timedelta(seconds=9))
    for _ in range(2):
        assert memory.may_ask()
        urlopen(where).close()
"""


def test_two_processes_share_one_turn_a_second(app, both_databases, service, tmp_path):
    url = db.engine.url.render_as_string(hide_password=False)
    call = [sys.executable, "-c", ASKER, str(tmp_path), url, f"http://{service.domain}/search"]
    both = [subprocess.Popen(call, cwd=PROJECT) for _ in range(2)]
    assert [each.wait(60) for each in both] == [0, 0]
    moments = sorted(service.moments)
    gaps = [later - sooner for sooner, later in itertools.pairwise(moments)]
    assert len(gaps) == 3
    assert min(gaps) >= 1.0
