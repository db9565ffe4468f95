"""A message as it came over the wire -> what it says, however it is built; nothing in it takes long to read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from meetups.foundation.mail.intake.calendar_replies import CalendarReply, read_reply
from meetups.foundation.mail.intake.quotes import text_of_html, top_of

LARGEST = 1024 * 1024
LARGEST_PART = 256 * 1024
MOST_PARTS = 100
MOST_NESTED = 40
ADDRESSED = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-forwarded-to")
_ADDRESS = re.compile(r"[^\s<>,;:\"()]{1,120}@[A-Za-z0-9.-]{1,200}")
_CHARSET = re.compile(
    r"utf-?8|utf-16(le|be)?|us-ascii|ascii|(iso-8859|windows|cp)-?\d{1,4}|latin-?\d|gb(k|2312|18030)|big5|euc-\w\w"
    r"|iso-2022-\w\w|shift_jis|koi8-\w",
    re.IGNORECASE,
)
_AWAY = re.compile(r"(automatic reply|auto(matic)?[- ]?(reply|response)|out of (the )?office|abwesen)", re.IGNORECASE)


class Unreadable(Exception):
    """Too large or too deeply folded up to be looked at; says which."""


@dataclass(frozen=True)
class Incoming:
    """`identity` tells this message from every other. `text` is what stands above quotes and signature.

    `by_machine` says that no person wrote the text; `answered_by_machine`, that no person pressed anything either.
    """

    identity: str
    addresses: tuple[str, ...] = ()
    text: str = ""
    calendar: CalendarReply | None = None
    by_machine: bool = False
    answered_by_machine: bool = False
    is_bounce: bool = False


def read(raw: bytes) -> Incoming:
    """What the message says; raises Unreadable for one that is larger than 1 MB or built to be hard to read."""
    if len(raw) > LARGEST:
        raise Unreadable("larger than 1 MB")
    small = raw.lower()
    if small.count(b"boundary") > MOST_NESTED or small.count(b"message/") > MOST_NESTED:
        raise Unreadable("too many parts inside one another")
    try:
        message = message_from_bytes(raw)
    except RecursionError:
        raise Unreadable("too many parts inside one another") from None
    parts = list(_parts(message))
    return Incoming(
        identity=_identity(message, raw),
        addresses=tuple(_addresses(message)),
        text=top_of(_text(parts)),
        calendar=_calendar(parts),
        by_machine=_is_by_machine(message),
        answered_by_machine=_header(message, "auto-submitted").startswith("auto-replied"),
        is_bounce=_is_bounce(message),
    )


def _header(message: Message, name: str) -> str:
    return str(message.get(name, "")).strip().lower()[:1000]


def _identity(message: Message, raw: bytes) -> str:
    """By the Message-ID; without one, by all that a second delivery would not change."""
    given = str(message.get("message-id", "")).strip()
    body = raw.partition(b"\r\n\r\n")[2] or raw.partition(b"\n\n")[2]
    date = str(message.get("date", "")).encode("utf-8", "replace")
    return hashlib.sha256(given.encode("utf-8", "replace") or date + b"|" + body).hexdigest()


def _addresses(message: Message) -> Iterator[str]:
    """Everybody the message names as a recipient, as bare addresses."""
    for name in ADDRESSED:
        for value in message.get_all(name, [])[:20]:
            yield from _ADDRESS.findall(str(value)[:20_000])[:50]


def _is_by_machine(message: Message) -> bool:
    submitted = _header(message, "auto-submitted")
    if submitted not in ("", "no") or _header(message, "precedence") in ("bulk", "junk", "list", "auto_reply"):
        return True
    signs = ("x-autoreply", "x-autorespond", "x-autoreply-from", "x-mail-autoreply", "x-autoresponder", "list-id")
    if any(message.get(name) is not None for name in signs):
        return True
    return bool(_AWAY.match(_header(message, "subject"))) or _header(message, "return-path") == "<>"


def _is_bounce(message: Message) -> bool:
    return _type(message) == "multipart/report" and "delivery-status" in _header(message, "content-type")


def _parts(message: Message) -> Iterator[Message]:
    """The leaves, in order; letters that were attached or forwarded stay closed."""
    waiting, opened = [message], 0
    while waiting and opened < MOST_PARTS:
        part, opened = waiting.pop(), opened + 1
        content = part.get_payload() if part.is_multipart() else None
        if isinstance(content, list) and not _type(part).startswith("message/"):
            waiting += [each for each in reversed(content) if isinstance(each, Message)]
        elif content is None:
            yield part


def _type(part: Message) -> str:
    return part.get_content_type().lower()


def _is_attached(part: Message) -> bool:
    return _header(part, "content-disposition").startswith("attachment")


def _text(parts: list[Message]) -> str:
    """The first plain text with anything in it, or else the first HTML."""
    shown = [part for part in parts if not _is_attached(part)]
    plain = next((text for part in shown if _type(part) == "text/plain" and (text := _decoded(part)).strip()), "")
    return plain or next((text_of_html(_decoded(part)) for part in shown if _type(part) == "text/html"), "")


def _calendar(parts: list[Message]) -> CalendarReply | None:
    for part in parts:
        name = str(part.get_filename("") or "").lower()
        if _type(part) in ("text/calendar", "application/ics") or name.endswith(".ics"):
            reply = read_reply(_decoded(part), str(part.get_param("method", "")))
            if reply is not None:
                return reply
    return None


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    content = payload[:LARGEST_PART] if isinstance(payload, bytes) else b""
    charset = str(part.get_content_charset() or "utf-8")
    if not _CHARSET.fullmatch(charset):
        charset = "utf-8"
    try:
        return content.decode(charset, "replace")
    except LookupError:
        return content.decode("utf-8", "replace")
