"""The host's desk: who is coming, who waits, what they bring."""

from __future__ import annotations

from typing import Any

from flask import render_template

from meetups.attendance import permissions, queries
from meetups.attendance.views.finding import attendance, find_meetup
from meetups.foundation import doors
from meetups.foundation.doors import person_here
from meetups.foundation.refusals import NotHere


@attendance.get("/meetups/<code>/guests")
@doors.member
def guests(code: str) -> Any:
    meetup = find_meetup(code)
    if not permissions.may_see_guests(person_here(), meetup):
        raise NotHere("Only the host sees this list.")
    return render_template(
        "attendance/guests.html", meetup=meetup, seats=queries.seats(meetup), going=queries.going(meetup),
        waiting=queries.waitlist(meetup), maybe=queries.maybe(meetup), wanted=queries.bring_list(meetup),
    )
