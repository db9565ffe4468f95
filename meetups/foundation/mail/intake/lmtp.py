"""A small mail server on this machine alone: the operator's own hands it what is for us (LMTP, RFC 2033, or SMTP)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope
from flask import Flask

from meetups.foundation.mail.intake.reading import LARGEST
from meetups.foundation.mail.intake.taking import NotNow, take
from meetups.settings import Settings

MOST_RECIPIENTS = 20
FROM_NOBODY = b"Return-Path: <>\r\n"  # how a mailbox would note an empty sender: a machine wrote it


class Counter:
    """What the mail server talks to: takes what is for us, and says so only when it is taken for good."""

    def __init__(self, app: Flask, *, one_word_each: bool) -> None:
        self.app = app
        self.one_word_each = one_word_each

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:
        if not is_ours(address, self.app.config["MEETUPS"]):
            return "550 5.1.1 Nobody here has that address"
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802
        raw = (FROM_NOBODY if envelope.mail_from in (None, "", "<>") else b"") + bytes(envelope.original_content or b"")
        work = partial(self.took, raw, list(map(str, envelope.rcpt_tos)))
        word = await asyncio.get_running_loop().run_in_executor(None, work)
        # LMTP answers once for every recipient.
        return "\r\n".join([word] * (len(envelope.rcpt_tos) if self.one_word_each else 1))

    def took(self, raw: bytes, recipients: list[str]) -> str:
        """Take the message and put into the protocol's words what became of it."""
        try:
            with self.app.app_context():
                outcome = take(raw, recipients)
        except NotNow:
            return "451 4.3.0 Not now, try again"
        return f"250 2.6.0 {outcome.value}"


def is_ours(address: str, settings: Settings) -> bool:
    """Whether mail to an address is for us: answers, and reports of letters that came back."""
    name, _, host = address.lower().rpartition("@")
    wanted = (settings.reply_address.lower(), settings.bounce_address.lower())
    return bool(host) and f"{name.partition('+')[0]}@{host}" in [each for each in wanted if each]


class _LmtpController(Controller):
    def factory(self) -> SMTP:
        return LMTP(self.handler, **self.SMTP_kwargs)


def counter_for(app: Flask) -> Controller | None:
    """The server of the settings, not started yet; None where MAIL_INTAKE is empty."""
    where = urlsplit(app.config["MEETUPS"].mail_intake)
    if not where.scheme:
        return None
    lmtp = where.scheme == "lmtp"
    kind: Callable[..., Controller] = _LmtpController if lmtp else Controller
    return kind(
        Counter(app, one_word_each=lmtp), hostname=where.hostname, port=where.port, ident="Meetups",
        data_size_limit=LARGEST, decode_data=False,
    )  # fmt: skip
