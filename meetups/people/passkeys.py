"""The passkey protocol (WebAuthn Level 2): the challenges we set, and whether an answer is true.

Nothing is read from or written to the database here. This module is imported when the first passkey is used: the
library costs 13 MB, and most visitors never need it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import base64url_to_bytes, structs
from webauthn.helpers.exceptions import WebAuthnException

from meetups.people.actions import PasskeyRefused

WAITS_MS = 300_000
# What the library raises for answers that are false or not answers at all.
WRONG = (WebAuthnException, ValueError, TypeError, KeyError, AttributeError)


@dataclass(frozen=True)
class Site:
    """Who we are to a device: `origin` is what stands in the address bar."""

    origin: str
    name: str

    @property
    def rp_id(self) -> str:
        return urlsplit(self.origin).hostname or "localhost"


@dataclass(frozen=True)
class Enrolled:
    """A credential that a device has made for us."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


def enroll_options(site: Site, challenge: bytes, handle: bytes, account: str, name: str, known: list[bytes]) -> str:
    """What the browser hands to the device to make a passkey, as JSON. `known` ones are not made twice."""
    choice = structs.AuthenticatorSelectionCriteria(
        resident_key=structs.ResidentKeyRequirement.REQUIRED,
        user_verification=structs.UserVerificationRequirement.PREFERRED,
    )
    options = webauthn.generate_registration_options(
        rp_id=site.rp_id, rp_name=site.name, user_id=handle, user_name=account, user_display_name=name,
        challenge=challenge, timeout=WAITS_MS, authenticator_selection=choice,
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=each) for each in known],
    )
    return str(webauthn.options_to_json(options))


def enrolled(site: Site, challenge: bytes, answer: Any) -> Enrolled:
    """The credential in a device's answer to `enroll_options`. Raises PasskeyRefused when it does not hold."""
    try:
        made = webauthn.verify_registration_response(
            credential=_whole(answer), expected_challenge=challenge, expected_rp_id=site.rp_id,
            expected_origin=site.origin,
        )
    except WRONG as wrong:
        raise PasskeyRefused("The device’s answer could not be checked. No passkey was added; try again.") from wrong
    return Enrolled(made.credential_id, made.credential_public_key, made.sign_count)


def sign_in_options(site: Site, challenge: bytes) -> str:
    """What the browser hands to the device to sign in, as JSON; the device knows by itself which passkeys fit."""
    options = webauthn.generate_authentication_options(
        rp_id=site.rp_id, challenge=challenge, timeout=WAITS_MS
    )
    return str(webauthn.options_to_json(options))


def credential_in(answer: Any) -> bytes:
    """The id of the credential that an answer claims to come from; proves nothing yet."""
    try:
        return bytes(base64url_to_bytes(_whole(answer)["id"]))
    except WRONG as wrong:
        raise PasskeyRefused("The device’s answer did not arrive whole. Try again, or use a link by mail.") from wrong


def signed(site: Site, challenge: bytes, answer: Any, public_key: bytes, sign_count: int) -> int:
    """The new counter of a device whose answer holds; it must be above the last one unless both are 0."""
    try:
        proved = webauthn.verify_authentication_response(
            credential=_whole(answer), expected_challenge=challenge, expected_rp_id=site.rp_id,
            expected_origin=site.origin, credential_public_key=public_key, credential_current_sign_count=sign_count,
        )
    except WRONG as wrong:
        raise PasskeyRefused("That passkey did not open the door. Try again, or use a link by mail.") from wrong
    return int(proved.new_sign_count)


def _whole(answer: Any) -> dict[str, Any]:
    if not isinstance(answer, dict):
        raise TypeError("an answer is an object")
    return answer

