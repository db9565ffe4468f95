"""Saying "I’m here": with the code of the day, by one press, or by a code on one’s own page that the host scans."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from meetups.attendance import actions, permissions, queries
from meetups.attendance.forms import ArrivalForm
from meetups.attendance.letters import arrival_purpose, seat_token
from meetups.attendance.models import Rsvp
from meetups.attendance.views.finding import attendance, find_meetup, find_rsvp
from meetups.foundation import clock, doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.pages import say
from meetups.foundation.refusals import NotHere
from meetups.foundation.tokens import number_in, opens

WELCOME = "Noted: you’re here. Only the host sees it."


@attendance.route("/meetups/<code>/here", methods=["GET", "POST"])
@doors.everyone
def here(code: str) -> Any:
    meetup = find_meetup(code)
    person = person_here()
    rsvp = queries.rsvp_of(person, meetup) if person else None
    form = ArrivalForm()
    if form.validate_on_submit():
        with unit_of_work():
            found = actions.check_in_by_code(meetup, form.code.data, form.called.data)
        if isinstance(found, Rsvp):
            say(WELCOME)
            return redirect(url_for("discovery.meetup", code=code), 303)
        form.form_errors.append(found)
    page = render_template(
        "attendance/here.html", meetup=meetup, form=form, at=clock.now(), rsvp=rsvp if rsvp and rsvp.counts else None
    )
    return page, 400 if form.errors else 200


@attendance.post("/meetups/<code>/here/me")
@doors.member
def here_me(code: str) -> Any:
    rsvp = queries.rsvp_of(person_here(), find_meetup(code))
    if rsvp is None:
        raise NotHere("You have not answered yet. The host can tap you in, or you answer first.")
    with unit_of_work():
        actions.check_in(rsvp)
    say(WELCOME)
    return redirect(url_for("discovery.meetup", code=code), 303)


@attendance.post("/rsvp/<token>/here")
@doors.link_holder
def here_by_link(token: str) -> Any:
    rsvp = find_rsvp(token)
    with unit_of_work():
        actions.check_in(rsvp)
    say(WELCOME)
    return redirect(url_for("attendance.seat", token=seat_token(rsvp)), 303)


@attendance.route("/arrive/<token>", methods=["GET", "POST"])
@doors.member
def arrive(token: str) -> Any:
    """Where the code on a party's page leads; only the host may mark them."""
    number = number_in(token)
    rsvp = queries.rsvp_by_number(number) if number is not None else None
    if (
        rsvp is None
        or not opens(token, arrival_purpose, rsvp.id, rsvp.link_version)
        or not permissions.may_see_guests(person_here(), rsvp.meetup)
    ):
        raise NotHere("This code is for the host to scan.")
    if request.method == "GET":
        return render_template("attendance/arrive.html", rsvp=rsvp, meetup=rsvp.meetup, token=token)
    with unit_of_work():
        actions.check_in(rsvp)
    say(f"{rsvp.called} is here.")
    return redirect(url_for("attendance.guests", code=rsvp.meetup.code, _anchor="door"), 303)
