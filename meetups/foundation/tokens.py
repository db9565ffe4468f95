"""Secrets in links: one-use tokens kept as digests, and keyed tokens that need no row.

A keyed token can be made again from the row it belongs to, so letters sent months apart carry the same link
and the database holds nothing that opens a door. Raising the row's version revokes it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from flask import current_app

LETTERS = "23456789abcdefghjkmnpqrstvwxyz"


def new_code(length: int = 7) -> str:
    """A short name for addresses, without look-alike letters: 30**7, about 22 thousand million."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def new_token() -> str:
    """A fresh secret of 256 bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def first_version() -> int:
    """Where a row's version begins: anywhere, so that no link fits another row that ever bears the same number."""
    return secrets.randbelow(2**30)


def digest(token: str) -> str:
    """What is stored of a token: SHA-256, hex."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def keyed(purpose: str, number: int, version: int = 0) -> str:
    """`<number>-<mac>`: a link token for row `number`, valid while its version stays (HMAC-SHA-256, 160 bits)."""
    return f"{number}-{_mac(purpose, number, version)}"


def keyed_in_mail(purpose: str, number: int, version: int = 0) -> str:
    """As `keyed`, for the local part of an address: some mail servers write those in small letters."""
    raw = base64.urlsafe_b64decode(_mac(f"mail:{purpose}", number, version) + "=")
    return f"{number}-{base64.b32encode(raw).decode().lower()}"


def opens_in_mail(token: str, purpose: str, number: int, version: int = 0) -> bool:
    """As `opens`, for a token of `keyed_in_mail`."""
    real = keyed_in_mail(purpose, number, version)
    return hmac.compare_digest(token.lower().encode("utf-8", "replace"), real.encode())


def number_in(token: str) -> int | None:
    """The row number a keyed token claims to be for; proves nothing yet."""
    head = token.partition("-")[0]
    return int(head) if head.isascii() and head.isdigit() and len(head) < 10 else None


def opens(token: str, purpose: str, number: int, version: int = 0) -> bool:
    """Whether the token really is for this row and version; compared in constant time."""
    return hmac.compare_digest(token.encode("utf-8", "replace"), keyed(purpose, number, version).encode())


def sealed(purpose: str, text: str) -> str:
    """`<text>-<mac>`: text of small letters and digits that only we can have written (HMAC-SHA-256, 80 bits).

    The seal is small letters and digits too, because mail servers may change the case of what stands before the @.
    """
    return f"{text}-{_seal(purpose, text)}"


def unsealed(token: str, purpose: str) -> str | None:
    """The text of a sealed token, or None for one that we did not write; compared in constant time."""
    token = token.lower()
    text = token.rpartition("-")[0]
    ours = hmac.compare_digest(token.encode("utf-8", "replace"), sealed(purpose, text).encode("utf-8", "replace"))
    return text if text and ours else None


def keyed_digest(purpose: str, text: str) -> str:
    """A mark by which text is known again, and that tells nothing of it without our key (HMAC-SHA-256, hex)."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.digest(key, f"mark:{purpose}:{text}".encode("utf-8", "replace"), "sha256").hex()


def _seal(purpose: str, text: str) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    raw = hmac.digest(key, f"sealed:{purpose}:{text}".encode("utf-8", "replace"), "sha256")[:10]
    return base64.b32encode(raw).decode().lower()


def _mac(purpose: str, number: int, version: int) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    raw = hmac.digest(key, f"{purpose}:{number}:{version}".encode(), "sha256")[:20]
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
