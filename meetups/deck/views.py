"""The cup: draw on a phone, without script and without an account. Where you are stands in the address."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from meetups.deck import actions, queries
from meetups.deck.models import Challenge
from meetups.deck.terms import AgeGroup, Category
from meetups.foundation import doors
from meetups.foundation.refusals import NotHere

deck = Blueprint("deck", __name__)
MOST_DRAWN = 200


def _age() -> AgeGroup | None:
    typed = request.args.get("age", "")
    return AgeGroup(typed) if typed in {age.value for age in AgeGroup} else None


def _drawn() -> list[str]:
    """Codes of the sticks already out, oldest first, each once."""
    return list(dict.fromkeys(code for code in request.args.get("out", "")[:2000].split("-") if code))[:MOST_DRAWN]


@deck.get("/cup")
@doors.everyone
def cup() -> Any:
    drawn = _drawn()
    by_code = {each.code: each for each in queries.challenges()}
    out = [by_code[code] for code in drawn if code in by_code]
    left = len(queries.sticks_in(drawn, _age()))
    passed = request.args.get("passed") == "1"
    return render_template("deck/cup.html", out=out, left=left, age=_age(), ages=AgeGroup, passed=passed)


@deck.get("/cup/draw")
@doors.everyone
def draw() -> Any:
    """Pick a stick and go to the address that shows it. `skip` lays the last one back first."""
    drawn, age = _drawn(), _age()
    kept = drawn[:-1] if request.args.get("skip") and drawn else drawn
    stick = actions.draw(drawn, age)
    return redirect(url_for("deck.cup", out="-".join([*kept, stick.code]), age=age.value if age else None), 303)


@deck.get("/cup/sticks")
@doors.everyone
def sticks() -> Any:
    typed = request.args.get("category", "")
    category = Category(typed) if typed in {c.value for c in Category} else None
    return render_template(
        "deck/sticks.html", sticks=queries.challenges(category, _age()), category=category, categories=Category,
        age=_age(), ages=AgeGroup,
    )


@deck.get("/cup/sticks/<code>")
@doors.everyone
def stick(code: str) -> Any:
    found = queries.challenge_by_code(code)
    if found is None:
        raise NotHere("There is no such stick.")
    return render_template("deck/stick.html", stick=found)


def label_of(challenge: Challenge) -> str:
    """"Share · Toddlers, preschool"."""
    ages = ", ".join(AgeGroup(age).label for age in challenge.ages)
    return " · ".join(part for part in (challenge.kind.label, ages, "Warm-up" if challenge.warm_up else "") if part)


deck.add_app_template_filter(label_of, "stick_label")
