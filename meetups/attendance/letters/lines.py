"""What letters about a meetup have in common: the link, the facts, the calendar entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from meetups.attendance.entries import calendar_method, mailed_entry, own_entry, reply_to
from meetups.attendance.models import Answer, Rsvp
from meetups.foundation import clock
from meetups.foundation.addresses import absolute
from meetups.foundation.calendars import to_icalendar
from meetups.foundation.mail.kinds import Kind, declare
from meetups.foundation.mail.letters import Facts, Letter, Note
from meetups.foundation.tokens import keyed
from meetups.planning.entries import spotting, yours
from meetups.planning.models import Meetup
from meetups.planning.permissions import Knows

HOUR = timedelta(hours=1)
ANSWER = declare(Kind("answer", "What you answered", essential=True, awaited=True))
SEAT = declare(Kind("seat", "Seats that come free while you wait", essential=True))
REQUEST = declare(Kind("request", "Who asks you for a seat", essential=True))
CHANGE = declare(Kind("change", "New times and places, and meetups that are off", essential=True))
REPLY_WORDS = "“yes”, “no”, “maybe”, or “+2” when two more come with you"
seat_purpose = "seat"
arrival_purpose = "arrival"


def seat_token(rsvp: Rsvp) -> str:
    """The secret in a party's link; the same in every letter until `link_version` rises."""
    return keyed(seat_purpose, rsvp.id, rsvp.link_version)


def seat_address(rsvp: Rsvp) -> str:
    return absolute(f"/rsvp/{seat_token(rsvp)}")


def arrival_address(rsvp: Rsvp) -> str:
    """What the code on a party's own page says; opens the page on which the host marks them as here, nothing else."""
    return absolute(f"/arrive/{keyed(arrival_purpose, rsvp.id, rsvp.link_version)}")


def topic(meetup: Meetup) -> str:
    """What letters about a meetup carry: for muting them, and for finding who could not be reached."""
    return f"meetup:{meetup.code}"


def facts(rsvp: Rsvp) -> Facts:
    """When (by the reader's own clock as well, where it is known and differs), where and how to spot us, as much as
    this party may know now.
    """
    meetup, knows = rsvp.meetup, knowledge(rsvp)
    when = clock.show_when(meetup.starts_at, meetup.time_zone, meetup.place.country)
    by_own_clock = yours(meetup, rsvp.person.clock_zone if rsvp.person else None)
    rows = [("When", f"{when}\n{by_own_clock}" if by_own_clock else when), ("Where", _where(meetup, knows))]
    if knows.going and (spot := spotting(meetup, knows)):
        rows.append(("How to spot us", spot))
    if knows.private and meetup.join_url:
        rows.append(("Join here", meetup.join_url))
    if knows.going:
        rows.append(("The host", meetup.contact))
    return Facts(tuple(rows))


def knowledge(rsvp: Rsvp) -> Knows:
    """How much of a private place this party may see at this moment."""
    going = rsvp.counts and rsvp.answer is Answer.GOING
    return Knows(going=going, private=going and rsvp.meetup.reveals_address(clock.now()))


def _where(meetup: Meetup, knows: Knows) -> str:
    words = meetup.venue if knows.private and meetup.place.is_private else meetup.public_venue
    exactly = meetup.where_exactly if not meetup.place.is_private or knows.private else ""
    return f"{exactly}\n{words}" if exactly else words


def with_calendar(letter: Letter, rsvp: Rsvp) -> Letter:
    """The letter with the meetup's calendar entry: an invitation that can be answered from the calendar, a
    cancellation if the meetup or the party is out, and only something to keep where no REPLY_ADDRESS is set.
    """
    method = calendar_method(rsvp)
    entry = mailed_entry(rsvp, knowledge(rsvp)) if method != "PUBLISH" else own_entry(rsvp, knowledge(rsvp))
    return replace(answerable(letter, rsvp), calendar=to_icalendar([entry], method=method), method=method)


def answerable(letter: Letter, rsvp: Rsvp) -> Letter:
    """The letter with the address that a plain "yes" or "no" goes to; as it was where no REPLY_ADDRESS is set, or where
    there is nothing to answer any more.
    """
    address = reply_to(rsvp)
    if address is None or not rsvp.meetup.is_on:
        return letter
    return replace(letter, reply_to=address, lines=(*letter.lines, Note(f"Or answer this letter: {REPLY_WORDS}.")))


def standing(rsvp: Rsvp) -> str:
    more = "" if not rsvp.guests else ", with 1 guest" if rsvp.guests == 1 else f", with {rsvp.guests} guests"
    sentences = {
        Answer.GOING: f"You’re going{more}.",
        Answer.WAITING: f"It is full, so you are in line{more}.",
        Answer.MAYBE: "You said maybe.",
        Answer.CANT: "You can’t make it.",
        Answer.ASKED: f"The date is a new one, and you have not answered for it yet{more}.",
        Answer.OFFERED: f"A seat is held for you{more}.",
        Answer.REQUESTED: f"You asked the host for a seat{more}.",
        Answer.DECLINED: "The host has no seat for you this time.",
    }
    return sentences[rsvp.answer]


def stamp() -> int:
    """One letter a second at most, however often a button is pressed."""
    return int(clock.now().timestamp())
