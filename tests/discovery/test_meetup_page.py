"""What the page of a meetup offers beside its facts: the way there, and the picture that chats show of a link."""

from __future__ import annotations

from datetime import timedelta

import pytest

from meetups.places.models import PlaceKind
from tests.makers import make_meetup, make_place, make_rsvp


def links(client, meetup) -> list[str]:
    tree = client.tree(client.get(f"/meetups/{meetup.code}"))
    return [each.get("href") for each in tree.iter("a") if not each.get("href").startswith(("/", "#"))]


def test_the_way_there_on_a_phone_an_iphone_and_a_desk(app, client):
    meetup = make_meetup(place=make_place("Fox & Hound, Tacoma, WA"))
    at = f"{meetup.place.latitude},{meetup.place.longitude}"
    assert links(client, meetup) == [
        f"geo:{at}?q=Fox%20%26%20Hound%2C%20Tacoma%2C%20WA",
        f"https://maps.apple.com/?q=Fox%20%26%20Hound%2C%20Tacoma%2C%20WA&sll={at}",
        "https://www.openstreetmap.org/search?query=Fox%20%26%20Hound%2C%20Tacoma%2C%20WA",
    ]


def test_a_home_is_on_nobodys_map(app, client):
    assert links(client, make_meetup(place=make_place("12 Elm St, Tacoma, WA", kind=PlaceKind.HOME))) == []


def test_when_it_is_over_the_page_speaks_of_what_was(app, client, frozen):
    meetup = make_meetup(capacity=8)
    make_rsvp(meetup, "Gus")
    before = client.text(client.get(f"/meetups/{meetup.code}"))
    assert ("1 going" in before, "7 of 8 seats free" in before, "Add to calendar" in before) == (True, True, True)
    frozen.move_to(meetup.ends_at + timedelta(hours=1))
    page = client.get(f"/meetups/{meetup.code}")
    after = client.text(page)
    assert "1 said they would come" in after
    assert ("seats free" in after, "Add to calendar" in after) == (False, False)
    assert after.index("No recap yet") < after.index("Before you set out")
    tree = client.tree(page)
    there = tree.find(".//a[.='See what the room worked out']").get("href").partition("#")[2]
    assert tree.find(f".//*[@id='{there}']") is not None


@pytest.mark.parametrize("path", ["/", "/cup"])
def test_a_link_in_a_chat_has_a_picture(client, path):
    tree = client.tree(client.get(path))
    (picture,) = [each.get("content") for each in tree.iter("meta") if each.get("property") == "og:image"]
    answer = client.get(picture.removeprefix("http://localhost"))
    assert (answer.status_code, answer.content_type) == (200, "image/png")
