"""Mail as people's programs write it: calendar answers of Outlook, Google, Apple and Thunderbird, and plain replies.

Written after what these programs send, with their quirks; the people are those of the stories.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence

UID = "urn:uuid:6f1c0f2e-0000-4000-8000-000000000001"
TO = "reply+1-abc@storytime.example"
PACIFIC = """BEGIN:VTIMEZONE
TZID:Pacific Standard Time
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:-0700
TZOFFSETTO:-0800
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:-0800
TZOFFSETTO:-0700
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def outlook(partstat: str, *, to: str = TO, uid: str = UID, day: str = "20270121", sequence: int = 0) -> bytes:
    """Exchange: base64, a zone named as Windows does, SUMMARY with a prefix, the text empty."""
    words = {"ACCEPTED": "Accepted", "TENTATIVE": "Tentative", "DECLINED": "Declined"}[partstat]
    ics = f"""BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
{PACIFIC}BEGIN:VEVENT
ATTENDEE;PARTSTAT={partstat};CN=Ken:mailto:ken@example.org
COMMENT;LANGUAGE=en-US:\\n
UID:{uid}
SUMMARY;LANGUAGE=en-US:{words}: Storytime swap
DTSTART;TZID=Pacific Standard Time:{day}T183000
DTEND;TZID=Pacific Standard Time:{day}T203000
CLASS:PUBLIC
PRIORITY:5
DTSTAMP:20261206T010203Z
TRANSP:OPAQUE
STATUS:CONFIRMED
SEQUENCE:{sequence}
LOCATION;LANGUAGE=en-US:The Lantern & Ladle\\, Tacoma
X-MICROSOFT-CDO-APPT-SEQUENCE:{sequence}
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
END:VEVENT
END:VCALENDAR
"""
    return mail(
        f"From: Ken <ken@example.org>\nTo: Marisol <{to}>\nSubject: {words}: Storytime swap\n"
        "Thread-Topic: Storytime swap\nMessage-ID: <AM0PR0{partstat}@eur.prod.outlook.example>\n"
        "X-MS-Has-Attach:\nX-MS-TNEF-Correlator:\nx-ms-exchange-calendar-originator-id: 2,1\nMIME-Version: 1.0\n",
        multipart("alternative", [
            ('text/plain; charset="us-ascii"', "7bit", "\n"),
            ('text/calendar; charset="utf-8"; method=REPLY', "base64", ics),
        ]),
    )  # fmt: skip


def google(partstat: str, *, to: str = TO, uid: str = UID, day: str = "20270122T023000Z", guests: int = 0) -> bytes:
    """Google: sent by a machine for a person, times in UTC, the calendar twice: as a part and as an attachment."""
    ics = f"""BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:{day}
DTEND:20270122T043000Z
DTSTAMP:20261206T010203Z
ORGANIZER;CN=Marisol:mailto:{to}
UID:{uid}
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={partstat};CN=Ken
 ;X-NUM-GUESTS={guests}:mailto:ken@example.org
X-MICROSOFT-CDO-OWNERAPPTID:1234567890
CREATED:20261205T120000Z
DESCRIPTION:
LAST-MODIFIED:20261206T010202Z
LOCATION:The Lantern & Ladle\\, Tacoma
SEQUENCE:0
STATUS:CONFIRMED
SUMMARY:Storytime swap
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
"""
    inner = multipart("alternative", [
        ('text/plain; charset="UTF-8"; format=flowed; delsp=yes', "base64", "Ken has accepted this invitation.\n"),
        ('text/html; charset="UTF-8"', "quoted-printable", "<p>Ken has accepted this invitation.</p>"),
        ('text/calendar; charset="UTF-8"; method=REPLY', "7bit", ics),
    ], boundary="inner")  # fmt: skip
    return mail(
        "Reply-To: ken@example.org\nSender: Google Calendar <calendar-notification@google.example>\n"
        "Auto-Submitted: auto-generated\nMessage-ID: <calendar-0001@google.example>\n"
        f"Subject: Accepted: Storytime swap @ Thu Jan 21, 2027 6:30pm\nFrom: ken@example.org\nTo: {to}\n",
        multipart("mixed", [(None, inner), ('application/ics; name="invite.ics"', "base64", ics)], boundary="outer"),
    )


def apple(partstat: str, *, to: str = TO, uid: str = UID, day: str = "20270121") -> bytes:
    """Apple: a zone by its IANA name without its rules, the calendar only as a file, CN with the address in it."""
    ics = f"""BEGIN:VCALENDAR
CALSCALE:GREGORIAN
METHOD:REPLY
PRODID:-//Apple Inc.//macOS 14.2//EN
VERSION:2.0
BEGIN:VEVENT
ATTENDEE;CN="Ken; of Puyallup";CUTYPE=INDIVIDUAL;EMAIL="ken@example.org";PARTSTAT={partstat};RO
 LE=REQ-PARTICIPANT:mailto:ken@example.org
DTEND;TZID=America/Los_Angeles:{day}T203000
DTSTAMP:20261206T010203Z
DTSTART;TZID=America/Los_Angeles:{day}T183000
ORGANIZER;CN="Marisol":mailto:{to}
SEQUENCE:0
SUMMARY:Storytime swap
UID:{uid}
BEGIN:VALARM
UID:not-the-event
TRIGGER:-PT15M
ACTION:DISPLAY
END:VALARM
END:VEVENT
END:VCALENDAR
"""
    return mail(
        f"From: Ken <ken@example.org>\nTo: {to}\nSubject: Ken accepted\nMessage-Id: <0A@icloud.example>\n"
        "X-Mailer: iCloud Mail (13K156)\n",
        multipart("mixed", [
            ("text/plain; charset=utf-8", "quoted-printable", "Ken has accepted the invitation.\n"),
            ('application/octet-stream; name="iCal-20261206.ics"', "base64", ics),
        ]),
    )  # fmt: skip


def thunderbird(partstat: str, *, to: str = TO, uid: str = UID, day: str = "20270121") -> bytes:
    """Thunderbird: one part and no more, quoted-printable, a zone with a path before its name."""
    ics = f"""BEGIN:VCALENDAR
PRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN
VERSION:2.0
METHOD:REPLY
BEGIN:VEVENT
CREATED:20261206T010203Z
LAST-MODIFIED:20261206T010203Z
DTSTAMP:20261206T010203Z
UID:{uid}
SUMMARY:Storytime swap
PRIORITY:0
ORGANIZER;RSVP=TRUE;CN=Marisol;PARTSTAT=ACCEPTED;ROLE=CHAIR:mailto:{to}
ATTENDEE;RSVP=TRUE;CN=Ken;PARTSTAT={partstat};CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT:mailto:ken@example.org
DTSTART;TZID=/mozilla.org/20050126_1/America/Los_Angeles:{day}T183000
DTEND;TZID=/mozilla.org/20050126_1/America/Los_Angeles:{day}T203000
SEQUENCE:0
END:VEVENT
END:VCALENDAR
"""
    return mail(f"From: ken@example.org\nTo: {to}\nMessage-ID: <tb@example.org>\nUser-Agent: Mozilla Thunderbird\n",
                part("text/calendar; method=REPLY; charset=UTF-8", "quoted-printable", ics))  # fmt: skip


CALENDARS: Sequence[Callable[..., bytes]] = (outlook, google, apple, thunderbird)

QUOTES = {
    "Gmail": (
        "\n\nOn Sat, Dec 5, 2026 at 4:00 AM Guerrilla Storytime <\nstorytime@example.org> wrote:\n\n> You’re going\n"
        "> no\n"
    ),
    "Outlook": (
        "\n\nKen\n\n________________________________\nFrom: Guerrilla Storytime <storytime@example.org>\n"
        "Sent: Saturday, December 5, 2026 4:00 AM\nTo: Ken <ken@example.org>\nSubject: You’re going\n\nno, not you\n"
    ),
    "Outlook for Windows": (
        "\n\n-----Original Message-----\nFrom: Guerrilla Storytime <storytime@example.org>\nSent: Saturday\n\nmaybe\n"
    ),
    "Apple": "\n\nSent from my iPhone\n\n"
    "> On Dec 5, 2026, at 4:00 AM, Guerrilla Storytime <s@example.org> wrote:\n> \n> no\n",
    "Thunderbird": "\n\nOn 12/5/26 04:00, Guerrilla Storytime wrote:\n> You’re going\n> no\n\n"
    "-- \nKen, maybe a librarian\n",
    "signature": "\n-- \nKen\nPuyallup Public Library\nNo. 12, 324 S Meridian\n",
    "Outlook on a telephone": "\n\nGet Outlook for iOS\n\n"
    "From: Guerrilla Storytime <s@example.org>\nDate: today\nTo: Ken\n\nno\n",
    "a German program": "\n\n"
    "Am Sa., 5. Dez. 2026 um 04:00 Uhr schrieb Guerrilla Storytime <s@example.org>:\n\n> no\n",
    "nothing": "\n",
}  # fmt: skip

PAGES = {
    "Gmail": (
        '<div dir="ltr">{}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Sat, Dec 5, 2026 at '
        '4:00 AM Guerrilla Storytime &lt;<a href="mailto:s@example.org">s@example.org</a>&gt; wrote:<br></div>'
        '<blockquote class="gmail_quote" style="margin:0">no</blockquote></div>'
    ),
    "Outlook": (
        "<html><head><style><!-- p.MsoNormal {{margin:0}} no --></style></head><body><div class=WordSection1><p "
        'class=MsoNormal>{}<o:p></o:p></p><p class=MsoNormal>&nbsp;</p><div style="border-top:solid"><p><b>From:</b> '
        "Guerrilla Storytime &lt;s@example.org&gt;<br><b>Sent:</b> Saturday<br><b>To:</b> Ken<br></p></div><p>no</p>"
    ),
    "Outlook on the web": (
        '<div style="font-size:12pt">{}</div><hr style="width:98%"><div id="divRplyFwdMsg"><b>From:</b> x<br>'
        "<b>Sent:</b> y</div><div>no</div>"
    ),
    "Apple": '<div>{}</div><br><blockquote type="cite"><div>On Dec 5 someone wrote:</div>no</blockquote>',
}


def plain(text: str, *, to: str = TO, headers: str = "", kind: str = "text/plain; charset=utf-8") -> bytes:
    """A reply with nothing but text (or, by its kind, HTML), sent by a person."""
    first = "" if "message-id" in headers.lower() else "Message-ID: <plain@example.org>\n"
    return mail(f"From: Ken <ken@example.org>\nTo: {to}\nSubject: Re: You’re going\n{first}{headers}",
                part(kind, "base64", text))  # fmt: skip


def mail(headers: str, body: bytes) -> bytes:
    return headers.replace("\n", "\r\n").encode() + b"MIME-Version: 1.0\r\n" * ("MIME-V" not in headers) + body


def part(kind: str, encoding: str, text: str) -> bytes:
    raw = text.replace("\n", "\r\n").encode()
    if encoding == "base64":
        raw = base64.encodebytes(raw).replace(b"\n", b"\r\n")
    elif encoding == "quoted-printable":
        raw = raw.replace(b"=", b"=3D").replace(b"\xe2\x80\x99", b"=E2=80=99")
    return f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + raw


def multipart(kind: str, parts: Sequence[tuple], *, boundary: str = "b1") -> bytes:
    """Parts as (type, encoding, text), or (None, bytes) for one that is made already."""
    made = [each[1] if each[0] is None else part(*each) for each in parts]
    inner = b"".join(b"--" + boundary.encode() + b"\r\n" + each + b"\r\n" for each in made)
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'
    return head.encode() + inner + f"--{boundary}--\r\n".encode()
