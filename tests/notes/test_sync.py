"""What phones send and get: idempotent, readable after any accident, and never a 500."""

from __future__ import annotations

import pytest

from meetups.foundation.database import db
from meetups.notes.models import Deed
from meetups.notes.notation import new_id
from tests.notes.conftest import ideas


@pytest.fixture
def phone_of(session, signed_in):
    """`phone_of(person)`: sends deeds as notes.js does, with the key the first answer brought."""

    def phone(person):
        browser = signed_in(person)
        path = f"/meetups/{session.meetup.code}/notes/sync.json"
        said = browser.get(path).json

        def send(*deeds, mark=""):
            return browser.post(path, json={"deeds": list(deeds), "mark": mark}, headers={"X-CSRFToken": said["csrf"]})

        send.said = said
        return send

    return phone


def deed(kind, place="", **more):
    return {"id": new_id(), "kind": kind, "place": place, **more}


def test_a_phone_gets_the_cup_the_key_and_the_board(phone_of, bea):
    said = phone_of(bea).said
    assert len(said["sticks"]) == 60
    assert said["board"] == {"mark": said["board"]["mark"], "now": "", "entries": []}
    assert sorted(said["sticks"][0]) == ["code", "label", "text", "warm_up"]


def test_what_is_sent_is_done_once_and_the_board_comes_only_when_it_is_new(phone_of, bea, session):
    send = phone_of(bea)
    stick = deed("draw", stick="c01")
    idea = deed("idea", target=stick["id"], text="a lap")
    first = send(stick, idea).json
    assert first["done"] == [stick["id"], idea["id"]]
    second = send(stick, idea, mark=first["board"]["mark"]).json
    assert second["done"] == first["done"]
    assert "board" not in second
    assert ideas(session) == [["a lap"]]


@pytest.mark.parametrize("sent", [
    None, [], "x", 7, {"deeds": 7}, {"deeds": [None, 3, [], {}]}, {"deeds": [{"id": 5, "kind": {}}]},
    {"deeds": [{"id": "0" * 36, "kind": "idea", "text": "x"}]}, {"mark": {"a": 1}},
])
def test_nonsense_is_answered_and_changes_nothing(phone_of, bea, session, sent, signed_in):
    send = phone_of(bea)
    browser = signed_in(bea)
    path = f"/meetups/{session.meetup.code}/notes/sync.json"
    key = browser.get(path).json["csrf"]
    answer = browser.post(path, json=sent, headers={"X-CSRFToken": key})
    assert answer.status_code == 200
    assert answer.json["done"] == []
    assert db.session.query(Deed).count() == 0
    assert send().status_code == 200


def test_what_cannot_be_taken_is_named_with_a_reason(phone_of, bea):
    send = phone_of(bea)
    unknown, empty, long = deed("dance"), deed("idea", text=" \x07 "), deed("idea", text="x" * 4001)
    gone = deed("draw", stick="zzzz")
    answer = send(unknown, empty, long, gone).json
    assert answer["done"] == []
    assert [each["id"] for each in answer["refused"]] == [each["id"] for each in (unknown, empty, long, gone)]
    assert all(each["why"] for each in answer["refused"])


def test_no_key_no_deed_and_strangers_get_nothing(phone_of, bea, session, client, signed_in):
    phone_of(bea)
    path = f"/meetups/{session.meetup.code}/notes/sync.json"
    assert client.get(path).status_code == 404
    assert signed_in(bea).post(path, json={"deeds": [deed("ask", text="Why?")]}).status_code == 400
    assert db.session.query(Deed).count() == 0


def test_the_page_kept_for_no_signal_says_nothing_of_anybody(client, signed_in, bea):
    strangers, hosts = client.get("/notes/offline"), signed_in(bea).get("/notes/offline")
    assert strangers.data == hosts.data
    assert "Set-Cookie" not in hosts.headers
    assert "csrf" not in hosts.text
