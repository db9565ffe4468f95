"""Answering, and the party's own page behind its mailed link."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from meetups.attendance import actions, permissions, queries
from meetups.attendance.forms import AnswerForm, SeatForm, VisitorForm
from meetups.attendance.letters import arrival_address, knowledge, seat_token, topic
from meetups.attendance.models import Answer, Rsvp
from meetups.attendance.views.feeds import feed_address
from meetups.attendance.views.finding import attendance, find_meetup, find_rsvp
from meetups.foundation import clock, doors
from meetups.foundation.calendars import to_icalendar
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.mail.preferences import is_muted
from meetups.foundation.pages import say
from meetups.foundation.qr import qr_code
from meetups.foundation.refusals import Refusal
from meetups.people.queries import blocked_either_way
from meetups.planning.entries import calendar_entry
from meetups.planning.models import Meetup
from meetups.planning.queries import meetups_hosted_by

SAID = {
    Answer.GOING: "You’re going. It’s in your mail, with a calendar entry.",
    Answer.WAITING: "It’s full, so you are in line. We write as soon as a seat is yours.",
    Answer.MAYBE: "Noted: maybe. Change it whenever you know.",
    Answer.CANT: "Noted: you can’t make it. Thanks for saying so.",
    Answer.REQUESTED: "The host knows. No seat is taken until they say yes; we write either way.",
}


@attendance.route("/meetups/<code>/answer", methods=["GET", "POST"])
@doors.everyone
def answer(code: str) -> Any:
    meetup = find_meetup(code)
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
        "attendance/answer.html", meetup=meetup, form=form, rsvp=rsvp, fewer=fewer,
        seats=queries.seats(meetup),
    )
    return page, 409 if refusal else 400 if form.errors else 200


@attendance.get("/meetups/<code>/answer/sent")
@doors.everyone
def sent(code: str) -> Any:
    return render_template("attendance/sent.html", meetup=find_meetup(code))


@attendance.route("/rsvp/<token>", methods=["GET", "POST"])
@doors.link_holder
def seat(token: str) -> Any:
    rsvp = find_rsvp(token)
    form = AnswerForm(rsvp.meetup, rsvp) if rsvp.person else SeatForm(rsvp.meetup, rsvp)
    refusal = None
    if form.validate_on_submit():
        try:
            with unit_of_work():
                name = form.name.data if isinstance(form, SeatForm) else ""
                rsvp = actions.confirm(rsvp, form.wish(request.form.get("seats")), name)
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
    unseen = blocked_either_way(rsvp.person)
    going = queries.going(meetup) if permissions.may_see_first_names(rsvp) else []
    names = [party.called for party in going if party.person_id not in unseen]
    page = render_template(
        "attendance/seat.html", rsvp=rsvp, meetup=meetup, form=form, fewer=fewer,
        seats=queries.seats(meetup), unseen=unseen,
        knows=knowledge(rsvp), wanted=queries.bring_list(meetup), names=names, token=seat_token(rsvp),
        at=clock.now(), muted=is_muted(rsvp.mail_address, topic(meetup)),
        scan=qr_code(arrival_address(rsvp), "For the host to scan at the door"),
    )
    return page, 409 if refusal else 400 if form.errors else 200


@attendance.get("/rsvp/<token>.ics")
@doors.link_holder
def seat_calendar(token: str) -> Response:
    rsvp = find_rsvp(token)
    entry = calendar_entry(rsvp.meetup, knowledge(rsvp))
    return Response(to_icalendar([entry], method="PUBLISH"), mimetype="text/calendar")


@attendance.post("/rsvp/<token>/forget")
@doors.link_holder
def forget(token: str) -> Any:
    rsvp = find_rsvp(token)
    code = rsvp.meetup.code
    with unit_of_work():
        actions.forget(rsvp)
    say("Your name and address are gone from this meetup.")
    return redirect(url_for("discovery.meetup", code=code), 303)


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
        hosted=meetups_hosted_by(person, at), feed_address=feed_address(person),
    )
