"""A claimed letter as the message that goes over the wire."""

from __future__ import annotations

import hashlib
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy, Policy
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from email_validator import validate_email

from meetups.foundation import clock
from meetups.foundation.mail.letters import one_line
from meetups.foundation.mail.outbox import OutboxLetter
from meetups.settings import Settings


class _InOneLine(UnstructuredHeader, BaseHeader):
    """A header that holds an address of the web: folding it would encode it, and then no client can press it."""

    def fold(self, *, policy: Policy[Any]) -> str:
        return f"{self.name}: {self}{policy.linesep}"


def _policy() -> EmailPolicy[EmailMessage]:
    headers = HeaderRegistry()
    headers.map_to_type("list-unsubscribe", _InOneLine)
    return SMTP.clone(header_factory=headers)


POLICY = _policy()


def message_for(letter: OutboxLetter, settings: Settings) -> EmailMessage:
    """Plain text, HTML and, where there is one, the calendar: as a part that clients act on, and as a file.

    The Message-ID follows from the letter's key, so a letter sent again after a crash is the same message.
    Raises ValueError for an address that no message can carry.
    """
    message = EmailMessage(policy=POLICY)
    message["From"] = Address(one_line(settings.site_name), addr_spec=settings.sender)
    message["To"] = Address(addr_spec=wire_address(letter.to_address))
    message["Subject"] = one_line(letter.subject)
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = message_id(letter.key, host_of(settings))
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    for name, value in letter.headers.items():
        message[name] = one_line(value)
    message.set_content(letter.plain)
    message.add_alternative(letter.html, subtype="html")
    if letter.calendar is not None:
        _add_calendar(message, letter.calendar, letter.calendar_method)
    return message


def message_id(key: str, host: str) -> str:
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{host}>"


def host_of(settings: Settings) -> str:
    return urlsplit(settings.site_url).hostname or "localhost"


def wire_address(address: str) -> str:
    """The address as mail servers take it: a domain in other letters becomes its xn-- form."""
    local, _, domain = address.rpartition("@")
    if not local or not domain or any(c.isspace() for c in address):
        raise ValueError("this is not one e-mail address")
    if domain.isascii():
        return address
    return f"{local}@{validate_email(address, check_deliverability=False, globally_deliverable=False).ascii_domain}"


def _add_calendar(message: EmailMessage, calendar: bytes, method: str) -> None:
    # As bytes, in base64: every line ending and every fold arrives as it was written.
    message.add_alternative(
        calendar, maintype="text", subtype="calendar", params={"charset": "utf-8", "method": method}
    )
    message.add_attachment(
        calendar, maintype="application", subtype="ics", filename="cancel.ics" if method == "CANCEL" else "meetup.ics"
    )
