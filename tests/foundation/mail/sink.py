"""A real mail server on this machine, which writes down what it takes and refuses what it is told to."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword


@dataclass
class Sink:
    """`replies` answers RCPT by address, `data_replies` answers DATA, `hang_up_on` closes the connection."""

    replies: dict[str, str] = field(default_factory=dict)
    data_replies: dict[str, str] = field(default_factory=dict)
    sender_reply: str = ""
    hang_up_on: set[str] = field(default_factory=set)
    seconds: float = 0.0
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    connections: int = 0
    names: list[bytes] = field(default_factory=list)
    port: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, name: str, replies: list[str]) -> list[str]:
        session.host_name = name
        self.connections += 1
        return replies

    async def handle_MAIL(self, server: Any, session: Any, envelope: Envelope, sender: str, options: Any) -> str:
        if self.sender_reply:
            return self.sender_reply
        envelope.mail_from = sender
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Envelope, address: str, options: Any) -> str:
        if address in self.hang_up_on:
            server.transport.abort()
        if address in self.replies:
            return self.replies[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        (address,) = envelope.rcpt_tos
        if address in self.data_replies:
            return self.data_replies[address]
        time.sleep(self.seconds)
        self.senders.append(str(envelope.mail_from))
        self.taken.append((address, envelope.original_content))  # type: ignore[arg-type]
        return "250 OK"

    def sign_in(self, server: Any, session: Any, envelope: Any, mechanism: str, given: LoginPassword) -> AuthResult:
        self.names.append(given.login)
        return AuthResult(success=given.password == b"open sesame", handled=False)

    def addresses(self) -> list[str]:
        return [address for address, _ in self.taken]

    def message(self, number: int = 0) -> EmailMessage:
        message = message_from_bytes(self.taken[number][1], policy=policy.SMTP)
        assert isinstance(message, EmailMessage)
        return message


def free_port() -> int:
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as taken:
        return int(taken.getsockname()[1])


@contextlib.contextmanager
def running(sink: Sink, **options: Any) -> Iterator[Sink]:
    """Serve the sink on a free port of 127.0.0.1."""
    sink.port = free_port()
    server = Controller(sink, hostname="127.0.0.1", port=sink.port, **options)
    server.start()
    try:
        yield sink
    finally:
        server.stop()


def server_context(certificate: str, key: str) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context
