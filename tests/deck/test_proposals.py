"""A member's stick on its way into the cup."""

from __future__ import annotations

import pytest

from meetups.deck import actions, queries
from meetups.foundation.database import unit_of_work
from meetups.people.actions import leave
from tests import cast
from tests.deck.decks import make_deck


@pytest.fixture
def proposed(app):
    ana = cast.ana()
    deck = make_deck(ana, "One", "Two")
    with unit_of_work():
        return ana, deck, actions.propose(ana, queries.sticks_of(deck)[0])


def test_accepted_it_is_in_the_cup_and_the_members_own_is_a_copy_of_it(proposed, outbox):
    ana, deck, proposal = proposed
    noor = cast.moderator()
    for _press in range(2):
        with unit_of_work():
            actions.accept(noor, proposal)
    cup = queries.sticks_of(queries.the_cup())
    assert [each.text for each in cup[60:]] == ["One"]
    mine = queries.sticks_of(deck)[0].challenge
    assert mine.root == cup[60].challenge
    assert [to for to, _subject in outbox.subjects] == [ana.address]
    assert outbox.link("/cup/sticks/") == f"/cup/sticks/{cup[60].code}"


def test_declined_it_stays_and_the_reason_goes_by_letter(proposed, outbox):
    _ana, deck, proposal = proposed
    noor = cast.moderator()
    with unit_of_work():
        actions.decline(noor, proposal, "Names a real child.")
        actions.accept(noor, proposal)
    assert len(queries.challenges()) == 60
    assert len(queries.sticks_of(deck)) == 2
    assert len(outbox) == 1
    assert "Names a real child." in outbox.last.plain


def test_what_is_refused(proposed, monkeypatch):
    ana, deck, _proposal = proposed
    one, two = queries.sticks_of(deck)
    with pytest.raises(actions.ProposedBefore), unit_of_work():
        actions.propose(ana, one)
    monkeypatch.setattr("meetups.deck.actions.proposing.MOST_OPEN", 1)
    with pytest.raises(actions.TooManyProposals), unit_of_work():
        actions.propose(ana, two)
    with unit_of_work():
        copy = actions.copy_deck(ana, queries.the_cup())
    with pytest.raises(actions.AlreadyThere), unit_of_work():
        actions.propose(ana, queries.sticks_of(copy)[0])


def test_who_leaves_takes_open_proposals_along(proposed):
    ana, _deck, _proposal = proposed
    with unit_of_work():
        leave(ana)
    assert queries.open_proposals() == []


def test_from_the_form_to_the_queue_to_the_letter(app, signed_in, outbox):
    ana, noor = cast.ana(), cast.moderator()
    member, moderator = signed_in(ana), signed_in(noor)
    answer = member.submit("/cup/sticks/new?text=Who%20took%20the%20shakers%3F", {
        "category": "mishaps", "kind": "share", "ages": ["toddler"], "for_the_cup": True,
    })
    assert answer.status_code == 303
    (deck,) = queries.decks_of(ana)
    assert [each.text for each in queries.sticks_of(deck)] == ["Who took the shakers?"]
    assert "Who took the shakers?" in moderator.text(moderator.get("/cup/proposals"))
    number = queries.open_proposals()[0].id
    assert moderator.submit("/cup/proposals", form=f"/cup/proposals/{number}/accept").status_code == 303
    assert member.get("/cup/proposals").status_code == 404
    assert len(outbox) == 1
    assert "Nothing is waiting" in moderator.get("/cup/proposals").text
