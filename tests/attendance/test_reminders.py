"""Reminders: computed from the meetup as it is, once a party, a kind and a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from meetups.attendance import actions, queries
from meetups.attendance.actions import telling
from meetups.attendance.models import Answer, Reminder
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.mail import claims, preferences
from meetups.foundation.mail.outbox import OutboxLetter
from meetups.foundation.mail.preferences import Delivery
from meetups.places.models import PlaceKind
from meetups.planning import actions as planning
from meetups.planning.models import Telling
from tests import cast
from tests.makers import make_meetup, make_person, make_place, make_rsvp

HOUR = timedelta(hours=1)
START = datetime(2027, 2, 4, 23, 30, tzinfo=UTC)


def remind() -> None:
    with unit_of_work():
        actions.send_reminders()


@pytest.fixture
def meetup(app):
    tavern = make_place("Harbor Lantern Tavern, New Buffalo, MI 49117", at=None, time_zone="America/Detroit",
                        town="New Buffalo", country="US")  # fmt: skip
    return make_meetup("Lantern swap", place=tavern, start=datetime(2027, 2, 4, 18, 30))  # noqa: DTZ001


def test_two_hours_before_is_one_instant_for_everybody(app, frozen, meetup, outbox):
    for person in (cast.lou(), cast.dee()):
        make_rsvp(meetup, person)
    make_rsvp(meetup, "Kai", address="kai@example.org")
    frozen.move_to(datetime(2027, 2, 4, 21, 29, 59, tzinfo=UTC))
    remind()
    assert len(outbox) == 0
    frozen.move_to(datetime(2027, 2, 4, 21, 30, tzinfo=UTC))
    remind()
    remind()
    assert [letter.to_address for letter in outbox] == ["lou@example.org", "dee@example.org", "kai@example.org"]
    assert {letter.subject for letter in outbox} == {"Today, 6:30 PM: Lantern swap"}


def test_a_day_before_and_two_hours_before_once_each(app, both_databases, frozen, meetup, outbox):
    make_rsvp(meetup, "Kai")
    for hours in (25, 24, 23, 13, 3, 2, 1):
        frozen.move_to(START - hours * HOUR)
        remind()
    assert [subject for _, subject in outbox.subjects] == ["Thu, Feb 4, 2027, 6:30 PM: Lantern swap",
                                                           "Today, 6:30 PM: Lantern swap"]  # fmt: skip


@pytest.mark.parametrize("replies", ["", "reply@storytime.example"])
def test_of_many_alike_each_is_the_one_written_alone(app, frozen, meetup, outbox, monkeypatch, replies):
    app.config["MEETUPS"] = replace(app.config["MEETUPS"], reply_address=replies)
    for number in range(6):
        make_rsvp(meetup, f"Ana{number}", guests=number % 2)
        make_rsvp(meetup, make_person(f"Lou{number}", time_zone="America/Chicago"))
    with unit_of_work():
        preferences.choose(queries.going(meetup)[3].mail_address, "reminders", Delivery.DIGEST)
    frozen.move_to(START - 24 * HOUR)
    texts = []
    for few in (1, 1000):
        monkeypatch.setattr(telling, "FEW", few)
        with unit_of_work():
            for row in (OutboxLetter, Reminder):
                db.session.execute(sa.delete(row))
            actions.send_reminders()
        texts.append(sorted(
            (each.key, each.to_address, each.handle, each.plain, each.html, sorted(each.headers.items()), each.subject,
             each.kind, each.state.value, each.not_before) for each in outbox
        ))  # fmt: skip
    assert len(texts[0]) == 12
    assert texts[0] == texts[1]


def test_only_who_has_a_seat_is_reminded(app, frozen, meetup, outbox):
    make_rsvp(meetup, "Kai")
    for answer in (Answer.WAITING, Answer.MAYBE, Answer.CANT, Answer.ASKED):
        make_rsvp(meetup, "Other", answer)
    make_rsvp(meetup, "Unsure", confirmed_at=None)
    frozen.move_to(START - 24 * HOUR)
    remind()
    assert [letter.plain.count("Thu, Feb 4, 2027: Lantern swap") > 0 for letter in outbox] == [True]


def test_who_has_just_answered_is_left_alone(app, frozen, meetup, outbox):
    frozen.move_to(START - 35 * HOUR)
    make_rsvp(meetup, "Late", address="late@example.org")
    frozen.move_to(START - 24 * HOUR)
    remind()
    assert len(outbox) == 0
    frozen.move_to(START - 2 * HOUR)
    remind()
    assert [address for address, _ in outbox.subjects] == ["late@example.org"]


def test_moved_means_the_new_time_only(app, frozen, meetup, outbox):
    make_rsvp(meetup, "Kai")
    with unit_of_work():
        planning.postpone(meetup, datetime(2027, 2, 11).date(), "snow")  # noqa: DTZ001
        actions.confirm(queries.holding(meetup)[0], actions.Wish(Answer.GOING))
    before = len(outbox)
    frozen.move_to(START - 2 * HOUR)
    remind()
    assert len(outbox) == before
    frozen.move_to(START + timedelta(days=7) - 2 * HOUR)
    remind()
    text = outbox.last.plain
    assert (len(outbox) - before, "Thu, Feb 11, 2027" in text, "Feb 4" in text) == (1, True, False)


def test_cancelled_means_none(app, frozen, meetup, outbox):
    make_rsvp(meetup, "Kai")
    with unit_of_work():
        planning.cancel(meetup, "snow")
    for hours in (24, 2):
        frozen.move_to(START - hours * HOUR)
        remind()
    assert [subject for _, subject in outbox.subjects] == ["Cancelled: Lantern swap"]


@pytest.mark.parametrize(
    ("hours", "reveal", "said"), [(24, 24, True), (24, 6, False), (2, 6, True), (2, 0, False)],
)  # fmt: skip
def test_a_link_is_in_it_once_its_hour_has_come(app, frozen, outbox, hours, reveal, said):
    online = make_place("Online", at=None, kind=PlaceKind.ONLINE, time_zone="America/Detroit")
    meetup = make_meetup(place=online, start=datetime(2027, 2, 4, 18, 30), reveal_hours=reveal,  # noqa: DTZ001
                         join_url="https://meet.example/secret")  # fmt: skip
    make_rsvp(meetup, make_person("Ana"))
    frozen.move_to(START - hours * HOUR)
    remind()
    assert ["https://meet.example/secret" in letter.plain for letter in outbox] == [said]


def keep_nights_quiet(rsvp):
    with unit_of_work():
        preferences.keep_quiet(rsvp.mail_address, "America/Detroit", 18 * 60, 8 * 60)


def move(meetup, spot, *, quiet=False):
    with unit_of_work():
        planning.move_place(meetup, planning.NewPlace(spot=spot), telling=Telling(quiet=quiet))


@pytest.mark.parametrize("quiet", [False, True])
def test_a_reminder_that_waits_for_the_morning_says_what_was_changed_in_the_evening(
    app, both_databases, frozen, meetup, outbox, quiet
):
    keep_nights_quiet(make_rsvp(meetup, "Kai", address="kai@example.org"))
    make_rsvp(meetup, "Lou", address="lou@example.org")
    frozen.move_to(START - 24 * HOUR)
    remind()
    with unit_of_work():
        claims.keep(claims.claim(10, 60))  # Lou has read the reminder
    move(meetup, "Room 213", quiet=quiet)
    remind()
    reminders = [each for each in outbox if each.kind == "reminders"]
    assert [(each.to_address, "Room 213" in each.plain) for each in reminders] == [
        ("lou@example.org", False), ("kai@example.org", True),
    ]  # fmt: skip


def test_a_reminder_that_waits_for_the_morning_names_the_day(app, frozen, meetup, outbox):
    keep_nights_quiet(make_rsvp(meetup, "Kai"))
    frozen.move_to(START - 24 * HOUR)
    remind()
    letter = outbox.last
    assert letter.not_before == START.replace(hour=13, minute=0)
    assert (letter.subject, "omorrow" in letter.plain) == ("Thu, Feb 4, 2027, 6:30 PM: Lantern swap", False)


@pytest.mark.parametrize("leave", [actions.withdraw, actions.forget])
def test_who_is_out_by_then_is_not_reminded_in_the_morning(app, frozen, meetup, outbox, leave):
    rsvp = make_rsvp(meetup, "Kai")
    keep_nights_quiet(rsvp)
    frozen.move_to(START - 24 * HOUR)
    remind()
    with unit_of_work():
        leave(rsvp)
    assert [each.kind for each in outbox if each.kind == "reminders"] == []


def test_a_postponement_taken_back_brings_the_reminder_back(app, frozen, meetup, outbox):
    keep_nights_quiet(make_rsvp(meetup, "Kai"))
    frozen.move_to(START - 24 * HOUR)
    remind()
    with unit_of_work():
        planning.postpone(meetup, datetime(2027, 2, 11).date(), "snow")  # noqa: DTZ001
    assert [each.kind for each in outbox] == ["change"]
    with unit_of_work():
        actions.undo(meetup, queries.last_notice(meetup).id, Telling())
    remind()
    assert [each.kind for each in outbox] == ["change", "change", "reminders"]
