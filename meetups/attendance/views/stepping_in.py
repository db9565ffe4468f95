"""Saying that it is on, stepping in, handing over, and "I’m here, and no host is"."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for

from meetups.attendance import actions, queries
from meetups.attendance.letters import seat_token
from meetups.attendance.views.finding import attendance, find_hosted, find_meetup, find_party, find_rsvp
from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.pages import say
from meetups.foundation.refusals import NotHere
from meetups.planning import actions as planning
from meetups.planning.models import Meetup, Telling
from meetups.planning.permissions import may_edit

CALLED = "Noted: you’re here. Whoever could host it is being told."


@attendance.post("/meetups/<code>/still-on")
@doors.member
def still_on(code: str) -> Any:
    meetup = find_meetup(code)
    if not may_edit(person_here(), meetup):
        raise NotHere("Only the host says so.")
    with unit_of_work():
        planning.say_still_on(meetup)
    say("Thank you. It is on.")
    return _to_page(meetup)


@attendance.post("/meetups/<code>/step-in")
@doors.member
def step_in(code: str) -> Any:
    meetup = find_meetup(code)
    with unit_of_work():
        actions.step_in(meetup, person_here())
    say("Thank you! You host it now. Here is who is coming.")
    return redirect(url_for("attendance.guests", code=code), 303)


@attendance.post("/meetups/<code>/hand-over")
@doors.member
def hand_over(code: str) -> Any:
    """The host makes somebody who could step in the host."""
    meetup = find_hosted(code)
    rsvp = find_party(meetup, request.form.get("to", ""))
    if rsvp.person is None or not rsvp.can_step_in:
        raise NotHere("They have not said that they could step in.")
    with unit_of_work():
        planning.hand_over(meetup, rsvp.person, Telling(person_here()))
    say(f"{rsvp.called} hosts it now, and is told.")
    return _to_page(meetup)


@attendance.post("/meetups/<code>/no-host")
@doors.member
def no_host(code: str) -> Any:
    rsvp = queries.rsvp_of(person_here(), find_meetup(code))
    if rsvp is None:
        raise NotHere("That is for people who are going.")
    with unit_of_work():
        actions.nobody_here(rsvp)
    say(CALLED)
    return _to_page(rsvp.meetup)


@attendance.post("/rsvp/<token>/no-host")
@doors.link_holder
def no_host_by_link(token: str) -> Any:
    rsvp = find_rsvp(token)
    with unit_of_work():
        actions.nobody_here(rsvp)
    say(CALLED)
    return redirect(url_for("attendance.seat", token=seat_token(rsvp)), 303)


def _to_page(meetup: Meetup) -> Any:
    return redirect(url_for("discovery.meetup", code=meetup.code), 303)
