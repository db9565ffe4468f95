"""At the door and at the host's desk: check-in, the host's word, replies, papers; nobody else learns who came."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from meetups.attendance import actions, queries
from meetups.attendance.actions import Wish
from meetups.attendance.letters import arrival_address, seat_token
from meetups.attendance.models import Answer
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.mail.preferences import keep_quiet
from meetups.foundation.refusals import Refusal
from meetups.people.actions import block
from meetups.places.models import PlaceKind
from tests import cast
from tests.makers import make_meetup, make_person, make_place, make_rsvp

GOING = Wish(Answer.GOING)


@pytest.fixture
def evening(app, frozen):
    """Priya hosts; Ana +1 and Ben are going. It begins in ten minutes."""
    host = cast.priya()
    meetup = make_meetup(host=host, check_in_code="jelly parade")
    ana, ben = make_rsvp(meetup, make_person("Ana"), guests=1), make_rsvp(meetup, "Ben")
    frozen.move_to(meetup.starts_at - timedelta(minutes=10))
    return meetup, ana, ben


def test_the_code_said_in_the_room_and_a_name(evening, client):
    meetup, ana, ben = evening
    here = f"/meetups/{meetup.code}/here"
    assert client.submit(here, {"code": "Jelly  PARADE", "called": "ben"}).status_code == 303
    assert (ana.attended, ben.attended) == (None, True)
    wrong = client.submit(here, {"code": "jelly circus", "called": "Ana"})
    assert (wrong.status_code, ana.attended) == (400, None)
    assert "That is not today’s code." in client.text(wrong)
    assert "nobody of that name" in client.text(client.submit(here, {"code": "jelly parade", "called": "Zed"}))


def test_codes_cannot_be_tried_for_ever_until_the_host_draws_another(evening):
    meetup, ana, _ = evening
    for _ in range(actions.arriving.MOST_MISSES):
        with unit_of_work():
            actions.check_in_by_code(meetup, "no idea", "Ana")
    with unit_of_work():
        assert "typed wrong too often" in actions.check_in_by_code(meetup, "jelly parade", "Ana")
    with unit_of_work():
        actions.draw_another_code(meetup)
    with unit_of_work():
        assert actions.check_in_by_code(meetup, meetup.check_in_code, "Ana") is ana


def test_one_press_for_whoever_is_known(evening, client, signed_in):
    meetup, ana, ben = evening
    assert client.submit(f"/rsvp/{seat_token(ben)}", form="/here").status_code == 303
    assert signed_in(ana.person).submit(f"/meetups/{meetup.code}", form="/here/me").status_code == 303
    assert (ana.attended, ben.attended) == (True, True)


@pytest.mark.parametrize("minutes", [-61, 181])
def test_nobody_is_here_too_early_or_too_late(evening, frozen, minutes):
    meetup, ana, _ = evening
    frozen.move_to(meetup.starts_at + timedelta(minutes=minutes))
    with pytest.raises(Refusal), unit_of_work():
        actions.check_in(ana)
    assert ana.attended is None


def test_the_scanned_code_opens_only_for_the_host_and_only_a_press_marks(evening, signed_in, client):
    meetup, ana, _ = evening
    path = re.sub("^http://localhost", "", arrival_address(ana))
    host = signed_in(meetup.host)
    assert (host.get(path).status_code, ana.attended) == (200, None)
    assert signed_in(ana.person).get(path).status_code == 404
    assert host.submit(path, form="/arrive/").status_code == 303
    assert ana.attended is True
    assert client.get(f"/arrive/{seat_token(ana)}").status_code == 303
    assert host.get(f"/arrive/{seat_token(ana)}").status_code == 404


def test_the_hosts_list_changes_only_what_the_host_changed(evening, signed_in):
    meetup, ana, ben = evening
    desk, host = f"/meetups/{meetup.code}/guests", signed_in(meetup.host)
    arrivals = next(form for form in host.forms(desk) if form.action.endswith("/arrivals"))
    with unit_of_work():
        actions.check_in(ben)  # while the host's page is open
    host.post(arrivals.action, data=arrivals.filled({"here": [str(ana.id)], "deed": "save"}))
    assert (ana.attended, ben.attended) == (True, True)
    host.submit(desk, {"here": [str(ben.id)], "deed": "save"}, form="/arrivals")
    assert (ana.attended, ana.checked_in_at, ben.attended) == (None, None, True)


def test_who_did_not_come_is_noted_after_the_end_and_shown_to_the_host_alone(evening, signed_in, client, frozen):
    meetup, ana, ben = evening
    with unit_of_work():
        actions.check_in(ben)
    frozen.move_to(meetup.ends_at)
    desk, host = f"/meetups/{meetup.code}/guests", signed_in(meetup.host)
    host.submit(desk, {"deed": "close"}, form="/arrivals")
    assert (ana.attended, ben.attended) == (False, True)
    assert "did not come" in host.text(host.get(desk))
    for browser, path in (
        (client, f"/meetups/{meetup.code}"), (client, f"/rsvp/{seat_token(ben)}"), (client, f"/rsvp/{seat_token(ana)}"),
        (signed_in(ana.person), "/mine"), (signed_in(ana.person), f"/meetups/{meetup.code}"),
    ):
        assert "did not come" not in browser.get(path).text
    assert signed_in(ana.person).get(desk).status_code == 404


def test_the_host_has_the_word_where_seats_are_asked_for(app, outbox, signed_in):
    meetup = make_meetup(host=cast.priya(), capacity=2, approval_required=True)
    ana, ben, cleo = (make_person(name) for name in ("Ana", "Ben", "Cleo"))
    with unit_of_work():
        actions.host_comes(meetup)
    for person in (ana, ben, cleo):
        with unit_of_work():
            assert actions.answer(meetup, person, GOING).answer is Answer.REQUESTED
    assert (queries.seats(meetup).going, queries.seats(meetup).requests) == (1, 3)
    assert outbox.subjects.count((meetup.host.address, "Somebody asks for a seat: Storytime swap")) == 3
    host, desk = signed_in(meetup.host), f"/meetups/{meetup.code}/guests"
    for person, button in ((ana, "let_in"), (ben, "turn_down"), (cleo, "let_in")):
        host.submit(desk, {button: str(queries.rsvp_of(person, meetup).id)}, form="/word")
    given = [queries.rsvp_of(person, meetup).answer for person in (ana, ben, cleo)]
    assert given == [Answer.GOING, Answer.DECLINED, Answer.WAITING]
    assert [outbox.to(person.address)[-1].subject for person in (ana, ben, cleo)] == [
        "You’re going: Storytime swap", "No seat this time: Storytime swap", "You’re in line: Storytime swap"
    ]
    with pytest.raises(actions.TurnedDown), unit_of_work():
        actions.answer(meetup, ben, GOING)


def test_a_host_takes_a_seat_back_and_the_home_is_not_shown_any_more(
    app, both_databases, outbox, signed_in, client, frozen
):
    """Anybody with a mailbox can press "going" for somebody's backyard; whoever lives there has the last word."""
    app.config["MEETUPS"] = replace(app.config["MEETUPS"], reply_address="reply@storytime.example")
    home = make_place("17 Zq Lane, Tacoma, WA", kind=PlaceKind.HOME, time_zone="America/Los_Angeles", town="Tacoma")
    meetup = make_meetup(host=cast.priya(), place=home, capacity=2)
    with unit_of_work():
        actions.host_comes(meetup)
    stranger, waiting = make_rsvp(meetup, "Stranger"), make_rsvp(meetup, make_person("Ana"), Answer.WAITING)
    frozen.move_to(meetup.starts_at - timedelta(hours=24))
    seat = f"/rsvp/{seat_token(stranger)}"
    assert "17 Zq Lane" in client.get(seat).text
    host, desk = signed_in(meetup.host), f"/meetups/{meetup.code}/guests"
    host.submit(desk, {"turn_down": str(stranger.id)}, form="no-seat")
    host.forge(f"{desk}/second-word", {"turn_down": str(stranger.id)})  # a double press
    db.session.expire_all()
    assert (stranger.answer, waiting.answer) == (Answer.DECLINED, Answer.GOING)
    assert "17 Zq Lane" not in client.get(seat).text + client.get(f"{seat}.ics").text
    again = client.submit(seat, {"answer": "going", "name": "Stranger"})
    assert (again.status_code, "The host has no seat for you this time." in client.text(again)) == (409, True)
    letters = outbox.to(stranger.mail_address)
    subject = "No seat this time: Storytime swap"
    assert [(each.subject, each.calendar_method) for each in letters] == [(subject, "CANCEL")]
    assert b"Zq Lane" not in letters[0].calendar
    with unit_of_work():
        actions.turn_down(queries.rsvp_of(meetup.host, meetup))
    assert queries.rsvp_of(meetup.host, meetup).answer is Answer.GOING
    host.submit(desk, {"let_in": str(stranger.id)}, form="after-all")
    assert stranger.answer is Answer.WAITING


@pytest.mark.parametrize("way", ["turned down", "blocked"])
def test_no_letter_that_waits_brings_the_address_of_a_home_to_whoever_has_no_seat_any_more(
    app, both_databases, outbox, frozen, way
):
    """Let in over the line at night, sent away before the morning: the home must not be in what they read then."""
    home = make_place("17 Zq Lane, Tacoma, WA", kind=PlaceKind.HOME, time_zone="America/Los_Angeles", town="Tacoma")
    meetup = make_meetup(host=cast.priya(), place=home)
    guest = make_person("Stranger")
    rsvp = make_rsvp(meetup, guest, Answer.REQUESTED)
    frozen.move_to(meetup.starts_at - timedelta(hours=20))
    with unit_of_work():
        keep_quiet(guest.address, "UTC", 1, 0)
        actions.let_in(rsvp)
    assert "17 Zq Lane" in "".join(each.plain for each in outbox.to(guest.address))
    with unit_of_work():
        actions.turn_down(rsvp) if way == "turned down" else block(meetup.host, guest)
    assert "17 Zq Lane" not in "".join(each.plain for each in outbox.to(guest.address))


def test_no_seat_is_taken_back_after_the_end(app, frozen):
    meetup = make_meetup()
    rsvp = make_rsvp(meetup, "Ben")
    frozen.move_to(meetup.ends_at)
    with pytest.raises(actions.MeetupIsOver), unit_of_work():
        actions.turn_down(rsvp)
    assert rsvp.answer is Answer.GOING


def test_when_the_host_no_longer_wants_to_be_asked_everybody_who_asked_is_in(app, signed_in):
    meetup = make_meetup(host=cast.priya(), approval_required=True)
    ana = make_rsvp(meetup, make_person("Ana"), Answer.REQUESTED)
    signed_in(meetup.host).submit(f"/meetups/{meetup.code}/edit", {"approval_required": False})
    assert (meetup.approval_required, ana.answer) == (False, Answer.GOING)


def test_three_questions_are_answered_for_the_host_alone_and_forgotten_after_thirty_days(app, frozen, signed_in):
    meetup = make_meetup(host=cast.priya(), questions=["What ages?", "Your best shaker song?"])
    ana, ben = make_person("Ana"), make_rsvp(meetup, make_person("Ben"))
    page = f"/meetups/{meetup.code}"
    signed_in(ana).submit(page, {"reply_0": "Toddlers zq", "answer": "going"})
    rsvp = queries.rsvp_of(ana, meetup)
    assert rsvp.replies == [["What ages?", "Toddlers zq"]]
    assert "Toddlers zq" in signed_in(meetup.host).get(f"{page}/guests").text
    assert "Toddlers zq" not in signed_in(ben.person).get(page).text
    frozen.move_to(meetup.ends_at + timedelta(days=30))
    with unit_of_work():
        actions.purge_replies()
    assert rsvp.replies is not None
    frozen.pass_time(timedelta(seconds=1))
    with unit_of_work():
        actions.purge_replies()
    assert rsvp.replies is None


def test_the_sheet_has_what_is_needed_without_a_signal(evening, signed_in):
    meetup, _, _ = evening
    with unit_of_work():
        actions.list_what_to_bring(meetup, [(12, "shakers")])
    text = signed_in(meetup.host).text(signed_in(meetup.host).get(f"/meetups/{meetup.code}/sheet"))
    assert all(word in text for word in ("Ana", "Ben", "jelly parade", "12 shakers: nobody yet"))
    assert signed_in(make_person("Zed")).get(f"/meetups/{meetup.code}/sheet").status_code == 404


def test_the_poster_leads_to_the_short_link(evening, client):
    meetup, _, _ = evening
    page = client.get(f"/meetups/{meetup.code}/poster")
    assert f"localhost/m/{meetup.code}" in client.text(page)
    assert 'class="qr"' in page.text
    assert "jelly parade" not in page.text


def test_whom_letters_do_not_reach_stands_on_the_desk_until_told(evening, signed_in, frozen):
    meetup, _, ben = evening
    with unit_of_work():
        ben.unreachable_at = meetup.created_at
    host, desk = signed_in(meetup.host), f"/meetups/{meetup.code}/guests"
    assert host.submit(desk, {"told": str(ben.id)}).status_code == 303
    assert (ben.unreachable_at, "Couldn’t reach" in host.get(desk).text) == (None, False)
