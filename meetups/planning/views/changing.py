"""The levers of a meetup that is up: move it, put it online, postpone or cancel it; and the log of all that."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from meetups.foundation import clock, doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import me_here
from meetups.foundation.pages import say
from meetups.foundation.refusals import Refusal
from meetups.places.actions import look_up
from meetups.planning import actions, entries
from meetups.planning.forms import CancelForm, MoveForm, OnlineForm, TellingForm
from meetups.planning.models import Meetup, Status, Telling
from meetups.planning.views.finding import find_mine, people_to_tell, planning, say_finding, to_page


@planning.route("/meetups/<code>/move", methods=["GET", "POST"])
@doors.member
def move(code: str) -> Any:
    """Another room or corner, in two taps and a few words; the button says how many will hear of it."""
    meetup = find_mine(code)
    form = MoveForm(meetup, request.form)
    if not form.validate_on_submit():
        return _page("planning/move.html", meetup, form)
    place = form.place()
    try:
        elsewhere = actions.goes_elsewhere(meetup, place)
        finding = look_up(place.words, meetup.place.kind, place.town_choice) if elsewhere else None
        with unit_of_work():
            actions.move_place(meetup, place, finding=finding, telling=_telling(form))
    except Refusal as refusal:
        return _page("planning/move.html", meetup, form, refusal)
    say("Moved. The page says so from now on.")
    if finding is not None:
        say_finding(finding)
    return to_page(meetup)


@planning.route("/meetups/<code>/online", methods=["GET", "POST"])
@doors.member
def online(code: str) -> Any:
    """The same people on a screen; how many fit is asked anew."""
    meetup = find_mine(code)
    form = OnlineForm()
    if not form.validate_on_submit():
        return _page("planning/online.html", meetup, form)
    try:
        with unit_of_work():
            actions.move_online(meetup, form.join_url.data, form.capacity.data, _telling(form))
    except Refusal as refusal:
        return _page("planning/online.html", meetup, form, refusal)
    say("It is online now. People who are going get the link.")
    return to_page(meetup)


@planning.route("/meetups/<code>/cancel", methods=["GET", "POST"])
@doors.member
def cancel(code: str) -> Any:
    """Snow: one reason, then "Cancel" or "Postpone to", both in one form."""
    meetup = find_mine(code)
    form = CancelForm(meetup, request.form)
    if meetup.status is Status.CANCELLED:
        say("It is cancelled already.")
        return to_page(meetup)
    if not form.validate_on_submit():
        return _page("planning/cancel.html", meetup, form)
    try:
        with unit_of_work():
            _call_off(meetup, form, request.form)
    except Refusal as refusal:
        return _page("planning/cancel.html", meetup, form, refusal)
    return to_page(meetup)


def _call_off(meetup: Meetup, form: CancelForm, given: MultiDict[str, str]) -> None:
    if given.get("deed") != "postpone":
        actions.cancel(meetup, form.reason.data, _telling(form))
        say("Cancelled. The page says so from now on.")
        return
    if form.day.data is None:
        raise Refusal("Choose the new date.", field="day")
    fold = int(form.fold.data) if form.fold.data in ("0", "1") else None
    actions.postpone(meetup, form.day.data, form.reason.data, fold=fold, telling=_telling(form))
    say(f"Postponed to {entries.when(meetup)}. Everybody is asked again.")


@planning.get("/meetups/<code>/changes")
@doors.member
def changes(code: str) -> Any:
    """Who changed what and when; for the host and the moderators."""
    meetup = find_mine(code)
    return render_template("planning/changes.html", meetup=meetup, log=entries.log_of(meetup))


def _telling(form: TellingForm) -> Telling:
    note = form._fields["note"].data if "note" in form._fields else ""
    return Telling(me_here(), quiet=request.form.get("tell") == "none", key=form.press(), line=note)


def _page(template: str, meetup: Meetup, form: TellingForm, refusal: Refusal | None = None) -> Any:
    if refusal is not None:
        form.take(refusal)
    page = render_template(template, form=form, meetup=meetup, at=clock.now(), count=people_to_tell(meetup))
    return page, 409 if refusal else 400 if form.errors else 200
