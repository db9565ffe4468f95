"""The pages of decks and sticks: on a phone and on a desk, light and dark, axe in all of them.

With SHOTS=folder in the environment pictures are left there to be looked at.
"""

from __future__ import annotations

import pytest

from meetups.deck import actions
from meetups.deck.terms import Category, Kind, Sharing
from meetups.foundation.database import unit_of_work
from tests import cast
from tests.browser.looking import assert_accessible, assert_fits
from tests.browser.test_own_pages import LOOKS, walk


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def look(request):
    scheme, width = request.param
    return {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}


def test_decks_and_sticks(open_context, look):
    marisol, noor = cast.marisol(), cast.moderator()
    with unit_of_work():
        actions.fill_the_cup()
        deck = actions.begin_deck(marisol, actions.DeckWish("Felt & foam", "For **toddlers**.", Sharing.PUBLIC))
        stick = actions.write_stick(deck, actions.StickWish("Shakers, again.", Category.MISHAPS, Kind.SHARE))
        actions.begin_deck(marisol, actions.DeckWish("Empty"))
        actions.propose(marisol, stick)
    walk(open_context(**look).new_page(), [
        "/cup/decks", f"/cup/decks/{deck.code}", "/cup/offline", f"/cup/decks/{deck.code}/print",
    ])
    walk(open_context(person=marisol, **look).new_page(), [
        "/cup/decks", "/cup/decks/new", f"/cup/decks/{deck.code}/edit", "/cup/sticks/new",
        f"/cup/decks/{deck.code}/sticks/{stick.id}", f"/cup/decks/{deck.code}/read",
    ])
    page = open_context(person=marisol, **look).new_page()
    page.goto(f"/cup/decks/{deck.code}/read")
    page.get_by_label("Or paste the lines").fill("text,ages,mood\nOne,dragons,\n,,\nShakers,toddler,")
    page.get_by_role("button", name="Look at what is in it").click()
    page.get_by_role("heading", name="2 sticks found").wait_for()
    assert_fits(page)
    assert_accessible(page)
    walk(open_context(person=noor, **look).new_page(), ["/cup/proposals", "/moderation"])
