"""Reminders: what somebody about to set out wants to read, as it is at that moment."""

from __future__ import annotations

from meetups.attendance.letters.lines import answerable, facts, seat_address, topic
from meetups.attendance.models import Rsvp
from meetups.foundation import clock
from meetups.foundation.mail.kinds import Kind, declare
from meetups.foundation.mail.letters import Deed, Heading, Letter, Note
from meetups.planning.models import Meetup

REMINDERS = declare(
    Kind("reminders", "Reminders", "The day before and two hours before, if you are going.", timely=True)
)


def reminders_prefix(meetup: Meetup) -> str:
    """How the keys of all reminders of a meetup begin."""
    return f"reminder:{meetup.id}:"


def reminder_key(rsvp: Rsvp, kind: str) -> str:
    """What one party's reminder for the day it is on now is posted under, once."""
    return f"{reminders_prefix(rsvp.meetup)}{kind}:{rsvp.meetup.local_start.date().isoformat()}:{rsvp.id}"


def reminder(rsvp: Rsvp, kind: str) -> Letter:
    """To a party with a seat: when, where, how to spot us. A private address or a join link is in it as soon as the
    hour has come from which they may know it.
    """
    meetup = rsvp.meetup
    day, hour = _day(meetup, kind), clock.show_time(meetup.starts_at, meetup.time_zone, meetup.place.country)
    letter = Letter(
        key=reminder_key(rsvp, kind),
        to=rsvp.mail_address,
        subject=f"{day}, {hour}: {meetup.title}",
        lines=(
            Heading(f"{day}: {meetup.title}"),
            facts(rsvp),
            Deed("See or change my answer", seat_address(rsvp)),
            Note("Can’t come after all? Press there, so that the next in line can."),
        ),
        why="You get this because you said that you are coming.",
        essential=False,
        kind=REMINDERS,
        topic=topic(meetup),
        about_at=meetup.starts_at,
    )
    return answerable(letter, rsvp)


def _day(meetup: Meetup, kind: str) -> str:
    """The date; "Today" on the calendar there only in the last hours. Never "tomorrow", because a letter may be read
    after midnight: quiet hours, the weekly letter or a mail server that was away may keep it that long.
    """
    today = clock.wall_clock(clock.now(), meetup.time_zone).date()
    last_hours = kind == "hours" and meetup.local_start.date() == today
    return "Today" if last_hours else clock.show_date(meetup.starts_at, meetup.time_zone)
