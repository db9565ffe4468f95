"""One stick: its page, writing it, moving it, taking it out, proposing it for the cup."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from meetups.deck import actions, permissions, queries
from meetups.deck.forms import A_NEW_DECK, NewStickForm, StickForm
from meetups.deck.models import Deck, Stick
from meetups.deck.views.blueprint import deck
from meetups.deck.views.finding import find_own_deck
from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.markup import clean_line
from meetups.foundation.pages import say
from meetups.foundation.refusals import NotHere, Refusal
from meetups.people.queries import blocked_either_way


@deck.get("/cup/sticks/<code>")
@doors.everyone
def stick(code: str) -> Any:
    found = queries.challenge_by_code(code) if code.isalnum() and len(code) <= 16 else None
    if found is None or not queries.is_open(found, blocked_either_way(person_here())):
        raise NotHere("There is no such stick.")
    return render_template("deck/stick.html", stick=found)


@deck.route("/cup/sticks/new", methods=["GET", "POST"])
@doors.member
def new_stick() -> Any:
    """From anywhere: `?text=` fills the words in, `?into=` says which deck."""
    person = person_here()
    own = queries.decks_of(person)
    asked = {"text": clean_line(request.args.get("text", ""))[:500], "into": request.args.get("into", "")}
    if not asked["into"] and own:
        asked["into"] = own[0].code
    form = NewStickForm(data=asked).offer([(each.code, each.title) for each in own])
    status = 400 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            with unit_of_work():
                into = _deck_for(form.into.data)
                made = actions.write_stick(into, form.wish())
                if form.for_the_cup.data:
                    actions.propose(person_here(), made)
                code = into.code
            say("It is in your deck" + (", and the moderators look at it." if form.for_the_cup.data else "."))
            return redirect(url_for("deck.show", code=code), 303)
        except Refusal as refusal:
            form.take(refusal)
            status = refusal.status
    return render_template("deck/new_stick.html", form=form), status


def _deck_for(code: str) -> Deck:
    if code == A_NEW_DECK:
        return actions.begin_deck(person_here(), actions.DeckWish("My sticks"))
    return find_own_deck(code)


@deck.route("/cup/decks/<code>/sticks/<int:number>", methods=["GET", "POST"])
@doors.member
def change_stick(code: str, number: int) -> Any:
    found = _own_stick(code, number)
    form = StickForm.of(found.challenge)
    status = 400 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            with unit_of_work():
                actions.rewrite_stick(_own_stick(code, number), form.wish())
            say("Saved.")
            return _back_to(code, number)
        except Refusal as refusal:
            form.take(refusal)
            status = refusal.status
    proposal = queries.proposal_of(found.challenge)
    return render_template("deck/change_stick.html", form=form, stick=found, deck=found.deck, proposal=proposal), status


@deck.post("/cup/decks/<code>/sticks/<int:number>/up", defaults={"up": True})
@deck.post("/cup/decks/<code>/sticks/<int:number>/down", defaults={"up": False})
@doors.member
def move(code: str, number: int, up: bool) -> Any:
    with unit_of_work():
        actions.move(_own_stick(code, number), up=up)
    return _back_to(code, number)


@deck.post("/cup/decks/<code>/sticks/<int:number>/take-out")
@doors.member
def take_out(code: str, number: int) -> Any:
    with unit_of_work():
        actions.take_out(_own_stick(code, number))
    say("Taken out.")
    return redirect(url_for("deck.edit", code=code), 303)


@deck.post("/cup/decks/<code>/sticks/<int:number>/propose")
@doors.member
def propose(code: str, number: int) -> Any:
    with unit_of_work():
        found = _own_stick(code, number)
        if not permissions.may_propose(found.deck):
            raise NotHere("It is in the cup already.")
        actions.propose(person_here(), found)
    say("The moderators will look at it, and you get a letter.")
    return _back_to(code, number)


def _own_stick(code: str, number: int) -> Stick:
    found = queries.stick_numbered(find_own_deck(code), number)
    if found is None:
        raise NotHere("There is no such stick in this deck.")
    return found


def _back_to(code: str, number: int) -> Any:
    return redirect(url_for("deck.edit", code=code, _anchor=f"stick-{number}"), 303)
