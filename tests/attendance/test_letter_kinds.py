"""Letters about a meetup: their kinds, the reader’s own clock, and stopping them all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from meetups.attendance import actions, letters
from meetups.attendance.actions.wishes import Wish
from meetups.attendance.models import Answer
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.mail import outbox, preferences
from meetups.foundation.mail.kinds import kind_named, kinds_to_choose
from meetups.foundation.mail.preferences import Delivery
from meetups.foundation.mail.rows import State
from meetups.people.forms import letters_form
from tests import cast
from tests.mailbox import Outbox
from tests.makers import make_meetup, make_place, make_rsvp

CASES = ["confirm_your_answer", "answer_stands", "seat_is_yours", "cancelled"]


@pytest.mark.parametrize("name, kind", zip(CASES, ["answer", "answer", "seat", "change"], strict=True))
def test_essential_letters_say_their_kind_and_what_they_are_about(app, name, kind):
    rsvp = make_rsvp(make_meetup(), "Ana")
    letter = getattr(letters, name)(rsvp)
    assert (letter.kind, letter.essential) == (kind, True)
    assert (letter.topic, letter.about_at) == (f"meetup:{rsvp.meetup.code}", rsvp.meetup.starts_at)


def test_a_reminder_can_be_stopped_with_one_post(app):
    letter = letters.reminder(make_rsvp(make_meetup(), "Ana"), "day")
    assert (letter.essential, letter.kind in {kind.name for kind in kinds_to_choose()}) == (False, True)


def test_a_reminder_never_waits_for_the_weekly_letter(app):
    """It would come days after the meetup. Whoever chose that while it could be chosen gets them one by one."""
    rsvp = make_rsvp(make_meetup(), "Ana")
    with unit_of_work():
        preferences.choose(rsvp.mail_address, "reminders", Delivery.DIGEST)
        outbox.post(letters.reminder(rsvp, "day"))
    assert Outbox().last.state is State.WAITING
    assert preferences.choices_of(rsvp.mail_address)["reminders"] is Delivery.SINGLE
    with app.test_request_context():
        form = letters_form(rsvp.mail_address)
    offered = {kind.name: [value for value, *_ in field.iter_choices()] for kind, field in form.kinds()}
    assert offered["reminders"] == ["single", "off"]
    assert offered["alert"] == ["single", "digest", "off"]


def test_every_kind_that_rooms_write_is_declared(app):
    assert all(kind_named(name) for name in ("sign-in", "answer", "seat", "request", "change", "reminders", "naming"))


def when(rsvp):
    return dict(letters.facts(rsvp).rows)["When"]


def test_the_readers_clock_stands_beside_that_of_the_place(app):
    lou, dee = cast.lou(), cast.dee()  # an hour apart, on both sides of a border
    start = datetime(2027, 1, 21, 18, 30, tzinfo=UTC)
    meetup = make_meetup(host=lou, place=make_place(), zone="America/Chicago", start=start)
    assert when(make_rsvp(meetup, dee)) == "Thu, Jan 21, 2027, 6:30 PM Central\n7:30 PM your time"
    assert when(make_rsvp(meetup, lou)) == "Thu, Jan 21, 2027, 6:30 PM Central"
    assert when(make_rsvp(meetup, "Ana")) == "Thu, Jan 21, 2027, 6:30 PM Central"


def test_who_stops_every_letter_about_a_meetup_hears_no_more_of_it(client, app):
    rsvp = make_rsvp(make_meetup(), "Ana")
    path = f"/rsvp/{letters.seat_token(rsvp)}"
    with unit_of_work():
        outbox.post(letters.seat_is_yours(rsvp))
    assert client.submit(path, {"letters": "none"}).status_code == 303
    assert "They are stopped" in client.text(client.get(path))
    assert len(Outbox()) == 0  # what waited is taken back
    with unit_of_work():
        outbox.post(letters.cancelled(rsvp))
        outbox.post(letters.answer_stands(rsvp))  # their own press
    assert [letter.kind for letter in Outbox()] == ["answer"]
    assert client.submit(path, {"letters": "again"}).status_code == 303
    assert preferences.is_muted(rsvp.mail_address, letters.topic(rsvp.meetup)) is False


def test_the_link_of_one_party_stops_no_other(client, app):
    meetup = make_meetup()
    ana, dee = make_rsvp(meetup, "Ana"), make_rsvp(meetup, "Dee")
    client.submit(f"/rsvp/{letters.seat_token(ana)}", {"letters": "none"})
    assert preferences.is_muted(dee.mail_address, letters.topic(meetup)) is False
    assert client.forge("/rsvp/1-nonsense/letters", {"letters": "none"}).status_code == 410


def test_seats_of_the_night_wait_for_the_morning_unless_it_is_soon(app, frozen):
    soon, later = (make_meetup(start=datetime(2026, 12, 6, hour, 0, tzinfo=UTC), zone="UTC") for hour in (0, 23))
    for meetup in (soon, later):
        rsvp = make_rsvp(meetup, "Ana", address="ana@example.org")
        with unit_of_work():
            preferences.keep_quiet("ana@example.org", "UTC", 0, 20 * 60)
            outbox.post(letters.seat_is_yours(rsvp))
    now, then = (letter.not_before for letter in Outbox())
    assert (now, then - now) == (frozen.at, timedelta(hours=8))


def test_a_change_of_answer_goes_out_at_once_at_night(app, frozen):
    dee = cast.dee()
    with unit_of_work():
        preferences.keep_quiet(dee.address, "UTC", 0, 20 * 60)
        actions.answer(make_meetup(), dee, Wish(Answer.GOING))
    db.session.rollback()
    assert Outbox().last.not_before == Outbox().last.posted_at
