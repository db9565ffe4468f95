"""What members do with a place that they may read about: correct it, say it is still right, undo, merge."""

from __future__ import annotations

from typing import Any

from flask import current_app, make_response, redirect, render_template, request

from meetups.discovery.views.front import discovery
from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import me_here
from meetups.foundation.pages import content_security, say
from meetups.foundation.refusals import NotHere, Refusal
from meetups.foundation.whereabouts import current_gazetteer
from meetups.places import actions, entries, maps, queries
from meetups.places.forms import CorrectForm, PinForm, number
from meetups.places.models import Finding, Place, Precision
from meetups.planning.queries import is_known

# the words for a place in every template: of_place.facts(place)
discovery.record_once(lambda state: state.app.jinja_env.globals.update(of_place=entries))


def find_place(code: str) -> Place:
    """The place of this code, which may have been merged; none for homes, online and what is a secret to this person.

    A place whose only meetup is a draft or hidden is known to its host and to moderators.
    """
    place = queries.place_by_code(code)
    if place is None or not is_known(queries.where_now(place), me_here()):
        raise NotHere("There is no such place.")
    return place


def to_page(place: Place) -> Any:
    return redirect(f"/places/{place.code}", 303)


@discovery.route("/places/<code>/correct", methods=["GET", "POST"])
@doors.member
def correct(code: str) -> Any:
    place = find_place(code)
    if place.merged_into_id and request.method == "GET":
        return redirect(f"/places/{queries.where_now(place).code}/correct", 303)
    form, since = CorrectForm(place, request.form), list[str]()
    if form.validate_on_submit():
        try:
            finding = _looked_up(place, form)
            with unit_of_work():
                actions.correct(place, me_here(), number(form.version.data), words=form.words.data,
                                kind=form.kind.data, access=form.access(), finding=finding)  # fmt: skip
            say("Thank you. The meetups there show it from now on.")
            return to_page(place)
        except Refusal as refusal:
            form.take(refusal)
            if isinstance(refusal, actions.StalePlace):
                form.version.data, since = str(place.version), _latest(place)
            return _correct_page(place, form, since), 409
    return _correct_page(place, form, since), 400 if form.errors else 200


def _correct_page(place: Place, form: CorrectForm, since: list[str]) -> str:
    return render_template("discovery/correct.html", place=place, form=form, since=since)


def _latest(place: Place) -> list[str]:
    return [line for change in queries.history(place)[:1] for line in entries.change_in_words(change)]


def _looked_up(place: Place, form: CorrectForm) -> Finding | None:
    if form.words.data == place.words:
        return None
    try:
        return actions.look_up(form.words.data, form.kind.data)
    except Refusal:
        return None  # several towns: the pin stays where it is


@discovery.post("/places/<code>/check")
@doors.member
def check(code: str) -> Any:
    place = find_place(code)
    with unit_of_work():
        actions.check(place, me_here())
    say("Noted: it is still right, as of today.")
    return to_page(place)


@discovery.get("/places/<code>/history")
@doors.member
def history(code: str) -> Any:
    """Who corrected what and when; any member may undo what was wrong."""
    place = find_place(code)
    return render_template("discovery/history.html", place=place, history=queries.history(place), me=me_here())


@discovery.post("/places/<code>/undo")
@doors.member
def undo(code: str) -> Any:
    place = find_place(code)
    change = queries.change_numbered(place, number(request.form.get("change", "")))
    if change is None:
        raise NotHere("There is no such change.")
    with unit_of_work():
        actions.undo(change, me_here())
    say("Undone. What stood before stands again.")
    return redirect(f"/places/{place.code}/history", 303)


@discovery.post("/places/<code>/merge")
@doors.member
def merge(code: str) -> Any:
    """One place or two: what "other" names is this place, or only looks like it."""
    place, other = find_place(code), find_place(request.form.get("other", ""))
    with unit_of_work():
        if request.form.get("deed") == "apart":
            actions.keep_apart(place, other, me_here())
            say("Two places, then. Nobody is asked again.")
        else:
            actions.merge(other, place, me_here())
            say("One place now. The meetups came along; it can be undone under “What changed”.")
    return to_page(place)


@discovery.route("/places/<code>/pin", methods=["GET", "POST"])
@doors.member
def pin(code: str) -> Any:
    """A map of squares that comes closer with each press; with a script, one that moves; or two numbers."""
    place = find_place(code)
    look = maps.look_at(place, request.args.get("look", ""), request.args.get("km", ""))
    form = PinForm(request.form or None, data={"at": _suggested(place, look), "version": str(place.version)})
    if form.validate_on_submit():
        try:
            point = actions.point_typed(form.at.data)
            with unit_of_work():
                actions.pin_by_hand(place, point, me_here(), number(form.version.data))
            say("The pin is set. The meetups there moved along.")
            return to_page(place)
        except Refusal as refusal:
            form.take(refusal)
            form.version.data = str(place.version)
            return _pin_page(place, look, form), 409
    return _pin_page(place, look, form), 400 if form.errors else 200


def _suggested(place: Place, look: maps.Look | None) -> str:
    if look is not None and look.is_close:
        return look.typed
    return maps.written(place.point) if place.point and place.precision is Precision.EXACT else ""


def _pin_page(place: Place, look: maps.Look | None, form: PinForm) -> Any:
    settings = current_app.config["MEETUPS"]
    drawn = maps.pin_map(place, look, current_gazetteer()) if look else ""
    answer = make_response(render_template(
        "discovery/pin.html", place=place, look=look, form=form, map=drawn,
        tiles=(settings.tile_url, settings.tile_credit), width=maps.meters(look.square_m) if look else "",
    ))  # fmt: skip
    if settings.tile_url:
        answer.headers["Content-Security-Policy"] = content_security(pictures=settings.tile_url)
    return answer
