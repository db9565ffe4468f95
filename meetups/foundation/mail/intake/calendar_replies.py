"""What a calendar mails when Accept, Tentative or Decline was pressed (iTIP REPLY, RFC 5546, 3.2.3).

Read by hand, line by line: Outlook, Google, Apple and Thunderbird each leave things out or write them their own way,
and of a hostile file nothing more is looked at than a few properties of its first event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

MOST_LINES = 5000
LONGEST_LINE = 4000
MOST_GUESTS = 99
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^;:"]*)')
_TIME = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")


@dataclass(frozen=True)
class CalendarReply:
    """`partstat` in capitals. `starts` is the start the calendar answered to: aware, or naive where its zone is one we
    do not know, or None. `guests` are Google's and Apple's own addition, None where nothing was said.
    """

    uid: str
    partstat: str
    sequence: int | None = None
    starts: datetime | None = None
    guests: int | None = None


def read_reply(text: str, method: str = "") -> CalendarReply | None:
    """The answer in an iCalendar file, or None when it is anything but one attendee's REPLY about one event.

    `method` is that of the mail's header, for files that leave it out.
    """
    lines = [_parted(line) for line in _unfolded(text)]
    written = next((value for name, _, value in lines if name == "METHOD"), method)
    event = list(_first_event(lines))
    said = {name: (parameters, value) for name, parameters, value in reversed(event)}
    attendees = [parameters for name, parameters, _ in event if name == "ATTENDEE"]
    if written.strip().upper() != "REPLY" or "UID" not in said or len(attendees) != 1:
        return None
    guests = attendees[0].get("X-NUM-GUESTS", "")
    return CalendarReply(
        uid=said["UID"][1].strip(),
        partstat=attendees[0].get("PARTSTAT", "").strip().upper(),
        sequence=_number(said.get("SEQUENCE", ({}, ""))[1]),
        starts=_starts(*said["DTSTART"]) if "DTSTART" in said else None,
        guests=_number(guests, MOST_GUESTS),
    )


def _unfolded(text: str) -> Iterator[str]:
    """Content lines, whatever the line ends; a line that begins with a blank goes on with the one before."""
    whole = ""
    for line in re.split("\r\n|\r|\n", text)[:MOST_LINES]:
        if line[:1] in (" ", "\t"):
            whole = (whole + line[1:])[:LONGEST_LINE]
        else:
            yield whole
            whole = line[:LONGEST_LINE]
    yield whole


def _parted(line: str) -> tuple[str, dict[str, str], str]:
    """NAME, its parameters, its value."""
    head = re.match(r"[A-Za-z0-9-]*", line)
    at = head.end() if head else 0
    name, parameters = line[:at].upper(), {}
    while found := _PARAMETER.match(line, at):
        parameters[found[1].upper()] = found[2].strip('"')
        at = found.end()
    return name, parameters, line[at + 1 :] if line[at : at + 1] == ":" else ""


def _first_event(
    lines: list[tuple[str, dict[str, str], str]],
) -> Iterator[tuple[str, dict[str, str], str]]:
    """The properties of the first VEVENT, those of its alarms left out."""
    inside: list[str] = []
    for name, parameters, value in lines:
        if name == "BEGIN":
            inside.append(value.strip().upper())
        elif name == "END" and inside:
            if inside.pop() == "VEVENT":
                return
        elif inside[-1:] == ["VEVENT"]:
            yield name, parameters, value


def _number(text: str, most: int = 2**31) -> int | None:
    text = text.strip()
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _starts(parameters: dict[str, str], value: str) -> datetime | None:
    """The instant; naive in a zone we cannot name. A day without an hour is its noon, in no zone."""
    found = _TIME.fullmatch(value.strip())
    if not found:
        return None
    try:
        at = datetime.strptime(found[1] + (found[2] or "120000"), "%Y%m%d%H%M%S")  # noqa: DTZ007 the zone follows
        return at.replace(tzinfo=UTC) if found[3] else at.replace(tzinfo=_zone(parameters.get("TZID", "")))
    except ValueError:
        return None


def _zone(name: str) -> ZoneInfo | None:
    """By its IANA name, also with a path before it as Thunderbird once wrote, or by its name in Windows."""
    name = WINDOWS_TO_OLSON.get(name, name)
    for known in (name, "/".join(name.split("/")[-2:]), "/".join(name.split("/")[-3:])):
        try:
            return ZoneInfo(known)
        except (KeyError, ValueError, OSError):
            continue
    return None
