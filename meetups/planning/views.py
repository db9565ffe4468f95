"""Pages for proposing, editing, publishing, confirming, cancelling, copying; calendar, announcement, conferences."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.datastructures import MultiDict

from meetups.foundation import clock, doors
from meetups.foundation.calendars import to_icalendar
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.pages import say
from meetups.foundation.refusals import NotHere, Refusal
from meetups.people.models import Person
from meetups.places.actions import look_up
from meetups.places.models import Finding, Precision
from meetups.planning import actions, entries, queries
from meetups.planning.forms import CancelForm, CopyForm, PlanForm
from meetups.planning.models import Meetup, Plan, Status
from meetups.planning.permissions import Knows, Reader, may_edit, may_see, reader_of

planning = Blueprint("planning", __name__)
# the words for a meetup in every template: about.when(meetup), about.where(meetup, knows)
planning.record_once(lambda state: state.app.jinja_env.globals.update(about=entries))


@planning.route("/propose", methods=["GET", "POST"])
@doors.member
def propose() -> Any:
    person = _me()
    given, filled_in = _given()
    form = PlanForm(given)
    if request.method == "GET" or filled_in:
        return _form_page("planning/propose.html", form)
    earlier = queries.meetup_with_form_key(person, form.form_key.data)
    if earlier is not None:
        say("That form was sent already, and this is what it made. Press Edit to change it.")
        return _to(earlier)
    if not form.validate():
        return _form_page("planning/propose.html", form)
    return _preview(person, form) if given.get("deed") == "preview" else _propose(person, form, given)


def _propose(person: Person, form: PlanForm, given: MultiDict[str, str]) -> Any:
    plan, publish = form.plan(), given.get("deed") != "draft"
    try:
        finding = look_up(plan.words, plan.kind, plan.town_choice)
        with unit_of_work():
            meetup = actions.propose(person, plan, publish, finding=finding, form_key=form.form_key.data)
    except Refusal as refusal:
        return _form_page("planning/propose.html", form, refusal)
    say("It is up. Everybody can see it now." if publish else "Kept as a draft. Only you can see it.")
    _say_what_was_found(meetup, reader_of(meetup, person, clock.now()))
    return _to(meetup)


def _preview(person: Person, form: PlanForm) -> Any:
    """The page as it will look, from the posted values; nothing is saved."""
    try:
        meetup = actions.draft_of(person, form.plan())
    except Refusal as refusal:
        return _form_page("planning/propose.html", form, refusal)
    meetup.status = Status.PROPOSED
    return _form_page("planning/propose.html", form, preview=meetup)


@planning.route("/meetups/<code>/edit", methods=["GET", "POST"])
@doors.member
def edit(code: str) -> Any:
    meetup = _mine(code)
    given, filled_in = _given()
    form = PlanForm(given, meetup)
    if request.method == "GET" or filled_in or not form.validate():
        return _form_page("planning/edit.html", form, meetup=meetup)
    plan, version = form.plan(), form.version.data
    try:
        finding = _looked_up(meetup, plan)
        with unit_of_work():
            actions.edit(meetup, plan, int(version) if version.isdecimal() else 0, finding=finding)
            if given.get("deed") == "publish":
                actions.publish(meetup)
    except Refusal as refusal:
        return _form_page("planning/edit.html", form, refusal, meetup=meetup)
    say("Saved.")
    if finding is not None:
        _say_what_was_found(meetup, reader_of(meetup, _me(), clock.now()))
    return _to(meetup)


@planning.post("/meetups/<code>/publish")
@doors.member
def publish(code: str) -> Any:
    meetup = _mine(code)
    with unit_of_work():
        actions.publish(meetup)
    say("It is up. Everybody can see it now.")
    return _to(meetup)


@planning.post("/meetups/<code>/confirm")
@doors.member
def confirm(code: str) -> Any:
    meetup = _mine(code)
    with unit_of_work():
        actions.confirm(meetup)
    say("Confirmed: it will happen.")
    return _to(meetup)


@planning.route("/meetups/<code>/cancel", methods=["GET", "POST"])
@doors.member
def cancel(code: str) -> Any:
    meetup = _mine(code)
    form = CancelForm()
    if meetup.status is Status.CANCELLED:
        say("It is cancelled already.")
        return _to(meetup)
    if not form.validate_on_submit():
        return render_template("planning/cancel.html", form=form, meetup=meetup), 400 if form.errors else 200
    with unit_of_work():
        actions.cancel(meetup, form.reason.data)
    say("Cancelled. The page says so from now on.")
    return _to(meetup)


@planning.post("/meetups/<code>/throw-away")
@doors.member
def throw_away(code: str) -> Any:
    meetup = _mine(code)
    with unit_of_work():
        actions.throw_away(meetup)
    say("The draft is gone.")
    return redirect("/me", 303)


@planning.route("/meetups/<code>/copy", methods=["GET", "POST"])
@doors.member
def copy(code: str) -> Any:
    meetup = _mine(code)
    given, filled_in = _given()
    form, refused = CopyForm(meetup, given), None
    if not filled_in and form.validate_on_submit() and form.day.data:
        fold = int(form.fold.data) if form.fold.data in ("0", "1") else None
        try:
            with unit_of_work():
                again = actions.copy(meetup, _me(), form.day.data, fold=fold, form_key=form.form_key.data)
            say("Copied as a draft. Look it over, then put it up.")
            return _to(again)
        except Refusal as refusal:
            refused = refusal
            form.take(refusal)
    status = 409 if refused else 400 if form.errors else 200
    return render_template("planning/copy.html", form=form, meetup=meetup), status


@planning.get("/meetups/<code>.ics")
@doors.everyone
def calendar(code: str) -> Response:
    """The calendar file a stranger may have; people who are going get theirs with their seat."""
    body = to_icalendar([entries.calendar_entry(_seen(code))], method="PUBLISH")
    name = {"Content-Disposition": f'attachment; filename="meetup-{code}.ics"'}
    return Response(body, content_type="text/calendar; charset=utf-8; method=PUBLISH", headers=name)


@planning.get("/meetups/<code>/announcement.txt")
@doors.everyone
def announcement(code: str) -> Response:
    return Response(entries.announcement(_seen(code)) + "\n", content_type="text/plain; charset=utf-8")


@planning.get("/conferences/<code>")
@doors.everyone
def conference(code: str) -> Any:
    event = queries.host_event_by_code(code)
    meetups = queries.meetups_at(event) if event else []
    if event is None or not meetups:
        raise NotHere("There is no such conference.")
    now = clock.now()
    cards = [(entries.card(meetup, now), meetup.is_over(now)) for meetup in meetups]
    return render_template(
        "planning/conference.html", event=event, upcoming=[card for card, over in cards if not over],
        past=[card for card, over in reversed(cards) if over],
    )  # fmt: skip


def _me() -> Person:
    """Who is signed in; the door has seen to it that somebody is."""
    person = person_here()
    if person is None:
        raise NotHere("Nobody is signed in.")
    return person


def _seen(code: str) -> Meetup:
    meetup = queries.meetup_by_code(code)
    if meetup is None or not may_see(person_here(), meetup):
        raise NotHere("There is no such meetup.")
    return meetup


def _mine(code: str) -> Meetup:
    meetup = queries.meetup_by_code(code)
    if meetup is None or not may_edit(person_here(), meetup):
        raise NotHere("There is no such meetup, or it is not yours to change.")
    return meetup


def _to(meetup: Meetup) -> Any:
    return redirect(f"/meetups/{meetup.code}", 303)


def _given() -> tuple[MultiDict[str, str], bool]:
    """What was posted, and whether an offer ("Make it Jan 21, 2027") was pressed: then it is filled in already."""
    given: MultiDict[str, str] = MultiDict(request.form)
    offered = {name: given.pop(f"use_{name}", None) for name in ("day", "start", "end")}
    for name, value in offered.items():
        if value is not None:
            given[name] = value
    return given, any(value is not None for value in offered.values())


def _looked_up(meetup: Meetup, plan: Plan) -> Finding | None:
    return look_up(plan.words, plan.kind, plan.town_choice) if actions.moves(meetup, plan) else None


def _form_page(template: str, form: PlanForm, refusal: Refusal | None = None, **more: Any) -> Any:
    if refusal is not None:
        form.take(refusal)
    reader = Reader(Knows(), _zone_of_reader())
    page = render_template(template, form=form, reader=reader, at=clock.now(), **more)
    return page, 409 if refusal else 400 if form.errors else 200


def _zone_of_reader() -> str | None:
    person = _me()
    return person.time_zone or (person.home_area.time_zone if person.home_area else None)


def _say_what_was_found(meetup: Meetup, reader: Reader) -> None:
    """The zone that the place brought along, and a place nobody could find."""
    zone, starts = meetup.time_zone, meetup.starts_at
    yours = clock.readers_time(starts, zone, reader.time_zone) if reader.time_zone else None
    if yours:
        there = clock.show_time(starts, zone)
        say(f"The clock there follows {clock.zone_label(zone, starts)}: {there} there is {yours}. Edit to change it.")
    if meetup.place.precision is Precision.NONE and not meetup.place.is_online:
        say("We could not find the place on the map, so it is found by its words only. Adding a town helps.")
