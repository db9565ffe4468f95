"""An IMAP mailbox that is emptied: each message is taken, and only then marked as read, and moved if wished."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from meetups.foundation.mail.intake.reading import LARGEST
from meetups.foundation.mail.intake.taking import Outcome, set_aside, take

TIMEOUT = 30.0
MOST_AT_ONCE = 200


class NoMailbox(Exception):
    """The mailbox cannot be reached or opened; the words name no password."""


@dataclass(frozen=True)
class Mailbox:
    """Where to fetch mail. `folder` is emptied of what is unread; `taken` is where that goes, "" to leave it there."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    safely: bool = True
    folder: str = "INBOX"
    taken: str = ""

    @contextmanager
    def opened(self) -> Iterator[imaplib.IMAP4]:
        """One connection with the folder selected; raises NoMailbox, also for what breaks while it is in use."""
        try:
            server = self._connected()
            try:
                yield server
            finally:
                with suppress(OSError, imaplib.IMAP4.error):
                    server.logout()
        except (OSError, imaplib.IMAP4.error) as error:
            raise NoMailbox(f"{type(error).__name__} at {self.host}") from error

    def _connected(self) -> imaplib.IMAP4:
        if self.safely:
            context = ssl.create_default_context()
            server: imaplib.IMAP4 = imaplib.IMAP4_SSL(self.host, self.port, ssl_context=context, timeout=TIMEOUT)
        else:
            server = imaplib.IMAP4(self.host, self.port, timeout=TIMEOUT)
        try:
            if (self.user + self.password).isascii():
                server.login(self.user, self.password)
            else:  # LOGIN knows no other letters
                server.authenticate("PLAIN", lambda _: f"\0{self.user}\0{self.password}".encode())
            if self.taken:
                server.create(_quoted(self.taken))  # says NO where there is one already
            if server.select(_quoted(self.folder))[0] != "OK":
                raise imaplib.IMAP4.error("no such folder")
        except BaseException:
            server.shutdown()
            raise
        return server


def mailbox_at(url: str) -> Mailbox | None:
    """The mailbox of IMAP_URL; None where it is empty."""
    parts = urlsplit(url)
    if not parts.scheme:
        return None
    safely = parts.scheme == "imaps"
    return Mailbox(
        host=parts.hostname or "localhost", port=parts.port or (993 if safely else 143),
        user=unquote(parts.username or ""), password=unquote(parts.password or ""), safely=safely,
        folder=unquote(parts.path.strip("/")) or "INBOX", taken=parse_qs(parts.query).get("taken", [""])[0],
    )  # fmt: skip


def empty(mailbox: Mailbox, stopping: Callable[[], bool] = bool) -> Counter[Outcome]:
    """Take what is unread, oldest first, at most 200; returns how many of each outcome.

    A message is marked as read after it was taken: after a crash in between it is fetched again, and known by then.
    What is not for us is marked as read and left. Raises NoMailbox, or NotNow when the database is away.
    """
    outcomes: Counter[Outcome] = Counter()
    with mailbox.opened() as server:
        for number in _unread(server)[:MOST_AT_ONCE]:
            if stopping():
                break
            outcome = _take_one(server, number)
            if outcome is None:
                continue
            outcomes[outcome] += 1
            server.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen)")
            if mailbox.taken and outcome in (Outcome.TAKEN, Outcome.AGAIN):
                _move(server, number, mailbox.taken)
    return outcomes


def _unread(server: imaplib.IMAP4) -> list[str]:
    found = server.uid("SEARCH", "UNSEEN")[1][0] or b""
    return found.decode("ascii", "replace").split()


def _take_one(server: imaplib.IMAP4, number: str) -> Outcome | None:
    """Fetch without marking as read, and take; None when somebody else has removed it meanwhile."""
    sized = server.uid("FETCH", number, "(RFC822.SIZE)")[1][0]
    size = re.search(rb"RFC822\.SIZE (\d+)", sized if isinstance(sized, bytes) else b"")
    if size is None:
        return None
    if int(size[1]) > LARGEST:
        left = f"message {number} of {int(size[1])} bytes was left in the mailbox"
        set_aside(left.encode(), (), "larger than 1 MB")
        return Outcome.SET_ASIDE
    parts = server.uid("FETCH", number, "(BODY.PEEK[])")[1]
    raw = next((part[1] for part in parts if isinstance(part, tuple)), None)
    return take(raw) if raw is not None else None


def _move(server: imaplib.IMAP4, number: str, folder: str) -> None:
    if "MOVE" in server.capabilities:
        server.uid("MOVE", number, _quoted(folder))
    elif server.uid("COPY", number, _quoted(folder))[0] == "OK":
        server.uid("STORE", number, "+FLAGS.SILENT", r"(\Deleted)")
        server.expunge()


def _quoted(folder: str) -> str:
    return '"' + re.sub(r'[\x00-\x1f"\\]', "", folder) + '"'
