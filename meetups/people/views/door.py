"""Coming in by a mailed link, and going out."""

from __future__ import annotations

from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.pages import own_path, say
from meetups.people import actions, queries
from meetups.people.forms import NameForm, Press, SignInForm
from meetups.people.models import Person
from meetups.people.signing_in import let_in, let_out
from meetups.people.views.blueprint import people


@people.route("/sign-in", methods=["GET", "POST"])
@doors.everyone
def sign_in() -> Any:
    if person_here():
        return redirect(own_path(request.args.get("next"), url_for("people.me")), 303)
    form = SignInForm(data={"next": own_path(request.args.get("next"), "")})
    if not form.validate_on_submit():
        return render_template("people/sign_in.html", form=form), 400 if form.errors else 200
    with unit_of_work():
        actions.ask_for_link(form.email.data, form.next_path)
    return redirect(url_for("people.link_sent"), 303)


@people.get("/sign-in/sent")
@doors.everyone
def link_sent() -> Any:
    return render_template("people/link_sent.html")


@people.route("/sign-in/<token>", methods=["GET", "POST"])
@doors.link_holder
def open_link(token: str) -> Any:
    """Mail scanners open links: only the button signs in, and looking uses nothing up."""
    form = Press()
    link = queries.standing_link(token)
    if link is not None and not form.validate_on_submit():
        return _keeping_the_address_quiet(render_template("people/open_link.html", form=form, token=token))
    next_path = link.next_path if link else ""
    with unit_of_work():
        person = actions.redeem(token)
    let_in(person)
    return _onward(person, own_path(next_path, url_for("people.me")))


def _keeping_the_address_quiet(page: str) -> Response:
    """The token stays out of Referer headers. Not `no-referrer`: over https the button needs one with our origin."""
    response = make_response(page)
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-store"
    return response


def _onward(person: Person, path: str) -> Response:
    """To where they were going; who is here for the first time is asked for a name on the way."""
    if person.display_name:
        say(f"Hello, {person.display_name}. You are signed in.")
        return redirect(path, 303)
    return redirect(url_for("people.welcome", next=path), 303)


@people.route("/welcome", methods=["GET", "POST"])
@doors.member
def welcome() -> Any:
    person = person_here()
    form = NameForm(data={"name": person.display_name, "next": own_path(request.args.get("next"), "")})
    if not form.validate_on_submit():
        return render_template("people/welcome.html", form=form), 400 if form.errors else 200
    with unit_of_work():
        actions.change_name(person, form.name.data)
    say(f"Hello, {form.name.data}. You are signed in.")
    return redirect(own_path(form.next.data, url_for("people.me")), 303)


@people.post("/sign-out")
@doors.everyone
def sign_out() -> Any:
    let_out()
    say("You are signed out on this device.")
    return redirect("/", 303)
