"""Offering to bring something, from the meetup's page or the party's own."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for

from meetups.attendance import actions, permissions, queries
from meetups.attendance.letters import seat_token
from meetups.attendance.models import Rsvp
from meetups.attendance.views.finding import attendance, find_meetup, find_rsvp
from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.pages import say
from meetups.foundation.refusals import Refusal
from meetups.planning.models import Meetup


@attendance.post("/rsvp/<token>/bring")
@doors.link_holder
def bring_by_link(token: str) -> Any:
    rsvp = find_rsvp(token)
    _bring(rsvp.meetup, rsvp)
    return redirect(url_for("attendance.seat", token=seat_token(rsvp), _anchor="bring"), 303)


@attendance.post("/meetups/<code>/bring")
@doors.member
def bring(code: str) -> Any:
    meetup = find_meetup(code)
    _bring(meetup, queries.rsvp_of(person_here(), meetup))
    return redirect(url_for("discovery.meetup", code=code, _anchor="bring"), 303)


def _bring(meetup: Meetup, rsvp: Rsvp | None) -> None:
    if rsvp is None or not permissions.may_claim(rsvp):
        raise Refusal("Say that you are coming first; then you can offer to bring something.")
    claimed, given_back = request.form.get("claim", ""), request.form.get("give_back", "")
    typed = claimed or given_back
    item = queries.bring_item(meetup, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 18 else None
    if item is None:
        raise Refusal("That is not on the bring list any more. Look at the list again.")
    with unit_of_work():
        if claimed:
            actions.claim_item(item, rsvp)
            say(f"Thank you! You are bringing: {item.what}.")
        else:
            actions.give_back_item(item, rsvp)
            say(f"It is open again: {item.what}.")
