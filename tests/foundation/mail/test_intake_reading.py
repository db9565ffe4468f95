"""Mail that comes: calendar answers of four programs, words above quotes, and messages built to do harm."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from meetups.foundation.mail.intake.calendar_replies import CalendarReply, read_reply
from meetups.foundation.mail.intake.quotes import top_of
from meetups.foundation.mail.intake.reading import LARGEST, Unreadable, read
from tests.foundation.mail import clients

EVENING = datetime(2027, 1, 22, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize("partstat", ["ACCEPTED", "TENTATIVE", "DECLINED"])
@pytest.mark.parametrize("client", clients.CALENDARS)
def test_every_calendar_is_understood(client, partstat):
    message = read(client(partstat))
    reply = message.calendar
    assert reply is not None
    assert (reply.uid, reply.partstat, reply.sequence) == (clients.UID, partstat, 0)
    assert reply.starts is not None
    assert reply.starts.astimezone(UTC) == EVENING
    assert clients.TO in message.addresses
    assert not message.answered_by_machine


def test_google_says_how_many_come_along_and_marks_its_mail_as_made_by_a_machine():
    message = read(clients.google("ACCEPTED", guests=2))
    assert message.calendar is not None
    assert (message.calendar.guests, message.by_machine) == (2, True)


@pytest.mark.parametrize(
    "ics",
    [
        "",
        "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b\nEND:VEVENT",
        "METHOD:REPLY\nBEGIN:VEVENT\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b\nEND:VEVENT",
        "METHOD:REPLY\nBEGIN:VEVENT\nUID:1\nATTENDEE;PARTSTAT=ACCEPTED:a\nATTENDEE;PARTSTAT=DECLINED:b\nEND:VEVENT",
        "METHOD:REPLY\nBEGIN:VTODO\nUID:1\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b\nEND:VTODO",
        "METHOD:REPLY\nBEGIN:VEVENT\nUID:1\nBEGIN:VALARM\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b\nEND:VALARM\nEND:VEVENT",
        ":::\n;;;\n\x00\n" * 50,
    ],
)
def test_anything_but_one_answer_about_one_event_is_none(ics):
    assert read_reply(ics) is None


def test_what_is_odd_in_a_reply_is_left_out():
    ics = "BEGIN:VEVENT\nUID:1\nSEQUENCE:many\nDTSTART;TZID=Mars/Base:20270121T183000\n"
    ics += "ATTENDEE;PARTSTAT=delegated;X:x\n"
    naive = datetime(2027, 1, 21, 18, 30)  # noqa: DTZ001
    assert read_reply(ics, "reply") == CalendarReply("1", "DELEGATED", None, naive, None)
    ics = "METHOD:REPLY\nBEGIN:VEVENT\nUID:1\nDTSTART:20271399T999999Z\nATTENDEE:x\n"
    assert read_reply(ics) == CalendarReply("1", "")


@pytest.mark.parametrize("quote", clients.QUOTES)
def test_only_what_stands_above_quotes_and_signatures_counts(quote):
    above = read(clients.plain("Yes, +2" + clients.QUOTES[quote])).text
    assert above.split("\n\nKen")[0] == "Yes, +2"
    assert not {"no", "maybe"} & set(above.lower().replace(",", " ").split())


@pytest.mark.parametrize("page", clients.PAGES)
def test_mail_that_is_only_html_is_read_as_well(page):
    html = clients.PAGES[page].format("Yes &amp; <b>thanks</b>")
    assert read(clients.plain(html, kind="text/html; charset=utf-8")).text == "Yes & thanks"


def test_a_quote_without_words_above_it_is_nothing():
    assert top_of("> yes\n") == top_of("\n\nOn Saturday, somebody wrote:\nyes") == ""


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied", "Auto-Submitted: auto-generated; x=y", "Precedence: bulk",
        "Precedence: auto_reply",
        "X-Autoreply: yes", "X-Autorespond: away", "Subject: Automatic reply: You’re going", "Return-Path: <>",
        "Subject: Out of Office: back on Monday", "List-Id: <list.example>",
    ],
)  # fmt: skip
def test_mail_that_no_person_wrote_is_known(header):
    raw = clients.plain("yes").replace("Subject: Re: You’re going".encode(), header.encode())
    assert read(raw).by_machine
    assert not read(clients.plain("yes")).by_machine


def test_a_letter_attached_or_forwarded_stays_closed():
    inner = b"Content-Type: message/rfc822\r\n\r\n" + clients.outlook("DECLINED")
    parts = [("text/plain", "7bit", "maybe"), (None, inner)]
    raw = clients.mail("To: x@example.org\n", clients.multipart("mixed", parts, boundary="outer"))
    assert (read(raw).calendar, read(raw).text) == (None, "maybe")


def deep(levels: int, kind: bytes) -> bytes:
    if kind == b"message":
        return b"To: x@example.org\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * levels + b"\r\nyes"
    parts = (b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(levels))
    return b"To: x@example.org\r\n" + b"".join(parts) + b"\r\nyes"


@pytest.mark.parametrize("kind", [b"message", b"multipart"])
def test_what_is_folded_up_too_deep_is_not_unfolded(kind):
    with pytest.raises(Unreadable, match="inside one another"):
        read(deep(5000, kind))
    assert read(deep(30, kind)).calendar is None


def test_what_is_too_large_is_not_read():
    with pytest.raises(Unreadable, match="1 MB"):
        read(b"x" * (LARGEST + 1))


HOSTILE = {
    "ten thousand parts": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nyes\r\n" * 10_000,
    "no such charset": clients.plain("yes", kind="text/plain; charset=klingon"),
    "a charset that is none": clients.plain("yes", kind="text/plain; charset=zip"),
    "half a character": clients.plain("yes").replace(b"base64", b"8bit").replace(b"eWVz", b"\xff\xfeyes"),
    "no base64": clients.plain("yes").replace(b"eWVz", b"!!!!"),
    "a broken header": b"Content-Type: text/plain; charset*0*=;;;\x00=?utf-8?b?!!!?=\r\nTo: =?x?q?y\r\n\r\nyes",
    "a header without end": b"To: " + b"a@b.example, " * 60_000,
    "nothing": b"",
    "only line ends": b"\r\n" * 300_000,
    "no headers at all": b"\x00\x01\x02" * 1000,
    "an archive": clients.mail("To: x@example.org\n", clients.multipart("mixed", [
        ("text/plain", "7bit", "yes"), ('application/zip; name="x.ics.zip"', "base64", "PK" * 9999)])),
    "a calendar of one endless line": clients.mail("", clients.part("text/calendar", "7bit", "UID;" * 60_000)),
    "a calendar of beginnings": clients.mail("", clients.part("text/calendar", "7bit", "BEGIN:VEVENT\n" * 70_000)),
    "HTML without end": clients.plain("<div>" * 50_000, kind="text/html"),
    "brackets": clients.plain("<!--<![CDATA[<a " * 20_000, kind="text/html"),
    "a long line": clients.plain("On " + "x " * 100_000),
    "many beginnings of quotes": clients.plain("On On On On \n" * 20_000),
    "a boundary that never ends": b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n" * 20,
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_no_message_takes_long_or_breaks_anything(what):
    started = time.process_time()
    message = read(HOSTILE[what])
    assert time.process_time() - started < 1.5
    assert message.calendar is None
    assert len(message.text) <= 20_000
