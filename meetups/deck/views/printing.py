"""Strips to cut."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from meetups.deck import queries
from meetups.deck.views.blueprint import deck
from meetups.deck.views.finding import age_asked, category_asked, find_deck
from meetups.foundation import doors


@deck.get("/cup/decks/<code>/print")
@doors.everyone
def strips(code: str) -> Any:
    """The deck, or what `?take=`, `?age=` and `?category=` leave of it, warm-ups first. `?big=1`: 8 a sheet, not 14."""
    found = find_deck(code)
    taken = set(request.args.getlist("take"))
    sticks = queries.sticks_of(found, age_asked(), category_asked())
    chosen = [each for each in sticks if each.code in taken] if taken else list(sticks)
    return render_template(
        "deck/print.html", deck=found, age=age_asked(), category=category_asked(), big=request.args.get("big") == "1",
        sticks=sorted(chosen, key=lambda each: not each.challenge.warm_up), open_to_all=found.is_public,
        taken=[each.code for each in chosen] if taken else [],
    )
