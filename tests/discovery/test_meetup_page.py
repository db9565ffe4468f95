"""What the page of a meetup offers beside its facts: the way there, and the picture that chats show of a link."""

from __future__ import annotations

import pytest

from meetups.places.models import PlaceKind
from tests.makers import make_meetup, make_place


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


@pytest.mark.parametrize("path", ["/", "/cup"])
def test_a_link_in_a_chat_has_a_picture(client, path):
    tree = client.tree(client.get(path))
    (picture,) = [each.get("content") for each in tree.iter("meta") if each.get("property") == "og:image"]
    answer = client.get(picture.removeprefix("http://localhost"))
    assert (answer.status_code, answer.content_type) == (200, "image/png")
