"""A member's own calendar feed, behind an address that can be replaced."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, redirect, request, url_for

from meetups.attendance import queries
from meetups.attendance.actions.feed_link import replace_feed_link
from meetups.attendance.entries import own_entry
from meetups.attendance.models import Answer, Rsvp
from meetups.attendance.views.finding import attendance
from meetups.foundation import clock, doors
from meetups.foundation.addresses import absolute, site_name
from meetups.foundation.calendars import to_icalendar
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.pages import say
from meetups.foundation.refusals import LinkSpent
from meetups.foundation.tokens import keyed, number_in, opens
from meetups.people.models import Person
from meetups.people.queries import person_numbered
from meetups.planning.permissions import knows

FEED_PURPOSE = "feed"
KEPT_FOR = timedelta(days=366)
SHOWN = frozenset({Answer.GOING, Answer.MAYBE, Answer.ASKED})


def feed_address(person: Person) -> str:
    """Where the person's calendar is fetched; the same until they replace it."""
    return absolute(f"/feeds/{keyed(FEED_PURPOSE, person.id, person.feed_version)}.ics")


@attendance.get("/feeds/<token>.ics")
@doors.link_holder
def feed(token: str) -> Any:
    """What the member is going to, may go to or is asked about anew, from a year back on; cancelled ones say so."""
    person, at = _person(token), clock.now()
    answers = [rsvp for rsvp in queries.answers_of(person) if _belongs(rsvp) and rsvp.meetup.ends_at > at - KEPT_FOR]
    entries = [own_entry(rsvp, knows(person, rsvp.meetup, at, is_going=rsvp.answer is Answer.GOING))
               for rsvp in answers]  # fmt: skip
    body = to_icalendar(entries, method="PUBLISH", name=f"{site_name()}: my meetups")
    answer = Response(body, mimetype="text/calendar")
    answer.headers["Cache-Control"] = "private, no-cache"  # kept, but asked about each time
    answer.add_etag(weak=True)
    return answer.make_conditional(request)


@attendance.post("/mine/feed")
@doors.member
def replace_feed() -> Any:
    with unit_of_work():
        replace_feed_link(person_here())
    say("Here is your new calendar address. The old one does not work any more.")
    return redirect(url_for("attendance.mine", _anchor="calendar"), 303)


def _person(token: str) -> Person:
    number = number_in(token)
    person = person_numbered(number) if number is not None else None
    if person is None or not person.is_active or not opens(token, FEED_PURPOSE, person.id, person.feed_version):
        raise LinkSpent("This calendar address does not work any more. The page “My meetups” has the one that does.")
    return person


def _belongs(rsvp: Rsvp) -> bool:
    return rsvp.counts and rsvp.answer in SHOWN and rsvp.meetup.is_public
