"""Answers by mail become answers: same rules, same line; the token decides, and nothing is guessed or taken twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from icalendar import Calendar

from meetups.attendance import actions, queries
from meetups.attendance.actions import Wish
from meetups.attendance.entries import calendar_method, reply_to, reply_token
from meetups.attendance.models import Answer
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.mail.intake.taking import Outcome, take
from meetups.foundation.mail.return_address import return_address
from meetups.planning import actions as planning
from meetups.planning.models import RsvpMode, Telling
from meetups.settings import Settings
from tests import cast
from tests.foundation.mail import clients
from tests.makers import make_meetup, make_person, make_rsvp

THEN = {"ACCEPTED": Answer.GOING, "TENTATIVE": Answer.MAYBE, "DECLINED": Answer.CANT}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, reply_address="reply@storytime.example")


def pressed(client, rsvp, partstat, **given):
    """The mail of a calendar program in which a button was pressed."""
    day = f"{rsvp.meetup.local_start:%Y%m%d}" if client is not clients.google else (
        f"{rsvp.meetup.starts_at:%Y%m%dT%H%M%SZ}")  # fmt: skip
    return client(partstat, **{"to": return_address(reply_token(rsvp)), "uid": rsvp.meetup.uid, "day": day} | given)


def written(rsvp, text, number=1, **more):
    more.setdefault("headers", f"Message-ID: <{number}@example.org>\n")
    return clients.plain(text + clients.QUOTES["Gmail"], to=reply_to(rsvp), **more)


def in_the_calendar(letter):
    """What a calendar program makes of a letter: (method, title, the reader's own standing)."""
    event = Calendar.from_ical(letter.calendar).walk("VEVENT")[0]
    return letter.calendar_method, str(event["SUMMARY"]), event["ATTENDEE"].params["PARTSTAT"]


def stands(rsvp):
    db.session.expire_all()
    return rsvp.answer, rsvp.guests


@pytest.mark.parametrize("partstat", THEN)
@pytest.mark.parametrize("client", clients.CALENDARS)
def test_a_press_in_the_calendar_is_an_answer(app, client, partstat):
    rsvp = make_rsvp(make_meetup(), cast.ken(), Answer.MAYBE if partstat == "ACCEPTED" else Answer.GOING)
    assert take(pressed(client, rsvp, partstat)) is Outcome.TAKEN
    assert stands(rsvp) == (THEN[partstat], 0)


def test_a_press_on_both_databases(both_databases, app, outbox):
    rsvp = make_rsvp(make_meetup(), cast.ken())
    declined = pressed(clients.outlook, rsvp, "DECLINED")
    assert [take(declined), take(declined)] == [Outcome.TAKEN, Outcome.AGAIN]
    assert outbox.subjects == [("ken@example.org", "Not coming: Storytime swap")]


def test_who_declines_frees_the_seat_for_the_line(app, outbox, frozen):
    meetup, ken, lou = make_meetup(capacity=1), cast.ken(), cast.lou()
    rsvp = make_rsvp(meetup, ken)
    waiting = make_rsvp(meetup, lou, Answer.WAITING)
    take(pressed(clients.google, rsvp, "DECLINED"))
    assert [stands(rsvp)[0], stands(waiting)[0]] == [Answer.CANT, Answer.GOING]


def test_accepting_when_it_is_full_leads_into_the_line_and_says_so(app, outbox):
    meetup = make_meetup(capacity=1)
    make_rsvp(meetup, cast.lou())
    rsvp = make_rsvp(meetup, cast.ken(), Answer.CANT)
    take(pressed(clients.apple, rsvp, "ACCEPTED"))
    assert stands(rsvp) == (Answer.WAITING, 0)
    assert outbox.subjects == [("ken@example.org", "You’re in line: Storytime swap")]
    assert in_the_calendar(outbox.last) == ("REQUEST", "In line: Storytime swap", "NEEDS-ACTION")
    take(pressed(clients.thunderbird, rsvp, "ACCEPTED"))
    assert outbox.subjects[1:] == [("ken@example.org", "Noted: Storytime swap")]
    assert "you are in line" in outbox.last.plain
    assert in_the_calendar(outbox.last) == ("REQUEST", "In line: Storytime swap", "NEEDS-ACTION")


def test_a_calendar_that_shows_what_could_not_be_is_put_right(app, outbox):
    meetup = make_meetup(capacity=2)
    make_rsvp(meetup, cast.lou())
    rsvp = make_rsvp(meetup, cast.ken(), Answer.MAYBE, guests=1)
    take(pressed(clients.outlook, rsvp, "ACCEPTED"))
    assert stands(rsvp) == (Answer.MAYBE, 1)
    assert outbox.subjects == [("ken@example.org", "Nothing was changed: Storytime swap")]
    assert in_the_calendar(outbox.last) == ("REQUEST", "Storytime swap", "TENTATIVE")
    take(written(rsvp, "yes"))
    assert (len(outbox), outbox.last.calendar) == (2, None)


def test_who_waits_reads_so_in_the_calendar_when_the_room_is_another(app, outbox, frozen):
    meetup = make_meetup(capacity=1)
    make_rsvp(meetup, cast.lou())
    make_rsvp(meetup, cast.ken(), Answer.WAITING)
    with unit_of_work():
        planning.move_place(meetup, planning.NewPlace(spot="Room 213"), telling=Telling())
    frozen.pass_time(timedelta(minutes=10))
    with unit_of_work():
        actions.send_notices()
    assert [in_the_calendar(each)[1:] for each in outbox] == [
        ("Storytime swap", "ACCEPTED"), ("In line: Storytime swap", "NEEDS-ACTION"),
    ]  # fmt: skip


def test_accepting_what_was_accepted_is_silent(app, outbox):
    rsvp = make_rsvp(make_meetup(), cast.ken(), guests=2)
    take(pressed(clients.outlook, rsvp, "ACCEPTED"))
    assert (stands(rsvp), len(outbox)) == ((Answer.GOING, 2), 0)


@pytest.mark.parametrize(
    ("text", "answer", "guests"),
    [("yes", Answer.GOING, 0), ("Can’t make it, sorry!", Answer.CANT, 0), ("maybe", Answer.MAYBE, 0),
     ("+2", Answer.GOING, 2), ("Hi Marisol,\n\nme and 2 more!\n\nKen", Answer.GOING, 2)],
)  # fmt: skip
def test_a_few_words_are_an_answer(app, outbox, text, answer, guests):
    rsvp = make_rsvp(make_meetup(), cast.ken(), Answer.CANT if answer is not Answer.CANT else Answer.GOING)
    assert take(written(rsvp, text)) is Outcome.TAKEN
    assert stands(rsvp) == (answer, guests)
    assert len(outbox) == 1


def test_a_visitor_answers_as_well(app, outbox):
    rsvp = make_rsvp(make_meetup(), "Gus", note="vegan", opener=True)
    take(written(rsvp, "+1"))
    assert (stands(rsvp), rsvp.note, rsvp.opener, rsvp.name) == ((Answer.GOING, 1), "vegan", True, "Gus")


def test_what_stands_already_is_noted(app, outbox):
    rsvp = make_rsvp(make_meetup(), cast.ken())
    take(written(rsvp, "yes"))
    assert outbox.subjects == [("ken@example.org", "Noted: Storytime swap")]
    assert outbox.last.headers["Reply-To"] == reply_to(rsvp)


@pytest.mark.parametrize("text", ["Yes, but only with the kids", "Thanks!", "Where do I park?", "", "yes and no"])
def test_unclear_words_change_nothing_and_bring_a_letter_that_says_how(app, outbox, text):
    rsvp = make_rsvp(make_meetup(), cast.ken(), guests=1)
    assert take(written(rsvp, text)) is Outcome.TAKEN
    assert stands(rsvp) == (Answer.GOING, 1)
    assert outbox.subjects == [("ken@example.org", "Not understood: Storytime swap")]
    assert "“yes”, “no”, “maybe”" in " ".join(outbox.last.plain.split())


def test_too_large_a_party_is_asked_as_on_the_page(app, outbox):
    meetup = make_meetup(capacity=4)
    make_rsvp(meetup, cast.lou(), guests=1)
    rsvp = make_rsvp(meetup, cast.ken(), Answer.CANT)
    take(written(rsvp, "+2"))
    assert stands(rsvp) == (Answer.CANT, 0)
    assert outbox.subjects == [("ken@example.org", "Nothing was changed: Storytime swap")]
    said = " ".join(outbox.last.plain.split())
    assert "2 seats are free, and you are 3." in said
    assert "Reply “+1” to come as 2, or “wait” to wait for all 3." in said
    take(written(rsvp, "we are 3, I’ll wait", 2))
    assert stands(rsvp) == (Answer.WAITING, 2)


def test_more_guests_than_the_host_allows(app, outbox):
    rsvp = make_rsvp(make_meetup(guests_allowed=1), cast.ken())
    take(written(rsvp, "+5"))
    assert stands(rsvp) == (Answer.GOING, 0)
    assert "The host has room for 1 guest with each person." in " ".join(outbox.last.plain.split())


@pytest.mark.parametrize("how", ["over", "off", "open"])
def test_what_cannot_be_answered_any_more_says_why(app, outbox, frozen, how):
    meetup = make_meetup(rsvp_mode=RsvpMode.NONE if how == "open" else RsvpMode.HELPFUL)
    rsvp = make_rsvp(meetup, cast.ken(), Answer.MAYBE)
    if how == "off":
        with unit_of_work():
            planning.cancel(meetup, "snow")
    elif how == "over":
        frozen.move_to(meetup.ends_at)
    letters = len(outbox)
    take(pressed(clients.outlook, rsvp, "ACCEPTED", sequence=meetup.sequence))
    assert stands(rsvp)[0] is Answer.MAYBE
    assert outbox.subjects[letters:] == [("ken@example.org", "Nothing was changed: Storytime swap")]
    sentences = {"over": "This meetup is over.", "off": "This meetup was cancelled", "open": "just turn up"}
    assert sentences[how] in " ".join(outbox.last.plain.split())


def moved(meetup, by):
    with unit_of_work():
        meetup.set_time(meetup.local_start + by, None, meetup.time_zone)
        meetup.sequence += 1


def test_an_answer_to_an_earlier_hour_of_the_same_day_counts(app, outbox):
    rsvp = make_rsvp(make_meetup(), cast.ken())
    declined, no = pressed(clients.apple, rsvp, "DECLINED"), written(rsvp, "yes")
    moved(rsvp.meetup, timedelta(hours=1))
    take(declined)
    assert stands(rsvp)[0] is Answer.CANT
    take(no)
    assert stands(rsvp)[0] is Answer.GOING


@pytest.mark.parametrize("how", ["outlook", "google", "apple", "thunderbird", "words"])
def test_an_answer_to_another_day_does_not_count_and_brings_the_new_one(app, outbox, how):
    rsvp = make_rsvp(make_meetup(), cast.ken(), Answer.MAYBE)
    old = written(rsvp, "yes") if how == "words" else pressed(getattr(clients, how), rsvp, "ACCEPTED")
    moved(rsvp.meetup, timedelta(days=1))
    take(old)
    assert stands(rsvp)[0] is Answer.MAYBE
    assert outbox.subjects == [("ken@example.org", "The date is a new one: Storytime swap")]
    assert "Sun, Jan 17, 2027, 6:30 PM" in outbox.last.plain
    assert (outbox.last.calendar_method, calendar_method(rsvp)) == ("REQUEST", "REQUEST")
    take(written(rsvp, "yes", 2))
    assert stands(rsvp)[0] is Answer.GOING


def test_a_calendar_that_does_not_say_which_day_must_know_the_newest_edit(app, outbox):
    rsvp = make_rsvp(make_meetup(), cast.ken())

    def bare(number):
        ics = (f"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:{rsvp.meetup.uid}\nSEQUENCE:{number}\n"
               "ATTENDEE;PARTSTAT=DECLINED:mailto:ken@example.org\nEND:VEVENT\nEND:VCALENDAR\n")  # fmt: skip
        return clients.mail(f"To: {return_address(reply_token(rsvp))}\nMessage-ID: <{number}@x>\n",
                            clients.part("text/calendar; method=REPLY", "7bit", ics))  # fmt: skip

    moved(rsvp.meetup, timedelta(days=1))
    take(bare(0))
    assert stands(rsvp)[0] is Answer.GOING
    take(bare(1))
    assert stands(rsvp)[0] is Answer.CANT


def test_a_forged_sender_is_not_looked_at_and_the_letter_goes_to_the_party(app, outbox):
    """From, Sender and Reply-To are anybody's; the token is not."""
    rsvp = make_rsvp(make_meetup(), cast.ken(), Answer.MAYBE)
    forged = written(rsvp, "yes").replace(b"From: Ken <ken@example.org>", b"From: Eve <eve@evil.example>")
    take(forged)
    assert (stands(rsvp)[0], [to for to, _ in outbox.subjects]) == (Answer.GOING, ["ken@example.org"])


STRANGE = ["1-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "1", "x-y.20270116", "99999999-a", "é", "-.-", "1-.."]


@pytest.mark.parametrize("tag", STRANGE)
def test_without_the_token_even_the_right_sender_changes_nothing(app, outbox, tag):
    rsvp = make_rsvp(make_meetup(), cast.ken())
    take(clients.plain("no", to=f"reply+{tag}@storytime.example"))
    take(clients.outlook("DECLINED", to=f"reply+{tag}@storytime.example", uid=rsvp.meetup.uid))
    assert (stands(rsvp)[0], len(outbox)) == (Answer.GOING, 0)


def test_somebody_elses_token_answers_for_them_alone_and_an_old_one_for_nobody(app, outbox):
    meetup = make_meetup()
    ken, lou = make_rsvp(meetup, cast.ken()), make_rsvp(meetup, cast.lou())
    old = written(lou, "no")
    with unit_of_work():
        lou.link_version += 1
    take(old)
    take(written(ken, "no"))
    assert [stands(ken)[0], stands(lou)[0]] == [Answer.CANT, Answer.GOING]


def test_a_reply_about_another_meetup_is_unclear(app, outbox):
    rsvp = make_rsvp(make_meetup(), cast.ken())
    take(pressed(clients.outlook, rsvp, "DECLINED", uid="urn:uuid:another"))
    assert stands(rsvp)[0] is Answer.GOING
    assert [subject for _, subject in outbox.subjects] == ["Not understood: Storytime swap"]


@pytest.mark.parametrize("header", ["Auto-Submitted: auto-replied", "Precedence: bulk", "X-Autoreply: yes"])
def test_machines_get_no_answer(app, outbox, header):
    rsvp = make_rsvp(make_meetup(), cast.ken())
    for number, text in enumerate(("no", "I am away until Monday.")):
        raw = written(rsvp, text, headers=f"Message-ID: <{number}@x>\n{header}\n")
        assert take(raw) is Outcome.PASSED_OVER
    assert (stands(rsvp)[0], len(outbox)) == (Answer.GOING, 0)


def test_our_own_letters_coming_back_are_a_machines(app, outbox):
    rsvp = make_rsvp(make_meetup(), cast.ken())
    raw = written(rsvp, "yes", headers="Message-ID: <1@x>\nAuto-Submitted: auto-generated\n")
    assert (take(raw), len(outbox)) == (Outcome.PASSED_OVER, 0)


def test_two_machines_talking_stop_after_a_few_letters(app, outbox, frozen):
    rsvp = make_rsvp(make_meetup(), cast.ken())
    for number in range(30):
        take(written(rsvp, "What?", number))
    assert len(outbox) == 4
    for number in range(100, 130):
        take(written(rsvp, "yes" if number % 2 else "no", number))
    assert len(outbox) <= 14
    frozen.pass_time(timedelta(hours=1, seconds=1))
    take(written(rsvp, "What?", 200))
    assert outbox.last.subject == "Not understood: Storytime swap"


def test_an_offer_is_taken_by_yes_and_kept_for_later_by_wait(app, outbox, frozen):
    meetup = make_meetup(capacity=1)
    lou, ken = make_rsvp(meetup, cast.lou()), make_rsvp(meetup, cast.ken(), Answer.WAITING)
    frozen.move_to(meetup.starts_at - timedelta(hours=12))
    with unit_of_work():
        actions.answer(meetup, lou.person, Wish(Answer.CANT))
    assert stands(ken)[0] is Answer.OFFERED
    take(written(ken, "yes"))
    assert stands(ken)[0] is Answer.GOING


def test_bad_mail_is_set_aside_and_the_next_goes_on(app, outbox):
    rsvp = make_rsvp(make_meetup(), make_person("Ken"))
    assert take(b"x" * 1_200_000) is Outcome.SET_ASIDE
    assert take(written(rsvp, "no")) is Outcome.TAKEN
    assert queries.rsvp_by_number(rsvp.id).answer is Answer.CANT
