"""Deeds from several phones, late, twice and in any order: the notes come out the same, and nothing is lost."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetups.foundation.database import db, unit_of_work
from meetups.notes import actions
from meetups.notes.models import Deed
from meetups.notes.notation import DeedWish, new_id
from meetups.notes.terms import DeedKind
from meetups.recaps import actions as recaps
from meetups.recaps import queries
from meetups.recaps.entries import written
from meetups.recaps.notation import write
from meetups.recaps.terms import Origin, Outcome
from tests.notes.conftest import Phone, ideas, prompts

DRAW, ASK, IDEA, OUTCOME, UNDO = DeedKind.DRAW, DeedKind.ASK, DeedKind.IDEA, DeedKind.OUTCOME, DeedKind.UNDO


def test_two_phones_offline_for_ten_minutes_lose_nothing_and_keep_their_order(both_databases, session, phone, frozen):
    sol, bea = phone("a"), phone("b")
    stick = sol.tap(DRAW, stick="c01")
    sol.sync(session)
    for number in range(40):
        frozen.pass_time(timedelta(seconds=7))
        sol.tap(IDEA, target=stick, text=f"sol {number}")
        frozen.pass_time(timedelta(seconds=8))
        bea.tap(IDEA, target=stick, text=f"bea {number}")
    bea.sync(session)
    sol.sync(session)
    noted = ideas(session)[0]
    assert noted == [f"{who} {number}" for number in range(40) for who in ("sol", "bea")]
    assert (sol.waiting, bea.waiting) == ([], [])


def test_an_answer_that_got_lost_is_asked_again_and_adds_nothing(both_databases, session, phone):
    sol = phone("a")
    stick = sol.tap(DRAW, stick="c01")
    sol.tap(IDEA, target=stick, text="the bin is hungry")
    sent = list(sol.waiting)
    sol.sync(session)
    version = session.recap.version
    sol.waiting = sent
    assert sol.sync(session).done == [each.id for each in sent]
    assert ideas(session) == [["the bin is hungry"]]
    assert session.recap.version == version


def test_a_stick_drawn_on_two_phones_without_signal_is_one_entry(session, phone, frozen):
    sol, bea = phone("a"), phone("b")
    one = sol.tap(DRAW, stick="c01")
    sol.tap(IDEA, target=one, text="first")
    frozen.pass_time(timedelta(seconds=5))
    other = bea.tap(DRAW, stick="c01")
    bea.tap(IDEA, target=other, text="second")
    bea.sync(session)
    sol.sync(session)
    assert ideas(session) == [["first", "second"]]


def test_what_is_taken_back_stays_away_whichever_arrives_first(session, phone):
    sol = phone("a")
    stick = sol.tap(DRAW, stick="c01")
    idea = sol.tap(IDEA, target=stick, text="a slip of the thumb")
    sol.tap(UNDO, target=idea)
    first, second, third = sol.waiting
    sol.waiting = [first, third, second]
    sol.sync(session)
    assert ideas(session) == [[]]
    assert db.session.query(Deed).count() == 3


def test_the_last_word_on_how_it_ended_holds_and_otherwise_the_ideas_say_it(session, phone, frozen):
    sol, bea = phone("a"), phone("b")
    stick = sol.tap(DRAW, stick="c01")
    question = sol.tap(ASK, text="Who feeds the puppet?", origin=Origin.FACILITATOR)
    sol.sync(session)
    assert [entry.outcome for entry in session.recap.entries] == [Outcome.UNANSWERED, Outcome.UNANSWERED]
    bea.sees(sol.tap(IDEA, target=stick, text="a lap") and f"{sol.last:015d}-x")
    sol.tap(OUTCOME, target=question, outcome=Outcome.PARTLY)
    frozen.pass_time(timedelta(seconds=1))
    bea.tap(OUTCOME, target=question, outcome=Outcome.SKIPPED)
    bea.sync(session)
    sol.sync(session)
    assert [entry.outcome for entry in session.recap.entries] == [Outcome.ANSWERED, Outcome.SKIPPED]
    assert [entry.origin for entry in session.recap.entries] == [Origin.CUP, Origin.FACILITATOR]


def test_ideas_for_a_challenge_that_was_taken_out_are_kept(session, phone):
    sol = phone("a")
    stick = sol.tap(DRAW, stick="c01")
    sol.sync(session)
    with unit_of_work():
        session.recap.entries.clear()
    sol.tap(IDEA, target=stick, text="said aloud all the same")
    sol.sync(session)
    assert prompts(session) == ["Also said"]
    assert ideas(session) == [["said aloud all the same"]]


def test_a_tap_is_taken_back_that_a_writer_had_taken_out_already(both_databases, session, phone):
    sol = phone("a")
    stick = sol.tap(DRAW, stick="c01")
    idea = sol.tap(IDEA, target=stick, text="the bin is hungry")
    sol.tap(IDEA, target=stick, text="popcorn")
    sol.sync(session)
    before = queries.last_revision(session.recap).number
    with unit_of_work():
        recaps.sort_again(session.recap, write(written(session.recap)).replace("   - the bin is hungry\n", ""),
                          session.recap.version)  # fmt: skip
    assert ideas(session) == [["popcorn"]]
    sol.tap(UNDO, target=idea)
    sol.sync(session)
    assert ideas(session) == [["popcorn"]]
    with unit_of_work():
        recaps.restore(session.recap, before, session.recap.version)
    assert sorted(ideas(session)[0]) == ["popcorn", "the bin is hungry"], "history is the writer's"


def test_sorting_the_recap_anew_meanwhile_takes_no_idea_from_its_challenge(session, phone):
    sol = phone("a")
    first, second = sol.tap(DRAW, stick="c01"), sol.tap(ASK, text="Whose turn?")
    for target, text in ((first, "a lap"), (second, "mine")):
        sol.tap(IDEA, target=target, text=text)
    sol.sync(session)
    with unit_of_work():
        recaps.sort_again(session.recap, write(written(session.recap)), session.recap.version)
    for target, text in ((second, "yours"), (first, "a bell")):
        sol.tap(IDEA, target=target, text=text)
    sol.sync(session)
    assert ideas(session) == [["a lap", "a bell"], ["mine", "yours"]]


def test_a_clock_that_is_years_ahead_does_not_pull_the_others_along(session, phone):
    sol = phone("a", last=999_999_999_999_998)
    stick = sol.tap(DRAW, stick="c01")
    sol.tap(IDEA, target=stick, text="from the future")
    sol.sync(session)
    bea = phone("b")
    bea.tap(IDEA, target=stick, text="from today")
    bea.sync(session)
    assert sorted(ideas(session)[0]) == ["from the future", "from today"]
    assert max(deed.place for deed in db.session.query(Deed)) < "01"


def test_notes_go_on_in_a_new_draft_when_somebody_threw_the_first_away(session, phone):
    sol = phone("a")
    sol.tap(DRAW, stick="c01")
    sol.sync(session)
    with unit_of_work():
        db.session.delete(session.recap)
    stick = sol.tap(DRAW, stick="c02")
    sol.tap(IDEA, target=stick, text="still here")
    sol.sync(session)
    assert ideas(session) == [["still here"]]


TAPS = ["draw", "ask", "idea", "idea", "idea", "outcome", "undo", "see"]


@st.composite
def rooms(draw):
    """What three phones tap, each with a clock of its own, and what each has seen of the others by then."""
    tap = st.tuples(st.integers(0, 2), st.sampled_from(TAPS), st.integers(0, 9))
    taps = draw(st.lists(tap, min_size=1, max_size=40))
    clocks = draw(st.lists(st.integers(-90_000, 90_000), min_size=3, max_size=3))
    return taps, clocks, draw(st.randoms(use_true_random=False))


def tapped(taps, clocks) -> list[list[DeedWish]]:
    """The lists of three phones. A phone sees another's taps only when it looks ("see")."""
    phones = [Phone(str(n)) for n in range(3)]
    known: list[list[DeedWish]] = [[], [], []]
    now = 1_800_000_000_000
    for at, (who, what, choice) in enumerate(taps):
        phone = phones[who]
        if what == "see":
            for deed in phones[choice % 3].waiting:
                phone.sees(deed.place)
                if deed not in known[who]:
                    known[who].append(deed)
            continue
        phone.last = max(now + at * 1000 + clocks[who], phone.last + 1)
        more = _about(what, known[who], choice, at)
        if more is None:
            continue
        deed = DeedWish(new_id(), DeedKind(what), f"{phone.last:015d}-{who:0>8}", **more)
        phone.waiting.append(deed)
        known[who].append(deed)
    return [phone.waiting for phone in phones]


def _about(what, known, choice, at):
    opened = [deed for deed in known if deed.kind in (DRAW, ASK)]
    noted = [deed for deed in known if deed.kind is IDEA]
    if what == "draw":
        return {"stick": f"c0{choice}" if choice else "c10"}
    if what == "ask":
        return {"text": f"question {at}"}
    if what == "undo":
        return {"target": noted[choice % len(noted)].id} if noted else None
    if not opened:
        return None
    target = opened[choice % len(opened)].id
    return {"target": target, "text": f"idea {at}"} if what == "idea" else {
        "target": target, "outcome": list(Outcome)[choice % 4]}


def shuffled(lists, chance: random.Random) -> list[DeedWish]:
    """One order of arrival: each phone's own order kept, nothing before what it is about, all else by chance.

    Some things arrive twice.
    """
    waiting = [list(each) for each in lists if each]
    arrived: list[DeedWish] = []
    while waiting:
        here = {deed.id for deed in arrived}
        chosen = chance.choice([each for each in waiting if each[0].target in here | {""}])
        arrived.append(chosen.pop(0))
        if chance.random() < 0.2:
            arrived.append(chance.choice(arrived))
        waiting = [each for each in waiting if each]
    return arrived


def result(session, arrived):
    """What the recap says after these arrived, in batches; everything is undone again."""
    with pytest.raises(Undone), unit_of_work():
        for deed in arrived:
            actions.take(session, [deed])
        said.append([(entry.prompt, entry.outcome, tuple(response.text for response in entry.responses))
                     for entry in session.recap.entries])
        raise Undone
    return said.pop()


class Undone(Exception):
    """So that the next order of arrival starts from nothing."""


said: list[list[tuple]] = []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rooms())
def test_any_order_of_arrival_gives_the_same_notes(session, frozen, room):
    taps, clocks, chance = room
    lists = tapped(taps, clocks)
    first, second = (result(session, shuffled(lists, chance)) for _ in range(2))
    assert first == second
    undone = {deed.target for each in lists for deed in each if deed.kind is UNDO}
    kept = sorted(deed.text for each in lists for deed in each if deed.kind is IDEA and deed.id not in undone)
    assert sorted(text for _, _, texts in first for text in texts) == kept
    for each in lists:  # a phone's own order
        own = [deed.text for deed in each if deed.kind is IDEA and deed.id not in undone]
        for _, _, texts in first:
            mine = [text for text in texts if text in own]
            assert mine == [text for text in own if text in mine]
