"""How a meetup stands in one party's calendar: their answer, their reminders, and where they can answer from it."""

from __future__ import annotations

from dataclasses import replace

from meetups.attendance.models import Answer, Rsvp
from meetups.foundation.addresses import site_name
from meetups.foundation.calendars import Answer as PartStat
from meetups.foundation.calendars import CalendarEntry, Method, People
from meetups.foundation.mail.return_address import replies_are_taken, return_address
from meetups.foundation.tokens import keyed_in_mail
from meetups.planning.entries import calendar_entry
from meetups.planning.permissions import Knows

REPLY_PURPOSE = "reply"
DAY_AND_TWO_HOURS = (1440, 120)  # minutes before the start
PARTSTATS: dict[Answer, PartStat] = {
    Answer.GOING: "ACCEPTED", Answer.MAYBE: "TENTATIVE", Answer.CANT: "DECLINED",
}  # fmt: skip
WITHOUT_A_SEAT = {
    Answer.WAITING: "In line", Answer.OFFERED: "Held for you", Answer.REQUESTED: "Asked the host",
    Answer.ASKED: "Asked again",
}  # fmt: skip


def own_entry(rsvp: Rsvp, knows: Knows) -> CalendarEntry:
    """The meetup for the party's own calendar, as much of it as they know now; reminders for who has a seat.

    Who has none yet reads so in the title: a calendar shows little else, and "Accept" as accepted whatever we say.
    """
    entry = calendar_entry(rsvp.meetup, knows)
    if rsvp.answer is Answer.MAYBE and entry.status != "CANCELLED":
        entry = replace(entry, status="TENTATIVE")
    if rsvp.answer in WITHOUT_A_SEAT and entry.status != "CANCELLED":
        entry = replace(entry, title=f"{WITHOUT_A_SEAT[rsvp.answer]}: {entry.title}")
    return replace(entry, alarms=DAY_AND_TWO_HOURS if rsvp.answer is Answer.GOING else ())


def mailed_entry(rsvp: Rsvp, knows: Knows) -> CalendarEntry:
    """The same with who asks and who is asked."""
    return replace(own_entry(rsvp, knows), **vars(people_of(rsvp)))


def people_of(rsvp: Rsvp, token: str = "") -> People:
    """Who asks and who is asked: answers go to our mailbox, never to the host's own address. `token`: their reply
    token, if it is at hand.

    The organizer's address stays the same for the party's whole life: calendars refuse an entry from another one.
    """
    host = rsvp.meetup.host
    return People(
        organizer_name=(host.display_name if host else "") or site_name(),
        organizer_address=return_address(token or reply_token(rsvp)),
        attendee_name=rsvp.called,
        attendee_address=rsvp.mail_address,
        partstat=PARTSTATS.get(rsvp.answer, "NEEDS-ACTION"),
        rsvp=True,
    )


def calendar_method(rsvp: Rsvp) -> Method:
    """What a letter asks of the party's calendar; only PUBLISH where nobody would take the answer."""
    if not replies_are_taken():
        return "PUBLISH"
    off = rsvp.meetup.cancelled_at is not None or rsvp.answer in (Answer.CANT, Answer.DECLINED)
    return "CANCEL" if off else "REQUEST"


def reply_token(rsvp: Rsvp) -> str:
    """The secret in the party's reply address; works until `link_version` rises."""
    return keyed_in_mail(REPLY_PURPOSE, rsvp.id, rsvp.link_version)


def reply_to(rsvp: Rsvp) -> str | None:
    """Where the party answers a letter: behind the token the day the letter is about, so that an answer to a letter
    from before a new date is known for what it is. None where nobody would take the answer.
    """
    return return_address(f"{reply_token(rsvp)}.{rsvp.meetup.local_start:%Y%m%d}") or None
