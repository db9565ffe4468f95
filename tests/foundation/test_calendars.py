"""What leaves as .ics: read back by two readers, and looked at byte by byte where readers are lenient."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from meetups.foundation import clock
from meetups.foundation.calendars import CalendarEntry, Invitation, People, to_icalendar

LA = "America/Los_Angeles"
STARTS = datetime(2027, 1, 22, 2, 30, tzinfo=UTC)
UPDATED = datetime(2026, 12, 5, 17, 0, 0, 123456, tzinfo=UTC)
MARISOL = {"organizer_name": "Marisol", "organizer_address": "host+1@meetups.example"}
KEN = {"attendee_name": "Ken", "attendee_address": "ken@library.example"}


def make_entry(**changes) -> CalendarEntry:
    dull = {
        "uid": "meetup-1@meetups.example",
        "sequence": 0,
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(hours=2),
        "zone": LA,
        "title": "Pub night",
        "updated_at": UPDATED,
    }
    return CalendarEntry(**(dull | changes))


def lines(ics: bytes) -> list[str]:
    """The content lines of a file, unfolded, after the byte-level rules of RFC 5545, 3.1 were checked."""
    assert ics.endswith(b"\r\n")
    physical = ics[:-2].split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line for line in physical)
    assert max(map(len, physical)) <= 75
    assert all(line.decode().isprintable() or "\t" in line.decode() for line in physical)
    return ics.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def event_of(ics: bytes) -> icalendar.Event:
    (event,) = icalendar.Calendar.from_ical(ics).walk("VEVENT")
    return event


def strict(ics: bytes) -> vobject.base.Component:
    """The second reader; it refuses what the first forgives."""
    calendar = vobject.readOne(ics.decode())
    calendar.validate(raiseException=True)
    return calendar


def test_the_whole_file_of_one_evening():
    entry = make_entry(
        sequence=3,
        title="Pub night, with cups",
        description="First line\nBring: shakers; a parachute",
        location="The Lantern & Ladle, Tacoma, WA",
        point=(47.2529, -122.4443),
        url="https://meetups.example/m/pub-night?a=1,2;b",
        categories=("Storytime", "pub, bar"),
        alarms=(60, 1440),
    )
    assert lines(to_icalendar([entry], method="PUBLISH")) == [
        *("BEGIN:VCALENDAR", "PRODID:-//Guerrilla Storytime//Meetups//EN", "VERSION:2.0", "CALSCALE:GREGORIAN"),
        *("METHOD:PUBLISH", "BEGIN:VTIMEZONE", "TZID:America/Los_Angeles"),
        *("BEGIN:STANDARD", "DTSTART:20270101T000000", "TZOFFSETFROM:-0800", "TZOFFSETTO:-0800"),
        *("TZNAME:PST", "END:STANDARD"),
        *("BEGIN:DAYLIGHT", "DTSTART:20270314T020000", "TZOFFSETFROM:-0800", "TZOFFSETTO:-0700"),
        *("TZNAME:PDT", "END:DAYLIGHT"),
        *("BEGIN:STANDARD", "DTSTART:20271107T020000", "TZOFFSETFROM:-0700", "TZOFFSETTO:-0800"),
        *("TZNAME:PST", "END:STANDARD", "END:VTIMEZONE"),
        *("BEGIN:VEVENT", "UID:meetup-1@meetups.example", "DTSTAMP:20261205T170000Z"),
        *("LAST-MODIFIED:20261205T170000Z", "SEQUENCE:3"),
        "DTSTART;TZID=America/Los_Angeles:20270121T183000",
        "DTEND;TZID=America/Los_Angeles:20270121T203000",
        "SUMMARY:Pub night\\, with cups",
        "DESCRIPTION:First line\\nBring: shakers\\; a parachute",
        "LOCATION:The Lantern & Ladle\\, Tacoma\\, WA",
        "GEO:47.2529;-122.4443",
        "URL:https://meetups.example/m/pub-night?a=1,2;b",
        "CATEGORIES:Storytime,pub\\, bar",
        *("STATUS:CONFIRMED", "TRANSP:OPAQUE"),
        *("BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT1H", "DESCRIPTION:Pub night\\, with cups", "END:VALARM"),
        *("BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P1D", "DESCRIPTION:Pub night\\, with cups", "END:VALARM"),
        *("END:VEVENT", "END:VCALENDAR"),
    ]


def test_both_readers_find_the_same_instant():
    ics = to_icalendar([make_entry()], method="PUBLISH")
    event = event_of(ics)
    assert event.start.astimezone(UTC) == STARTS
    assert event.end.astimezone(UTC) == STARTS + timedelta(hours=2)
    assert event["DTSTART"].params["TZID"] == LA
    assert strict(ics).vevent.dtstart.value.astimezone(UTC) == STARTS


def test_what_nobody_stated_is_left_out():
    ics = to_icalendar([make_entry(ends_at=None)])
    names = {re.split("[:;]", line)[0] for line in lines(ics)}
    assert names & {"DTEND", "DESCRIPTION", "LOCATION", "GEO", "URL", "CATEGORIES", "ORGANIZER", "ATTENDEE"} == set()
    assert names & {"METHOD", "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL"} == set()
    assert strict(ics).vevent.summary.value == "Pub night"


def test_an_end_before_the_start_is_left_out():
    assert "DTEND" not in event_of(to_icalendar([make_entry(ends_at=STARTS)]))


def test_the_same_entries_make_the_same_bytes_whatever_the_time():
    with clock.frozen(datetime(2027, 1, 1, tzinfo=UTC)) as hands:
        first = to_icalendar([make_entry()], method="PUBLISH", name="Mine")
        hands.pass_time(timedelta(days=1))
        assert to_icalendar([make_entry()], method="PUBLISH", name="Mine") == first


# Zones and clock changes


@pytest.mark.parametrize(
    "zone, local",
    [
        (LA, datetime(2027, 3, 14, 3, 0)),  # noqa: DTZ001  the first minute of daylight time
        (LA, datetime(2027, 3, 14, 1, 59)),  # noqa: DTZ001
        (LA, datetime(2027, 11, 7, 2, 0)),  # noqa: DTZ001
        ("America/Detroit", datetime(2027, 2, 4, 18, 30)),  # noqa: DTZ001
        ("America/Denver", datetime(2027, 6, 12, 14)),  # noqa: DTZ001
        ("America/Phoenix", datetime(2027, 6, 12, 14)),  # noqa: DTZ001
        ("America/Vancouver", datetime(2026, 12, 15, 18)),  # noqa: DTZ001
        ("Europe/Dublin", datetime(2027, 7, 1, 18)),  # noqa: DTZ001
        ("Africa/Casablanca", datetime(2026, 3, 1, 18)),  # noqa: DTZ001
        ("Africa/Cairo", datetime(2027, 4, 30, 1)),  # noqa: DTZ001
        ("Australia/Lord_Howe", datetime(2027, 10, 3, 2, 30)),  # noqa: DTZ001
        ("Asia/Kathmandu", datetime(2027, 7, 1, 18)),  # noqa: DTZ001
        ("Pacific/Auckland", datetime(2027, 1, 1, 0, 15)),  # noqa: DTZ001
        ("Pacific/Honolulu", datetime(2027, 12, 31, 23)),  # noqa: DTZ001
    ],
)
def test_a_reader_that_knows_only_the_rules_in_the_file_finds_the_instant(zone, local):
    at = clock.instant(local, zone)
    ics = to_icalendar([make_entry(zone=zone, starts_at=at, ends_at=at + timedelta(hours=2))])
    assert f"DTSTART;TZID={zone}:{local:%Y%m%dT%H%M%S}" in lines(ics)
    assert instant_by_file(ics, local) == at
    assert event_of(ics).start.astimezone(UTC) == at
    assert strict(ics).vevent.dtstart.value.astimezone(UTC) == at


def instant_by_file(ics: bytes, local: datetime) -> datetime:
    """RFC 5545, 3.6.5, by hand: the last onset not after the local time decides; onsets are in the time before."""
    (zone,) = icalendar.Calendar.from_ical(ics).walk("VTIMEZONE")
    onsets = sorted((part["DTSTART"].dt, part) for part in zone.subcomponents)
    offset = onsets[0][1]["TZOFFSETTO"].td
    for begins, part in onsets:
        if local - offset >= begins - part["TZOFFSETFROM"].td:
            offset = part["TZOFFSETTO"].td
    return (local - offset).replace(tzinfo=UTC)


def test_the_second_of_two_equal_hours_is_written_in_utc():
    """A local time in iCalendar is always the first of the two."""
    first, second = (clock.instant(datetime(2027, 11, 7, 1, 30), LA, fold) for fold in (0, 1))  # noqa: DTZ001
    ics = to_icalendar([make_entry(starts_at=first, ends_at=first + timedelta(minutes=15))])
    assert "DTSTART;TZID=America/Los_Angeles:20271107T013000" in lines(ics)
    ics = to_icalendar([make_entry(starts_at=second, ends_at=second + timedelta(hours=1))])
    assert "DTSTART:20271107T093000Z" in lines(ics)
    assert "DTEND:20271107T103000Z" in lines(ics)
    assert "BEGIN:VTIMEZONE" not in lines(ics)


def test_an_evening_across_the_change_and_across_new_year():
    saturday = datetime(2027, 3, 14, 7, 0, tzinfo=UTC)
    event = event_of(to_icalendar([make_entry(starts_at=saturday, ends_at=saturday + timedelta(hours=5))]))
    assert event.end.astimezone(UTC) - event.start.astimezone(UTC) == timedelta(hours=5)
    new_year = datetime(2027, 1, 1, 6, 0, tzinfo=UTC)
    ics = to_icalendar([make_entry(starts_at=new_year, ends_at=new_year + timedelta(hours=4))])
    assert [line for line in lines(ics) if line.startswith(("DTSTART:2026", "DTSTART:2027"))] == [
        *("DTSTART:20260101T000000", "DTSTART:20260308T020000", "DTSTART:20261101T020000"),
        *("DTSTART:20270314T020000", "DTSTART:20271107T020000"),
    ]


def test_utc_needs_no_rules():
    ics = to_icalendar([make_entry(zone="UTC")])
    assert "DTSTART:20270122T023000Z" in lines(ics)
    assert "BEGIN:VTIMEZONE" not in lines(ics)


def test_several_zones_in_one_feed_have_their_rules_once_each():
    entries = [
        make_entry(uid="1", zone=LA),
        make_entry(uid="2", zone="America/Detroit", starts_at=STARTS + timedelta(days=1), ends_at=None),
        make_entry(uid="3", zone=LA, starts_at=STARTS + timedelta(days=400), ends_at=None),
    ]
    ics = to_icalendar(entries, method="PUBLISH", name="My meetups, all")
    assert [line for line in lines(ics) if line.startswith("TZID:")] == ["TZID:" + LA, "TZID:America/Detroit"]
    events = icalendar.Calendar.from_ical(ics).walk("VEVENT")
    assert [event.start.astimezone(UTC) for event in events] == [entry.starts_at for entry in entries]
    assert [event.uid.value for event in strict(ics).vevent_list] == ["1", "2", "3"]


def test_a_feed_has_a_name_and_asks_to_be_fetched_hourly():
    written = lines(to_icalendar([], method="PUBLISH", name="Mine,\r\nall"))
    assert written[4:-1] == [
        *("METHOD:PUBLISH", "NAME:Mine\\, all", "X-WR-CALNAME:Mine\\, all"),
        *("REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"),
    ]


# Text


@pytest.mark.parametrize(
    "typed, shown",
    [
        ("x\r\nATTENDEE:mailto:eve@evil.example", "x ATTENDEE:mailto:eve@evil.example"),
        ("x\nBEGIN:VALARM\nEND:VALARM", "x BEGIN:VALARM END:VALARM"),
        ("x\rSUMMARY:y", "x SUMMARY:y"),
        ("x\x85SUMMARY:y\u2028DESCRIPTION:z\x1cA:b", "x SUMMARY:y DESCRIPTION:z A:b"),
        ("a\0b\x07\x1b\x7fc", "abc"),
        ("half a pair \ud83e", "half a pair"),
        ("back\\slash; semi, comma: colon \\n", "back\\slash; semi, comma: colon \\n"),
        ("🥁👩🏽‍🏫 " * 40, ("🥁👩🏽‍🏫 " * 40).strip()),
        ("שעת סיפור \u202eגרילה\u202c", "שעת סיפור \u202eגרילה\u202c"),
        ("", ""),
    ],
)
def test_text_arrives_as_typed_and_cannot_start_a_line(typed, shown):
    ics = to_icalendar([make_entry(title=typed, location=typed)])
    unfolded = ics.replace(b"\r\n ", b"").decode().split("\r\n")
    plain = to_icalendar([make_entry(title="x", location="x" if shown else "")])
    assert [re.split("[:;]", line)[0] for line in unfolded] == [
        re.split("[:;]", line)[0] for line in plain.replace(b"\r\n ", b"").decode().split("\r\n")
    ]
    assert max(map(len, ics.split(b"\r\n"))) <= 75
    assert event_of(ics)["SUMMARY"] == shown
    assert strict(ics).vevent.summary.value == shown


def test_a_long_description_keeps_its_lines():
    typed = ("Zweite Häusung: bring 12 shakers, 1 parachute; ünd más 🎪\r\n\r\n" * 90)[:5000].strip()
    ics = to_icalendar([make_entry(description=typed)])
    expected = typed.replace("\r\n", "\n")
    assert len(lines(ics)) == len(lines(to_icalendar([make_entry(description="x")])))
    assert event_of(ics)["DESCRIPTION"] == expected
    assert strict(ics).vevent.description.value == expected


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_makes_a_file_that_two_readers_read(title, description):
    entry = make_entry(title=title, description=description, **MARISOL, **KEN | {"attendee_name": title})
    ics = to_icalendar([entry], method="REQUEST")
    assert max(map(len, ics.split(b"\r\n"))) <= 75
    event = event_of(ics)
    assert event["SUMMARY"] == strict(ics).vevent.summary.value
    assert (event["ATTENDEE"], event["UID"]) == ("mailto:ken@library.example", "meetup-1@meetups.example")


@pytest.mark.parametrize(
    "point, written",
    [((47.2529, -122.4443), "47.2529;-122.4443"), ((0.00003, 179.9999999), "0.0;180.0"), (None, None)],
)
def test_where_on_earth(point, written):
    found = [line for line in lines(to_icalendar([make_entry(point=point)])) if line.startswith("GEO:")]
    assert found == ([f"GEO:{written}"] if written else [])


# Letters and cancellations


def test_an_invitation_carries_both_people_and_the_time_of_writing():
    entry = make_entry(**MARISOL, **KEN, partstat="ACCEPTED", rsvp=True, sequence=1)
    with clock.frozen(datetime(2027, 1, 2, 3, 4, 5, 6, tzinfo=UTC)):
        ics = to_icalendar([entry], method="REQUEST")
    written = lines(ics)
    assert "METHOD:REQUEST" in written
    assert "DTSTAMP:20270102T030405Z" in written
    assert "LAST-MODIFIED:20261205T170000Z" in written
    assert "ORGANIZER;CN=Marisol:mailto:host+1@meetups.example" in written
    assert (
        "ATTENDEE;CN=Ken;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=TRUE:mailto:ken@library.example"
        in written
    )
    attendee = strict(ics).vevent.attendee
    assert (attendee.value, attendee.params["PARTSTAT"]) == ("mailto:ken@library.example", ["ACCEPTED"])


@pytest.mark.parametrize("name", ['Ken "K" Z: a;b,c', "Ken\r\nX-EVIL:1", "Zoë 🥁 קן", "^n Ken ^'"])
def test_names_stay_names(name):
    entry = make_entry(**MARISOL, **KEN | {"attendee_name": name})
    ics = to_icalendar([entry], method="REQUEST")
    event = event_of(ics)
    assert event["ATTENDEE"] == "mailto:ken@library.example"
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert event["ATTENDEE"].params["CN"] == " ".join(name.replace('"', "'").split())
    assert "X-EVIL" not in event
    assert strict(ics).vevent.attendee.value == "mailto:ken@library.example"


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=90), st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF), min_size=1, max_size=120),
    st.sampled_from(["REQUEST", "CANCEL"]), st.sampled_from(["ACCEPTED", "NEEDS-ACTION"]), st.booleans(),
)  # fmt: skip
def test_an_invitation_copied_for_another_is_the_one_written_for_them(name, address, method, partstat, rsvp):
    people = People(organizer_name=name[::-1], organizer_address=f"reply+{address}@meetups.example", attendee_name=name,
                    attendee_address=f"{address}@library.example", partstat=partstat, rsvp=rsvp)  # fmt: skip
    with clock.frozen(UPDATED):
        pattern = to_icalendar([make_entry(**MARISOL, **KEN, description="ATTENDEE:no")], method=method)
        alone = to_icalendar([make_entry(**vars(people), description="ATTENDEE:no")], method=method)
    assert Invitation.cut(pattern).to(people) == alone


def test_a_file_that_asks_nobody_is_not_copied():
    with pytest.raises(ValueError, match="names nobody"):
        Invitation.cut(to_icalendar([make_entry()], method="PUBLISH"))


def test_an_address_cannot_start_a_line_either():
    entry = make_entry(**MARISOL, attendee_address="ken@library.example\r\nX-EVIL:1")
    assert event_of(to_icalendar([entry], method="REQUEST"))["ATTENDEE"] == "mailto:ken@library.exampleX-EVIL:1"


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
@pytest.mark.parametrize("people", [{}, MARISOL, KEN])
def test_a_letter_needs_two_addresses(method, people):
    with pytest.raises(ValueError, match=f"a {method} is about one entry"):
        to_icalendar([make_entry(**people)], method=method)


def test_a_letter_is_about_one_entry():
    with pytest.raises(ValueError, match="one entry"):
        to_icalendar([make_entry(**MARISOL, **KEN)] * 2, method="REQUEST")


def test_a_download_never_names_the_attendee():
    ics = to_icalendar([make_entry(**KEN)], method="PUBLISH")
    assert b"ken" not in ics.lower()


def test_a_cancellation_by_mail():
    entry = make_entry(**MARISOL, **KEN, sequence=2, alarms=(60,))
    event = event_of(to_icalendar([entry], method="CANCEL"))
    assert (event["UID"], event["SEQUENCE"]) == ("meetup-1@meetups.example", 2)
    assert (event["STATUS"], event["TRANSP"], event.walk("VALARM")) == ("CANCELLED", "TRANSPARENT", [])
    assert event.start.astimezone(UTC) == STARTS


def test_a_cancelled_entry_stays_in_the_feed_as_cancelled():
    ics = to_icalendar([make_entry(status="CANCELLED", alarms=(60,))], method="PUBLISH")
    event = event_of(ics)
    assert (event["STATUS"], event["TRANSP"], event.walk("VALARM")) == ("CANCELLED", "TRANSPARENT", [])
    assert strict(ics).vevent.status.value == "CANCELLED"


def test_a_move_keeps_the_uid_and_raises_the_sequence():
    before, after = make_entry(location="Hall B"), make_entry(location="Room 213, Level 2", sequence=1)
    old, new = (event_of(to_icalendar([entry])) for entry in (before, after))
    assert (old["UID"], old["SEQUENCE"], old["LOCATION"]) == ("meetup-1@meetups.example", 0, "Hall B")
    assert (new["UID"], new["SEQUENCE"], new["LOCATION"]) == ("meetup-1@meetups.example", 1, "Room 213, Level 2")


def test_entries_are_refused_without_a_real_zone_or_with_naive_times():
    with pytest.raises(clock.UnknownZone):
        to_icalendar([make_entry(zone="Mars/Base")])
    with pytest.raises(TypeError):
        to_icalendar([make_entry(starts_at=datetime(2027, 1, 21))])  # noqa: DTZ001


@settings(max_examples=150, deadline=None)
@given(
    at=st.datetimes(datetime(2020, 1, 1), datetime(2045, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    zone=st.sampled_from([zone for _, zones in clock.zone_choices() for zone, _ in zones]),
)
def test_every_instant_in_every_zone_survives_the_rules_in_the_file(at, zone):
    at = at.replace(microsecond=0)
    ics = to_icalendar([make_entry(starts_at=at, ends_at=None, zone=zone)])
    written = event_of(ics)["DTSTART"]
    if written.params.get("TZID"):
        assert instant_by_file(ics, at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)) == at
    else:
        assert written.dt == at
