"""Stopping, or having again, every letter about one meetup."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for

from meetups.attendance.letters import seat_token, topic
from meetups.attendance.views.finding import attendance, find_rsvp
from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.mail import outbox, preferences
from meetups.foundation.pages import say


@attendance.post("/rsvp/<token>/letters")
@doors.link_holder
def letters(token: str) -> Any:
    """The answer stays as it is; so do letters that answer what the party does on this page."""
    rsvp = find_rsvp(token)
    again = request.form.get("letters") == "again"
    with unit_of_work():
        if again:
            preferences.unmute(rsvp.mail_address, topic(rsvp.meetup))
        else:
            outbox.stop(rsvp.mail_address, topic=topic(rsvp.meetup))
    say("Letters about this meetup come again." if again else "No more letters about this meetup, whatever changes.")
    return redirect(url_for("attendance.seat", token=seat_token(rsvp), _anchor="letters"), 303)
