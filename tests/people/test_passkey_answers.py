"""What the four passkey addresses say to answers that are not right. The right ones: tests/browser/test_passkeys.py."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from meetups.foundation.database import db, unit_of_work
from meetups.people.actions import throw_away_old_links
from meetups.people.models import PasskeyChallenge
from tests import cast

ADDRESSES = ["/passkeys/enroll/options", "/passkeys/enroll", "/passkeys/sign-in/options", "/passkeys/sign-in"]
TOO_LATE = "That took too long, or was sent twice. Nothing was changed; start again."


def challenges():
    return db.session.scalar(sa.select(sa.func.count()).select_from(PasskeyChallenge))


@pytest.fixture
def send(signed_in):
    browser = signed_in(cast.ana())
    token = browser.token()

    def sent(path, body):
        return browser.post(path, json=body, headers={"X-CSRFToken": token})

    return sent


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_key_no_deed(client, address):
    answer = client.post(address, json={})
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


def test_a_visitor_cannot_add_one(client):
    answer = client.post("/passkeys/enroll/options", json={}, headers={"X-CSRFToken": client.token()})
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert answer.json["detail"] == "Nothing was changed. Sign in on the page, then try again."


@pytest.mark.parametrize("path", ["/passkeys/enroll", "/passkeys/sign-in"])
@pytest.mark.parametrize("body", [
    [], "x", None, {}, {"credential": None}, {"credential": []}, {"credential": {"id": 7}},
    {"credential": {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}}},
    {"credential": {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {
        "clientDataJSON": "e30", "attestationObject": "AAAA", "authenticatorData": "AAAA", "signature": "AAAA"}}},
])
def test_nonsense_gets_a_sentence(send, path, body):
    send(path + "/options", {})
    answer = send(path, body)
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert answer.json["detail"]


def test_a_challenge_serves_once_and_for_its_purpose(send):
    nonsense = {"credential": {"id": "AAAA"}}
    assert send("/passkeys/sign-in", nonsense).json["detail"] == TOO_LATE
    send("/passkeys/sign-in/options", {})
    assert send("/passkeys/enroll", nonsense).json["detail"] == TOO_LATE
    send("/passkeys/sign-in/options", {})
    assert send("/passkeys/sign-in", nonsense).json["detail"] != TOO_LATE
    assert send("/passkeys/sign-in", nonsense).json["detail"] == TOO_LATE


@pytest.mark.parametrize("path", ["/passkeys/enroll", "/passkeys/sign-in"])
def test_an_old_cookie_sent_again_finds_its_challenge_used(signed_in, path):
    browser = signed_in(cast.ana())
    headers = {"X-CSRFToken": browser.token()}
    nonsense = {"credential": {"id": "AAAA"}}
    browser.post(f"{path}/options", json={}, headers=headers)
    old = browser.get_cookie("gs_session").value
    assert browser.post(path, json=nonsense, headers=headers).json["detail"] != TOO_LATE
    browser.set_cookie("gs_session", old)
    assert browser.post(path, json=nonsense, headers=headers).json["detail"] == TOO_LATE
    assert challenges() == 0


def test_a_challenge_lives_five_minutes_and_no_longer_in_the_table(send, frozen):
    nonsense = {"credential": {"id": "AAAA"}}
    for seconds, waits in ((300, False), (299, True)):
        send("/passkeys/sign-in/options", {})
        frozen.pass_time(timedelta(seconds=seconds))
        assert (send("/passkeys/sign-in", nonsense).json["detail"] != TOO_LATE) is waits
    with unit_of_work():
        throw_away_old_links()
    assert challenges() == 0


def test_options_ask_for_what_a_device_needs(send):
    made = send("/passkeys/enroll/options", {}).json
    assert made["rp"] == {"id": "localhost", "name": "Guerrilla Storytime"}
    assert made["user"]["name"] == "ana@example.org"
    assert made["authenticatorSelection"]["residentKey"] == "required"
    assert made["authenticatorSelection"]["userVerification"] == "preferred"
    assert "authenticatorAttachment" not in made["authenticatorSelection"]
    first, second = (send("/passkeys/sign-in/options", {}).json["challenge"] for _ in range(2))
    assert first != second
