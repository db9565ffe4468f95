"""Deciding about what others added: the writers' list, and the link that takes one's own words back."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.pages import say
from meetups.foundation.refusals import LinkSpent, NotHere, Refusal
from meetups.foundation.tokens import number_in
from meetups.recaps import actions, permissions, queries
from meetups.recaps.letters import consent_token, is_addition_token
from meetups.recaps.models import Addition
from meetups.recaps.views.finding import find_own, recaps


@recaps.get("/recaps/<code>/additions")
@doors.member
def additions(code: str) -> Any:
    recap = find_own(code)
    return render_template("recaps/additions.html", recap=recap, additions=queries.additions_to(recap))


@recaps.post("/recaps/<code>/additions")
@doors.member
def decide(code: str) -> Any:
    recap = find_own(code)
    verb, _, number = request.form.get("do", "").partition("-")
    with unit_of_work():
        if verb in ("freeze", "thaw"):
            actions.freeze(recap, frozen=verb == "freeze")
        elif verb in ("nod", "decline"):
            (actions.nod if verb == "nod" else actions.decline)(_decided(number))
    say({"nod": "It is shown.", "decline": "It is not shown.", "freeze": "Closed: nothing more is added."}.get(
        verb, "Open again."))  # fmt: skip
    return redirect(url_for("recaps.additions", code=code), 303)


def _decided(number: str) -> Addition:
    plain = number.isascii() and number.isdigit() and len(number) < 18
    addition = queries.addition_numbered(int(number)) if plain else None
    if addition is None or not permissions.may_nod(person_here(), addition):
        raise NotHere("That is not there any more.")
    return addition


@recaps.route("/added/<token>", methods=["GET", "POST"])
@doors.link_holder
def added(token: str) -> Any:
    addition = _by_token(token)
    if request.method == "POST":
        try:
            with unit_of_work():
                actions.take_back(addition)
            say("Taken back, and deleted.")
        except Refusal as refusal:
            say(refusal.sentence)
        return redirect(url_for("recaps.added", token=token), 303)
    named = addition.response if addition.response and addition.response.credit.shown else None
    way = url_for("recaps.consent", token=consent_token(named)) if named else ""
    return render_template("recaps/added.html", addition=addition, name_link=way)


def _by_token(token: str) -> Addition:
    number = number_in(token)
    addition = queries.addition_numbered(number) if number is not None else None
    if addition is None or not is_addition_token(token, addition):
        raise LinkSpent("This link does not work any more, or was cut short. Nothing was changed.")
    return addition
