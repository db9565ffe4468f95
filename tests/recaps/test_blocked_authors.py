"""Whom a block keeps apart: neither reads the other's recaps, signed in; everybody else does."""

from __future__ import annotations

import pytest

from meetups.foundation.database import unit_of_work
from meetups.people import actions as people
from tests import cast
from tests.recaps.written import make_recap

PAGES = ["/", "/recaps", "/ideas?q=shakers", "/meetups/{meetup}", "/recaps/{other}"]


@pytest.fixture
def both(meetup, sol):
    """Sol's recap, and Ken's of the same meetup."""
    mine = make_recap(title="Plain words of Sol", author=sol, meetup=meetup)
    return mine, make_recap(title="What Ken saw", author=cast.ken(), meetup=meetup)


@pytest.mark.parametrize("by_author", [True, False])
def test_neither_sees_the_others(both, meetup, signed_in, by_author):
    mine, other = both
    ana = cast.ana()
    with unit_of_work():
        people.block(*((mine.author, ana) if by_author else (ana, mine.author)))
    browser = signed_in(ana)
    for page in PAGES:
        text = browser.text(browser.get(page.format(meetup=meetup.code, other=other.code)))
        assert "Plain words of Sol" not in text, page
        assert "What Ken saw" in text, page
    for path in (f"/recaps/{mine.code}", f"/recaps/{mine.code}.txt"):
        assert browser.get(path).status_code == 404


def test_everybody_else_does(both, meetup, client):
    mine, other = both
    with unit_of_work():
        people.block(mine.author, cast.ana())
    for page in PAGES:
        assert "Plain words of Sol" in client.get(page.format(meetup=meetup.code, other=other.code)).text, page
