"""Notes begun from somebody's public deck: once it is private or hidden, no further stick of it is read out."""

from __future__ import annotations

import pytest

from meetups.deck.terms import Sharing
from meetups.foundation import clock
from meetups.foundation.database import db, unit_of_work
from meetups.notes import actions
from meetups.notes.models import Session
from meetups.notes.notation import DeedWish, new_id
from meetups.notes.terms import DeedKind
from meetups.people.actions import block
from meetups.recaps.terms import Outcome
from tests import cast
from tests.deck.decks import make_deck
from tests.notes.conftest import prompts

WORDS = tuple(f"Zqfelt {n}" for n in range(3))
SAID = "The deck you began with is not shared any more."


@pytest.fixture
def lent(app):
    return make_deck(cast.ken(), *WORDS, title="Zqfelt", sharing=Sharing.PUBLIC)


@pytest.fixture
def path(meetup):
    return f"/meetups/{meetup.code}/notes"


@pytest.fixture
def session(meetup, bea, lent):
    """Begun from the deck of another member, one stick drawn."""
    with unit_of_work():
        begun = actions.start(bea, meetup, lent)
        actions.draw(begun, new_id())
    return begun


def private(deck):
    deck.sharing = Sharing.PRIVATE


def hidden(deck):
    deck.hidden_at = clock.now()


def blocked(deck):
    host = db.session.query(Session).one().meetup.host
    block(deck.owner, host)


@pytest.mark.parametrize("taken_back", [private, hidden, blocked])
def test_undrawn_sticks_are_served_no_more_and_what_is_drawn_stays(session, lent, path, bea, signed_in, taken_back):
    browser, drawn = signed_in(bea), prompts(session)
    assert (len(drawn), "2 left in the cup" in browser.text(browser.get(path))) == (1, True)
    with unit_of_work():
        taken_back(lent)
    db.session.expire_all()
    page = browser.get(path)
    assert SAID in browser.text(page)
    assert 'id="taken-back">' in page.text
    for each in (page.text, browser.get(f"{path}/sync.json").text, browser.get(f"{path[:-5]}screen").text):
        assert [words for words in WORDS if words in each] in ([], drawn)
    assert "60 left in the cup" in browser.text(page)
    browser.submit(path, {"do": "draw"}, form="deed-cup")
    browser.submit(path, {"do": "skip"}, form="deed-cup")
    assert [words for words in prompts(session) if words in WORDS] == drawn
    assert session.recap.entries[1].challenge.code.startswith("c")
    assert [each.outcome for each in session.recap.entries[1:]] == [Outcome.SKIPPED, Outcome.UNANSWERED]


def test_its_codes_open_no_words(session, lent):
    code = next(stick.code for stick in actions.sticks(session) if stick.text not in prompts(session))
    with unit_of_work():
        private(lent)
    with unit_of_work():
        taken = actions.take(session, [DeedWish(new_id(), DeedKind.DRAW, stick=code)])
    assert [each.why for each in taken.refused] == ["There is no such stick in the cup any more."]
    assert len(prompts(session)) == 1


def test_a_phone_that_has_the_page_open_gets_other_sticks(session, lent, path, bea, signed_in):
    browser = signed_in(bea)
    said = browser.get(f"{path}/sync.json").json
    assert (said["cup"], len(said["sticks"]), said["taken_back"]) == (lent.code, 3, False)

    def send(cup):
        return browser.post(f"{path}/sync.json", json={"cup": cup}, headers={"X-CSRFToken": said["csrf"]}).json

    assert "sticks" not in send(lent.code)
    with unit_of_work():
        hidden(lent)
    answer = send(lent.code)
    assert (answer["cup"] != lent.code, len(answer["sticks"]), answer["taken_back"]) == (True, 60, True)
    assert "sticks" not in send(answer["cup"])
    for nonsense in (None, 7, [], {"a": 1}, "\x00"):
        assert len(send(nonsense)["sticks"]) == 60


def test_shared_by_its_link_it_can_still_be_drawn_from(session, lent):
    with unit_of_work():
        lent.sharing = Sharing.LINK
    assert [stick.text for stick in actions.sticks(session)] == list(WORDS)


def test_ones_own_private_deck_serves_ones_own_meetup_until_a_moderator_hides_it(meetup, bea, path, signed_in):
    own = make_deck(bea, *WORDS, title="Zqown")
    browser = signed_in(bea)
    assert "Zqown" in browser.text(browser.get(path))
    browser.submit(path, {"deck": own.code})
    begun = db.session.query(Session).one()
    assert [stick.text for stick in actions.sticks(begun)] == list(WORDS)
    with unit_of_work():
        hidden(own)
    assert len(actions.sticks(begun)) == 60


def test_what_the_host_may_not_see_is_not_offered(meetup, path, bea, lent, signed_in):
    mine = make_deck(bea, *WORDS, title="Zqown")
    noor = cast.moderator()
    make_deck(noor, *WORDS, title="Zqnoor")
    with unit_of_work():
        hidden(mine)
    page = (browser := signed_in(noor)).text(browser.get(path))
    assert ("Zqfelt" in page, "Zqnoor" in page, "Zqown" in page) == (True, False, False)
