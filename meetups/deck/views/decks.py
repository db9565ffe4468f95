"""Decks: those for everybody and one's own; begin, copy, change, throw away."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from meetups.deck import actions, permissions, queries
from meetups.deck.forms import DeckForm
from meetups.deck.models import Deck
from meetups.deck.terms import AgeGroup, Category, Sharing
from meetups.deck.views.blueprint import deck
from meetups.deck.views.finding import age_asked, category_asked, find_deck, find_own_deck
from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.pages import say
from meetups.foundation.refusals import NotHere, Refusal


@deck.get("/cup/decks")
@doors.everyone
def decks() -> Any:
    person = person_here()
    own = queries.decks_of(person) if person else []
    opened = [each for each in queries.public_decks() if permissions.may_see(person, each)]
    return render_template(
        "deck/decks.html", own=own, opened=[each for each in opened if each not in own],
        sizes=queries.sizes([*own, *opened]), waiting=queries.proposals_waiting() if may_settle() else 0,
    )


def may_settle() -> bool:
    person = person_here()
    return person is not None and person.is_moderator


@deck.get("/cup/sticks")
@doors.everyone
def sticks() -> Any:
    cup = queries.the_cup()
    if cup is None:
        raise NotHere("The cup is empty.")
    return _deck_page(cup)


@deck.get("/cup/decks/<code>")
@doors.everyone
def show(code: str) -> Any:
    found = find_deck(code)
    return redirect(url_for("deck.sticks"), 301) if found.is_cup else _deck_page(found)


def _deck_page(found: Deck) -> Any:
    age, category = age_asked(), category_asked()
    return render_template(
        "deck/deck.html", deck=found, sticks=queries.sticks_of(found, age, category), age=age, category=category,
        ages=AgeGroup, categories=Category, may_edit=permissions.may_edit(person_here(), found),
        open_to_all=found.is_public, link_only=found.sharing is Sharing.LINK,
    )


@deck.route("/cup/decks/new", methods=["GET", "POST"])
@doors.member
def new_deck() -> Any:
    form = DeckForm(data={"sharing": Sharing.PRIVATE})
    if form.validate_on_submit():
        try:
            with unit_of_work():
                code = actions.begin_deck(person_here(), form.wish()).code
            say("The deck is there. Now put sticks into it.")
            return redirect(url_for("deck.edit", code=code), 303)
        except Refusal as refusal:
            form.take(refusal)
    return render_template("deck/new_deck.html", form=form), 400 if form.is_submitted() else 200


@deck.post("/cup/decks/<code>/copy")
@doors.member
def copy(code: str) -> Any:
    with unit_of_work():
        made = actions.copy_deck(person_here(), find_deck(code)).code
    say("Copied. This one is yours, and nobody else sees it.")
    return redirect(url_for("deck.edit", code=made), 303)


@deck.route("/cup/decks/<code>/edit", methods=["GET", "POST"])
@doors.member
def edit(code: str) -> Any:
    found = find_own_deck(code)
    if found.is_cup:
        return _edit_page(found, None)
    form = DeckForm.of(found)
    if form.validate_on_submit():
        with unit_of_work():
            actions.change_deck(find_own_deck(code), form.wish())
        say("Saved.")
        return redirect(url_for("deck.edit", code=code), 303)
    return _edit_page(found, form), 400 if form.is_submitted() else 200


def _edit_page(found: Deck, form: DeckForm | None) -> str:
    return render_template(
        "deck/edit.html", deck=found, form=form, sticks=queries.sticks_of(found),
        proposals=queries.proposals_in(found),
    )


@deck.post("/cup/decks/<code>/throw-away")
@doors.member
def throw_away(code: str) -> Any:
    if request.form.get("sure") != "yes":
        raise Refusal("Tick that you mean it. Nothing was thrown away.", way_on=(f"/cup/decks/{code}/edit", "Back"))
    with unit_of_work():
        actions.throw_away(find_own_deck(code))
    say("Thrown away.")
    return redirect(url_for("deck.decks"), 303)
