"""Decks of one's own: copies stand by themselves, limits, who sees what, and what stays when somebody leaves."""

from __future__ import annotations

import json

import pytest

from meetups.deck import actions, permissions, queries
from meetups.deck.actions import filling
from meetups.deck.models import Challenge
from meetups.deck.terms import AgeGroup, Sharing
from meetups.foundation.database import db, unit_of_work
from meetups.people.actions import block, leave
from tests import cast
from tests.deck.decks import make_deck, wish


def texts(deck):
    return [each.text for each in queries.sticks_of(deck)]


def test_seeds_edited_upstream_leave_copies_alone(app, tmp_path, monkeypatch):
    ana = cast.ana()
    with unit_of_work():
        copy = actions.copy_deck(ana, queries.the_cup())
    before = texts(copy)
    lines = [json.loads(line) for line in filling.SEEDS.read_text().splitlines()]
    lines[0]["text"] = "Rewritten upstream."
    changed = tmp_path / "seeds.jsonl"
    changed.write_text("\n".join(json.dumps(line) for line in lines))
    monkeypatch.setattr(filling, "SEEDS", changed)
    with unit_of_work():
        assert actions.fill_the_cup() == 0
    assert texts(queries.the_cup())[0] == "Rewritten upstream."
    assert texts(copy) == before
    first = queries.sticks_of(copy)[0].challenge
    assert (first.code != "c01", first.root.code) == (True, "c01")


def test_a_copy_of_a_copy_has_the_same_root_and_new_words_cut_the_tie(app):
    ana = cast.ana()
    with unit_of_work():
        second = actions.copy_deck(ana, actions.copy_deck(ana, queries.the_cup()))
    stick = queries.sticks_of(second)[3]
    assert stick.challenge.root.code == "c04"
    with unit_of_work():
        actions.rewrite_stick(stick, wish("Something else altogether."))
    assert stick.challenge.root is stick.challenge


def test_sticks_are_written_moved_and_taken_out(app):
    deck = make_deck(cast.ana(), "One", "Two", "Three")
    sticks = queries.sticks_of(deck)
    with unit_of_work():
        actions.move(sticks[2], up=True)
        actions.move(sticks[0], up=True)
    assert texts(deck) == ["One", "Three", "Two"]
    with unit_of_work():
        actions.take_out(sticks[2])
        actions.write_stick(deck, wish("Four", ages=(AgeGroup.ADULTS, AgeGroup.BABY)))
    assert texts(deck) == ["One", "Two", "Four"]
    assert queries.sticks_of(deck)[2].challenge.ages == ["baby", "adults"]
    assert db.session.scalar(db.select(Challenge).where(Challenge.text == "Three")) is None


def test_limits(app, monkeypatch):
    ana = cast.ana()
    deck = make_deck(ana, "One")
    with pytest.raises(actions.AlreadyThere), unit_of_work():
        actions.write_sticks(deck, [wish("Two"), wish("ONE!")])
    assert texts(deck) == ["One"]
    monkeypatch.setattr("meetups.deck.actions.writing.MOST_STICKS", 2)
    monkeypatch.setattr("meetups.deck.actions.keeping.MOST_DECKS", 1)
    with pytest.raises(actions.DeckIsFull), unit_of_work():
        actions.write_sticks(deck, [wish("Two"), wish("Three")])
    with pytest.raises(actions.TooManyDecks), unit_of_work():
        actions.copy_deck(ana, deck)


def test_who_sees_which_deck(app):
    ana, ken, noor = cast.ana(), cast.ken(), cast.moderator()
    decks = [make_deck(ana, sharing=sharing) for sharing in Sharing]
    seen = {who: [permissions.may_see(who, deck) for deck in decks] for who in (None, ana, ken, noor)}
    assert seen == {None: [False, True, True], ana: [True] * 3, ken: [False, True, True], noor: [False, True, True]}
    with unit_of_work():
        block(ken, ana)
    assert [permissions.may_see(ken, deck) for deck in decks] == [False] * 3
    with unit_of_work():
        decks[2].hidden_at = decks[2].created_at
    assert [permissions.may_see(who, decks[2]) for who in (None, ana, noor)] == [False, True, True]
    assert not permissions.may_edit(ana, decks[2])


def test_a_public_deck_outlives_its_owner_and_others_are_erased(app, signed_in, client):
    ana = cast.ana()
    opened, linked, kept = (
        make_deck(ana, f"On a {sharing.value} stick", title="Felt", sharing=sharing).code
        for sharing in (Sharing.PUBLIC, Sharing.LINK, Sharing.PRIVATE)
    )
    with unit_of_work():
        leave(ana)
    assert [queries.deck_by_code(code) is None for code in (opened, linked, kept)] == [False, True, True]
    words = set(db.session.scalars(db.select(Challenge.text).where(Challenge.text.startswith("On a"))))
    assert words == {"On a public stick"}
    page = client.get(f"/cup/decks/{opened}")
    assert "On a public stick" in page.text
    assert "Put together by" not in page.text


def test_the_cup_is_not_thrown_away_and_its_seeds_are_not_rewritten(app):
    stick = queries.sticks_of(queries.the_cup())[0]
    for deed in (lambda: actions.throw_away(queries.the_cup()), lambda: actions.take_out(stick),
                 lambda: actions.rewrite_stick(stick, wish("Other words"))):
        with pytest.raises((actions.NotTheCup, actions.ComesWithTheSoftware)), unit_of_work():
            deed()
    assert len(queries.challenges()) == 60


def test_throwing_away_takes_the_challenges_along(both_databases, app):
    ana = cast.ana()
    deck = make_deck(ana, "One", "Two")
    with unit_of_work():
        copy = actions.copy_deck(ana, deck)
        actions.throw_away(deck)
    assert texts(copy) == ["One", "Two"]
    assert queries.sticks_of(copy)[0].challenge.source is None
    assert len(db.session.scalars(db.select(Challenge)).all()) == 62
