"""Who may answer, and who may see who is coming."""

from __future__ import annotations

from meetups.attendance.models import Answer, Rsvp
from meetups.people.models import Person
from meetups.planning.models import Meetup


def may_see_guests(person: Person | None, meetup: Meetup) -> bool:
    """The host's list with names and notes: the host and moderators."""
    return person is not None and (meetup.host_id == person.id or person.is_moderator)


def may_see_first_names(rsvp: Rsvp | None) -> bool:
    """First names of the people going: whoever is going too."""
    return rsvp is not None and rsvp.counts and rsvp.answer is Answer.GOING


def may_claim(rsvp: Rsvp | None) -> bool:
    """Bring something: whoever has a seat."""
    return may_see_first_names(rsvp)
