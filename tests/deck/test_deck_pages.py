"""The pages of decks: begin, write, change, share, copy, throw away; strangers and nonsense."""

from __future__ import annotations

import pytest

from meetups.deck import actions, queries
from meetups.deck.terms import Sharing
from meetups.foundation.database import unit_of_work
from tests import cast
from tests.deck.decks import make_deck


@pytest.fixture
def ana(app):
    return cast.ana()


@pytest.fixture
def member(ana, signed_in):
    return signed_in(ana)


def test_a_deck_from_the_first_press_to_the_last(ana, member, client):
    there = member.submit("/cup/decks/new", {"title": "Baby <b>time</b>", "sharing": "private"}).headers["Location"]
    code = there.split("/")[3]
    member.submit(f"/cup/sticks/new?into={code}", {"text": "A\r\nB", "category": "mishaps", "kind": "debate"})
    (stick,) = queries.sticks_of(queries.deck_by_code(code))
    assert stick.text == "A B"
    assert client.get(f"/cup/decks/{code}").status_code == 404
    member.submit(there, {"sharing": "link"}, form="about-it")
    assert "Baby &lt;b&gt;time" in client.get(f"/cup/decks/{code}").text
    assert "noindex" in client.get(f"/cup/decks/{code}").text
    assert "Baby" not in client.get("/cup/decks").text
    assert f"deck={code}" in client.get(f"/cup/draw?deck={code}").headers["Location"]
    member.submit(f"/cup/decks/{code}/sticks/{stick.id}", {"text": "Other words"}, form="words")
    assert [each.text for each in queries.sticks_of(queries.deck_by_code(code))] == ["Other words"]
    assert member.submit(there, {}, form="throw-away").status_code == 409
    assert member.submit(there, {"sure": True}, form="throw-away").status_code == 303
    assert queries.decks_of(ana) == []


def test_copying_the_cup_gives_a_private_deck(ana, member):
    assert member.submit("/cup/sticks", form="copy").status_code == 303
    (deck,) = queries.decks_of(ana)
    assert (deck.sharing, len(queries.sticks_of(deck))) == (Sharing.PRIVATE, 60)


def test_other_people_change_nothing(ana, signed_in):
    deck = make_deck(ana, "One", sharing=Sharing.PUBLIC)
    number = queries.sticks_of(deck)[0].id
    other = signed_in(cast.ken())
    paths = [f"/cup/decks/{deck.code}/{what}" for what in ("edit", "throw-away", f"sticks/{number}")]
    paths += [f"/cup/decks/{deck.code}/sticks/{number}/{deed}" for deed in ("up", "down", "take-out", "propose")]
    for path in paths:
        data = {"title": "X", "sharing": "public", "sure": "yes"}
        assert (path, other.forge(path, data).status_code) == (path, 404)
    assert [each.text for each in queries.sticks_of(deck)] == ["One"]
    assert "Put together by" in other.get(f"/cup/decks/{deck.code}").text


@pytest.mark.parametrize("typed", [
    {"text": "x" * 221}, {"text": ""}, {"text": "\x00\u202e "}, {"category": "bananas"}, {"ages": "dragon"},
    {"into": "0" * 16}, {"kind": ""}, {"ages": "", "text": ""},
])
def test_nonsense_in_the_form_gets_a_sentence(ana, member, typed):
    sound = {"text": "Fine", "category": "mishaps", "kind": "share", "into": ""}
    answer = member.forge("/cup/sticks/new", {**sound, **typed})
    assert answer.status_code == 400
    assert queries.decks_of(ana) == []


@pytest.mark.parametrize("path", [
    "/cup/decks/%00", "/cup/decks/" + "a" * 300, "/cup/decks/cup/edit", "/cup/decks/../etc", "/cup?deck=" + "f" * 16,
    "/cup/sticks/" + "%F0%9F%92%A9" * 9, "/cup/decks/cup/sticks/99999999999",
])
def test_nonsense_in_addresses_finds_nothing(member, path):
    assert member.get(path).status_code == 404


def test_a_stick_that_only_lies_in_a_private_deck_has_no_page(ana, member, client):
    stick = queries.sticks_of(make_deck(ana, "Secret"))[0]
    assert client.get(f"/cup/sticks/{stick.code}").status_code == 404
    opened = queries.sticks_of(make_deck(ana, "Open", sharing=Sharing.PUBLIC))[0]
    assert "Open" in client.get(f"/cup/sticks/{opened.code}").text


def test_a_private_deck_is_written_to_no_disk(ana, member, client):
    private, linked = make_deck(ana, "One"), make_deck(ana, "Two", sharing=Sharing.LINK)
    assert client.get(f"/cup/decks/{private.code}.json").status_code == 404
    kept = member.get(f"/cup/decks/{private.code}.json")
    assert (kept.headers["Cache-Control"], kept.json["keep"]) == ("private, no-store", False)
    assert client.get(f"/cup/decks/{linked.code}.json").json["keep"] is True


def test_moderators_keep_what_members_put_into_the_cup(ana, signed_in):
    noor = cast.moderator()
    deck = make_deck(ana, "One")
    with unit_of_work():
        actions.accept(noor, actions.propose(ana, queries.sticks_of(deck)[0]))
    added = queries.sticks_of(queries.the_cup())[60]
    moderator = signed_in(noor)
    page = f"/cup/decks/cup/sticks/{added.id}"
    assert moderator.submit(page, {"text": "One, better"}, form="words").status_code == 303
    seed = queries.sticks_of(queries.the_cup())[0].id
    assert moderator.forge(f"/cup/decks/cup/sticks/{seed}/take-out").status_code == 409
    assert moderator.submit(page, form="take-out").status_code == 303
    assert len(queries.challenges()) == 60
