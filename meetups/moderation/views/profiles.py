"""A member's page, as much of it as the reader's circle may see.

It stands up here because "people I met" is known to attendance and to nearby.
"""

from __future__ import annotations

from typing import Any

from flask import make_response, render_template, request

from meetups.foundation import doors
from meetups.foundation.doors import person_here
from meetups.foundation.refusals import NotHere
from meetups.moderation import queries
from meetups.moderation.views.blueprint import moderation
from meetups.people.entries import sight_of
from meetups.people.models import Person
from meetups.people.permissions import circle_of
from meetups.people.queries import person_by_code
from meetups.people.terms import Seen

VIEWS_AS = {each.value: each for each in (Seen.EVERYBODY, Seen.MEMBERS, Seen.MET)}


@moderation.get("/people/<code>")
@doors.everyone
def profile(code: str) -> Any:
    """A page that is not there, that is not for this reader, and whose owner keeps them apart look the same."""
    person, reader = person_by_code(code), person_here()
    circle = _circle(reader, person) if person else None
    sight = sight_of(person, circle) if person and circle else None
    own = circle is Seen.ME or (reader is not None and person is not None and reader.id == person.id)
    if person is None or (sight is None and not own):
        raise NotHere("There is no such page.")
    page = render_template("moderation/profile.html", person=person, sight=sight, own=own, circle=circle)
    response = make_response(page)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _circle(reader: Person | None, person: Person) -> Seen | None:
    if reader is not None and reader.id == person.id:
        return VIEWS_AS.get(request.args.get("as", ""), Seen.ME)
    met = reader is not None and queries.have_met(reader, person)
    return circle_of(reader, person, met=met)
