"""Kept pages: nobody sees another's token, another's page, or yesterday's facts."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from meetups.attendance.models import BringItem
from meetups.foundation import clock
from meetups.foundation.database import add, unit_of_work
from meetups.foundation.kept_pages import Shelf, kept_for_visitors
from meetups.moderation.actions import hide
from meetups.places.models import Noise
from meetups.recaps.models import Recap, RecapStatus
from tests import cast
from tests.makers import make_meetup, make_person, make_rsvp

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def seen(client, meetup) -> str:
    return client.get(f"/meetups/{meetup.code}").text


def without_token(client, address) -> str:
    """The page as far as it depends on facts."""
    return TOKEN.sub("", client.get(address).text)


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


PAGES = {"page": lambda meetup: f"/meetups/{meetup.code}", "list": lambda _meetup: "/near?area=Tacoma,+WA&within=15"}


@pytest.mark.parametrize("which", PAGES)
def test_every_change_shows_at_once(both_databases, client, frozen, which):
    meetup = make_meetup(capacity=5)
    address = PAGES[which](meetup)
    pages = [without_token(client, address)]
    assert without_token(client, address) == pages[0]

    def change(deed):
        with unit_of_work():
            deed()
        pages.append(without_token(client, address))

    make_rsvp(meetup, "Ana")
    pages.append(without_token(client, address))
    change(lambda: setattr(meetup.place, "words", "Another room, Tacoma"))
    change(lambda: setattr(meetup, "title", "Another title"))
    change(lambda: setattr(meetup.place, "noise", Noise.QUIET))
    frozen.move_to(meetup.starts_at + timedelta(seconds=1))
    pages.append(without_token(client, address))
    moderator = make_person("Mo", is_moderator=True)
    change(lambda: hide(moderator, meetup))
    assert [pages.index(page) for page in pages] == list(range(7))
    assert ["4 of 5 seats free" in page or "1 going" in page for page in pages[:2]] == [False, True]
    assert "Another title" not in pages[-1]


def test_the_name_of_the_host_the_bring_list_and_recaps_show_at_once(client, frozen):
    meetup = make_meetup()
    address = PAGES["page"](meetup)
    pages = [without_token(client, address)]
    with unit_of_work():
        meetup.host.display_name = "Somebody else"
    pages.append(without_token(client, address))
    with unit_of_work():
        add(BringItem(meetup_id=meetup.id, what="a parachute", quantity=1))
    pages.append(without_token(client, address))
    frozen.move_to(meetup.ends_at + timedelta(seconds=1))
    pages.append(without_token(client, address))
    with unit_of_work():
        recap = add(Recap(meetup=meetup, title="What we sang", status=RecapStatus.PUBLISHED, created_at=clock.now(),
                          updated_at=clock.now(), published_at=clock.now()))
    pages.append(without_token(client, address))
    with unit_of_work():
        recap.title = "What else we sang"
    pages.append(without_token(client, address))
    assert len(set(pages)) == 6
    assert ["What we sang" in page for page in pages] == [False] * 4 + [True, False]


def test_a_page_made_while_its_facts_changed_is_not_kept(app):
    facts = iter((1, 2, 1, 1))
    with app.test_request_context():
        assert kept_for_visitors(lambda: next(facts), lambda: "half old, half new") == "half old, half new"
        assert kept_for_visitors(lambda: next(facts), lambda: "new") == "new"


def test_a_device_s_position_leaves_no_page_behind(app, client):
    make_meetup()
    assert client.get("/near?area=47.25,-122.44").status_code == 200
    assert len(app.extensions.get("kept_pages", Shelf())) == 0
    assert client.get("/near?area=Tacoma,+WA").status_code == 200
    assert len(app.extensions["kept_pages"]) == 1


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
