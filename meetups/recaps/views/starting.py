"""The beginning of a recap: for a meetup listed here, or for one that never was."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from meetups.attendance.permissions import may_see_first_names
from meetups.attendance.queries import rsvp_of
from meetups.foundation import clock, doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.markup import one_line
from meetups.foundation.refusals import NotHere, Refusal
from meetups.planning import entries as planning_entries
from meetups.planning.models import Meetup
from meetups.planning.queries import meetup_by_code
from meetups.recaps import actions, permissions, queries
from meetups.recaps.forms import NewForm
from meetups.recaps.views.finding import recaps


@recaps.route("/recaps/new", methods=["GET", "POST"])
@doors.member
def new() -> Any:
    person = person_here()
    meetup = meetup_to_write_up(request.args.get("meetup", ""))
    standing = queries.recap_by(person, meetup) if meetup else None
    form = NewForm(listed=meetup is not None)
    if request.method == "GET" and standing is not None:
        return redirect(url_for("recaps.edit", code=standing.code), 303)
    refusal = None
    if form.validate_on_submit():
        try:
            with unit_of_work():
                recap = actions.start(person, meetup, form.wish(_known(meetup)), form.notes.data)
            return redirect(url_for("recaps.edit", code=recap.code), 303)
        except Refusal as refused:
            refusal = refused
            form.take(refused)
    page = render_template("recaps/new.html", form=form, meetup=meetup)
    return page, 409 if refusal else 400 if form.errors else 200


def meetup_to_write_up(code: str) -> Meetup | None:
    """The meetup named in the address, if this person may write it up; None when none is named."""
    if not code:
        return None
    meetup, person = meetup_by_code(code) if code.isalnum() else None, person_here()
    if meetup is not None:
        was_going = may_see_first_names(rsvp_of(person, meetup))
        if permissions.may_write_up(person, meetup, clock.now(), was_going=was_going):
            return meetup
        if meetup.is_public and meetup.is_on:
            waits = "Only its host and people who were going can write it up, once it has begun."
            raise Refusal(waits, way_on=(f"/meetups/{meetup.code}", "Back to the meetup"))
    raise NotHere("There is no such meetup to write up.")


def _known(meetup: Meetup | None) -> actions.HeadWish:
    if meetup is None:
        return actions.HeadWish("")
    place = one_line(planning_entries.where(meetup), 200)
    return actions.HeadWish(meetup.title, held_on=meetup.local_start.date(), place_label=place)
