"""Which deck, which age, which category an address means."""

from __future__ import annotations

from flask import request

from meetups.deck import entries, permissions, queries
from meetups.deck.models import PUBLIC_DECK, Deck
from meetups.deck.terms import AgeGroup, Category
from meetups.deck.views.blueprint import deck
from meetups.foundation.doors import person_here
from meetups.foundation.refusals import NotHere


def find_deck(code: str) -> Deck:
    """The deck with this code, if this reader may see it; a missing and a hidden one look alike."""
    found = queries.deck_by_code(code) if code.isalnum() and len(code) <= 16 else None
    if found is None or not permissions.may_see(person_here(), found):
        raise NotHere("There is no such deck.")
    return found


def find_own_deck(code: str) -> Deck:
    """The deck, if this reader may change it; otherwise as if it were not there."""
    found = find_deck(code)
    if not permissions.may_edit(person_here(), found):
        raise NotHere("There is no such deck of yours.")
    return found


def deck_asked() -> Deck | None:
    """The deck in `?deck=`, else the public one; None in a database nobody has filled yet."""
    code = request.args.get("deck", "")
    return find_deck(code) if code and code != PUBLIC_DECK else queries.the_cup()


def age_asked() -> AgeGroup | None:
    typed = request.args.get("age", "")
    return AgeGroup(typed) if typed in {age.value for age in AgeGroup} else None


def category_asked() -> Category | None:
    typed = request.args.get("category", "")
    return Category(typed) if typed in {each.value for each in Category} else None


deck.add_app_template_filter(entries.label_of, "stick_label")
