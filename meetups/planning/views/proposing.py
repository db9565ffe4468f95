"""Pages for proposing, editing, publishing, confirming, copying and throwing away."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request
from werkzeug.datastructures import MultiDict

from meetups.foundation import clock, doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import me_here
from meetups.foundation.geography import Point, cell_middle
from meetups.foundation.pages import say
from meetups.foundation.refusals import Refusal
from meetups.foundation.whereabouts import current_gazetteer
from meetups.nearby.queries import area_of, count_would_come
from meetups.people.models import Person
from meetups.places.actions import look_up
from meetups.places.entries import known_words
from meetups.places.models import Finding, Precision
from meetups.planning import actions, queries
from meetups.planning.forms import CopyForm, PlanForm
from meetups.planning.models import Meetup, Plan, Status
from meetups.planning.permissions import Knows, Reader, reader_of
from meetups.planning.views.finding import (
    ask_first,
    find_mine,
    planning,
    say_finding,
    say_slot,
    telling,
    to_page,
)


@planning.route("/propose", methods=["GET", "POST"])
@doors.member
def propose() -> Any:
    person = me_here()
    given, filled_in = _given()
    form = PlanForm(given, place=queries.public_place(request.args.get("place", ""), person))
    if request.method == "GET" or filled_in:
        return _form_page("planning/propose.html", form)
    earlier = queries.meetup_of_page(person, form.form_key.data)
    if earlier is not None:
        return _sent_already(earlier, form, given)
    if not form.validate():
        return _form_page("planning/propose.html", form)
    return _preview(person, form) if given.get("deed") == "preview" else _propose(person, form, given)


def _propose(person: Person, form: PlanForm, given: MultiDict[str, str]) -> Any:
    plan, publish = form.plan(), given.get("deed") != "draft"
    try:
        finding = look_up(plan.words, plan.kind, plan.town_choice)
        with unit_of_work():
            meetup = actions.propose(person, plan, publish, finding=finding, form_key=form.press())
    except Refusal as refusal:
        return _form_page("planning/propose.html", form, refusal)
    say("It is up. Everybody can see it now." if publish else "Kept as a draft. Only you can see it.")
    _say_what_was_found(meetup, reader_of(meetup, person, clock.now()), finding)
    return to_page(meetup)


def _sent_already(meetup: Meetup, form: PlanForm, given: MultiDict[str, str]) -> Any:
    """The button was pressed twice; or somebody went back, typed something else and pressed it again."""
    if meetup.form_key == form.press():
        say("That form was sent already, and this is what it made. Press Edit to change it.")
        return to_page(meetup)
    anew = PlanForm(given, meetup)
    anew.version.data = str(meetup.version)
    made = "That form was sent already and made this meetup. Nothing of what you typed since is saved yet: press Save."
    return _form_page("planning/edit.html", anew, Refusal(made), meetup=meetup)


def _preview(person: Person, form: PlanForm) -> Any:
    """The page as it will look, from the posted values; nothing is saved."""
    try:
        meetup = actions.preview_of(person, form.plan())
    except Refusal as refusal:
        return _form_page("planning/propose.html", form, refusal)
    meetup.status = Status.PROPOSED
    return _form_page("planning/propose.html", form, preview=meetup, would_come=_would_come(person, meetup))


def _would_come(person: Person, meetup: Meetup) -> int:
    """How many others said they would come to something there; 0 when fewer than three."""
    point = meetup.place.point
    return count_would_come(area_of(point, current_gazetteer()), person) if point is not None else 0


@planning.route("/meetups/<code>/edit", methods=["GET", "POST"])
@doors.member
def edit(code: str) -> Any:
    meetup = find_mine(code)
    given, filled_in = _given()
    form = PlanForm(given, meetup)
    if request.method == "GET" or filled_in or not form.validate():
        return _form_page("planning/edit.html", form, meetup=meetup)
    plan, version = form.plan(), form.version.data
    try:
        finding = _looked_up(meetup, plan)
        with unit_of_work():
            number = int(version) if version.isdecimal() else 0
            actions.edit(meetup, plan, number, finding=finding, telling=telling(meetup, given, form.press()))
            if given.get("deed") == "publish":
                actions.publish(meetup)
    except actions.AskFirst as first:
        return ask_first(meetup, first, given, "planning.edit")
    except Refusal as refusal:
        return _form_page("planning/edit.html", form, refusal, meetup=meetup)
    say("Saved.")
    say_slot(meetup)
    if finding is not None:
        _say_what_was_found(meetup, reader_of(meetup, me_here(), clock.now()), finding)
    return to_page(meetup)


@planning.post("/meetups/<code>/publish")
@doors.member
def publish(code: str) -> Any:
    meetup = find_mine(code)
    with unit_of_work():
        actions.publish(meetup)
    say("It is up. Everybody can see it now.")
    return to_page(meetup)


@planning.post("/meetups/<code>/confirm")
@doors.member
def confirm(code: str) -> Any:
    meetup = find_mine(code)
    with unit_of_work():
        actions.confirm(meetup)
    say("Confirmed: it will happen.")
    return to_page(meetup)


@planning.post("/meetups/<code>/throw-away")
@doors.member
def throw_away(code: str) -> Any:
    meetup = find_mine(code)
    with unit_of_work():
        actions.throw_away(meetup)
    say("The draft is gone.")
    return redirect("/me", 303)


@planning.route("/meetups/<code>/copy", methods=["GET", "POST"])
@doors.member
def copy(code: str) -> Any:
    meetup = find_mine(code)
    given, filled_in = _given()
    form, refused = CopyForm(meetup, given), None
    if not filled_in and form.validate_on_submit() and form.day.data:
        fold = int(form.fold.data) if form.fold.data in ("0", "1") else None
        try:
            with unit_of_work():
                again = actions.copy(meetup, me_here(), form.day.data, fold=fold, form_key=form.press())
            say("Copied as a draft. Look it over, then put it up.")
            return to_page(again)
        except Refusal as refusal:
            refused = refusal
            form.take(refusal)
    status = 409 if refused else 400 if form.errors else 200
    return render_template("planning/copy.html", form=form, meetup=meetup), status


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
    known = {"places": known_words(queries.places_to_offer(me_here(), _home_middle())),
             "contacts": queries.contacts_of(me_here())}  # fmt: skip
    page = render_template(template, form=form, reader=reader, at=clock.now(), known=known, **more)
    return page, 409 if refusal else 400 if form.errors else 200


def _home_middle() -> Point | None:
    area = me_here().home_area
    return cell_middle(area.cell) if area else None


def _zone_of_reader() -> str | None:
    person = me_here()
    return person.time_zone or (person.home_area.time_zone if person.home_area else None)


def _say_what_was_found(meetup: Meetup, reader: Reader, finding: Finding) -> None:
    """The zone that the place brought along, what the map service said, and a place nobody could find."""
    zone, starts = meetup.time_zone, meetup.starts_at
    yours = clock.readers_time(starts, zone, reader.time_zone) if reader.time_zone else None
    if yours:
        there = clock.show_time(starts, zone)
        say(f"The clock there follows {clock.zone_label(zone, starts)}: {there} there is {yours}. Edit to change it.")
    say_finding(finding)
    if meetup.place.precision is Precision.NONE and not meetup.place.is_online and not finding.look_again:
        say("We could not find the place on the map, so it is found by its words only. Adding a town helps.")
