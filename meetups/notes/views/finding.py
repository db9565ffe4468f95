"""The blueprint of the room, its links, and who is standing before a page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from meetups.foundation import clock
from meetups.foundation.doors import person_here
from meetups.foundation.refusals import NotHere
from meetups.foundation.tokens import keyed, opens
from meetups.notes import entries, queries
from meetups.notes.models import Session
from meetups.notes.permissions import LATE, leads, may_note
from meetups.planning.models import Meetup
from meetups.planning.permissions import may_see
from meetups.planning.queries import meetup_by_code
from meetups.recaps.queries import recap_by_code

notes = Blueprint("notes", __name__)
SCRIBES, ROOM = "notes: scribe", "notes: room"


def find_meetup(code: str) -> Meetup:
    meetup = meetup_by_code(code) if code.isalnum() else None
    if meetup is None or not may_see(person_here(), meetup):
        raise NotHere("There is no such meetup.")
    return meetup


def find_led(code: str) -> Meetup:
    """The meetup, if whoever is here hosts it."""
    meetup = find_meetup(code)
    if not leads(person_here(), meetup):
        raise NotHere("Only the host sees this page.")
    return meetup


def find_noted(code: str) -> Session:
    """The session, if whoever is here may note: by being named, by hosting, or by the link."""
    meetup, person = find_meetup(code), person_here()
    session = queries.session_of(meetup)
    link = session is not None and holds(SCRIBES, session)
    if session is None or not may_note(person, meetup, named=queries.is_scribe(person, session), link=link):
        raise NotHere("There are no notes here, or they are not yours to take.")
    return session


def find_watched(code: str) -> Session | None:
    """The session, for whoever may look into the room: with the room's link, or taking notes. None for others."""
    meetup, person = find_meetup(code), person_here()
    session = queries.session_of(meetup)
    if session is None or clock.now() >= meetup.ends_at + LATE:
        return None
    named = queries.is_scribe(person, session)
    if holds(ROOM, session) or may_note(person, meetup, named=named, link=holds(SCRIBES, session)):
        return session
    return None


def link_key(purpose: str, session: Session) -> str:
    """The unguessable end of a link; good until the host changes the links."""
    return keyed(purpose, session.id, session.link_version)


def holds(purpose: str, session: Session) -> bool:
    return opens(request.args.get("key", "")[:100], purpose, session.id, session.link_version)


def shown(session: Session) -> dict[str, Any]:
    """The board of a session, read anew."""
    recap = recap_by_code(session.recap.code) if session.recap else None
    if recap is not None and recap.hidden_at is not None:
        recap = None
    return entries.board(recap, queries.deeds_of(session))
