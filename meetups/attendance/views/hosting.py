"""The host's desk: who is coming, who waits and asks, who is here, whom letters do not reach."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from meetups.attendance import actions, queries
from meetups.attendance.views.finding import attendance, find_hosted, find_party
from meetups.foundation import clock, doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.pages import say
from meetups.planning.models import Meetup


@attendance.get("/meetups/<code>/guests")
@doors.member
def guests(code: str) -> Any:
    meetup = find_hosted(code)
    going = queries.going(meetup)
    return render_template(
        "attendance/guests.html", meetup=meetup, at=clock.now(), seats=queries.seats(meetup), going=going,
        waiting=queries.in_line(meetup), maybe=queries.maybe(meetup), requests=queries.requests(meetup),
        asked=queries.asked(meetup), wanted=queries.bring_list(meetup), lost=queries.unreachable(meetup),
        declined=queries.declined(meetup), here=sum(rsvp.party for rsvp in going if rsvp.attended),
    )


@attendance.post("/meetups/<code>/guests/word")
@attendance.post("/meetups/<code>/guests/second-word", endpoint="second_word")
@doors.member
def word(code: str) -> Any:
    """The host's yes or no to a party that asks for a seat, or has one."""
    meetup = find_hosted(code)
    yes, no = request.form.get("let_in", ""), request.form.get("turn_down", "")
    rsvp = find_party(meetup, yes or no)
    with unit_of_work():
        if yes:
            actions.let_in(rsvp)
        else:
            actions.turn_down(rsvp)
    say(f"{rsvp.called}: {rsvp.answer.label}. They are told.")
    return _back(meetup, "asking" if queries.requests(meetup) else "word")


@attendance.post("/meetups/<code>/guests/arrivals")
@doors.member
def arrivals(code: str) -> Any:
    """The host's list, ticked; or, after the end, nobody else came."""
    meetup = find_hosted(code)
    with unit_of_work():
        actions.note_arrivals(meetup, _numbers("here"), _numbers("before"))
        if request.form.get("deed") == "close":
            actions.note_who_did_not_come(meetup)
    say("Kept. Only you see who came.")
    return _back(meetup, "door")


@attendance.post("/meetups/<code>/guests/code")
@doors.member
def another_code(code: str) -> Any:
    meetup = find_hosted(code)
    with unit_of_work():
        actions.draw_another_code(meetup)
    say("A new code of the day. The old one opens nothing any more.")
    return _back(meetup, "door")


@attendance.post("/meetups/<code>/guests/told")
@doors.member
def told(code: str) -> Any:
    """The host has told somebody in person whom our letters do not reach."""
    meetup = find_hosted(code)
    rsvp = find_party(meetup, request.form.get("told", ""))
    with unit_of_work():
        actions.told_in_person(rsvp)
    say(f"Thank you for telling {rsvp.called}.")
    return _back(meetup, "lost")


def _numbers(name: str) -> set[int]:
    return {int(each) for each in request.form.getlist(name) if each.isascii() and each.isdigit() and len(each) < 18}


def _back(meetup: Meetup, where: str) -> Any:
    return redirect(url_for("attendance.guests", code=meetup.code, _anchor=where), 303)
