"""Letters that can be answered from the calendar: who asks, who is asked, what they said, and when nobody takes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

import icalendar
import pytest
import vobject

from meetups.attendance import actions, letters
from meetups.attendance.actions import Wish
from meetups.attendance.entries import reply_to, reply_token
from meetups.attendance.models import Answer
from meetups.foundation.database import unit_of_work
from meetups.foundation.mail.return_address import return_address, tag_in
from meetups.foundation.tokens import opens_in_mail
from meetups.places.models import PlaceKind, Precision
from meetups.planning import actions as planning
from meetups.settings import Settings
from tests import cast
from tests.makers import make_meetup, make_person, make_place, make_rsvp


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, reply_address="reply@storytime.example")


def event_in(letter) -> icalendar.Event:
    """The one event of a letter, read by two readers that must agree."""
    (event,) = icalendar.Calendar.from_ical(letter.calendar).walk("VEVENT")
    second = vobject.readOne(letter.calendar.decode())
    second.validate(raiseException=True)
    assert second.method.value == letter.calendar_method == icalendar.Calendar.from_ical(letter.calendar)["METHOD"]
    assert (second.vevent.uid.value, second.vevent.summary.value) == (event["UID"], event["SUMMARY"])
    assert second.vevent.dtstart.value.astimezone(UTC) == event.start.astimezone(UTC)
    return event


def answered(meetup, person, answer=Answer.GOING):
    with unit_of_work():
        return actions.answer(meetup, person, Wish(answer))


def test_a_seat_comes_as_an_invitation_that_knows_the_answer(app, outbox):
    host = cast.marisol()
    meetup, ken = make_meetup(host=host, place=make_place(precision=Precision.EXACT)), cast.ken()
    rsvp = answered(meetup, ken)
    letter = outbox.last
    event = event_in(letter)
    assert letter.calendar_method == "REQUEST"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (meetup.uid, meetup.sequence, "TENTATIVE")
    assert event["ORGANIZER"] == f"mailto:reply+{reply_token(rsvp)}@storytime.example"
    assert event["ORGANIZER"].params["CN"] == "Marisol"
    assert event["ATTENDEE"] == "mailto:ken@example.org"
    assert {name: event["ATTENDEE"].params[name] for name in ("CN", "PARTSTAT", "RSVP")} == {
        "CN": "Ken", "PARTSTAT": "ACCEPTED", "RSVP": "TRUE"}  # fmt: skip
    assert event["LOCATION"] == "The Lantern & Ladle, Tacoma, WA 98402"
    assert (event["GEO"].latitude, event["GEO"].longitude) == (47.2529, -122.4443)
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [timedelta(days=-1), timedelta(hours=-2)]
    assert host.address not in letter.calendar.decode() + letter.plain + repr(letter.headers)


def test_a_plain_answer_goes_to_the_same_token_and_says_which_day_was_meant(app, outbox):
    rsvp = answered(make_meetup(), cast.ken())
    assert outbox.last.headers["Reply-To"] == f"reply+{reply_token(rsvp)}.20270116@storytime.example"


def test_an_unsure_party_is_tentative(app, outbox):
    meetup, ken = make_meetup(), cast.ken()
    rsvp = answered(meetup, ken, Answer.MAYBE)
    with unit_of_work():
        letter = letters.changed(rsvp, {"time": ("Thursday", "Friday")})
    event = icalendar.Calendar.from_ical(letter.calendar).walk("VEVENT")[0]
    assert (letter.method, event["ATTENDEE"].params["PARTSTAT"]) == ("REQUEST", "TENTATIVE")
    assert event.walk("VALARM") == []


def test_a_party_that_is_out_is_taken_out_of_the_calendar_and_can_come_back(app, outbox, frozen):
    meetup, ken = make_meetup(), cast.ken()
    answered(meetup, ken, Answer.CANT)
    assert outbox.last.calendar is None
    for answer, method, status in ((Answer.GOING, "REQUEST", "ACCEPTED"), (Answer.CANT, "CANCEL", "DECLINED"),
                                   (Answer.MAYBE, "REQUEST", "TENTATIVE")):  # fmt: skip
        frozen.pass_time(timedelta(minutes=1))
        answered(meetup, ken, answer)
        event = event_in(outbox.last)
        assert (outbox.last.calendar_method, event["ATTENDEE"].params["PARTSTAT"]) == (method, status)
        assert event["UID"] == meetup.uid
        assert "Reply-To" in outbox.last.headers


def test_the_uid_is_the_same_in_mail_and_download(app, client, outbox):
    meetup = make_meetup()
    rsvp = answered(meetup, cast.ken())
    download = client.get(f"/rsvp/{letters.seat_token(rsvp)}.ics")
    page = client.get(f"/meetups/{meetup.code}.ics")
    mailed = event_in(outbox.last)["UID"]
    assert {icalendar.Calendar.from_ical(each.data).walk("VEVENT")[0]["UID"] for each in (download, page)} == {mailed}
    assert b"reply+" not in download.data + page.data


def test_calling_it_off_takes_the_entry_out(app, outbox):
    meetup = make_meetup()
    answered(meetup, cast.ken())
    with unit_of_work():
        planning.cancel(meetup, "snow")
    with unit_of_work():
        letter = letters.cancelled(make_rsvp(meetup, cast.ana()))
    event = icalendar.Calendar.from_ical(letter.calendar).walk("VEVENT")[0]
    assert (letter.method, event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)


def test_a_home_stays_unsaid_until_its_hour(app, outbox, frozen):
    home = make_place("99 Elm Street, Tacoma", kind=PlaceKind.HOME, precision=Precision.EXACT)
    meetup, ken = make_meetup(place=home, how_to_spot_us="the porch light"), cast.ken()
    rsvp = answered(meetup, ken)
    assert "Elm" not in outbox.last.calendar.decode()
    assert "GEO" not in event_in(outbox.last)
    frozen.move_to(meetup.starts_at - timedelta(hours=meetup.reveal_hours))
    letter = letters.changed(rsvp, {"time": ("a", "b")})
    event = icalendar.Calendar.from_ical(letter.calendar).walk("VEVENT")[0]
    assert "99 Elm Street" in event["LOCATION"]
    assert "GEO" not in event


class TestWithoutAReplyAddress:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, reply_address="")

    def test_the_entry_is_only_something_to_keep(self, app, outbox):
        answered(make_meetup(), cast.ken())
        event = event_in(outbox.last)
        assert outbox.last.calendar_method == "PUBLISH"
        assert {"ORGANIZER", "ATTENDEE"} & set(event) == set()
        assert "Reply-To" not in outbox.last.headers


def test_addresses_and_tags(app):
    rsvp = make_rsvp(make_meetup(), make_person("Ken"))
    token = reply_token(rsvp)
    assert tag_in(return_address(token)) == token
    assert tag_in((reply_to(rsvp) or "").upper()) == f"{token}.20270116"
    strangers = ("reply@storytime.example", "reply+@storytime.example", "x", "", "reply+1@elsewhere.example",
                 "other+1@storytime.example")  # fmt: skip
    assert [tag_in(each) for each in strangers] == [None] * len(strangers)
    assert opens_in_mail(token.upper(), "reply", rsvp.id, rsvp.link_version)
    assert not opens_in_mail(token, "reply", rsvp.id, rsvp.link_version + 1)
    assert not opens_in_mail(token, "seat", rsvp.id, rsvp.link_version)
    with pytest.raises(ValueError, match="does not fit"):
        return_address("x" * 60)
