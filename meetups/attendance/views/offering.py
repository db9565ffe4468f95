"""Taking an offer, or letting it go."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for

from meetups.attendance import actions, queries
from meetups.attendance.letters import seat_token
from meetups.attendance.models import Answer, Rsvp
from meetups.attendance.views.finding import attendance, find_meetup, find_rsvp
from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.pages import say
from meetups.foundation.refusals import NotHere

SAID = {
    Answer.GOING: "You’re going. It’s in your mail, with a calendar entry.",
    Answer.WAITING: "You keep your place in the line; the seat goes to the next.",
    Answer.CANT: "You are out of the line. Thanks for saying so.",
}


@attendance.post("/rsvp/<token>/offer")
@doors.link_holder
def offer_by_link(token: str) -> Any:
    rsvp = find_rsvp(token)
    _decide(rsvp)
    return redirect(url_for("attendance.seat", token=seat_token(rsvp)), 303)


@attendance.post("/meetups/<code>/offer")
@doors.member
def offer(code: str) -> Any:
    rsvp = queries.rsvp_of(person_here(), find_meetup(code))
    if rsvp is None:
        raise NotHere("There is no offer for you here.")
    _decide(rsvp)
    return redirect(url_for("discovery.meetup", code=code), 303)


def _decide(rsvp: Rsvp) -> None:
    deed = request.form.get("offer", "")
    with unit_of_work():
        if deed == "take":
            rsvp = actions.accept_offer(rsvp)
        elif deed in ("wait", "leave"):
            rsvp = actions.decline_offer(rsvp, leave=deed == "leave")
    if rsvp.answer in SAID:
        say(SAID[rsvp.answer])
