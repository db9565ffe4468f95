"""The page of a meetup, and its short link."""

from __future__ import annotations

from datetime import datetime
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
from meetups.foundation.kept_pages import kept_for_visitors
from meetups.foundation.refusals import NotHere
from meetups.foundation.whereabouts import current_gazetteer
from meetups.notes.permissions import may_start
from meetups.notes.queries import is_scribe, session_of
from meetups.people.queries import blocked_either_way
from meetups.planning.permissions import may_see, reader_of
from meetups.planning.queries import meetup_by_code
from meetups.recaps.queries import recaps_of, writeups_of


@discovery.get("/meetups/<code>")
@doors.everyone
def meetup(code: str) -> Any:
    at = clock.now()
    return kept_for_visitors(lambda: queries.facts_of_meetup(code, at), lambda: _page(code, at))


def _page(code: str, at: datetime) -> str:
    found, person = meetup_by_code(code), person_here()
    if found is None or not may_see(person, found):
        raise NotHere("There is no such meetup.")
    unseen = blocked_either_way(person)
    rsvp = attendance_queries.rsvp_of(person, found) if person else None
    is_going = attendance_permissions.may_see_first_names(rsvp)
    going = attendance_queries.going(found) if is_going else []
    return render_template(
        "discovery/meetup.html", meetup=found, at=at, unseen=unseen, rsvp=rsvp,
        seats=attendance_queries.seats(found), wanted=attendance_queries.bring_list(found),
        recaps=recaps_of(found, unseen) if found.has_begun(at) else [],
        writeups=writeups_of(found, unseen=unseen) if found.has_begun(at) else [],
        names=[party.called for party in going if party.person_id not in unseen],
        reader=reader_of(found, person, at, is_going=is_going), map=meetup_map(found, current_gazetteer()),
        form=AnswerForm(found, rsvp) if person else VisitorForm(found),
        sees_guests=attendance_permissions.may_see_guests(person, found),
        may_note=person is not None and (may_start(person, found, at) or is_scribe(person, session_of(found))),
    )


@discovery.get("/m/<code>")
@doors.everyone
def short(code: str) -> Any:
    """The short link, for flyers and QR codes."""
    return redirect(url_for("discovery.meetup", code=code), 301)
