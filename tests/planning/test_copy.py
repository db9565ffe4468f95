"""Same again: the wall clock stays, whatever the clocks do in between."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from meetups.foundation.database import unit_of_work
from meetups.foundation.refusals import Refusal
from meetups.places.models import Access, PlaceKind, YesNo
from meetups.planning import actions
from meetups.planning.facts import BringListGiven, MeetupPublished
from meetups.planning.models import Status
from tests import cast
from tests.planning.plans import heard, proposed, wall


def copied(meetup, host, day, **more):
    with unit_of_work():
        return actions.copy(meetup, host, day, **more)


def test_the_wall_clock_is_kept_across_the_change_to_summer_time(app):
    marisol = cast.marisol()
    meetup = proposed(marisol, end=time(0, 30), room="Snug", capacity=16, bring=((1, "cup"),), conference="Prairie",
                      access=Access(step_free=YesNo.YES))  # fmt: skip
    facts = heard(BringListGiven, MeetupPublished)
    again = copied(meetup, marisol, date(2027, 4, 15))
    assert (again.local_start, again.local_end) == (wall("2027-04-15 18:30"), wall("2027-04-16 00:30"))
    assert (again.starts_at, meetup.starts_at) == (
        datetime(2027, 4, 16, 1, 30, tzinfo=UTC), datetime(2027, 1, 22, 2, 30, tzinfo=UTC)
    )  # fmt: skip
    assert (again.status, again.host, again.room, again.capacity, again.wanted, again.host_event) == (
        Status.DRAFT, marisol, "Snug", 16, ((1, "cup"),), meetup.host_event
    )  # fmt: skip
    assert again.place is meetup.place
    assert {again.code, again.uid}.isdisjoint({meetup.code, meetup.uid})
    assert (again.copied_from_id, again.sequence, again.version, again.listed) == (meetup.id, 0, 1, False)
    assert facts == [BringListGiven(again, ((1, "cup"),))]


def test_pressed_twice(app, both_databases):
    marisol = cast.marisol()
    meetup = proposed(marisol)
    first = copied(meetup, marisol, date(2027, 4, 15), form_key="k")
    assert copied(meetup, marisol, date(2027, 4, 16), form_key="k") is first


def test_a_cancelled_one_can_be_had_again(app):
    marisol = cast.marisol()
    meetup = proposed(marisol)
    with unit_of_work():
        actions.cancel(meetup, "snow")
    again = copied(meetup, marisol, date(2027, 1, 27))
    assert (again.status, again.cancel_reason, again.cancelled_at) == (Status.DRAFT, "", None)


def test_correcting_the_copy_leaves_the_first(app):
    marisol = cast.marisol()
    meetup = proposed(marisol, kind=PlaceKind.HOME, words="12 Elm St, Olympia, WA")
    again = copied(meetup, marisol, date(2027, 4, 15))
    with unit_of_work():
        again.place.words = "elsewhere"
    assert meetup.place.words == "12 Elm St, Olympia, WA"


def test_hours_that_the_new_day_does_not_have_or_has_twice(app):
    marisol = cast.marisol()
    meetup = proposed(marisol, start=time(1, 30), length=60)
    gap = proposed(marisol, start=time(2, 30))
    with pytest.raises(actions.NoSuchHour), unit_of_work():
        actions.copy(gap, marisol, date(2027, 3, 14))
    with pytest.raises(actions.WhichHour), unit_of_work():
        actions.copy(meetup, marisol, date(2027, 11, 7))
    assert copied(meetup, marisol, date(2027, 11, 7), fold=1).starts_at.hour == 9


def test_a_day_gone_by(app):
    marisol = cast.marisol()
    meetup = proposed(marisol)
    for day in (date(2026, 12, 1), date(2030, 1, 1)):
        with pytest.raises(Refusal), unit_of_work():
            actions.copy(meetup, marisol, day)


def test_a_party_that_outlasts_the_clock_change(app):
    """Its end is typed on the wall as well, so it may last an hour more or less; its wall clock never moves."""
    marisol = cast.marisol()
    meetup = proposed(marisol, start=time(23), end=time(5))
    again = copied(meetup, marisol, date(2027, 11, 6))
    assert (again.local_end, again.ends_at - again.starts_at) == (wall("2027-11-07 05:00"), timedelta(hours=7))
