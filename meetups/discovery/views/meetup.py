"""The page of a meetup, and its short link."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from meetups.attendance import permissions as attendance_permissions
from meetups.attendance import queries as attendance_queries
from meetups.attendance.forms import AnswerForm, VisitorForm
from meetups.discovery import queries
from meetups.discovery.entries import meetup_map
from meetups.discovery.views.front import discovery
from meetups.foundation import clock, doors
from meetups.foundation.doors import person_here
from meetups.foundation.refusals import NotHere
from meetups.foundation.whereabouts import current_gazetteer
from meetups.people.queries import blocked_either_way
from meetups.planning.permissions import may_see, reader_of
from meetups.planning.queries import meetup_by_code


@discovery.get("/meetups/<code>")
@doors.everyone
def meetup(code: str) -> Any:
    found = meetup_by_code(code)
    person = person_here()
    if found is None or not may_see(person, found):
        raise NotHere("There is no such meetup.")
    at = clock.now()
    rsvp = attendance_queries.rsvp_of(person, found) if person else None
    is_going = attendance_permissions.may_see_first_names(rsvp)
    going = attendance_queries.going(found) if is_going else []
    unseen = blocked_either_way(person)
    return render_template(
        "discovery/meetup.html", meetup=found, at=at, rsvp=rsvp,
        names=[party.called for party in going if party.person_id not in unseen],
        reader=reader_of(found, person, at, is_going=is_going), seats=attendance_queries.seats(found, unseen=unseen),
        wanted=attendance_queries.bring_list(found), form=AnswerForm(found, rsvp) if person else VisitorForm(found),
        recaps=queries.recaps_of(found) if found.has_begun(at) else [], map=meetup_map(found, current_gazetteer()),
        sees_guests=attendance_permissions.may_see_guests(person, found),
    )


@discovery.get("/m/<code>")
@doors.everyone
def short(code: str) -> Any:
    """The short link, for flyers and QR codes."""
    return redirect(url_for("discovery.meetup", code=code), 301)
