"""The four addresses that static/js/passkeys.js talks to: JSON in, JSON out."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

from flask import Response, current_app, jsonify, request, session, url_for

from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.markup import clean_line
from meetups.foundation.pages import own_path, say
from meetups.foundation.tokens import keyed
from meetups.people import actions, queries
from meetups.people.actions import PasskeyRefused
from meetups.people.signing_in import let_in
from meetups.people.views.blueprint import people

KEPT = "passkey"


def _protocol() -> Any:
    from meetups.people import passkeys  # noqa: PLC0415 slow import

    return passkeys


@people.post("/passkeys/enroll/options")
@doors.member
def enroll_options() -> Any:
    person = person_here()
    known = [each.credential_id for each in queries.passkeys_of(person)]
    handle = keyed("passkey", person.id).encode()
    return _options(_protocol().enroll_options(
        _site(), _set_challenge("enroll"), handle, person.address, person.name, known
    ))


@people.post("/passkeys/enroll")
@doors.member
def enroll() -> Any:
    person, typed = person_here(), _typed()
    made = _protocol().enrolled(_site(), _take_challenge("enroll"), typed.get("credential"))
    name = clean_line(str(typed.get("name") or ""))[:80]
    with unit_of_work():
        actions.add_passkey(person, made.credential_id, made.public_key, made.sign_count, name)
    say("The passkey is added. Next time, one press signs you in.")
    return jsonify(next=url_for("people.me", _anchor="keys"))


@people.post("/passkeys/sign-in/options")
@doors.everyone
def sign_in_options() -> Any:
    return _options(_protocol().sign_in_options(_site(), _set_challenge("sign-in")))


@people.post("/passkeys/sign-in")
@doors.everyone
def sign_in_with_passkey() -> Any:
    typed = _typed()
    challenge, answer = _take_challenge("sign-in"), typed.get("credential")
    credential_id = _protocol().credential_in(answer)
    with unit_of_work():
        passkey = queries.passkey_with(credential_id)
        if passkey is None:
            raise PasskeyRefused("We do not know that passkey. It may have been removed here; use a link by mail.")
        count = _protocol().signed(_site(), challenge, answer, passkey.public_key, passkey.sign_count)
        person = actions.use_passkey(passkey, count)
    let_in(person)
    say(f"Hello, {person.name}. You are signed in.")
    return jsonify(next=own_path(str(typed.get("next") or ""), url_for("people.me")))


def _site() -> Any:
    settings = current_app.config["MEETUPS"]
    return _protocol().Site(settings.site_url, settings.site_name)


def _options(json: str) -> Response:
    return Response(json, mimetype="application/json", headers={"Cache-Control": "no-store"})


def _typed() -> dict[str, Any]:
    typed = request.get_json(silent=True)
    if not isinstance(typed, dict):
        raise PasskeyRefused("The device’s answer did not arrive whole. Nothing was changed; try again.")
    return typed


def _set_challenge(purpose: str) -> bytes:
    with unit_of_work():
        challenge = actions.set_challenge(purpose)
    session[KEPT] = b64encode(challenge).decode()
    return challenge


def _take_challenge(purpose: str) -> bytes:
    """The challenge that this browser was set, used up before the answer is looked at, whatever comes of it."""
    kept = session.pop(KEPT, "")
    challenge = b64decode(kept if isinstance(kept, str) else "")
    with unit_of_work():
        actions.take_challenge(purpose, challenge)
    return challenge
