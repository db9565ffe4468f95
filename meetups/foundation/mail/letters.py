"""What a letter is: whom it goes to, what it says in a few blocks, and the key under which it is sent once."""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias

LONGEST_KEY = 200
LONGEST_SUBJECT = 200
LONGEST_ADDRESS = 320
LONGEST_TOPIC = 60
METHODS = ("", "PUBLISH", "REQUEST", "REPLY", "CANCEL")
# Marks that turn the direction of the text around them: in a subject they can make one name look like another.
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Heading:
    """The news; the first one in a letter is its title, later ones stand over parts."""

    text: str


@dataclass(frozen=True)
class Para:
    """Running text. Line breaks are kept; an empty line begins a new paragraph."""

    text: str


@dataclass(frozen=True)
class Note:
    """Small print under something."""

    text: str


@dataclass(frozen=True)
class Facts:
    """When, where, how to spot us. The first line of each text is the fact itself, further lines explain."""

    rows: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", tuple((label, text) for label, text in self.rows))


@dataclass(frozen=True)
class Changed:
    """A fact that is not what it was: the new one first and large, the old one second."""

    label: str
    new: str
    old: str


@dataclass(frozen=True)
class Deed:
    """The one button of a letter; opening its address changes nothing yet."""

    text: str
    url: str


@dataclass(frozen=True)
class Links:
    """Further addresses, each with the words that are pressed."""

    links: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "links", tuple((text, url) for text, url in self.links))


@dataclass(frozen=True)
class Quote:
    """Words of somebody else: a note to the host, a reason, a message."""

    text: str


Block: TypeAlias = Heading | Para | Note | Facts | Changed | Deed | Links | Quote


@dataclass(frozen=True)
class Letter:
    """One letter to one person, still unsent.

    `key` names the occasion, for example `moved:k7p2m9q:3:17`: posting the same key again does nothing, ever.
    `why` is the last line: why this person gets it. `calendar` is a whole iCalendar file, `method` its iTIP method.
    `kind` is a declared kind (mail/kinds.py); `topic` the thing it is about, "meetup:12", for muting and for bounces;
    `about_at` the moment it is about: essential news of the next hours ignores quiet hours, and old news no digest.
    A letter that is not `essential` has a kind; the outbox adds the addresses that stop it with one POST (RFC 8058).
    Refuses (ValueError) an empty or over-long key or address, and a calendar without a method.
    """

    key: str
    to: str
    subject: str
    lines: tuple[Block, ...]
    why: str = ""
    calendar: bytes | None = field(default=None, repr=False)
    method: str = ""
    essential: bool = True
    unsubscribe_url: str | None = field(default=None, repr=False)
    reply_to: str | None = None
    kind: str = ""
    topic: str = ""
    about_at: datetime | None = None
    choices_url: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", tuple(self.lines))
        object.__setattr__(self, "to", one_line(self.to))
        object.__setattr__(self, "subject", shortened(one_line(self.subject), LONGEST_SUBJECT))
        if not 0 < len(self.key) <= LONGEST_KEY:
            raise ValueError(f"a letter's key has 1 to {LONGEST_KEY} characters")
        if not 0 < len(self.to) <= LONGEST_ADDRESS:
            raise ValueError("a letter needs one address")
        if self.method not in METHODS or (self.calendar is None) != (self.method == ""):
            raise ValueError("a calendar goes with one of the methods PUBLISH, REQUEST, REPLY, CANCEL")
        if not self.essential and not (self.kind or self.unsubscribe_url):
            raise ValueError("a letter that is not essential has a kind, so that it can be stopped")
        if len(self.topic) > LONGEST_TOPIC:
            raise ValueError(f"a letter's topic has at most {LONGEST_TOPIC} characters")


def handle(key: str) -> str:
    """The name of a letter in links and on envelopes: 26 small letters and digits that follow from its key."""
    return base64.b32encode(hashlib.sha256(key.encode()).digest())[:26].decode().lower()


def once_an_address(letter: Letter, occasion: str) -> Letter:
    """The letter under a key that says nothing but the occasion and the address (as a digest)."""
    address = hashlib.sha256(letter.to.lower().encode()).hexdigest()[:16]
    return replace(letter, key=f"{occasion}:{address}")


def one_line(text: str) -> str:
    """Text fit for a header: no line breaks, no control or direction-turning characters, single spaces."""
    plain = text if text.isprintable() else "".join(_header_character(c) for c in text)  # nearly all text is
    return " ".join(plain.split())


def clean(text: str) -> str:
    """Text fit for a body: line breaks as \\n, no other control characters, no half characters."""
    if text.replace("\n", "").isprintable():
        return text.strip("\n")
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(c for c in unified if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs")).strip("\n")


def shortened(text: str, longest: int) -> str:
    """The text, cut at a word with an ellipsis when it is longer than so many characters."""
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    cuts_a_word = text[longest - 1] != " " and " " in head[longest // 2 :]
    return (head.rsplit(" ", 1)[0] if cuts_a_word else head).rstrip() + "…"


def is_web_address(url: str) -> bool:
    """Whether an address may be pressed in a letter: http and https only."""
    return url.startswith(("https://", "http://")) and not any(c.isspace() or ord(c) < 33 for c in url)


def _header_character(character: str) -> str:
    if character in TURNING:
        return ""
    return " " if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") else character
