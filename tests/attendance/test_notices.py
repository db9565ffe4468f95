"""Notices: grace, joining, undo, silence; whatever is edited, people hear the net difference once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetups.attendance import actions, queries
from meetups.attendance.actions import telling
from meetups.attendance.models import Answer, NoticeState
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.mail.outbox import OutboxLetter
from meetups.foundation.mail.preferences import keep_quiet
from meetups.planning import actions as planning
from meetups.planning.actions import NewPlace
from meetups.planning.models import Telling
from tests.makers import make_meetup, make_person, make_rsvp

MINUTE = timedelta(minutes=1)
QUIET = Telling(quiet=True)


def move(meetup, spot, telling=None):
    with unit_of_work():
        planning.move_place(meetup, NewPlace(spot=spot), telling=telling or Telling())


def work() -> None:
    with unit_of_work():
        actions.send_notices()


@pytest.fixture
def meetup(app):
    meetup = make_meetup("Swap", spot="A")
    for answer in (Answer.GOING, Answer.MAYBE, Answer.WAITING, Answer.CANT):
        make_rsvp(meetup, answer.value, answer)
    return meetup


def test_going_maybe_and_waiting_are_told_after_ten_minutes(app, frozen, meetup, outbox):
    move(meetup, "B")
    frozen.pass_time(10 * MINUTE - timedelta(seconds=1))
    work()
    assert len(outbox) == 0
    frozen.pass_time(timedelta(seconds=1))
    work()
    work()
    assert sorted(letter.to_address.split("-")[0] for letter in outbox) == ["going", "maybe", "waiting"]
    assert {letter.subject for letter in outbox} == {"Moved: B: Swap"}
    assert (meetup.sequence, queries.last_notice(meetup).told) == (1, 3)


def test_a_host_alone_reads_that_there_is_nobody_to_tell(app, frozen, signed_in):
    meetup = make_meetup("Swap", spot="A")
    host = signed_in(meetup.host)
    move(meetup, "B")
    waiting = host.text(host.get(f"/meetups/{meetup.code}"))
    assert "There is nobody to tell yet. Undo Puts it back; nothing is sent." in waiting
    frozen.pass_time(10 * MINUTE)
    work()
    assert "0 people" not in waiting + host.text(host.get(f"/meetups/{meetup.code}"))


def test_several_edits_are_one_letter_about_the_difference(app, both_databases, frozen, meetup, outbox):
    for spot in "BCD":
        move(meetup, spot)
        frozen.pass_time(3 * MINUTE)
    frozen.pass_time(MINUTE)
    work()
    assert {letter.subject for letter in outbox} == {"Moved: D: Swap"}
    assert (len(outbox), meetup.sequence, meetup.moved["old"]) == (3, 1, "A")


def test_edits_that_cancel_out_are_not_told(app, frozen, meetup, outbox):
    move(meetup, "B")
    move(meetup, "A")
    frozen.pass_time(11 * MINUTE)
    work()
    assert (len(outbox), meetup.moved, queries.last_notice(meetup).state) == (0, None, NoticeState.UNDONE)


def test_undo_within_the_grace_sends_nothing(app, frozen, meetup, outbox):
    move(meetup, "B")
    move(meetup, "C")
    with unit_of_work():
        actions.undo(meetup, queries.last_notice(meetup).id, Telling())
    frozen.pass_time(11 * MINUTE)
    work()
    assert (len(outbox), meetup.spot, meetup.moved) == (0, "A", None)


def test_who_answered_meanwhile_is_told_that_it_was_taken_back(app, frozen, meetup, outbox):
    move(meetup, "B")
    frozen.pass_time(MINUTE)
    make_rsvp(meetup, "Late", address="late@example.org")
    with unit_of_work():
        actions.undo(meetup, queries.last_notice(meetup).id, Telling())
    assert outbox.subjects == [("late@example.org", "Correction, A: Swap")]


def test_after_it_was_told_changing_back_is_one_more_letter(app, frozen, meetup, outbox):
    move(meetup, "B")
    frozen.pass_time(10 * MINUTE)
    work()
    move(meetup, "A")
    frozen.pass_time(10 * MINUTE)
    work()
    assert [subject for _, subject in outbox.subjects] == ["Moved: B: Swap"] * 3 + ["Moved: A: Swap"] * 3
    assert meetup.sequence == 2


def test_undo_after_it_was_told_is_one_correction(app, both_databases, frozen, meetup, outbox):
    move(meetup, "B")
    frozen.pass_time(10 * MINUTE)
    work()
    with unit_of_work():
        actions.undo(meetup, queries.last_notice(meetup).id, Telling())
    work()
    assert [subject for _, subject in outbox.subjects] == ["Moved: B: Swap"] * 3 + ["Correction, A: Swap"] * 3


def test_what_was_saved_quietly_is_part_of_the_next_letter(app, both_databases, frozen, meetup, outbox):
    move(meetup, "B", QUIET)
    frozen.pass_time(HOUR := 60 * MINUTE)
    work()
    assert (len(outbox), meetup.sequence) == (0, 0)
    move(meetup, "C")
    frozen.pass_time(HOUR)
    work()
    text = " ".join(outbox.last.plain.split())
    assert (len(outbox), "Moved: C" in text, text.index(" C ") < text.index(" A ")) == (3, True, True)


def test_who_made_the_change_is_not_written_to_but_a_host_is_told_of_a_moderators(app, frozen, outbox):
    host, noor = make_person("Inez"), make_person("Noor", is_moderator=True)
    meetup = make_meetup("Swap", host=host, spot="A")
    make_rsvp(meetup, host)
    move(meetup, "B", Telling(by=noor))
    frozen.pass_time(10 * MINUTE)
    work()
    move(meetup, "C", Telling(by=host))
    frozen.pass_time(10 * MINUTE)
    work()
    assert outbox.subjects == [(host.address, "Moved: B: Swap")]


def test_cancelling_says_it_all(app, frozen, meetup, outbox):
    move(meetup, "B")
    with unit_of_work():
        planning.cancel(meetup, "snow")
    frozen.pass_time(11 * MINUTE)
    work()
    assert [subject for _, subject in outbox.subjects] == ["Cancelled: Swap"] * 3


def test_saving_quietly_ten_times_moves_nothing_and_sends_nothing(app, frozen, meetup, outbox):
    for _ in range(10):
        move(meetup, "A", QUIET)
        frozen.pass_time(11 * MINUTE)
        work()
    assert (len(outbox), meetup.sequence, meetup.version, queries.last_notice(meetup)) == (0, 0, 1, None)


@pytest.fixture
def crowd(app):
    """The notice of a move: members on two clocks, visitors, waiting and unsure ones, one who wants quiet nights."""
    meetup = make_meetup("Swap", spot="A")
    for number in range(6):
        for answer in (Answer.GOING, Answer.MAYBE, Answer.WAITING):
            make_rsvp(meetup, f"Ana{number}", answer)
        make_rsvp(meetup, make_person(f"Lou{number}", time_zone="America/Chicago"))
    with unit_of_work():
        keep_quiet(queries.going(meetup)[0].mail_address, "America/Chicago", 0, 1)
    move(meetup, "B")
    return queries.last_notice(meetup)


@pytest.mark.parametrize("replies", ["", "reply@storytime.example"])
def test_a_copied_letter_is_the_letter(app, frozen, crowd, outbox, monkeypatch, replies):
    """Of many letters that are alike one is rendered; each is the same, byte for byte, as one rendered by itself."""
    app.config["MEETUPS"] = replace(app.config["MEETUPS"], reply_address=replies)
    texts = []
    for few in (1, 1000):
        monkeypatch.setattr(telling, "FEW", few)
        with unit_of_work():
            db.session.execute(sa.delete(OutboxLetter))
            crowd.state = NoticeState.WAITING
            telling.deliver(crowd)
        texts.append([(each.key, each.to_address, each.handle, each.plain, each.html, each.calendar, each.headers,
                       each.subject, each.kind, each.topic) for each in outbox])  # fmt: skip
    assert len(texts[0]) == 24
    assert {b"ATTENDEE" in each[5] for each in texts[0]} == {bool(replies)}
    assert sorted(texts[0]) == sorted(texts[1])


def test_a_quiet_change_put_back_and_made_again_quietly_is_told_to_nobody(app, frozen, meetup, outbox):
    for spot, telling_ in (("B", QUIET), ("A", Telling()), ("B", QUIET)):
        move(meetup, spot, telling_)
    frozen.pass_time(11 * MINUTE)
    work()
    assert (len(outbox), meetup.spot, meetup.sequence) == (0, "B", 0)


EDITS = st.lists(st.tuples(st.sampled_from("ABC"), st.booleans(), st.integers(0, 3)), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_any_edits_within_the_grace_are_at_most_one_letter_each(app, frozen, edits, outbox):
    meetup = make_meetup("Swap", spot="A")
    make_rsvp(meetup, "Kai")
    seen = len(outbox)
    told, pending = "A", False
    for spot, quiet, minutes in edits:
        if spot != meetup.spot:
            pending = (pending or not quiet) and spot != told
        move(meetup, spot, Telling(quiet=quiet))
        frozen.pass_time(minutes * timedelta(seconds=30))
    frozen.pass_time(10 * MINUTE)
    work()
    letters = list(outbox)[seen:]
    if pending:
        text = " ".join(letters[0].plain.split())
        assert f"Moved: {meetup.spot}" in text
        assert text.index(f" {meetup.spot} ") < text.index(f" {told} ")
    assert len(letters) == int(pending)
