"""The scribe's page without script: start, draw, note, undo, skip, ask; whoever may not sees nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from meetups.foundation.database import db, unit_of_work
from meetups.notes import actions
from meetups.notes.models import Deed, Session
from meetups.notes.notation import DeedWish, new_id
from meetups.notes.terms import DeedKind
from meetups.notes.views.finding import SCRIBES, link_key
from meetups.recaps.terms import Origin, Outcome
from tests import cast
from tests.notes.conftest import ideas, prompts


@pytest.fixture
def browser(bea, signed_in):
    return signed_in(bea)


@pytest.fixture
def path(meetup):
    return f"/meetups/{meetup.code}/notes"


def started(browser, path):
    browser.submit(path, {})
    return db.session.query(Session).one()


def press(browser, path, form, do, **typed):
    return browser.submit(path, {"do": do, **typed}, form=f"deed-{form}")


def test_draw_note_skip_ask_and_undo_without_script(browser, path):
    session = started(browser, path)
    press(browser, path, "cup", "draw")
    press(browser, path, "idea", "idea", text="A lap sit, then *whisper*")
    press(browser, path, "idea", "idea", text="see https://example.org/laps")
    press(browser, path, "cup", "draw")
    press(browser, path, "cup", "skip")
    press(browser, path, "ask", "ask", text="How do you\nstart on time?", origin="audience")
    press(browser, path, "outcome", "outcome:partly")
    entries = session.recap.entries
    assert [entry.origin for entry in entries] == [Origin.CUP, Origin.CUP, Origin.CUP, Origin.AUDIENCE]
    assert [entry.outcome for entry in entries] == [
        Outcome.ANSWERED, Outcome.SKIPPED, Outcome.UNANSWERED, Outcome.PARTLY]
    assert len({entry.challenge_id for entry in entries[:3]}) == 3
    assert all(entry.challenge.warm_up for entry in entries[:3])  # the skipped one did not count
    assert entries[3].prompt == "How do you start on time?"
    assert ideas(session)[0] == ["A lap sit, then *whisper*", "see https://example.org/laps"]
    assert entries[0].responses[1].links == ["https://example.org/laps"]
    undo = next(form for form in browser.forms(path) if form.id.startswith("undo-"))
    browser.submit(path, {"do": f"undo:{undo.id[5:]}"}, form=undo.id)
    assert ideas(session)[0] == ["A lap sit, then *whisper*"]


def test_a_press_twice_is_one_deed(browser, path):
    session = started(browser, path)
    for name, do, typed in (("cup", "draw", {}), ("idea", "idea", {"text": "once"}), ("cup", "skip", {}),
                            ("ask", "ask", {"text": "Why?"})):
        form = next(each for each in browser.forms(path) if each.id == f"deed-{name}")
        values = form.filled({"do": do, **typed})
        first, second = browser.post(form.action, data=values), browser.post(form.action, data=values)
        assert (first.status_code, second.status_code) == (303, 303)
    assert len(prompts(session)) == 3
    assert ideas(session)[0] == ["once"]


def test_an_idea_can_go_to_an_earlier_stick(browser, path):
    session = started(browser, path)
    press(browser, path, "cup", "draw")
    press(browser, path, "cup", "draw")
    first = db.session.query(Deed).order_by(Deed.id).first().client_id
    press(browser, f"{path}?entry={first}", "idea", "idea", text="one more for the first")
    assert ideas(session) == [["one more for the first"], []]


def test_the_draft_is_the_hosts_and_they_reach_it_from_the_notes(browser, path, bea, meetup):
    session = started(browser, path)
    press(browser, path, "cup", "draw")
    assert session.recap.author == bea
    assert session.recap.meetup == meetup
    assert f"/recaps/{session.recap.code}/edit" in browser.get(path).text
    press(browser, path, "idea", "idea", text="a lap")
    browser.submit(f"/recaps/{session.recap.code}/edit", {"do": "publish"}, form="put-up")
    assert "a lap" in browser.get(f"/recaps/{session.recap.code}").text


def test_only_the_host_starts_and_only_in_its_hours(browser, path, meetup, signed_in, frozen):
    stranger = signed_in(cast.ana())
    assert stranger.get(path).status_code == 404
    assert stranger.forge(f"{path}/start").status_code == 404
    frozen.move_to(meetup.starts_at - timedelta(hours=2))
    assert "an hour before the start" in browser.get(path).text
    assert browser.forge(f"{path}/start").status_code == 409
    frozen.move_to(meetup.ends_at + timedelta(hours=23))
    started(browser, path)


def test_strangers_get_nothing_and_the_link_lets_scribes_in(browser, path, client, meetup, signed_in):
    session = started(browser, path)
    key = link_key(SCRIBES, session)
    assert client.get(path).status_code == 404
    assert client.get(f"{path}?key={session.id}-zz").status_code == 404
    press(client, f"{path}?key={key}", "cup", "draw")
    press(client, f"{path}?key={key}", "idea", "idea", text="without an account")
    assert ideas(session) == [["without an account"]]
    assert client.get(f"{path}/people?key={key}").status_code == 303  # to the door: for the host alone
    browser.forge(f"{path}/people", {"do": "links"})
    assert client.get(f"{path}?key={key}").status_code == 404


def test_a_co_host_starts_and_notes_and_the_draft_is_the_hosts(path, meetup, bea, sol, signed_in):
    with unit_of_work():
        meetup.co_host = sol
    theirs = signed_in(sol)
    session = started(theirs, path)
    press(theirs, path, "cup", "draw")
    assert session.recap.author == bea
    assert f"/recaps/{session.recap.code}/edit" not in theirs.get(path).text
    assert theirs.get(f"{path}/people").status_code == 200


def test_a_scribe_named_by_the_host_notes_under_their_own_account(browser, path, sol, signed_in):
    session = started(browser, path)
    theirs = signed_in(sol)
    assert theirs.get(path).status_code == 404
    browser.submit(f"{path}/people", {"person": str(sol.id), "do": "name"})
    press(theirs, path, "cup", "draw")
    assert len(prompts(session)) == 1
    assert theirs.get(f"/recaps/{session.recap.code}/edit").status_code == 404  # the draft stays the host's
    dismiss = next(name for form in browser.forms(f"{path}/people") for name in [
        each.get("value") for each in form.controls] if (name or "").startswith("dismiss:"))
    browser.forge(f"{path}/people", {"do": dismiss})
    assert theirs.get(path).status_code == 404


def test_a_meetup_that_has_been_written_up_is_not_noted_again(browser, path, meetup, bea):
    browser.submit(f"/recaps/new?meetup={meetup.code}", {"notes": "* a stick\n- an idea"})
    recap = db.session.query(Session).count()
    assert recap == 0
    code = browser.get(f"/recaps/new?meetup={meetup.code}").location.split("/")[-2]
    browser.submit(f"/recaps/{code}/edit", {"do": "publish"}, form="put-up")
    assert browser.forge(f"{path}/start").status_code == 409


@pytest.mark.parametrize("sent", [
    {"do": "draw"}, {"do": "draw", "id": "x" * 10_000}, {},
    {"do": "nonsense", "id": "00000000-0000-0000-0000-000000000000"},
    {"do": "idea", "id": "00000000-0000-0000-0000-000000000000", "text": "\x00\x07"},
    {"do": "idea", "id": "00000000-0000-0000-0000-000000000000", "text": "x" * 10_000},
    {"do": "outcome:eaten", "id": "00000000-0000-0000-0000-000000000000"}, {"do": "undo:" + "9" * 5000},
])
def test_nonsense_gets_a_sentence(browser, path, sent):
    started(browser, path)
    answer = browser.forge(path, sent)
    assert answer.status_code == 400
    assert db.session.query(Deed).count() == 0


def test_an_idea_sent_to_a_stick_that_never_was_is_kept(browser, path):
    session = started(browser, path)
    browser.forge(path, {"do": "idea", "id": "00000000-0000-0000-0000-00000000000a", "target": "entry-999999999",
                         "text": "kept\x07 <b>all</b> the same \u202e"})
    assert ideas(session) == [["kept <b>all</b> the same"]]
    assert "&lt;b&gt;" in browser.get(path).text


def test_every_stick_drawn_is_said_in_words(browser, path):
    session = started(browser, path)
    with unit_of_work():
        actions.take(session, [DeedWish(new_id(), DeedKind.DRAW, stick=f"c{n:02}") for n in range(1, 61)])
    answer = browser.forge(path, {"do": "draw", "id": new_id()})
    assert answer.status_code == 409
    assert "Every stick has been drawn" in answer.text
