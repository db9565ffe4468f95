"""Editing: what counts as a change, who hears of it, and that a stale form overwrites nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from meetups.foundation import clock
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.diary import Deed
from meetups.foundation.refusals import Refusal
from meetups.places.models import Access, PlaceKind, YesNo
from meetups.planning import actions
from meetups.planning.facts import BringListGiven, CapacityChanged, MeetupCancelled, MeetupChanged
from meetups.planning.forms import _standing
from meetups.planning.models import Meetup, Plan, Status, Telling
from tests import cast
from tests.makers import make_person
from tests.planning.plans import a_plan, heard, proposed, wall


def as_it_stands(meetup: Meetup) -> Plan:
    """The plan that the untouched edit form sends."""
    values = _standing(meetup)
    access = Access(**{name: values.pop(name) for name in Access.__dataclass_fields__})
    values["zone"] = values["zone"] or None
    del values["version"]
    return Plan(access=access, **values)


def edited(meetup: Meetup, **changes: object) -> Meetup:
    with unit_of_work():
        return actions.edit(meetup, replace(as_it_stands(meetup), **changes), meetup.version)


def test_saving_what_stands_changes_nothing(app, frozen):
    meetup = proposed(cast.marisol(), bring=((12, "shakers"),), conference="Prairie States", capacity=16)
    facts = heard(MeetupChanged, CapacityChanged, BringListGiven)
    frozen.pass_time(timedelta(hours=1))
    for _ in range(10):
        edited(meetup)
    assert (meetup.version, meetup.sequence, meetup.updated_at, facts) == (1, 0, meetup.created_at, [])


def test_a_new_time_is_announced(app):
    meetup = proposed(cast.marisol())
    facts = heard(MeetupChanged)
    edited(meetup, start=time(19), end=time(21))
    told = {"time": ("Thu, Jan 21, 2027, 6:30–8:30 PM Pacific", "Thu, Jan 21, 2027, 7:00–9:00 PM Pacific")}
    assert facts == [MeetupChanged(meetup, told)]
    assert (meetup.sequence, meetup.version, meetup.starts_at.hour) == (0, 2, 3)


def test_a_new_place_brings_its_zone_and_keeps_the_wall_clock(app):
    meetup = proposed(cast.lou(), words="Harbor Lantern, New Buffalo, MI 49117", day=date(2027, 2, 4))
    facts = heard(MeetupChanged)
    edited(meetup, words="Depot, Michigan City, IN 46360", keep="wall")
    assert (meetup.time_zone, meetup.local_start) == ("America/Chicago", wall("2027-02-04 18:30"))
    assert facts == [MeetupChanged(meetup, {
        "time": ("Thu, Feb 4, 2027, 6:30–8:30 PM Eastern", "Thu, Feb 4, 2027, 6:30–8:30 PM Central"),
        "place": ("Harbor Lantern, New Buffalo, MI 49117", "Depot, Michigan City, IN 46360"),
    })]  # fmt: skip


def test_a_home_that_moves_is_announced_without_its_address(app):
    meetup = proposed(cast.marisol(), kind=PlaceKind.HOME, words="12 Elm St, Olympia, WA 98501")
    facts = heard(MeetupChanged)
    edited(meetup, words="14 Oak St, Olympia, WA 98501")
    edited(meetup, spot="round the back")
    new = {"place": ("A home in Olympia", "A home in Olympia (a new address)")}
    assert facts == [MeetupChanged(meetup, new), MeetupChanged(meetup, new)]


def test_a_new_join_link_is_announced_without_it(app):
    meetup = proposed(cast.marisol(), kind=PlaceKind.ONLINE, words="Video", join_url="https://meet.example/old")
    facts = heard(MeetupChanged)
    edited(meetup, join_url="https://meet.example/new")
    assert facts == [MeetupChanged(meetup, {"place": ("Online", "Online (a new link)")})]


def test_words_that_nobody_must_hear_of(app):
    meetup = proposed(cast.marisol())
    facts = heard(MeetupChanged, CapacityChanged)
    edited(meetup, title="Other name", description="*More*", access=Access(step_free=YesNo.NO))
    assert (meetup.version, meetup.sequence, facts) == (2, 0, [])
    assert meetup.search_words.startswith("other name")


def test_the_number_of_seats_is_announced(app):
    meetup = proposed(cast.marisol(), capacity=16)
    facts = heard(CapacityChanged)
    edited(meetup, capacity=20)
    assert facts == [CapacityChanged(meetup, 16)]


def test_the_bring_list_is_announced_when_it_changes(app):
    meetup = proposed(cast.marisol(), bring=((12, "shakers"),))
    facts = heard(BringListGiven)
    edited(meetup, bring=((12, "shakers"), (1, "parachute")))
    assert facts == [BringListGiven(meetup, ((12, "shakers"), (1, "parachute")))]
    assert meetup.wanted == ((12, "shakers"), (1, "parachute"))


def test_a_draft_changes_in_silence(app):
    meetup = proposed(cast.marisol(), publish=False)
    facts = heard(MeetupChanged, CapacityChanged)
    edited(meetup, day=date(2027, 1, 28), capacity=4)
    assert (meetup.sequence, meetup.version, facts) == (0, 2, [])


def test_a_stale_form_overwrites_nothing(app, both_databases):
    meetup = proposed(cast.marisol())
    typed_by_ken = replace(as_it_stands(meetup), title="Ken’s title")
    edited(meetup, title="Marisol’s title", start=time(19), end=time(21))
    edited(meetup, contact="ask at the bar")
    with pytest.raises(actions.StaleForm) as stale, unit_of_work():
        actions.edit(meetup, typed_by_ken, 1)
    assert stale.value.since == [
        ("Title", "Marisol’s title"), ("Date and time", "Thu, Jan 21, 2027, 7:00–9:00 PM Pacific"),
        ("How to reach you", "ask at the bar"),
    ]  # fmt: skip
    assert "title, date and time and how to reach you changed" in stale.value.sentence
    assert meetup.title == "Marisol’s title"


def test_refused_edits_leave_everything(app):
    meetup = proposed(cast.marisol())
    plan = as_it_stands(meetup)
    for wrong in ({"day": date(2026, 1, 21)}, {"day": date(2027, 3, 14), "start": time(2, 30), "end": None},
                  {"words": "The Table, Portland"}):  # fmt: skip
        with pytest.raises(Refusal), unit_of_work():
            actions.edit(meetup, replace(plan, title="Lost", **wrong), 1)
        assert as_it_stands(meetup) == plan


def test_nothing_to_change_any_more(app, frozen):
    meetup, gone = proposed(cast.marisol()), proposed(cast.ken())
    with unit_of_work():
        actions.cancel(gone, "snow")
    with pytest.raises(actions.NotNow), unit_of_work():
        actions.edit(gone, as_it_stands(gone), 1)
    frozen.move_to(meetup.ends_at)
    with pytest.raises(actions.AlreadyOver), unit_of_work():
        actions.edit(meetup, as_it_stands(meetup), 1)
    with pytest.raises(actions.AlreadyOver), unit_of_work():
        actions.cancel(meetup, "late")


def test_editing_while_under_way_keeps_the_time(app, frozen):
    meetup = proposed(cast.marisol())
    frozen.move_to(meetup.starts_at + timedelta(minutes=5))
    edited(meetup, room="N239/241")
    assert (meetup.room, meetup.local_start) == ("N239/241", wall("2027-01-21 18:30"))


def test_confirming_and_cancelling_once_each(app, both_databases):
    meetup = proposed(cast.marisol())
    facts = heard(MeetupCancelled)
    for _ in range(2):
        with unit_of_work():
            actions.confirm(meetup)
    assert (meetup.status, meetup.sequence, meetup.listed) == (Status.CONFIRMED, 1, True)
    for reason in ("snow", "pressed twice"):
        with unit_of_work():
            actions.cancel(meetup, reason)
    assert (meetup.status, meetup.sequence, meetup.listed, meetup.cancel_reason) == (
        Status.CANCELLED, 2, False, "snow"
    )  # fmt: skip
    assert facts == [MeetupCancelled(meetup)]
    with pytest.raises(actions.NotNow), unit_of_work():
        actions.confirm(meetup)


def test_a_draft_is_published_unless_its_day_went_by(app, frozen):
    draft, late = proposed(cast.marisol(), publish=False), proposed(cast.ken(), publish=False)
    for refused in (actions.confirm, lambda meetup: actions.cancel(meetup, "no")):
        with pytest.raises(actions.NotNow), unit_of_work():
            refused(draft)
    with unit_of_work():
        actions.publish(draft)
    assert (draft.status, draft.published_at, draft.listed) == (Status.PROPOSED, clock.now(), True)
    frozen.move_to(late.starts_at)
    with pytest.raises(actions.NotNow) as refused_late, unit_of_work():
        actions.publish(late)
    assert refused_late.value.way_on == (f"/meetups/{late.code}/edit", "Change the date")


def test_only_drafts_are_thrown_away(app, both_databases):
    draft, up = proposed(cast.marisol(), publish=False), proposed(cast.ken())
    with unit_of_work():
        actions.throw_away(draft)
    with pytest.raises(actions.NotNow), unit_of_work():
        actions.throw_away(up)


ZONES = ["America/Los_Angeles", "America/St_Johns", "Australia/Lord_Howe", "Europe/London", "Pacific/Apia", "UTC"]
HARD_DAYS = [date(2027, 3, 14), date(2027, 11, 7), date(2027, 3, 28), date(2027, 10, 31), date(2027, 4, 4),
             date(2027, 10, 3), date(2027, 6, 1)]  # fmt: skip
CLOCKS = st.times().map(lambda at: at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0, fold=0))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    zone=st.sampled_from(ZONES), day=st.sampled_from(HARD_DAYS), start=CLOCKS, end=st.none() | CLOCKS,
    length=st.none() | st.integers(5, 1000), fold=st.sampled_from([0, 1]), online=st.booleans(),
)  # fmt: skip
def test_saving_ten_times_moves_nothing(app, zone, day, start, end, length, fold, online):
    """Whatever zone and hour, and however the end came about."""
    host = make_person("Marisol")  # somebody new: the day's meetups are counted
    kind = PlaceKind.ONLINE if online else PlaceKind.PUB
    plan = a_plan(kind=kind, words="Tacoma, WA", day=day, start=start, end=end, zone=zone, fold=fold,
                  length=None if end else length)  # fmt: skip
    try:
        with unit_of_work():
            meetup = actions.propose(host, plan, True)
    except Refusal:
        assume(False)
    assert clock.instant(meetup.local_start, zone, fold) == meetup.starts_at
    agreed = (meetup.local_start, meetup.local_end, meetup.time_zone, meetup.fold, meetup.starts_at, meetup.ends_at)
    for _ in range(10):
        edited(meetup)
        assert agreed == (
            meetup.local_start, meetup.local_end, meetup.time_zone, meetup.fold, meetup.starts_at, meetup.ends_at
        )  # fmt: skip
    assert (meetup.version, meetup.sequence) == (1, 0)


def test_a_place_with_another_clock_asks_what_stays(app):
    """S5.6: the hour on the wall or the moment, and nothing is saved until that is answered."""
    meetup = proposed(cast.lou(), words="Harbor Lantern, New Buffalo, MI 49117", day=date(2027, 2, 4))
    before = meetup.starts_at
    with pytest.raises(actions.WhichClock) as asked:
        edited(meetup, words="Depot, Michigan City, IN 46360")
    assert asked.value.choices == (("wall", "6:30 PM on the wall, now Central"),
                                   ("moment", "The same moment, 5:30 PM Central"))  # fmt: skip
    assert meetup.place.words == "Harbor Lantern, New Buffalo, MI 49117"
    edited(meetup, words="Depot, Michigan City, IN 46360", keep="moment")
    standing = (meetup.starts_at, meetup.local_start, meetup.time_zone)
    assert standing == (before, wall("2027-02-04 17:30"), "America/Chicago")


def test_undecided_news_is_asked_about_and_rolled_back(app):
    meetup = proposed(cast.marisol())
    facts = heard(MeetupChanged)
    with pytest.raises(actions.AskFirst) as asked, unit_of_work():
        actions.edit(meetup, replace(as_it_stands(meetup), start=time(19), end=time(21)), 1, telling=None)
    assert asked.value.news == {
        "time": ("Thu, Jan 21, 2027, 6:30–8:30 PM Pacific", "Thu, Jan 21, 2027, 7:00–9:00 PM Pacific")
    }
    assert (meetup.version, meetup.local_start, facts) == (1, wall("2027-01-21 18:30"), [])


def test_a_moderators_edit_and_cancellation_stand_in_the_diary(app):
    meetup, noor = proposed(cast.marisol()), cast.moderator()
    with unit_of_work():
        actions.move_place(meetup, actions.NewPlace(spot="Room 213"), telling=Telling(by=noor))
        actions.cancel(meetup, "snow", Telling(by=noor))
    deeds = db.session.scalars(sa.select(Deed).order_by(Deed.id)).all()
    assert [(deed.who, deed.about) for deed in deeds] == [(noor.id, f"/meetups/{meetup.code}")] * 2
    assert deeds[1].note == "Cancelled: snow"
