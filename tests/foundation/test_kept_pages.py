"""Kept pages: nobody sees another's token, another's page, or yesterday's facts."""

from __future__ import annotations

import re
from datetime import timedelta

from meetups.foundation.database import unit_of_work
from meetups.foundation.kept_pages import Shelf
from tests import cast
from tests.makers import make_meetup, make_rsvp

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def seen(client, meetup) -> str:
    return client.get(f"/meetups/{meetup.code}").text


def test_two_visitors_get_the_same_page_with_their_own_tokens(app):
    meetup = make_meetup()
    pages = [seen(app.test_client(), meetup) for _ in range(2)]
    tokens = [set(TOKEN.findall(page)) for page in pages]
    assert [len(each) for each in tokens] == [1, 1]
    assert tokens[0] != tokens[1]
    assert TOKEN.sub("", pages[0]) == TOKEN.sub("", pages[1])


def test_the_token_in_a_kept_page_works(app, outbox):
    meetup = make_meetup()
    seen(app.test_client(), meetup)
    visitor = app.test_client()
    form = {"name": "Gus", "email": "gus@example.org", "answer": "going"}
    assert visitor.submit(f"/meetups/{meetup.code}", form).status_code == 303
    assert outbox.last.to_address == "gus@example.org"


def test_every_change_shows_at_once(client, frozen):
    meetup = make_meetup(capacity=5)
    pages = [seen(client, meetup)]
    make_rsvp(meetup, "Ana")
    pages.append(seen(client, meetup))
    with unit_of_work():
        meetup.place.words = "Another room"
    pages.append(seen(client, meetup))
    with unit_of_work():
        meetup.host.display_name = "Somebody else"
    pages.append(seen(client, meetup))
    frozen.move_to(meetup.ends_at + timedelta(seconds=1))
    pages.append(seen(client, meetup))
    assert len(set(pages)) == 5
    assert ["1 going" in page for page in pages[:2]] == [False, True]


def test_what_the_host_sees_never_reaches_a_visitor(client, signed_in):
    host = cast.marisol()
    meetup = make_meetup(host=host, contact="Room 12, side door")
    assert "side door" in seen(signed_in(host), meetup)
    assert "side door" not in seen(client, meetup)
    assert "side door" in seen(signed_in(host), meetup)


def test_a_full_shelf_lets_the_oldest_go():
    shelf = Shelf(most=2)
    for key in ("a", "b"):
        shelf.put(key, key)
    shelf.take("a")
    shelf.put("c", "c")
    assert [shelf.take(key) for key in ("a", "b", "c")] == ["a", None, "c"]
