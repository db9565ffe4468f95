"""How phones write down what was tapped: ids, places, and the list that is sent when there is signal.

A *place* is `<milliseconds>-<device>`: fifteen digits of a clock that never stands still nor goes back on one device
and is never behind anything the device has seen (a hybrid logical clock, Kulkarni and others, 2014), then eight
letters and digits that no other device has. Sorting places as text is a total order: the same whoever arrives first,
each device's own order kept, and two phones' ideas among one another as the clock on the wall had them.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from meetups.foundation.markup import clean, clean_line
from meetups.notes.terms import DeedKind
from meetups.recaps.terms import Origin, Outcome

DAY_MS = 24 * 60 * 60 * 1000
LONGEST_TEXT = 4000
MOST_DEEDS = 200  # in one request
SERVER = "00000000"
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_STANDING = re.compile(r"entry-\d{1,10}")
_PLACE = re.compile(r"(\d{15})-([0-9a-z]{8})")
_STICK = re.compile(r"[0-9a-z-]{1,16}")


@dataclass(frozen=True)
class DeedWish:
    """One tap as it arrived. An empty `place` is filled in by the server: then it belongs at the end."""

    id: str
    kind: DeedKind
    place: str = ""
    target: str = ""
    text: str = ""
    stick: str = ""
    origin: Origin = Origin.AUDIENCE
    outcome: Outcome = Outcome.ANSWERED


@dataclass(frozen=True)
class Unread:
    """A tap that could not be read, and why; its id when it had one."""

    id: str
    why: str


def new_id() -> str:
    return str(uuid.uuid4())


def is_id(text: str) -> bool:
    return bool(_ID.fullmatch(text))


def milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def place_after(at: datetime, places: Iterable[str]) -> str:
    """The server's own place: now, and after every one there is."""
    last = max((int(place[:15]) for place in places), default=0)
    return f"{max(milliseconds(at), last + 1):015d}-{SERVER}"


def is_likely(place: str, at: datetime) -> bool:
    """A well-formed place that is not more than a day ahead of the server's clock."""
    match = _PLACE.fullmatch(place)
    return match is not None and int(match.group(1)) <= milliseconds(at) + DAY_MS


def read(sent: Any) -> tuple[list[DeedWish], list[Unread]]:
    """The list a phone has sent, in its order. Whatever cannot be read is named, so that the phone can say so."""
    wishes: list[DeedWish] = []
    unread: list[Unread] = []
    for each in sent[:MOST_DEEDS] if isinstance(sent, list) else []:
        found = _wish(each) if isinstance(each, dict) else None
        if isinstance(found, DeedWish):
            wishes.append(found)
        elif found is not None:
            unread.append(found)
    return wishes, unread


def _wish(sent: dict[str, Any]) -> DeedWish | Unread | None:
    given = {name: value if isinstance(value, str) else "" for name, value in sent.items()}
    id = given.get("id", "")
    if not is_id(id):
        return None
    try:
        kind = DeedKind(given.get("kind", ""))
        origin = Origin(given.get("origin") or Origin.AUDIENCE.value)
        outcome = Outcome(given.get("outcome") or Outcome.ANSWERED.value)
    except ValueError:
        return Unread(id, "This page is too old to be understood. Open it again.")
    raw = given.get("text", "")
    text = clean_line(raw) if kind is DeedKind.ASK else clean(raw).strip()
    target, stick = given.get("target", ""), given.get("stick", "")
    if len(text) > LONGEST_TEXT:
        return Unread(id, f"That is too long: {LONGEST_TEXT:,} characters at most.")
    if kind in (DeedKind.ASK, DeedKind.IDEA) and not text:
        return Unread(id, "There was nothing in it.")
    if not (is_id(target) or _STANDING.fullmatch(target)):
        target = ""
    return DeedWish(
        id, kind, given.get("place", ""), target, text, stick if _STICK.fullmatch(stick) else "", origin, outcome
    )
