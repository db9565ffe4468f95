"""What the four passkey addresses say to answers that are not right. The right ones: tests/browser/test_passkeys.py."""

from __future__ import annotations

import pytest

from tests import cast

ADDRESSES = ["/passkeys/enroll/options", "/passkeys/enroll", "/passkeys/sign-in/options", "/passkeys/sign-in"]


@pytest.fixture
def send(signed_in):
    browser = signed_in(cast.ana())
    token = browser.token("/me")

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


def test_a_challenge_serves_once_and_for_its_purpose(send, frozen):
    said = "That took too long, or was sent twice. Nothing was changed; start again."
    nonsense = {"credential": {"id": "AAAA"}}
    assert send("/passkeys/sign-in", nonsense).json["detail"] == said
    send("/passkeys/sign-in/options", {})
    assert send("/passkeys/enroll", nonsense).json["detail"] == said
    send("/passkeys/sign-in/options", {})
    assert send("/passkeys/sign-in", nonsense).json["detail"] != said
    assert send("/passkeys/sign-in", nonsense).json["detail"] == said


def test_options_ask_for_what_a_device_needs(send):
    made = send("/passkeys/enroll/options", {}).json
    assert made["rp"] == {"id": "localhost", "name": "Guerrilla Storytime"}
    assert made["user"]["name"] == "ana@example.org"
    assert made["authenticatorSelection"]["residentKey"] == "required"
    assert made["authenticatorSelection"]["userVerification"] == "preferred"
    assert "authenticatorAttachment" not in made["authenticatorSelection"]
    first, second = (send("/passkeys/sign-in/options", {}).json["challenge"] for _ in range(2))
    assert first != second
