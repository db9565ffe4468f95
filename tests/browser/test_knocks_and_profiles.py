"""Knocks, profiles, blocks and the desk: on a phone and on a desk, light and dark, axe in all of them.

With SHOTS=folder in the environment pictures are left there to be looked at.
"""

from __future__ import annotations

import pytest

from meetups.foundation.database import unit_of_work
from meetups.foundation.geography import FINE, cell
from meetups.moderation import actions as moderation
from meetups.nearby import actions, queries
from meetups.people.actions import block, tell_of_myself
from meetups.people.terms import Age
from tests import cast, makers
from tests.browser.test_own_pages import LOOKS, walk

SEEN = dict.fromkeys(("name", "place", "ages", "languages", "specialties", "about", "links"), "everybody")


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def look(request):
    scheme, width = request.param
    return {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}


def listed(person):
    with unit_of_work():
        actions.list_me(person, "felt, baby time in two languages, ukulele", [Age.BABY, Age.TODDLER], "Spanish, ASL")
        tell_of_myself(person, {
            "reach": "desk 4, Tuesdays", "shares_address": True, "place": "South Sound", "ages": ["baby", "toddler"],
            "languages": "Spanish", "specialties": "felt", "about": "Ask me about *wiggles*.",
            "links": ["https://felt.example/boards"], "seen": SEEN,
        })
    return person


def neighbor(name):
    person = makers.make_person(name)
    makers.make_home_area(person, cell(cast.TACOMA, FINE), "around Tacoma, WA", "US", "America/Los_Angeles")
    return listed(person)


def test_doors_and_pages(open_context, look):
    marisol, ken = listed(cast.marisol()), listed(cast.ken())
    jo, emile, robin = (neighbor(name) for name in ("Jo", "Émile", "Robin"))
    for knocker, answers in ((ken, False), (jo, True)):
        with unit_of_work():
            knock = actions.knock(knocker, queries.listing_of(marisol).code, "Shall we swap songs?")
            if answers:
                actions.open_door(marisol, knock)
    waiting = queries.knocks_at(marisol)[0].id
    with unit_of_work():
        actions.knock(marisol, queries.listing_of(emile).code, "Hello!")
        block(marisol, robin, "R.")
    page = open_context(person=marisol, **look).new_page()
    walk(page, [
        "/near/people", "/near/people?q=nobody", f"/near/people/{queries.listing_of(emile).code}/knock", "/knocks",
        f"/knocks/{waiting}/open", "/me", "/me/profile", f"/people/{marisol.code}", f"/people/{marisol.code}?as=met",
        f"/people/{jo.code}", f"/people/{ken.code}/block?called=Ken",
    ])


def test_the_desk_with_a_closed_account(open_context, look):
    noor, ken = cast.moderator(), cast.ken()
    with unit_of_work():
        moderation.suspend(noor, ken, "was unkind")
    walk(open_context(person=noor, **look).new_page(), ["/moderation"])
