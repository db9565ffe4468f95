"""Letters that came back. A report is believed for the token in its address, or for the sealed Message-ID it quotes.

Anybody can mail us "this address is dead". So the letter is found by what only its receiving side has seen, sealed by
us: the return address it was sent from (BOUNCE_ADDRESS, "bounce+<token>@..."), or its Message-ID.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email.message import EmailMessage, Message

import sqlalchemy as sa

from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.mail.envelope import BOUNCE
from meetups.foundation.mail.facts import LetterBounced
from meetups.foundation.mail.outbox import letter_of
from meetups.foundation.mail.rows import EMPTY, OutboxLetter, State, opens_a_door

# Headers in which mail servers and mailboxes write whom the report was delivered to.
RECIPIENTS = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
TOKEN = re.compile(r"([a-z2-7]{26}-[a-z2-7]{16})(?=@)", re.IGNORECASE)
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


def take_bounce(message: EmailMessage, recipients: Iterable[str] = ()) -> bool:
    """Act on a delivery report (RFC 3464); False when the message is none of ours, and then nothing was done.

    `recipients` are the addresses of its envelope, where they are known. A report of a delay, or of success, is ours
    but changes nothing; of several lines about one letter a failure counts. Opens a unit of work of its own.
    """
    if not _is_report(message):
        return False
    addresses = [*recipients, *(str(value) for name in RECIPIENTS for value in message.get_all(name, []))]
    letter = next((found for found in map(letter_of_token, _tokens(addresses)) if found is not None), None)
    letter = letter or _letter_quoted(message)
    if letter is None:
        return False
    status = _failure(message)
    if status:
        mark_bounced(letter, status)
    return True


def letter_of_token(token: str) -> OutboxLetter | None:
    """The letter of a token from a return address or a Message-ID of ours."""
    return letter_of(token, BOUNCE)


def mark_bounced(letter: OutboxLetter, status: str) -> None:
    """The letter came back for good: kept among the dead ones, and announced, once. `status` is like 5.1.1."""
    with unit_of_work():
        bounced = sa.update(OutboxLetter).where(OutboxLetter.id == letter.id, OutboxLetter.bounced_at.is_(None))
        values = {"state": State.BOUNCED, "bounced_at": clock.now(), "last_error": f"came back: {status}"[:300]}
        values |= EMPTY if opens_a_door(letter.key) else {}
        sent = bounced.where(OutboxLetter.state == State.SENT).values(values).returning(OutboxLetter.id)
        if db.session.execute(sent.execution_options(synchronize_session=False)).first() is not None:
            came_back(letter)


def came_back(letter: OutboxLetter) -> None:
    """Announce that the address of a letter cannot be reached, in the current transaction."""
    announce(LetterBounced(letter.key, letter.to_address, letter.topic))


def tokens_in(text: str) -> list[str]:
    """Everything in the text that looks like one of our tokens before an @; proves nothing yet."""
    return [found.lower() for found in TOKEN.findall(text)]


def _tokens(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from tokens_in(text[:2000])


def _is_report(message: EmailMessage) -> bool:
    return message.get_content_type() == "multipart/report" or _part(message, "message/delivery-status") is not None


def _part(message: Message, kind: str) -> Message | None:
    return next((part for part in message.walk() if part.get_content_type() == kind), None)


def _letter_quoted(message: EmailMessage) -> OutboxLetter | None:
    """The letter whose sealed Message-ID stands in the copy, or in the headers, that the report brings back."""
    for kind in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
        part = _part(message, kind)
        found = letter_of_first(_tokens(_ids(part))) if part is not None else None
        if found is not None:
            return found
    return None


def letter_of_first(tokens: Iterable[str]) -> OutboxLetter | None:
    return next((found for found in map(letter_of_token, tokens) if found is not None), None)


def _ids(part: Message) -> list[str]:
    payload = part.get_payload()
    if isinstance(payload, list):
        return [str(inner.get("Message-ID", "")) for inner in payload if isinstance(inner, Message)]
    return [line for line in str(payload).splitlines() if line.lower().startswith(("message-id:", " ", "\t"))][:50]


def _failure(message: EmailMessage) -> str:
    """The status of the first recipient that failed, "5.0.0" where it is not said; empty when nobody failed."""
    report = _part(message, "message/delivery-status")
    if report is None:
        return ""
    payload = report.get_payload()
    for fields in payload if isinstance(payload, list) else ():
        if isinstance(fields, Message) and str(fields.get("Action", "")).strip().lower() == "failed":
            found = STATUS.search(str(fields.get("Status", "")))
            return found[1] if found else "5.0.0"
    return ""
