"""What anybody may take away: the calendar file, words for a mailing list, a conference's list, the arrow sign."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request

from meetups.foundation import clock, doors
from meetups.foundation.calendars import to_icalendar
from meetups.foundation.doors import person_here
from meetups.foundation.refusals import NotHere
from meetups.people.queries import blocked_either_way
from meetups.planning import entries, queries
from meetups.planning.views.finding import find_seen, planning

WAYS = {"right": "to the right", "left": "to the left", "up": "straight on", "down": "downstairs"}


@planning.get("/meetups/<code>.ics")
@doors.everyone
def calendar(code: str) -> Response:
    """The calendar file a stranger may have; people who are going get theirs with their seat."""
    body = to_icalendar([entries.calendar_entry(find_seen(code))], method="PUBLISH")
    name = {"Content-Disposition": f'attachment; filename="meetup-{code}.ics"'}
    return Response(body, content_type="text/calendar; charset=utf-8; method=PUBLISH", headers=name)


@planning.get("/meetups/<code>/announcement.txt")
@doors.everyone
def announcement(code: str) -> Response:
    return Response(entries.announcement(find_seen(code)) + "\n", content_type="text/plain; charset=utf-8")


@planning.get("/conferences/<code>")
@doors.everyone
def conference(code: str) -> Any:
    event = queries.host_event_by_code(code)
    meetups = queries.meetups_at(event, blocked_either_way(person_here())) if event else []
    if event is None or not meetups:
        raise NotHere("There is no such conference.")
    now = clock.now()
    cards = [(entries.card(meetup, now), meetup.is_over(now)) for meetup in meetups]
    return render_template(
        "planning/conference.html", event=event, upcoming=[card for card, over in cards if not over],
        past=[card for card, over in reversed(cards) if over],
    )  # fmt: skip


@planning.get("/meetups/<code>/arrow")
@doors.everyone
def arrow(code: str) -> Any:
    """A sheet for the old door: we moved, that way."""
    meetup = find_seen(code)
    if not meetup.moved:
        raise NotHere("It has not moved, so there is nowhere to point.")
    way = request.args.get("way", "")
    return render_template("planning/arrow.html", meetup=meetup, way=way if way in WAYS else "right", ways=WAYS)
