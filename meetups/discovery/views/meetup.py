"""The page of a meetup, and its short link."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from flask import redirect, render_template, url_for

from meetups.attendance import permissions as attendance_permissions
from meetups.attendance import queries as attendance_queries
from meetups.attendance.forms import AnswerForm, VisitorForm
from meetups.discovery.entries import meetup_map
from meetups.discovery.views.front import discovery
from meetups.foundation import clock, doors
from meetups.foundation.doors import person_here
from meetups.foundation.kept_pages import facts_in, kept_for_visitors
from meetups.foundation.refusals import NotHere
from meetups.foundation.whereabouts import current_gazetteer
from meetups.notes.permissions import may_start
from meetups.notes.queries import is_scribe, session_of
from meetups.people.models import Person
from meetups.people.queries import blocked_either_way
from meetups.planning.permissions import may_see, reader_of
from meetups.planning.queries import meetup_by_code
from meetups.recaps.queries import recaps_of, writeups_of


@discovery.get("/meetups/<code>")
@doors.everyone
def meetup(code: str) -> Any:
    found = meetup_by_code(code)
    person = person_here()
    if found is None or not may_see(person, found):
        raise NotHere("There is no such meetup.")
    at, unseen = clock.now(), blocked_either_way(person)
    shown = {
        "meetup": found, "at": at, "seats": attendance_queries.seats(found, unseen=unseen),
        "wanted": attendance_queries.bring_list(found),
        "recaps": recaps_of(found, unseen) if found.has_begun(at) else [],
        "writeups": writeups_of(found, unseen=unseen) if found.has_begun(at) else [],
    }
    if person is None:
        return kept_for_visitors(_facts_of(shown), lambda: _page(shown, None))
    return _page(shown, person)


def _facts_of(shown: dict[str, Any]) -> Hashable:
    """Everything a visitor's page of a meetup depends on; of the clock, whether it has begun and is over."""
    found, at = shown["meetup"], shown["at"]
    rows = (found, found.place, found.host, found.co_host, found.host_event, *shown["recaps"], *shown["writeups"])
    wanted = tuple((facts_in(want.item), want.claim is not None) for want in shown["wanted"])
    now = (found.has_begun(at), found.is_over(at), found.is_unhosted(at))
    return ("meetup", *map(facts_in, rows), shown["seats"], wanted, *now)


def _page(shown: dict[str, Any], person: Person | None) -> str:
    found, at = shown["meetup"], shown["at"]
    rsvp = attendance_queries.rsvp_of(person, found) if person else None
    is_going = attendance_permissions.may_see_first_names(rsvp)
    going = attendance_queries.going(found) if is_going else []
    unseen = blocked_either_way(person)
    return render_template(
        "discovery/meetup.html", **shown, rsvp=rsvp, unseen=unseen,
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
