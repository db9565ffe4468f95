"""CalendarEntry -> iCalendar (RFC 5545, and RFC 5546 for what goes by mail), the one place that writes .ics bytes.

The library escapes and folds. What it would let pass is settled here: control characters, names that could end a
line, the second of two equal hours, and the zone's rules, of which we write only the years in use, one onset a
component, since some calendars read neither RDATE nor a rule without end.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.parser import Contentline, Parameters
from icalendar.prop import vCalAddress, vDuration, vText

from meetups.foundation import clock

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]
Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
Answer = Literal["NEEDS-ACTION", "ACCEPTED", "TENTATIVE", "DECLINED"]

# No host in it: the same program everywhere, whoever runs it.
PRODID = "-//Guerrilla Storytime//Meetups//EN"
REFRESH = timedelta(hours=1)
_NEW_LINE = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_PEOPLE = re.compile(rb"(?<=\n)ORGANIZER[;:].*\r\n(?: .*\r\n)*ATTENDEE[;:].*\r\n(?: .*\r\n)*")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, kw_only=True)
class People:
    """Who asks and who is asked. An organizer is written only with an address, so leave it out where the address must
    not be seen; an attendee only by mail (REQUEST, CANCEL), where it is the one recipient.
    """

    organizer_name: str = ""
    organizer_address: str = ""
    attendee_name: str = ""
    attendee_address: str = ""
    partstat: Answer = "NEEDS-ACTION"
    rsvp: bool = False


@dataclass(frozen=True, kw_only=True)
class CalendarEntry(People):
    """One event as a calendar should show it to one reader. Times are aware; `alarms` are minutes before the start.

    `updated_at` is the last change people were told of. `point` is (latitude, longitude).
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime | None
    zone: str
    title: str
    updated_at: datetime
    description: str = ""
    location: str = ""
    point: tuple[float, float] | None = None
    url: str = ""
    status: Status = "CONFIRMED"
    alarms: Sequence[int] = ()
    categories: Sequence[str] = ()


def to_icalendar(entries: Iterable[CalendarEntry], *, method: Method | None = None, name: str | None = None) -> bytes:
    """The calendar file: CRLF, 75 octets a line, a bounded VTIMEZONE for every zone that is used.

    `method` is PUBLISH for downloads and feeds, REQUEST or CANCEL for a letter (one entry, with organizer and
    attendee; everything in a CANCEL is written as cancelled). `name` makes it a feed: the calendar's title, and a
    wish to be fetched once an hour. The bytes depend on the entries alone, except in letters, which carry the time
    of writing. Refuses with ValueError a letter without both addresses, and with `clock.UnknownZone`.
    """
    listed = list(entries)
    by_mail = method in ("REQUEST", "CANCEL")
    if by_mail and not (len(listed) == 1 and listed[0].organizer_address and listed[0].attendee_address):
        raise ValueError(f"a {method} is about one entry, from an organizer's address to an attendee's")
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    if name:
        _name_feed(calendar, name)
    for zone, first, last in _zones_in_use(listed):
        calendar.add_component(_vtimezone(zone, first, last))
    for entry in listed:
        calendar.add_component(_event(entry, method, by_mail))
    return calendar.to_ical(sorted=False)


@dataclass(frozen=True)
class Invitation:
    """A letter's calendar file cut open where its people stand, so that thousands who get the same are quick to write
    to. `head` and `tail` are the bytes before and after.
    """

    head: bytes
    tail: bytes

    @classmethod
    def cut(cls, calendar: bytes) -> "Invitation":
        """Refuses (ValueError) a file that is not a letter's: without an organizer and an attendee in one entry."""
        found = _PEOPLE.search(calendar)
        if found is None:
            raise ValueError("this calendar file names nobody who is asked")
        return cls(calendar[: found.start()], calendar[found.end() :])

    def to(self, people: People) -> bytes:
        """The file for other people: what `to_icalendar` would write for an entry that differs in nothing else.

        The lines are put together by hand, because the library takes half a millisecond for two of them.
        """
        organizer = f"ORGANIZER{_known_as(people.organizer_name)}:{_mailto(people.organizer_address)}"
        attendee = (
            f"ATTENDEE{_known_as(people.attendee_name)};CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT"
            f";PARTSTAT={people.partstat};RSVP={'TRUE' if people.rsvp else 'FALSE'}:{_mailto(people.attendee_address)}"
        )
        return self.head + _folded(organizer) + _folded(attendee) + self.tail


def _name_feed(calendar: Calendar, name: str) -> None:
    for property_name in ("name", "x-wr-calname"):  # the second is what Outlook, Google and Apple read
        calendar.add(property_name, vText(_line(name)))
    interval = vDuration(REFRESH)
    interval.params["VALUE"] = "DURATION"
    calendar.add("refresh-interval", interval)
    calendar.add("x-published-ttl", vDuration(REFRESH))  # the same wish, as Outlook reads it


def _event(entry: CalendarEntry, method: Method | None, by_mail: bool) -> Event:
    event = Event()
    event.add("uid", _line(entry.uid))
    event.add("dtstamp", _second(clock.now() if by_mail else entry.updated_at))
    event.add("last-modified", _second(entry.updated_at))
    event.add("sequence", entry.sequence)
    for property_name, at in _times(entry).items():
        event.add(property_name, at)
    event.add("summary", _line(entry.title))
    if description := _lines(entry.description):
        event.add("description", description)
    if location := _line(entry.location):
        event.add("location", location)
    if entry.point:
        event.add("geo", tuple(_degrees(each) for each in entry.point))
    if entry.url:
        event.add("url", re.sub(r"\s", "", _line(entry.url)))
    if entry.categories:
        event.add("categories", [_line(each) for each in entry.categories])
    cancelled = method == "CANCEL" or entry.status == "CANCELLED"
    event.add("status", "CANCELLED" if cancelled else entry.status)
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    _add_people(event, entry, by_mail)
    for minutes in () if cancelled else entry.alarms:
        event.add_component(_alarm(minutes, _line(entry.title)))
    return event


def _add_people(event: Event, entry: CalendarEntry, by_mail: bool) -> None:
    if entry.organizer_address:
        event.add("organizer", _person(entry.organizer_address, entry.organizer_name))
    if by_mail:
        attendee = _person(entry.attendee_address, entry.attendee_name)
        attendee.params["CUTYPE"] = vText("INDIVIDUAL")
        attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
        attendee.params["PARTSTAT"] = vText(entry.partstat)
        attendee.params["RSVP"] = vText("TRUE" if entry.rsvp else "FALSE")
        event.add("attendee", attendee, encode=False)


def _person(address: str, name: str) -> vCalAddress:
    person = vCalAddress(_mailto(address))
    if known_as := _name(name):
        person.params["CN"] = vText(known_as)
    return person


def _mailto(address: str) -> str:
    return "mailto:" + re.sub(r"\s", "", _line(address))


def _name(text: str) -> str:
    """A parameter knows no escape for a double quote, so a name loses it."""
    return _line(text).replace('"', "'")


@lru_cache(maxsize=1024)
def _known_as(name: str) -> str:
    """The CN parameter as the library quotes and escapes it; nothing for no name."""
    known_as = _name(name)
    if known_as.isascii() and known_as.isalnum():
        return f";CN={known_as}"
    return f";{Parameters(CN=vText(known_as)).to_ical().decode()}" if known_as else ""


def _folded(line: str) -> bytes:
    """A content line as the library folds it, which it does character by character."""
    if line.isascii() and not set("\\^") & set(line):
        return "\r\n ".join(line[at : at + 74] for at in range(0, len(line), 74)).encode() + b"\r\n"
    return Contentline(line).to_ical() + b"\r\n"


def _alarm(minutes: int, title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(minutes=-minutes))
    alarm.add("description", title)
    return alarm


def _line(text: str) -> str:
    """One line of text: runs of white space become one space."""
    return " ".join(_lines(text).split())


def _lines(text: str) -> str:
    """Text whose only control characters are line feeds and tabs, which the library escapes and folds."""
    return _UNPRINTABLE.sub("", _NEW_LINE.sub("\n", text)).strip()


def _degrees(value: float) -> float:
    """About a meter; Python would write the smallest values as "5e-05", which is no number in iCalendar."""
    return round(value, 5) if abs(value) >= 1e-4 else 0.0


def _second(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise TypeError("an instant carries a zone")
    return at.astimezone(UTC).replace(microsecond=0)


def _times(entry: CalendarEntry) -> dict[str, datetime]:
    """DTSTART and DTEND, in the zone of the entry, or both in UTC where the zone cannot say them.

    In iCalendar a local time that happens twice is always the first one (RFC 5545, 3.3.5).
    """
    times = {"dtstart": _second(entry.starts_at)}
    if entry.ends_at and entry.ends_at > entry.starts_at:
        times["dtend"] = _second(entry.ends_at)
    here = clock.zone_info(entry.zone)
    local = {key: at.astimezone(here) for key, at in times.items()}
    if clock.zone_name(entry.zone, entry.starts_at) == "UTC" or any(at.fold for at in local.values()):
        return times
    return local


def _zones_in_use(entries: Iterable[CalendarEntry]) -> Iterator[tuple[str, int, int]]:
    """Each zone written as a TZID, with the first and last year of its entries."""
    years: dict[str, list[int]] = {}
    for entry in entries:
        for at in _times(entry).values():
            if at.tzinfo is not UTC:
                years.setdefault(entry.zone, []).append(at.year)
    return ((zone, min(seen), max(seen)) for zone, seen in years.items())


@lru_cache(maxsize=256)
def _vtimezone(zone: str, first: int, last: int) -> Timezone:
    """The rules of a zone from the start of one year to the end of another; shared, so never changed.

    The library's own `from_tzid` dates the spring change in the new time instead of the old, an hour late.
    """
    onsets = list(_onsets(zone, first, last))
    standard = min(offset for _, _, offset, _ in onsets)
    component = Timezone()
    component.add("tzid", zone)
    for local, before, offset, name in onsets:
        part = TimezoneStandard() if offset == standard else TimezoneDaylight()
        part.add("dtstart", local)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", offset)
        part.add("tzname", name)
        component.add_component(part)
    return component


def _onsets(zone: str, first: int, last: int) -> Iterator[tuple[datetime, timedelta, timedelta, str]]:
    """Where each offset begins: wall clock by the offset before, the offsets before and after, the zone's letters."""
    here = clock.zone_info(zone)
    at, end = datetime(first, 1, 1, tzinfo=UTC) - timedelta(days=1), datetime(last + 1, 1, 2, tzinfo=UTC)
    local = at.astimezone(here)
    before = local.utcoffset() or timedelta(0)
    yield datetime.combine(date(first, 1, 1), datetime.min.time()), before, before, local.tzname() or zone
    while at < end:
        at, step = at + timedelta(days=1), timedelta(days=1)
        if at.astimezone(here).utcoffset() == before:
            continue
        at -= step
        while step > timedelta(seconds=1):  # narrow the day of the change down to its second
            step /= 2
            if (at + step).astimezone(here).utcoffset() == before:
                at += step
        at = (at + timedelta(seconds=1)).replace(microsecond=0)
        local = at.astimezone(here)
        offset = local.utcoffset() or timedelta(0)
        yield (at + before).replace(tzinfo=None), before, offset, local.tzname() or zone
        before = offset
