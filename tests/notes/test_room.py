"""People in the room, with the code of the day and no account; the screen; who stays outside."""

from __future__ import annotations

from datetime import timedelta

import pytest

from meetups.foundation.database import db, unit_of_work
from meetups.notes import actions
from meetups.notes.models import Deed
from meetups.notes.notation import DeedWish, new_id
from meetups.notes.terms import DeedKind
from meetups.notes.views.finding import ROOM, link_key
from meetups.recaps.actions import remove_entry
from meetups.recaps.models import Consent
from meetups.recaps.terms import Outcome
from tests.notes.conftest import ideas


@pytest.fixture
def out(session):
    """Two sticks are out, the first with an idea."""
    first = new_id()
    with unit_of_work():
        actions.take(session, [
            DeedWish(first, DeedKind.DRAW, stick="c01"), DeedWish(new_id(), DeedKind.IDEA, target=first, text="a lap"),
            DeedWish(new_id(), DeedKind.DRAW, stick="c02"),
        ])  # fmt: skip
    return session.recap.entries


@pytest.fixture
def inside(meetup, client, out):
    """The address of the page for ideas, reached with the code of the day."""
    return client.submit(f"/meetups/{meetup.code}/ideas", {"code": f" {meetup.check_in_code.upper()} "}).location


def test_an_idea_from_the_room_is_the_groups(client, out, inside, session):
    answer = client.submit(inside, {"text": "Ring a bell\nand wait"})
    assert answer.status_code == 303
    assert ideas(session) == [["a lap"], ["Ring a bell\nand wait"]]
    assert out[1].responses[0].credit.shown == ""
    assert db.session.query(Deed).filter(Deed.from_room).count() == 1


def test_it_can_go_to_an_earlier_stick_and_a_second_press_changes_nothing(client, out, inside, session):
    first = db.session.query(Deed).order_by(Deed.id).first().client_id
    form = next(each for each in client.forms(inside) if "text" in each.names)
    values = form.filled({"text": "sing it slower", "about": first})
    assert [client.post(form.action, data=values).status_code for _ in range(2)] == [303, 303]
    assert ideas(session) == [["a lap", "sing it slower"], []]


def test_a_name_waits_for_a_yes(client, out, inside, session, outbox):
    client.submit(inside, {"text": "a kazoo", "called": "Mei", "address": "mei@example.org"})
    idea = session.recap.entries[1].responses[0]
    assert (idea.credit.name, idea.credit.consent, idea.credit.shown) == ("Mei", Consent.PENDING, "")
    assert outbox.to("mei@example.org")
    client.submit(inside, {"text": "a drum", "called": "Jo"})
    assert session.recap.entries[1].responses[1].credit.consent is Consent.PENDING
    screen = client.get(inside.replace("/ideas", "/screen")).text
    assert "a kazoo" in screen
    assert "Mei" not in screen


def test_nobody_is_asked_about_the_name_beside_the_idea_of_another(client, out, inside, session, outbox):
    client.submit(inside, {"text": "a kazoo", "called": "Mei", "address": "mei@example.org"})
    idea = session.recap.entries[1].responses[0]
    version, shown = idea.ask_version, db.session.query(Deed).filter(Deed.from_room).one().client_id  # screens have it
    values = {"text": "mine", "called": "Mallory", "address": "mallory@example.org", "press": shown}
    assert client.forge(inside, values).status_code == 303
    assert not outbox.to("mallory@example.org")
    assert (idea.credit.name, idea.asked_address, idea.ask_version) == ("Mei", "mei@example.org", version)


def test_a_link_for_a_name_and_an_address_without_one_are_refused(client, out, inside):
    assert client.submit(inside, {"text": "x", "called": "http://spam.example"}).status_code == 400
    assert client.submit(inside, {"text": "x", "address": "mei@example.org"}).status_code == 400
    assert db.session.query(Deed).filter(Deed.from_room).count() == 0


def test_wrong_codes_are_counted_and_then_none_is_right(client, meetup, out):
    path = f"/meetups/{meetup.code}/screen"
    with unit_of_work():
        meetup.check_in_misses = 99
    assert "not today" in client.submit(path, {"code": "wrong words"}).text
    answer = client.submit(path, {"code": meetup.check_in_code})
    assert answer.status_code == 400
    assert "too often" in answer.text
    assert meetup.check_in_misses == 100


def test_nobody_looks_in_without_code_or_link(client, meetup, out, session):
    for ending in ("screen", "ideas", f"screen?key={session.id}-abc", "screen?key=", "ideas?key=\x00"):
        page = client.get(f"/meetups/{meetup.code}/{ending}")
        assert page.status_code == 200
        assert "Code of the day" in page.text
        assert "a lap" not in page.text
        assert 'content="noindex"' in page.text
    assert client.get(f"/screen/{session.id}-abc/events").status_code == 204


def test_the_room_closes(client, inside, out, meetup, frozen, session):
    frozen.move_to(meetup.ends_at + timedelta(minutes=61))
    assert "The room has closed" in client.get(inside).text
    assert client.forge(inside, {"text": "too late", "press": new_id()}).status_code == 400
    frozen.move_to(meetup.ends_at + timedelta(days=1))
    assert "Code of the day" in client.get(inside.replace("/ideas", "/screen")).text
    assert client.get(f"/screen/{link_key(ROOM, session)}/events").status_code == 204


def test_before_the_notes_are_started_the_code_says_so(client, meetup):
    answer = client.submit(f"/meetups/{meetup.code}/screen", {"code": meetup.check_in_code})
    assert "Nobody has started the notes yet" in answer.text


def test_too_much_at_once_from_the_room_is_slowed(client, inside, out, session):
    with unit_of_work():
        for number in range(60):
            actions.add_idea(session, DeedWish(new_id(), DeedKind.IDEA, target=f"entry-{out[1].id}", text=f"{number}"))
    answer = client.submit(inside, {"text": "one more"})
    assert answer.status_code == 400
    assert "A lot came at once" in answer.text
    assert len(ideas(session)[1]) == 60


def test_the_screen_shows_what_is_out_and_what_was_said(client, inside, out, session):
    page = client.get(inside.replace("/ideas", "/screen"))
    tree = client.tree(page)
    assert tree.find(".//h1").text == out[1].prompt
    assert out[0].prompt in page.text
    assert "a lap" in page.text
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page.text
    assert page.headers["Cache-Control"] == "private, no-store"


def test_events_are_short_answers_with_the_newest_board(client, out, session):
    path = f"/screen/{link_key(ROOM, session)}/events"
    first = client.get(path)
    assert first.mimetype == "text/event-stream"
    lines = dict(line.split(": ", 1) for line in first.text.strip().split("\n"))
    assert lines["retry"] == "600"
    assert '"a lap"' in lines["data"]
    again = client.get(path, headers={"Last-Event-ID": lines["id"]})
    assert again.text == "retry: 600\n\n"
    with unit_of_work():
        actions.take(session, [DeedWish(new_id(), DeedKind.DRAW, stick="c03")])
    newer = client.get(path, headers={"Last-Event-ID": lines["id"]})
    assert session.recap.entries[2].prompt in newer.text
    assert "Set-Cookie" not in newer.headers


def test_what_the_host_takes_out_or_a_moderator_hides_leaves_the_screen(client, out, session):
    path = f"/screen/{link_key(ROOM, session)}/events"
    assert "a lap" in client.get(path).text
    with unit_of_work():
        remove_entry(session.recap, out[0].id)
    assert "a lap" not in client.get(path).text
    with unit_of_work():
        session.recap.hidden_at = session.started_at
    assert client.get(path).status_code == 204


def test_a_skipped_stick_is_not_on_the_screen_and_the_one_before_is_out_again(client, out, session, inside):
    second = db.session.query(Deed).order_by(Deed.id.desc()).first().client_id
    with unit_of_work():
        actions.take(session, [DeedWish(new_id(), DeedKind.OUTCOME, target=second, outcome=Outcome.SKIPPED)])
    page = client.get(inside.replace("/ideas", "/screen"))
    assert client.tree(page).find(".//h1").text == out[0].prompt
    assert out[1].prompt not in page.text


def test_new_links_close_the_old_ones(client, inside, out, session):
    events = f"/screen/{link_key(ROOM, session)}/events"
    with unit_of_work():
        actions.change_links(session)
    assert "Code of the day" in client.get(inside).text
    assert client.get(events).status_code == 204
