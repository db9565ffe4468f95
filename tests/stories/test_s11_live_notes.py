"""S11: Bea draws, Sol notes without signal; the notes are the recap's draft."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from meetups.deck import actions as deck
from meetups.foundation.database import unit_of_work
from meetups.notes import actions
from meetups.notes.queries import session_of
from meetups.notes.terms import DeedKind
from meetups.recaps.terms import AgeGroup, Category, Kind, Origin, Outcome
from tests import cast
from tests.makers import make_meetup, make_person, make_place, make_rsvp
from tests.notes.conftest import Phone

DRAW, ASK, IDEA, OUTCOME = DeedKind.DRAW, DeedKind.ASK, DeedKind.IDEA, DeedKind.OUTCOME
STARTS = datetime(2027, 4, 9, 13, 30, tzinfo=UTC)


@pytest.fixture
def bea(app):
    with unit_of_work():
        deck.fill_the_cup()
    return make_person("Bea", address="bea@example.org", time_zone="America/New_York")


@pytest.fixture
def meetup(bea, frozen):
    library = make_place("Fox Hollow Branch Library, Columbus, OH 43215", at=None, town="Columbus", region="Ohio",
                         country="US", time_zone="America/New_York")  # fmt: skip
    meetup = make_meetup(
        "Birch Room swap", host=bea, place=library, room="Birch Room", start=datetime(2027, 4, 9, 9, 30),  # noqa: DTZ001
        end=datetime(2027, 4, 9, 10, 30),  # noqa: DTZ001
    )
    frozen.move_to(STARTS - timedelta(minutes=5))
    return meetup


def the_morning(bea: Phone, sol: Phone, session, frozen) -> list[str]:
    """Eleven sticks, two of them skipped, and three questions. Neither phone has signal; they stand side by side.

    What was said aloud, in order.
    """
    said = []
    for number in range(11):
        frozen.pass_time(timedelta(minutes=4))
        stick = bea.tap(DRAW, stick=f"c{number + 1:02}")
        if number in (3, 7):
            bea.tap(OUTCOME, target=stick, outcome=Outcome.SKIPPED)
            continue
        for phone, name in ((sol, "Sol"), (bea, "Bea"), (sol, "Sol again")):
            frozen.pass_time(timedelta(seconds=20))
            said.append(f"stick {number + 1}, noted by {name}")
            phone.tap(IDEA, target=stick, text=said[-1])
    for number in range(3):
        frozen.pass_time(timedelta(minutes=1))
        question = sol.tap(ASK, text=f"Question {number + 1}?", origin=Origin.AUDIENCE)
        if number == 1:
            sol.tap(OUTCOME, target=question, outcome=Outcome.UNANSWERED)
        else:
            said.append(f"answer {number + 1}")
            sol.tap(IDEA, target=question, text=said[-1])
    return said


def test_two_scribes_note_without_signal_and_the_draft_is_right(meetup, bea, frozen, signed_in):
    sol = cast.sol()
    make_rsvp(meetup, sol)
    host = signed_in(bea)
    path = f"/meetups/{meetup.code}/notes"
    host.submit(path, {})
    session = session_of(meetup)
    with unit_of_work():
        actions.name_scribe(session, sol)
    phones = Phone("bea"), Phone("sol")
    said = the_morning(*phones, session, frozen)
    for phone in phones:  # signal again, on the stairs
        phone.sync(session)

    recap = session.recap
    ideas = [response.text for entry in recap.entries for response in entry.responses]
    assert ideas == said  # none lost, none twice, in the order in which they were said
    assert [entry.outcome for entry in recap.entries].count(Outcome.SKIPPED) == 2
    shown = recap.shown_entries
    assert [entry.origin for entry in shown] == [Origin.CUP] * 9 + [Origin.AUDIENCE] * 3
    assert [entry.outcome for entry in shown] == [Outcome.ANSWERED] * 10 + [Outcome.UNANSWERED, Outcome.ANSWERED]
    first = shown[0]
    assert isinstance(first.category, Category)
    assert isinstance(first.kind, Kind)
    assert all(isinstance(age, AgeGroup) for age in first.age_groups)
    assert first.challenge.code == "c01"

    frozen.move_to(meetup.ends_at + timedelta(minutes=10))
    draft = host.get(f"/recaps/{recap.code}/edit")
    assert "11 of 12 answered" in host.text(draft)
    host.submit(f"/recaps/{recap.code}/edit", {"do": "publish"}, form="put-up")
    page = host.text(signed_in(sol).get(f"/recaps/{recap.code}"))
    skipped = [entry.prompt for entry in recap.entries if entry.outcome is Outcome.SKIPPED]
    assert not [prompt for prompt in skipped if prompt in page]
    assert not [text for text in said if text not in page]
    assert "Birch Room" in page
