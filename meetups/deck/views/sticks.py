"""All the sticks of the public deck, and the page of one."""

from __future__ import annotations

from typing import Any

from flask import render_template

from meetups.deck import queries
from meetups.deck.terms import AgeGroup, Category
from meetups.deck.views.blueprint import deck
from meetups.deck.views.finding import age_asked, category_asked
from meetups.foundation import doors
from meetups.foundation.refusals import NotHere


@deck.get("/cup/sticks")
@doors.everyone
def sticks() -> Any:
    age, category = age_asked(), category_asked()
    found = queries.sticks_of(queries.the_cup(), age, category)
    return render_template(
        "deck/sticks.html", sticks=found, category=category, categories=Category, age=age, ages=AgeGroup,
    )


@deck.get("/cup/sticks/<code>")
@doors.everyone
def stick(code: str) -> Any:
    found = queries.challenge_by_code(code) if code.isalnum() and len(code) <= 16 else None
    if found is None or not queries.is_open(found):
        raise NotHere("There is no such stick.")
    return render_template("deck/stick.html", stick=found)
