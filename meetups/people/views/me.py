"""One's own page: name, zone, home area, ways in, leaving."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.pages import say
from meetups.foundation.refusals import NotHere, Refusal
from meetups.foundation.whereabouts import current_gazetteer
from meetups.people import actions, queries
from meetups.people.forms import AboutForm, HomeForm, LeaveForm, letters_form
from meetups.people.signing_in import let_in, let_out
from meetups.people.views.blueprint import people


def _page(about: AboutForm | None = None, home: HomeForm | None = None, status: int = 200) -> Any:
    person = person_here()
    page = render_template(
        "people/me.html", person=person, passkeys=queries.passkeys_of(person),
        about=about or AboutForm(person, formdata=None), home=home or HomeForm(formdata=None),
        letters=letters_form(person.address, person.clock_zone, formdata=None),
    )
    return page, status


@people.route("/me", methods=["GET", "POST"])
@doors.member
def me() -> Any:
    person = person_here()
    form = AboutForm(person)
    if not form.validate_on_submit():
        return _page(about=form, status=400 if form.errors else 200)
    with unit_of_work():
        actions.change_name(person, form.name.data)
        actions.change_time_zone(person, form.time_zone.data)
    say("Saved.")
    return redirect(url_for("people.me"), 303)


@people.post("/me/home")
@doors.member
def home() -> Any:
    person = person_here()
    form = HomeForm()
    if not form.validate_on_submit():
        return _page(home=form, status=400)
    gazetteer = current_gazetteer()
    town = form.picked(gazetteer.choices(form.town.data))
    if town is None:
        return _page(home=form, status=400)
    try:
        with unit_of_work():
            label = actions.choose_home_area(person, town, gazetteer).label
    except Refusal as refusal:
        form.take(refusal)
        return _page(home=form, status=409)
    say(f"Saved. All we keep is: {label}.")
    return redirect(url_for("people.me", _anchor="home"), 303)


@people.post("/me/home/forget")
@doors.member
def forget_home() -> Any:
    with unit_of_work():
        actions.forget_home_area(person_here())
    say("Forgotten. We no longer know where home is.")
    return redirect(url_for("people.me", _anchor="home"), 303)


@people.post("/me/passkeys/<int:number>/remove")
@doors.member
def remove_passkey(number: int) -> Any:
    passkey = queries.passkey_of(person_here(), number)
    if passkey is None:
        raise NotHere("You have no such passkey.")
    with unit_of_work():
        actions.remove_passkey(passkey)
    say("That passkey opens nothing here any more. Delete it on the device as well.")
    return redirect(url_for("people.me", _anchor="keys"), 303)


@people.post("/me/sign-out-everywhere")
@doors.member
def sign_out_everywhere() -> Any:
    """The press itself stays signed in, with a new key; every other device is out."""
    person = person_here()
    with unit_of_work():
        actions.sign_out_everywhere(person)
    let_in(person)
    say("Signed out everywhere else.")
    return redirect(url_for("people.me", _anchor="keys"), 303)


@people.route("/me/leave", methods=["GET", "POST"])
@doors.member
def leave() -> Any:
    form = LeaveForm()
    if not form.validate_on_submit():
        return render_template("people/leave.html", form=form), 400 if form.errors else 200
    with unit_of_work():
        actions.leave(person_here())
    let_out()
    say("Your account is deleted. Thank you for the songs.")
    return redirect("/", 303)
