"""S7: the facilitator vanishes; somebody who had offered steps in, and nobody is blamed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from meetups.attendance import actions as attendance
from meetups.attendance import queries
from meetups.attendance.actions import NotOffered, NotYet
from meetups.foundation.database import unit_of_work
from meetups.people import actions as people
from meetups.planning import actions as planning
from meetups.planning.models import Telling
from meetups.planning.permissions import may_edit
from tests.makers import make_meetup, make_person, make_place, make_rsvp

START = datetime(2027, 2, 11, 23, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def wes(app):
    return make_person("Wes", address="wes@example.org", time_zone="America/Chicago")


@pytest.fixture
def meetup(wes):
    cafe = make_place("Grain & Page Coffee, Des Moines, IA 50309", at=None, town="Des Moines", region="Iowa",
                      country="US", time_zone="America/Chicago")  # fmt: skip
    swap = make_meetup("Grain swap", host=wes, place=cafe, start=datetime(2027, 2, 11, 17, 30))  # noqa: DTZ001
    make_rsvp(swap, wes)
    for number in range(3):
        make_rsvp(swap, f"Guest{number}")
    return swap


@pytest.fixture
def able(meetup):
    """Two who could step in, Nadia first."""
    found = [make_person(name, address=f"{name.lower()}@example.org") for name in ("Nadia", "Omar")]
    for person in found:
        make_rsvp(meetup, person, can_step_in=True)
    return found


def work() -> None:
    with unit_of_work():
        attendance.ask_hosts()


def silent_until(frozen, hours) -> None:
    """The worker has been at it all the time, and the host has not said a word."""
    for before in (72, 48, 24, 6, 5):
        if before >= hours:
            frozen.move_to(START - before * HOUR)
            work()


def page(client, meetup):
    return client.text(client.get(f"/meetups/{meetup.code}"))


def test_a_silent_host_is_asked_twice_then_those_who_could_step_in(app, frozen, meetup, able, outbox):
    frozen.move_to(START - 73 * HOUR)
    work()
    assert len(outbox) == 0
    silent_until(frozen, 48)
    assert outbox.subjects == [("wes@example.org", "Still on? Grain swap")]
    silent_until(frozen, 24)
    work()
    assert outbox.subjects[1:] == [
        ("wes@example.org", "Still on? Grain swap"), ("nadia@example.org", "Could you host it? Grain swap"),
        ("omar@example.org", "Could you host it? Grain swap"),
    ]  # fmt: skip


def test_one_press_says_that_it_is_on(app, frozen, signed_in, wes, meetup, able, outbox):
    silent_until(frozen, 72)
    browser = signed_in(wes)
    assert "Still on?" in page(browser, meetup)
    assert browser.submit(f"/meetups/{meetup.code}", form="/still-on").status_code == 303
    silent_until(frozen, 5)
    assert [subject for _, subject in outbox.subjects] == ["Still on? Grain swap"]
    assert "not confirmed" not in page(browser, meetup)


def test_the_first_to_press_hosts_it_and_everybody_sees_both_names(
    app, frozen, signed_in, wes, meetup, able, client, outbox
):
    nadia, omar = able
    silent_until(frozen, 24)
    seen = len(outbox)
    first, second = signed_in(nadia), signed_in(omar)
    token = second.token()
    assert first.submit(f"/meetups/{meetup.code}", form="/step-in").headers["Location"].endswith("/guests")
    late = second.post(f"/meetups/{meetup.code}/step-in", data={"csrf_token": token})
    assert (late.status_code, "Somebody hosts it again" in second.text(late)) == (409, True)
    assert (meetup.host, meetup.co_host) == (nadia, wes)
    assert "Hosted by Nadia, with Wes" in page(client, meetup)
    assert outbox.subjects[seen:] == [("nadia@example.org", "You host it now: Grain swap"),
                                      ("wes@example.org", "Nadia hosts it now: Grain swap")]  # fmt: skip
    assert (may_edit(nadia, meetup), may_edit(wes, meetup)) == (True, False)  # the list and the recap are Nadia's
    work()
    assert len(outbox) == seen + 2
    assert "no-show" not in page(client, meetup).lower()


def test_nobody_steps_in_and_everybody_who_is_going_is_asked(app, frozen, meetup, able, client, outbox):
    silent_until(frozen, 6)
    assert "Host not confirmed" in page(client, meetup)
    told = [address for address, subject in outbox.subjects if subject == "The host is not confirmed: Grain swap"]
    assert sorted(told) == sorted(rsvp.mail_address for rsvp in queries.going(meetup))
    silent_until(frozen, 5)
    assert len([1 for _, subject in outbox.subjects if subject.startswith("The host is not")]) == len(told)


def test_only_who_is_going_and_offered_may_step_in(app, frozen, meetup, able, wes):
    stranger = make_person("Zoe")
    make_rsvp(meetup, stranger)
    silent_until(frozen, 24)
    with pytest.raises(NotOffered), unit_of_work():
        attendance.step_in(meetup, stranger)
    assert meetup.host is wes


def test_nobody_takes_a_meetup_from_a_host_who_is_there(app, frozen, signed_in, meetup, able, wes):
    browser = signed_in(able[0])
    for at in (START - 80 * HOUR, START + timedelta(minutes=10)):
        frozen.move_to(at)
        with unit_of_work():
            planning.say_still_on(meetup)
        assert browser.forge(f"/meetups/{meetup.code}/step-in").status_code == 409
    browser.forge(f"/meetups/{meetup.code}/no-host")
    assert browser.forge(f"/meetups/{meetup.code}/step-in").status_code == 409
    assert meetup.host is wes


def test_somebody_stands_there_alone(app, frozen, signed_in, meetup, able, outbox):
    zoe = make_person("Zoe")
    rsvp, browser = make_rsvp(meetup, zoe), signed_in(zoe)
    with pytest.raises(NotYet), unit_of_work():
        attendance.nobody_here(rsvp)
    frozen.move_to(START + timedelta(minutes=10))
    for _ in range(2):
        assert browser.submit(f"/meetups/{meetup.code}", form="/no-host").status_code == 303
    assert rsvp.attended is True
    assert {(address, subject) for address, subject in outbox.subjects} == {
        (f"{name}@example.org", "People are waiting: Grain swap") for name in ("wes", "nadia", "omar")}  # fmt: skip
    assert len(outbox) == 3


def test_a_host_who_leaves_for_good_leaves_a_meetup_that_needs_one(app, frozen, signed_in, wes, meetup, able, client):
    frozen.move_to(START - 60 * HOUR)
    with unit_of_work():
        people.leave(wes)
    work()
    text = page(client, meetup)
    assert ("Host needed" in text, "Wes" in text) == (True, False)
    with unit_of_work():
        attendance.step_in(meetup, able[1])
    assert (meetup.host, meetup.co_host) == (able[1], None)
    with unit_of_work():
        people.leave(able[1])
    assert meetup.needs_host


def test_a_host_hands_over_from_the_list(app, frozen, signed_in, wes, meetup, able, outbox):
    nadia = able[0]
    browser = signed_in(wes)
    rsvp = queries.rsvp_of(nadia, meetup)
    assert "Hand over to them" in browser.text(browser.get(f"/meetups/{meetup.code}/guests"))
    press = {"to": str(rsvp.id)}
    assert browser.forge(f"/meetups/{meetup.code}/hand-over", press).status_code == 303
    assert browser.forge(f"/meetups/{meetup.code}/hand-over", press).status_code == 404
    assert (meetup.host, meetup.co_host) == (nadia, wes)
    with unit_of_work():
        planning.hand_over(meetup, wes, Telling(nadia))
    assert (meetup.host, meetup.co_host) == (wes, nadia)


def test_who_went_up_yesterday_or_changes_it_has_said_enough(app, frozen, wes, able, meetup, outbox):
    frozen.move_to(START - 30 * HOUR)
    with unit_of_work():
        planning.move_place(meetup, planning.NewPlace(spot="By the window"), telling=Telling(wes, quiet=True))
    make_meetup("Tomorrow", host=wes, place=meetup.place, start=datetime(2027, 2, 12, 17, 30))  # noqa: DTZ001
    work()
    frozen.move_to(START - 20 * HOUR)
    work()
    assert len(outbox) == 0


def test_whom_a_block_keeps_from_the_new_host_is_out(app, frozen, meetup, able):
    kai = make_person("Kai")
    make_rsvp(meetup, kai)
    with unit_of_work():
        people.block(able[0], kai)
    silent_until(frozen, 24)
    with unit_of_work():
        attendance.step_in(meetup, able[0])
    assert queries.rsvp_of(kai, meetup) is None
