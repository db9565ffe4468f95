"""What one tells of oneself, and who is kept out of one's sight."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.pages import say
from meetups.foundation.refusals import NotHere
from meetups.people import actions, queries
from meetups.people.forms import BlockForm, ProfileForm
from meetups.people.models import Person
from meetups.people.terms import Field
from meetups.people.views.blueprint import people


@people.route("/me/profile", methods=["GET", "POST"])
@doors.member
def profile() -> Any:
    person = person_here()
    form = ProfileForm(person)
    if not form.validate_on_submit():
        page = render_template("people/profile.html", form=form, person=person, fields=Field)
        return page, 400 if form.errors else 200
    with unit_of_work():
        actions.tell_of_myself(person, form.said())
    say("Saved. Look at it the way others do.")
    return redirect(url_for("people.profile"), 303)


@people.route("/people/<code>/block", methods=["GET", "POST"])
@doors.member
def block(code: str) -> Any:
    """Says nothing of the person: whoever comes here knows whom they mean."""
    person, other = person_here(), _somebody_else(code)
    form = BlockForm(data={"called": request.args.get("called", "")[:80]})
    if not form.validate_on_submit():
        return render_template("people/block.html", form=form, code=code), 400 if form.errors else 200
    with unit_of_work():
        actions.block(person, other, form.called.data or "")
    say("Blocked. They are not told.")
    return redirect(url_for("people.me", _anchor="blocks"), 303)


@people.post("/me/blocks/<int:number>/remove")
@doors.member
def unblock(number: int) -> Any:
    standing = queries.block_numbered(person_here(), number)
    if standing is None:
        raise NotHere("You have no such block.")
    with unit_of_work():
        actions.unblock(standing)
    say("Unblocked. They are not told either.")
    return redirect(url_for("people.me", _anchor="blocks"), 303)


def _somebody_else(code: str) -> Person:
    """The person of this code, unless it is oneself or they are out of sight already."""
    person, other = person_here(), queries.person_by_code(code)
    if other is None or other.id == person.id or other.id in person.out_of_sight:
        raise NotHere("There is no such page.")
    return other
