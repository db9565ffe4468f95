"""Librarians near me: the list, being on it, hiding."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.pages import say
from meetups.foundation.refusals import Refusal
from meetups.nearby import actions, permissions, queries
from meetups.nearby.forms import ListingForm

nearby = Blueprint("nearby", __name__)


def _page(form: ListingForm | None = None, status: int = 200) -> Any:
    person = person_here()
    listing = queries.listing_of(person)
    rings = queries.librarians_near(person) if permissions.may_look(person, listing) else []
    form = form or ListingForm(formdata=None, data={"interests": listing.interests if listing else ""})
    page = render_template("nearby/people.html", person=person, listing=listing, rings=rings, form=form)
    return page, status


@nearby.get("/near/people")
@doors.member
def people() -> Any:
    return _page()


@nearby.post("/near/people/list")
@doors.member
def list_me() -> Any:
    form = ListingForm()
    if not form.validate_on_submit():
        return _page(form, 400)
    try:
        with unit_of_work():
            actions.list_me(person_here(), form.interests.data or "")
    except Refusal as refusal:
        form.take(refusal)
        return _page(form, 409)
    say("You are on the list. Others who are listed see your name, your interests and a distance band.")
    return redirect(url_for("nearby.people"), 303)


@nearby.post("/near/people/hide")
@doors.member
def hide_me() -> Any:
    with unit_of_work():
        actions.hide_me(person_here())
    say("You are hidden. Nobody finds you here any more.")
    return redirect(url_for("nearby.people"), 303)
