"""The blueprint of the room, and how its pages find the meetup or the party they are about."""

from __future__ import annotations

from flask import Blueprint

from meetups.attendance import queries
from meetups.attendance.letters import seat_purpose
from meetups.attendance.models import Rsvp
from meetups.attendance.permissions import may_see_guests
from meetups.foundation.doors import person_here
from meetups.foundation.refusals import LinkSpent, NotHere
from meetups.foundation.tokens import number_in, opens
from meetups.planning.models import Meetup
from meetups.planning.permissions import may_see
from meetups.planning.queries import meetup_by_code

attendance = Blueprint("attendance", __name__)


def find_meetup(code: str) -> Meetup:
    """The meetup, if whoever is here may see it."""
    meetup = meetup_by_code(code)
    if meetup is None or not may_see(person_here(), meetup):
        raise NotHere("There is no such meetup.")
    return meetup


def find_hosted(code: str) -> Meetup:
    """The meetup, if whoever is here may see who is coming."""
    meetup = find_meetup(code)
    if not may_see_guests(person_here(), meetup):
        raise NotHere("Only the host sees this list.")
    return meetup


def find_party(meetup: Meetup, typed: str) -> Rsvp:
    """One of the meetup's parties, by the number a button of the host's desk sends."""
    rsvp = queries.rsvp_by_number(int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 18 else None
    if rsvp is None or rsvp.meetup_id != meetup.id or not rsvp.counts:
        raise NotHere("That party is not on the list any more.")
    return rsvp


def find_rsvp(token: str) -> Rsvp:
    """The party whose mailed link this is."""
    number = number_in(token)
    rsvp = queries.rsvp_by_number(number) if number is not None else None
    if rsvp is None or not opens(token, seat_purpose, rsvp.id, rsvp.link_version):
        raise LinkSpent(
            "This link does not work any more. It may have been replaced by a newer one, or cut short by the mail "
            "program. Nothing was changed; look for the newest letter, or answer again on the meetup’s page."
        )
    return rsvp
