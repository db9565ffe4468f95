"""Proposing: what is kept, what is refused, and that a second press makes nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
import sqlalchemy as sa

from meetups.foundation import clock
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.refusals import Refusal
from meetups.places.actions import WhichTown
from meetups.places.models import Access, Noise, PlaceKind, Precision, YesNo
from meetups.planning import actions
from meetups.planning.facts import BringListGiven, MeetupPublished
from meetups.planning.models import Meetup, Status
from tests import cast
from tests.planning.plans import a_plan, heard, proposed, wall


def count() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Meetup)) or 0


def test_the_pub_night_of_the_stories(app, both_databases):
    facts = heard(MeetupPublished, BringListGiven)
    access = Access(step_free=YesNo.YES, noise=Noise.MEDIUM, age_limit=21, id_required=YesNo.YES)
    bring = ((1, "parachute"), (12, "shakers"))
    meetup = proposed(cast.marisol(), end=time(20, 30), capacity=16, access=access, bring=bring)
    assert (meetup.starts_at, meetup.ends_at) == (
        datetime(2027, 1, 22, 2, 30, tzinfo=UTC), datetime(2027, 1, 22, 4, 30, tzinfo=UTC)
    )  # fmt: skip
    assert (meetup.time_zone, meetup.status, meetup.sequence, meetup.listed) == (
        "America/Los_Angeles", Status.PROPOSED, 0, True
    )  # fmt: skip
    assert (meetup.place.words, meetup.place.town, meetup.place.precision) == (
        "The Lantern & Ladle, Tacoma, WA 98402", "Tacoma", Precision.POSTAL
    )  # fmt: skip
    assert meetup.place.access == access
    assert facts == [BringListGiven(meetup, ((1, "parachute"), (12, "shakers"))), MeetupPublished(meetup)]


def test_the_zone_comes_from_the_place_and_not_from_the_host(app):
    meetup = proposed(cast.lou(), words="Harbor Lantern Tavern, New Buffalo, MI 49117", day=date(2027, 2, 4))
    assert (meetup.time_zone, meetup.starts_at) == ("America/Detroit", datetime(2027, 2, 4, 23, 30, tzinfo=UTC))


def test_the_host_corrects_the_zone(app):
    assert proposed(cast.marisol(), zone="America/Denver").time_zone == "America/Denver"


@pytest.mark.parametrize(
    ("words", "start", "instant"),
    [("Window Rock, AZ 86515", time(14), 20), ("Holbrook, AZ 86025", time(14), 21)],
)
def test_two_towns_of_one_state(app, words, start, instant):
    meetup = proposed(cast.ana(), words=words, start=start, day=date(2027, 6, 12))
    assert meetup.starts_at == datetime(2027, 6, 12, instant, tzinfo=UTC)


def test_a_draft_is_announced_to_nobody(app):
    facts = heard(MeetupPublished)
    meetup = proposed(cast.marisol(), publish=False)
    assert (meetup.status, meetup.listed, meetup.published_at, facts) == (Status.DRAFT, False, None, [])


def test_the_same_form_pressed_twice(app, both_databases):
    marisol, ken = cast.marisol(), cast.ken()
    with unit_of_work():
        first = actions.propose(marisol, a_plan(), True, form_key="k1")
    with unit_of_work():
        assert actions.propose(marisol, a_plan(title="Other"), True, form_key="k1") is first
    with unit_of_work():
        assert actions.propose(ken, a_plan(), True, form_key="k1") is not first
    assert count() == 2


def test_forms_without_a_key_are_never_taken_for_one_another(app):
    marisol = cast.marisol()
    assert proposed(marisol).id != proposed(marisol).id


def test_which_portland(app):
    marisol = cast.marisol()
    with pytest.raises(WhichTown) as asked, unit_of_work():
        actions.propose(marisol, a_plan(words="The Long Table, Portland"), True)
    assert [words for _, words in asked.value.choices] == ["Portland, Oregon", "Portland, Maine"]
    assert asked.value.sentence == "Which one: Portland, Oregon or Portland, Maine?"
    maine = asked.value.choices[1][0]
    meetup = proposed(marisol, words="The Long Table, Portland", town_choice=maine)
    assert (meetup.place.region, meetup.time_zone, meetup.place.words) == (
        "Maine", "America/New_York", "The Long Table, Portland"
    )  # fmt: skip


def test_a_place_that_cannot_be_found_is_published_once_the_zone_is_chosen(app):
    marisol = cast.marisol()
    with pytest.raises(actions.ZoneNeeded) as needed, unit_of_work():
        actions.propose(marisol, a_plan(words="Under the big clock"), True)
    assert needed.value.field == "zone"
    meetup = proposed(marisol, words="Under the big clock", zone="America/Los_Angeles")
    place = meetup.place
    assert (place.precision, place.latitude, place.longitude, meetup.listed) == (Precision.NONE, None, None, True)


def test_online_takes_the_hosts_own_zone_or_asks(app):
    assert proposed(cast.dee(), kind=PlaceKind.ONLINE, words="Video call").time_zone == "America/Indiana/Indianapolis"
    ana = cast.ana()
    with pytest.raises(actions.ZoneNeeded), unit_of_work():
        actions.propose(ana, a_plan(kind=PlaceKind.ONLINE, words="Video call"), True)


def test_a_home_has_the_pin_of_its_town(app):
    at_home = proposed(cast.marisol(), kind=PlaceKind.HOME, words="12 Elm St, Olympia, WA 98501").place
    town = proposed(cast.ken(), words="Olympia, WA").place
    assert (at_home.latitude, at_home.longitude, at_home.precision) == (town.latitude, town.longitude, Precision.TOWN)
    assert at_home.public_words == "A home in Olympia"


@pytest.mark.parametrize(
    ("day", "sentence", "suggestion"),
    [
        (date(2026, 1, 21), "Wed, Jan 21, 2026 has been and gone. Did you mean Thu, Jan 21, 2027?", date(2027, 1, 21)),
        (date(1, 1, 1), "Mon, Jan 1, 1 has been and gone. Did you mean Fri, Jan 1, 2027?", date(2027, 1, 1)),
        (date(2024, 2, 29), "Thu, Feb 29, 2024 has been and gone. Did you mean Tue, Feb 29, 2028?", date(2028, 2, 29)),
        (date(2026, 12, 4), "Fri, Dec 4, 2026 has been and gone. Did you mean Sat, Dec 4, 2027?", date(2027, 12, 4)),
    ],
)
def test_a_day_gone_by(app, day, sentence, suggestion):
    marisol = cast.marisol()
    with pytest.raises(actions.DayIsPast) as refused, unit_of_work():
        actions.propose(marisol, a_plan(day=day), True)
    assert (refused.value.sentence, refused.value.suggestion, refused.value.field) == (sentence, suggestion, "day")
    assert count() == 0


def test_an_hour_gone_by_today(app, frozen):
    frozen.move_to(datetime(2027, 1, 22, 2, 31, tzinfo=UTC))
    marisol = cast.marisol()
    with pytest.raises(actions.DayIsPast) as refused, unit_of_work():
        actions.propose(marisol, a_plan(), True)
    assert refused.value.sentence == "6:30 PM today has gone by there. Did you mean tomorrow, Fri, Jan 22, 2027?"


@pytest.mark.parametrize("day", [date(2029, 1, 1), date(9999, 12, 31)])
def test_more_than_two_years_ahead(app, day):
    marisol = cast.marisol()
    with pytest.raises(Refusal) as refused, unit_of_work():
        actions.propose(marisol, a_plan(day=day), True)
    assert refused.value.field == "day"
    assert refused.value.sentence.endswith("is more than two years away. Check the year.")


def test_an_hour_that_does_not_exist(app):
    marisol = cast.marisol()
    with pytest.raises(actions.NoSuchHour) as refused, unit_of_work():
        actions.propose(marisol, a_plan(day=date(2027, 3, 14), start=time(2, 30)), True)
    assert [f"{at:%H:%M}" for at in refused.value.offers] == ["01:30", "03:30"]
    assert refused.value.field == "start"


def test_an_end_that_does_not_exist_is_said_beside_the_end(app):
    marisol = cast.marisol()
    with pytest.raises(actions.NoSuchHour) as refused, unit_of_work():
        actions.propose(marisol, a_plan(day=date(2027, 3, 14), start=time(1), end=time(2, 30)), True)
    assert refused.value.field == "end"


def test_an_hour_that_comes_twice_asks_which(app):
    marisol = cast.marisol()
    plan = {"day": date(2027, 11, 7), "start": time(1, 30)}
    with pytest.raises(actions.WhichHour) as refused, unit_of_work():
        actions.propose(marisol, a_plan(**plan), True)
    assert [fold for fold, _ in refused.value.choices] == [0, 1]
    first, second = (proposed(marisol, **plan, fold=fold).starts_at for fold in (0, 1))
    assert (first.hour, second.hour) == (8, 9)


def test_the_end(app):
    marisol = cast.marisol()
    late = proposed(marisol, start=time(22), end=time(0, 30))
    assert late.local_end == wall("2027-01-22 00:30")
    assert proposed(marisol, length=50).local_end == wall("2027-01-21 19:20")
    assert proposed(marisol).local_end == wall("2027-01-21 20:30")
    for end, sentence in (
        (time(18, 30), "It would end as it starts. Give a later end, or leave it empty for two hours."),
        (time(17, 30), "That would last 23 hours. Check the start and the end."),
    ):
        with pytest.raises(Refusal) as refused, unit_of_work():
            actions.propose(marisol, a_plan(end=end), True)
        assert (refused.value.sentence, refused.value.field) == (sentence, "end")


def test_conferences_of_one_name_are_one(app):
    marisol = cast.marisol()
    one = proposed(marisol, conference="Prairie States Youth Services Conference")
    other = proposed(marisol, conference="prairie states  YOUTH services conference")
    emoji = proposed(marisol, conference="🎉")
    assert one.host_event is other.host_event
    assert emoji.host_event.name == "🎉"
    assert emoji.host_event is not one.host_event


def test_a_preview_saves_nothing(app):
    marisol = cast.marisol()
    shown = actions.draft_of(marisol, a_plan(conference="Never kept"))
    assert shown.starts_at == datetime(2027, 1, 22, 2, 30, tzinfo=UTC)
    assert not db.session.new
    db.session.rollback()
    assert count() == 0
    assert clock.now() == shown.created_at
