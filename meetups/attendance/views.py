"""Pages for answering, for the party's own seat, and the host's list."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from meetups.attendance import actions, permissions, queries
from meetups.attendance.forms import AnswerForm, VisitorForm
from meetups.attendance.letters import knowledge, seat_purpose, seat_token
from meetups.attendance.models import Answer, Rsvp
from meetups.foundation import clock, doors
from meetups.foundation.calendars import to_icalendar
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.pages import say
from meetups.foundation.refusals import LinkSpent, NotHere, Refusal
from meetups.foundation.tokens import number_in, opens
from meetups.planning.entries import calendar_entry
from meetups.planning.models import Meetup
from meetups.planning.permissions import may_see
from meetups.planning.queries import meetup_by_code, meetups_hosted_by

attendance = Blueprint("attendance", __name__)
SAID = {
    Answer.GOING: "You’re going. It’s in your mail, with a calendar entry.",
    Answer.WAITING: "It’s full, so you are in line. We write as soon as a seat is yours.",
    Answer.MAYBE: "Noted: maybe. Change it whenever you know.",
    Answer.CANT: "Noted: you can’t make it. Thanks for saying so.",
}


def _meetup(code: str) -> Meetup:
    meetup = meetup_by_code(code)
    if meetup is None or not may_see(person_here(), meetup):
        raise NotHere("There is no such meetup.")
    return meetup


def _rsvp(token: str) -> Rsvp:
    """The party whose mailed link this is."""
    number = number_in(token)
    rsvp = queries.rsvp_by_number(number) if number is not None else None
    if rsvp is None or not opens(token, seat_purpose, rsvp.id, rsvp.link_version):
        raise LinkSpent(
            "This link does not work any more. It may have been replaced by a newer one, or cut short by the mail "
            "program. Nothing was changed; look for the newest letter, or answer again on the meetup’s page."
        )
    return rsvp


@attendance.route("/meetups/<code>/answer", methods=["GET", "POST"])
@doors.everyone
def answer(code: str) -> Any:
    meetup = _meetup(code)
    person = person_here()
    rsvp = queries.rsvp_of(person, meetup) if person else None
    form = AnswerForm(meetup, rsvp) if person else VisitorForm(meetup)
    if not form.validate_on_submit():
        return _answer_page(meetup, form, rsvp)
    wish = form.wish(request.form.get("seats"))
    try:
        with unit_of_work():
            if person:
                rsvp = actions.answer(meetup, person, wish)
            else:
                actions.ask(meetup, form.name.data, form.email.data, wish)
    except Refusal as refusal:
        return _answer_page(meetup, form, rsvp, refusal)
    if person and rsvp:
        say(SAID[rsvp.answer])
        return redirect(url_for("discovery.meetup", code=code), 303)
    return redirect(url_for("attendance.sent", code=code), 303)


def _answer_page(meetup: Meetup, form: AnswerForm, rsvp: Rsvp | None, refusal: Refusal | None = None) -> Any:
    fewer = refusal if isinstance(refusal, actions.FewerSeats) else None
    if refusal is not None and fewer is None:
        form.take(refusal)
    page = render_template(
        "attendance/answer.html", meetup=meetup, form=form, rsvp=rsvp, fewer=fewer, seats=queries.seats(meetup),
    )
    return page, 409 if refusal else 400 if form.errors else 200


@attendance.get("/meetups/<code>/answer/sent")
@doors.everyone
def sent(code: str) -> Any:
    return render_template("attendance/sent.html", meetup=_meetup(code))


@attendance.route("/rsvp/<token>", methods=["GET", "POST"])
@doors.link_holder
def seat(token: str) -> Any:
    rsvp = _rsvp(token)
    form = AnswerForm(rsvp.meetup, rsvp)
    refusal = None
    if form.validate_on_submit():
        try:
            with unit_of_work():
                rsvp = actions.confirm(rsvp, form.wish(request.form.get("seats")))
            say(SAID[rsvp.answer])
            return redirect(url_for("attendance.seat", token=seat_token(rsvp)), 303)
        except Refusal as refused:
            refusal = refused
    return _seat_page(rsvp, form, refusal)


def _seat_page(rsvp: Rsvp, form: AnswerForm, refusal: Refusal | None) -> Any:
    fewer = refusal if isinstance(refusal, actions.FewerSeats) else None
    if refusal is not None and fewer is None:
        form.take(refusal)
    meetup = rsvp.meetup
    names = [party.called for party in queries.going(meetup)] if permissions.may_see_first_names(rsvp) else []
    page = render_template(
        "attendance/seat.html", rsvp=rsvp, meetup=meetup, form=form, fewer=fewer, seats=queries.seats(meetup),
        knows=knowledge(rsvp), wanted=queries.bring_list(meetup), names=names, token=seat_token(rsvp),
        at=clock.now(),
    )
    return page, 409 if refusal else 400 if form.errors else 200


@attendance.get("/rsvp/<token>.ics")
@doors.link_holder
def seat_calendar(token: str) -> Response:
    rsvp = _rsvp(token)
    entry = calendar_entry(rsvp.meetup, knowledge(rsvp))
    return Response(to_icalendar([entry], method="PUBLISH"), mimetype="text/calendar")


@attendance.post("/rsvp/<token>/forget")
@doors.link_holder
def forget(token: str) -> Any:
    rsvp = _rsvp(token)
    code = rsvp.meetup.code
    with unit_of_work():
        actions.forget(rsvp)
    say("Your name and address are gone from this meetup.")
    return redirect(url_for("discovery.meetup", code=code), 303)


@attendance.post("/rsvp/<token>/bring")
@doors.link_holder
def bring_by_link(token: str) -> Any:
    rsvp = _rsvp(token)
    _bring(rsvp.meetup, rsvp)
    return redirect(url_for("attendance.seat", token=seat_token(rsvp), _anchor="bring"), 303)


@attendance.post("/meetups/<code>/bring")
@doors.member
def bring(code: str) -> Any:
    meetup = _meetup(code)
    _bring(meetup, queries.rsvp_of(person_here(), meetup))
    return redirect(url_for("discovery.meetup", code=code, _anchor="bring"), 303)


def _bring(meetup: Meetup, rsvp: Rsvp | None) -> None:
    if rsvp is None or not permissions.may_claim(rsvp):
        raise Refusal("Say that you are coming first; then you can offer to bring something.")
    claimed, given_back = request.form.get("claim", ""), request.form.get("give_back", "")
    typed = claimed or given_back
    item = queries.bring_item(meetup, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 18 else None
    if item is None:
        raise Refusal("That is not on the bring list any more. Look at the list again.")
    with unit_of_work():
        if claimed:
            actions.claim_item(item, rsvp)
            say(f"Thank you! You are bringing: {item.what}.")
        else:
            actions.give_back_item(item, rsvp)
            say(f"It is open again: {item.what}.")


@attendance.get("/meetups/<code>/guests")
@doors.member
def guests(code: str) -> Any:
    meetup = _meetup(code)
    if not permissions.may_see_guests(person_here(), meetup):
        raise NotHere("Only the host sees this list.")
    return render_template(
        "attendance/guests.html", meetup=meetup, seats=queries.seats(meetup), going=queries.going(meetup),
        waiting=queries.waitlist(meetup), maybe=queries.maybe(meetup), wanted=queries.bring_list(meetup),
    )


@attendance.get("/mine")
@doors.member
def mine() -> Any:
    person = person_here()
    at = clock.now()
    answers = queries.answers_of(person)
    return render_template(
        "attendance/mine.html", at=at,
        coming=[r for r in answers if not r.meetup.is_over(at) and r.meetup.host_id != person.id],
        been=[r for r in reversed(answers) if r.meetup.is_over(at) and r.meetup.host_id != person.id][:50],
        hosted=meetups_hosted_by(person, at),
    )
