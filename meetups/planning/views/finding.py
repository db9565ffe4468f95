"""The blueprint of the room; how its pages find their meetup, and what they ask before people are told."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, url_for
from werkzeug.datastructures import MultiDict

from meetups.foundation.doors import person_here
from meetups.foundation.markup import clean_line
from meetups.foundation.pages import say
from meetups.foundation.refusals import NotHere
from meetups.places.models import Finding
from meetups.planning import actions, entries, queries
from meetups.planning.models import Meetup, Telling
from meetups.planning.permissions import may_edit, may_see

planning = Blueprint("planning", __name__)
# the words for a meetup in every template: about.when(meetup), about.where(meetup, knows)
planning.record_once(lambda state: state.app.jinja_env.globals.update(about=entries))


def find_seen(code: str) -> Meetup:
    meetup = queries.meetup_by_code(code)
    if meetup is None or not may_see(person_here(), meetup):
        raise NotHere("There is no such meetup.")
    return meetup


def find_mine(code: str) -> Meetup:
    meetup = queries.meetup_by_code(code)
    if meetup is None or not may_edit(person_here(), meetup):
        raise NotHere("There is no such meetup, or it is not yours to change.")
    return meetup


def telling(meetup: Meetup, given: MultiDict[str, str], key: str) -> Telling | None:
    """What the buttons said: tell, quietly, or nothing yet. Where there is nobody to tell, nobody needs to be asked."""
    by, deed = person_here(), given.get("tell", "")
    if deed in ("all", "none") or not people_to_tell(meetup):
        return Telling(by, quiet=deed == "none", key=key, line=clean_line(given.get("note", "")))
    return None


def people_to_tell(meetup: Meetup) -> int:
    """How many letters a change would make; the floor above counts them."""
    return int(current_app.jinja_env.globals["people_to_tell"](meetup))  # type: ignore[operator]


def ask_first(meetup: Meetup, first: actions.AskFirst, given: MultiDict[str, str], endpoint: str) -> Any:
    """The page between typing and saving: who will be told, and what; with everything typed travelling along."""
    left_out = ("csrf_token", "tell", "note")
    typed = [(name, value) for name, value in given.items(multi=True) if name not in left_out]
    return render_template(
        "planning/tell.html", meetup=meetup, news=first.news, typed=typed, note=given.get("note", ""),
        action=url_for(endpoint, code=meetup.code), count=people_to_tell(meetup), soon=entries.is_soon(meetup),
    )  # fmt: skip


def say_slot(meetup: Meetup) -> None:
    if warning := entries.slot_warning(meetup):
        say(warning)


def say_finding(finding: Finding) -> None:
    """What the map service made of the words, where that is not simply the spot."""
    pin = "the pin stands for the town" if finding.point is not None else "there is no pin"
    if finding.look_again:
        say(f"{finding.note} We will ask again by ourselves; until then {pin}.")
    elif finding.note:
        say(f"{finding.note} Your words stay as you typed them, and {pin}.")


def to_page(meetup: Meetup) -> Any:
    return redirect(f"/meetups/{meetup.code}", 303)
