"""Adding to a recap that is up: a late idea, a comment, a write-up elsewhere, "that was mine"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for

from meetups.attendance import actions as attendance
from meetups.attendance.queries import rsvp_of
from meetups.attendance.views.finding import find_rsvp
from meetups.foundation import clock, doors
from meetups.foundation.database import lock, unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.pages import say
from meetups.foundation.refusals import NotHere, Refusal
from meetups.planning.models import Meetup
from meetups.planning.permissions import may_see
from meetups.planning.queries import meetup_by_code
from meetups.recaps import actions, queries
from meetups.recaps.actions import AddedWords, Guest
from meetups.recaps.forms import CommentForm, LateIdeaForm, MineForm, WriteupForm
from meetups.recaps.letters import addition_token, consent_token
from meetups.recaps.models import Addition, Recap
from meetups.recaps.views.finding import find_readable, recaps


@recaps.route("/recaps/<code>/ideas/new", methods=["GET", "POST"])
@doors.everyone
def late_idea(code: str) -> Any:
    recap = _open(code)
    guest = _guest(recap.meetup)
    form = LateIdeaForm(recap, proved=guest.was_there(recap.meetup))

    def deed(by: Guest) -> Any:
        return _thanks(actions.add_idea(recap, _number(form.entry.data), _words(form), by))

    return _join("idea", form, recap.meetup, guest, deed, recap=recap)


@recaps.route("/recaps/<code>/comment", methods=["GET", "POST"])
@doors.everyone
def comment(code: str) -> Any:
    recap = _open(code)
    guest = _guest(recap.meetup)
    named = guest.person is None
    form = CommentForm(proved=guest.person is not None or guest.was_there(recap.meetup), named=named)
    return _join(
        "comment", form, recap.meetup, guest, lambda by: _thanks(actions.comment(recap, _words(form), by)), recap=recap
    )


@recaps.route("/recaps/<code>/writeup", methods=["GET", "POST"])
@doors.everyone
def writeup(code: str) -> Any:
    recap = _open(code)
    return _writeup(recap, recap.meetup)


@recaps.route("/meetups/<code>/writeup", methods=["GET", "POST"])
@doors.everyone
def writeup_of_meetup(code: str) -> Any:
    meetup = meetup_by_code(code) if code.isalnum() else None
    if meetup is None or not may_see(person_here(), meetup) or not meetup.has_begun(clock.now()):
        raise NotHere("There is no such meetup.")
    return _writeup(None, meetup)


@recaps.get("/rsvp/<token>/recap")
@doors.link_holder
def by_seat(token: str) -> Any:
    """From the page of one's seat to the recap, with the link as the proof of having been there."""
    rsvp = find_rsvp(token)
    up = queries.recaps_of(rsvp.meetup, rsvp.person.out_of_sight if rsvp.person else ())
    if not up:
        say("Nobody has written it up so far.")
        return redirect(f"/meetups/{rsvp.meetup.code}", 303)
    return redirect(url_for("recaps.late_idea", code=up[0].code, seat=token), 303)


def _writeup(recap: Recap | None, meetup: Meetup | None) -> Any:
    guest = _guest(meetup)
    form = WriteupForm(proved=guest.person is not None or guest.was_there(meetup))

    def deed(by: Guest) -> Any:
        words = AddedWords(form.text.data, form.who.data, "", form.url.data, form.perspective.data)
        return _thanks(actions.add_writeup(recap, meetup, words, by))

    return _join("writeup", form, meetup, guest, deed, recap=recap)


@recaps.route("/recaps/<code>/mine", methods=["GET", "POST"])
@doors.everyone
def mine(code: str) -> Any:
    """ "That was my idea": the name stands there at once."""
    recap = _open(code)
    guest, free = _guest(recap.meetup), queries.free_to_claim(recap)
    form = MineForm(free, proved=guest.was_there(recap.meetup), named=True)

    def deed(by: Guest) -> Any:
        idea = actions.claim(recap, _number(form.idea.data), form.name.data, form.library.data, by)
        return url_for("recaps.consent", token=consent_token(idea))

    return _join("mine", form, recap.meetup, guest, deed, recap=recap)


def _join(
    what: str, form: Any, meetup: Meetup | None, guest: Guest, deed: Callable[[Guest], str], *, recap: Recap | None
) -> Any:
    """One page for all of them: the form, the code of the day where there is no other proof, the deed."""
    refusal = None
    if form.validate_on_submit():
        try:
            with unit_of_work():
                wrong = _proof(form, meetup)
                way = "" if wrong else deed(guest if form.proved else Guest(guest.person, guest.rsvp, True))
            if not wrong:
                return redirect(way, 303)
            form.code.errors = [wrong]
        except Refusal as refused:
            refusal = refused
            form.take(refused)
    page = render_template("recaps/join.html", what=what, form=form, recap=recap, meetup=meetup, guest=guest)
    return page, 409 if refusal else 400 if form.errors else 200


def _proof(form: Any, meetup: Meetup | None) -> str:
    """What is wrong with the code that was typed; a miss is counted even though nothing else is done."""
    if form.proved:
        return ""
    if meetup is None:
        return "This gathering was not listed here, so it has no code. Sign in instead."
    return attendance.wrong_code(lock(meetup), form.code.data)


def _guest(meetup: Meetup | None) -> Guest:
    """Who is here: signed in, by the link of a letter (`?seat=`), or nobody we know."""
    person, seat = person_here(), request.args.get("seat", "")
    if seat and meetup is not None:
        rsvp = find_rsvp(seat)
        if rsvp.meetup_id == meetup.id:
            return Guest(rsvp.person or person, rsvp)
    return Guest(person, rsvp_of(person, meetup) if person and meetup else None)


def _open(code: str) -> Recap:
    recap = find_readable(code)
    if not recap.is_public:
        raise NotHere("There is no such recap.")
    return recap


def _words(form: Any) -> AddedWords:
    return AddedWords(form.text.data, form.name.data, form.library.data)


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 18 else 0


def _thanks(addition: Addition) -> str:
    say("Thank you. It is up." if addition.is_shown else "Thank you. It is up as soon as its writers have nodded.")
    return url_for("recaps.added", token=addition_token(addition))


