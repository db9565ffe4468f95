"""The write lock: on rows however they were loaded, and without losing what was changed before."""

from __future__ import annotations

import pytest

from meetups.foundation.database import db, lock, unit_of_work
from meetups.planning.queries import meetup_by_code
from tests.makers import make_meetup


def test_a_row_loaded_with_joins_can_be_locked(app, both_databases):
    code = make_meetup().code
    with unit_of_work():
        meetup = lock(meetup_by_code(code))
        meetup.title = "Locked"
    assert meetup_by_code(code).title == "Locked"


def test_locking_keeps_what_was_changed_before(app, both_databases):
    meetup = make_meetup()
    with unit_of_work():
        meetup.title = "Changed"
        assert lock(meetup).title == "Changed"


def test_an_error_takes_everything_back(app, both_databases):
    meetup = make_meetup("Before")
    with pytest.raises(KeyError), unit_of_work():
        meetup.title = "After"
        raise KeyError
    db.session.expire_all()
    assert meetup.title == "Before"


def test_an_inner_unit_joins_the_outer_one(app, both_databases):
    meetup = make_meetup("Before")
    with pytest.raises(KeyError), unit_of_work():
        with unit_of_work():
            meetup.title = "After"
        raise KeyError
    db.session.expire_all()
    assert meetup.title == "Before"
