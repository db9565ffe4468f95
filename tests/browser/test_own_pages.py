"""The pages of people, nearby, moderation and about: on a phone and on a desk, light and dark, axe in all of them.

With SHOTS=folder in the environment pictures are left there to be looked at.
"""

from __future__ import annotations

import os

import pytest

from meetups.foundation.database import unit_of_work
from meetups.foundation.geography import FINE, cell
from meetups.moderation import actions as moderation
from meetups.nearby.actions import list_me
from meetups.people.actions import add_passkey
from tests import cast, makers
from tests.browser.looking import assert_accessible, assert_fits

LOOKS = [("light", 360), ("dark", 360), ("light", 1280), ("dark", 1280)]
PUBLIC = ["/sign-in", "/sign-in/sent", "/report", "/report/sent", "/about/conduct", "/about/privacy", "/about/feeds",
          "/about/origins", "/sign-in/spent"]
OWN = ["/welcome", "/me", "/me/leave", "/near/people"]


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def look(request):
    scheme, width = request.param
    return {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}


def walk(page, paths):
    for path in paths:
        page.goto(path)
        assert_fits(page)
        assert_accessible(page)
        if folder := os.environ.get("SHOTS"):
            name = f"{path.strip('/').replace('/', '_')}-{page.viewport_size['width']}.png"
            page.screenshot(path=f"{folder}/{name}", full_page=True)


def test_what_visitors_see(open_context, look):
    walk(open_context(**look).new_page(), PUBLIC)


def test_what_members_see(open_context, look):
    marisol = cast.marisol()
    walk(open_context(person=cast.ana(), **look).new_page(), OWN)
    neighbors = [cast.ken(), *(_neighbor(name) for name in ("Jo", "Émile"))]
    with unit_of_work():
        add_passkey(marisol, b"one", b"key", 0, "desk 2")
        for each in (marisol, *neighbors):
            list_me(each, "felt, baby time in Spanish, ukulele")
    page = open_context(person=marisol, **look).new_page()
    walk(page, OWN)
    page.goto("/me")
    page.get_by_label("Town, ZIP code or state").fill("Portland")
    page.get_by_role("button", name="Save my area").click()
    page.get_by_text("There are several.").wait_for()
    assert_fits(page)
    assert_accessible(page)


def _neighbor(name):
    person = makers.make_person(name)
    makers.make_home_area(person, cell(cast.TACOMA, FINE), "around Tacoma, WA", "US", "America/Los_Angeles")
    return person


def test_what_moderators_see(open_context, look):
    meetup = makers.make_meetup("Parachute night")
    other, noor = makers.make_meetup("Another"), cast.moderator()
    with unit_of_work():
        moderation.report(f"/meetups/{meetup.code}", "An advertisement.\nFor pens.", "ana@example.org")
        moderation.hide(noor, other, "spam")
    walk(open_context(person=noor, **look).new_page(), ["/moderation"])
