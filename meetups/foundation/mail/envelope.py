"""A claimed letter as the message that goes over the wire."""

from __future__ import annotations

import re
import smtplib
import socket
from collections.abc import Callable
from contextlib import suppress
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy, Policy
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from email_validator import validate_email

from meetups.foundation import clock
from meetups.foundation.mail.letters import one_line
from meetups.foundation.mail.rows import OutboxLetter
from meetups.foundation.tokens import sealed
from meetups.settings import Settings

BOUNCE = "bounce"  # what the tokens in return addresses and Message-IDs are sealed for
DOT_AT_START = re.compile(rb"(?m)^\.")


class _AsWritten(UnstructuredHeader, BaseHeader):
    """A header whose text is only text, even where it looks like an encoded word."""

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        super().parse(value, kwds)
        kwds["decoded"] = value


class _InOneLine(_AsWritten):
    """A header that holds an address of the web: folding it would encode it, and then no client can press it."""

    def fold(self, *, policy: Policy[Any]) -> str:
        return f"{self.name}: {self}{policy.linesep}"


class _Subject(_AsWritten):
    """The policy's own folding loses spaces between encoded words; the older Header class does not."""

    def fold(self, *, policy: Policy[Any]) -> str:
        text = str(self)
        foldable = text.isascii() and "=?" not in text and all(len(word) < 60 for word in text.split())
        charset = "us-ascii" if foldable else "utf-8"
        folded = Header(text, charset, header_name=self.name).encode(linesep=policy.linesep)
        return f"{self.name}: {folded}{policy.linesep}"


def _policy() -> EmailPolicy[EmailMessage]:
    headers = HeaderRegistry()
    headers.map_to_type("list-unsubscribe", _InOneLine)
    headers.map_to_type("subject", _Subject)
    return SMTP.clone(header_factory=headers)


POLICY = _policy()


def message_for(letter: OutboxLetter, settings: Settings) -> EmailMessage:
    """Plain text, HTML and, where there is one, the calendar: as a part that clients act on, and as a file.

    The Message-ID follows from the letter's key, so a letter sent again after a crash is the same message. It ends with
    a seal of ours, so that a report which quotes it comes from somebody who has had the letter.
    Raises ValueError for an address that no message can carry.
    """
    message = EmailMessage(policy=POLICY)
    message["From"] = sender_of(settings)
    message["To"] = recipient(letter.to_address)
    message["Subject"] = one_line(letter.subject)
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = message_id(letter, host_of(settings))
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    for name, value in letter.headers.items():
        message[name] = one_line(value)
    message.set_content(letter.plain)
    message.add_alternative(letter.html, subtype="html")
    if letter.calendar is not None:
        _add_calendar(message, letter.calendar, letter.calendar_method)
    return message


def sender_of(settings: Settings) -> Address:
    """Whom letters come from; raises ValueError when MAIL_FROM is no address."""
    try:
        return Address(one_line(settings.site_name), addr_spec=settings.sender)
    except (ValueError, LookupError, MessageError) as error:
        raise ValueError("MAIL_FROM is not one plain address") from error


def message_id(letter: OutboxLetter, host: str) -> str:
    return f"<{sealed(BOUNCE, letter.handle)}@{host}>"


def return_path(letter: OutboxLetter, settings: Settings) -> str:
    """Whom the mail server tells when a letter cannot be delivered: an address that names the letter, where
    BOUNCE_ADDRESS is set, otherwise the sender."""
    if not settings.bounce_address:
        return settings.sender
    local, _, domain = settings.bounce_address.rpartition("@")
    return f"{local}+{sealed(BOUNCE, letter.handle)}@{domain}"


def host_of(settings: Settings) -> str:
    return urlsplit(settings.site_url).hostname or "localhost"


def recipient(address: str) -> Address:
    """The address as mail servers take it: a domain in other letters becomes its xn-- form."""
    local, _, domain = address.rpartition("@")
    if not local or not domain or any(c.isspace() for c in address):
        raise ValueError("this is not one e-mail address")
    if not address.isascii():
        parts = validate_email(address, check_deliverability=False, globally_deliverable=False)
        domain = parts.ascii_domain
    return Address(addr_spec=f"{local}@{domain}") if local.isascii() else Address(username=local, domain=domain)


def hand_over(server: smtplib.SMTP, message: EmailMessage, sender: str, when_handed: Callable[[], None]) -> None:
    """Give the message to the mail server, unchanged, and wait for its answer; raises what smtplib raises.

    `when_handed` is called in between: every byte has left, and whether it is taken is not known yet (logbook.py).
    """
    to = message["To"].addresses[0].addr_spec
    if to.isascii():
        _converse(server, sender, to, message.as_bytes(), [], when_handed)
        return
    if not server.has_extn("smtputf8"):
        raise smtplib.SMTPNotSupportedError("SMTPUTF8")
    international = message.as_bytes(policy=POLICY.clone(utf8=True))
    _converse(server, sender, to, international, ["SMTPUTF8", "BODY=8BITMIME"], when_handed)


def _converse(
    server: smtplib.SMTP, sender: str, to: str, text: bytes, options: list[str], when_handed: Callable[[], None]
) -> None:
    """MAIL, RCPT, DATA, as `SMTP.sendmail` does, which lets nobody in between the last byte and the answer."""
    if server.has_extn("size"):
        options = [f"size={len(text)}", *options]
    _expect(server, server.mail(sender, options), 250, lambda code, said: smtplib.SMTPSenderRefused(code, said, sender))
    answer = server.rcpt(to)
    if answer[0] not in (250, 251):
        _expect(server, answer, 250, lambda code, said: smtplib.SMTPRecipientsRefused({to: (code, said)}))
    _expect(server, server.docmd("data"), 354, smtplib.SMTPDataError)
    dotted = DOT_AT_START.sub(b"..", text)
    _cork(server, True)
    server.send(dotted + (b"" if dotted.endswith(b"\r\n") else b"\r\n") + b".\r\n")
    when_handed()
    _cork(server, False)
    _expect(server, server.getreply(), 250, smtplib.SMTPDataError)


def _cork(server: smtplib.SMTP, corked: bool) -> None:
    """Corked, the operating system takes the letter and sends its end on only when uncorked, or when we die.

    Otherwise the mail server on the same machine may be woken, and answer, before we have written down anything.
    """
    if hasattr(socket, "TCP_CORK") and server.sock is not None:  # on Linux
        server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, int(corked))


def _expect(
    server: smtplib.SMTP, answer: tuple[int, bytes], code: int, error: Callable[[int, bytes], Exception]
) -> None:
    if answer[0] == code:
        return
    if answer[0] == 421:
        server.close()
    else:
        with suppress(smtplib.SMTPServerDisconnected):
            server.rset()
    raise error(*answer)


def _add_calendar(message: EmailMessage, calendar: bytes, method: str) -> None:
    # As bytes, in base64: every line ending and every fold arrives as it was written.
    message.add_alternative(
        calendar, maintype="text", subtype="calendar", params={"charset": "utf-8", "method": method}
    )
    message.add_attachment(
        calendar, maintype="application", subtype="ics", filename="cancel.ics" if method == "CANCEL" else "meetup.ics"
    )
