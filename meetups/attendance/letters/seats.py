"""Letters about a party's own answer and seat: one function a letter, named by its news."""

from __future__ import annotations

from dataclasses import replace

from meetups.attendance.entries import calendar_method, mailed_entry
from meetups.attendance.letters.lines import (
    ANSWER,
    REQUEST,
    SEAT,
    answerable,
    facts,
    knowledge,
    seat_address,
    stamp,
    standing,
    topic,
    with_calendar,
)
from meetups.attendance.models import Answer, Rsvp
from meetups.foundation import clock
from meetups.foundation.addresses import absolute
from meetups.foundation.calendars import to_icalendar
from meetups.foundation.mail.letters import Block, Deed, Heading, Letter, Links, Note, Para
from meetups.planning.models import Meetup

LINK_PREFIX = "link:"


def request_prefix(meetup: Meetup) -> str:
    """How the keys of all letters to the host about who asks for a seat begin; for limits."""
    return f"request:{meetup.id}:"


def confirm_your_answer(rsvp: Rsvp) -> Letter:
    """To a visitor: press once and your answer counts."""
    return Letter(
        key=f"{LINK_PREFIX}{rsvp.id}:{stamp()}",
        to=rsvp.mail_address,
        kind=ANSWER,
        topic=topic(rsvp.meetup),
        about_at=rsvp.meetup.starts_at,
        subject=f"One press: {rsvp.meetup.title}",
        lines=(
            Heading(f"{rsvp.called}, one press and your answer counts"),
            facts(rsvp),
            Deed("Confirm my answer", seat_address(rsvp)),
            Note("Opening the link changes nothing; the button on the page does. Keep this letter: the same link "
                 "changes or cancels your answer later."),
        ),
        why="You get this because somebody typed your address on the meetup’s page. If that was not you, do "
            "nothing: no seat is taken and no more letters come.",
    )


def change_your_answer(rsvp: Rsvp) -> Letter:
    """To somebody who has answered before and has filled in the form again."""
    letter = Letter(
        key=f"{LINK_PREFIX}{rsvp.id}:{stamp()}",
        to=rsvp.mail_address,
        kind=ANSWER,
        topic=topic(rsvp.meetup),
        about_at=rsvp.meetup.starts_at,
        subject=f"Your answer: {rsvp.meetup.title}",
        lines=(
            Heading("You have answered already"),
            Para(f"{standing(rsvp)} Somebody, probably you, filled in the form again. Nothing was changed."),
            facts(rsvp),
            Deed("See or change my answer", seat_address(rsvp)),
        ),
        why="You get this because your address was typed on the meetup’s page.",
    )
    return answerable(letter, rsvp)


def answer_stands(rsvp: Rsvp) -> Letter:
    """What the party's answer is now; with a calendar entry when they have a seat."""
    lines: list[Block] = [Heading(standing(rsvp)), facts(rsvp)]
    if rsvp.answer is Answer.REQUESTED:
        lines.append(Para("The host looks at every request. We write when there is a word; no seat is taken yet."))
    if rsvp.answer is Answer.WAITING:
        lines.append(Para("A freed seat goes to the first waiting party that fits. We write as soon as it is you."))
    lines.append(Deed("See or change my answer", seat_address(rsvp)))
    letter = Letter(
        key=f"answer:{rsvp.id}:{rsvp.answered_at.timestamp()}",
        to=rsvp.mail_address,
        kind=ANSWER,
        topic=topic(rsvp.meetup),
        about_at=rsvp.meetup.starts_at,
        subject=f"{_short(rsvp)}: {rsvp.meetup.title}",
        lines=tuple(lines),
        why="You get this because you answered on the meetup’s page.",
    )
    return with_calendar(letter, rsvp) if rsvp.answer is Answer.GOING else letter


def seat_is_yours(rsvp: Rsvp) -> Letter:
    """To a waiting party: seats became free, and they fit."""
    letter = Letter(
        key=f"seat:{rsvp.id}:{stamp()}",
        to=rsvp.mail_address,
        kind=SEAT,
        topic=topic(rsvp.meetup),
        about_at=rsvp.meetup.starts_at,
        subject=f"A seat is yours: {rsvp.meetup.title}",
        lines=(
            Heading("Seats came free, and they are yours" if rsvp.guests else "A seat came free, and it is yours"),
            facts(rsvp),
            Deed("See or change my answer", seat_address(rsvp)),
            Note("Can’t come any more? Press there, so that the next in line can."),
        ),
        why="You get this because you were waiting for a seat.",
    )
    return with_calendar(letter, rsvp)


def seat_offered(rsvp: Rsvp) -> Letter:
    """To the party whose turn it is, on the last day: the seats are held until the offer ends, then go to the next."""
    seats = f"{rsvp.party} seats are" if rsvp.guests else "A seat is"
    ends = _ends(rsvp)
    letter = Letter(
        key=f"offer:{rsvp.id}:{stamp()}",
        to=rsvp.mail_address,
        kind=SEAT,
        topic=topic(rsvp.meetup),
        about_at=rsvp.offer_until,
        subject=f"Yours until {ends}: {rsvp.meetup.title}",
        lines=(
            Heading(f"{seats} yours until {ends}"),
            Para(f"Press by {ends} and you are going. After that the offer goes to the next in line."),
            facts(rsvp),
            Deed("Take it, or let it go", seat_address(rsvp)),
            Note("Can’t come any more? Press there as well, so that the next in line need not wait."),
        ),
        why="You get this because you were waiting for a seat.",
    )
    return answerable(letter, rsvp)


def first_to_press(rsvp: Rsvp, free: int) -> Letter:
    """To every party that fits, in the last two hours: seats are free, nothing is held. Once for each number."""
    seats = "A seat is" if free == 1 else f"{free} seats are"
    letter = Letter(
        key=f"first:{rsvp.id}:{rsvp.guests}:{free}:{stamp()}",
        to=rsvp.mail_address,
        kind=SEAT,
        topic=topic(rsvp.meetup),
        about_at=rsvp.meetup.starts_at,
        subject=f"{seats} free now: {rsvp.meetup.title}",
        lines=(
            Heading(f"{seats} free: the first to press has it"),
            Para("It starts soon, so everybody in line hears of it at the same moment. Nothing is held."),
            facts(rsvp),
            Deed("I’m coming", seat_address(rsvp)),
        ),
        why="You get this because you are waiting for a seat.",
    )
    return answerable(letter, rsvp)


def somebody_asks(rsvp: Rsvp) -> Letter:
    """To the host: a party asks for a seat, and the host has the word. Once a day for each party."""
    meetup = rsvp.meetup
    more = "" if not rsvp.guests else " and 1 guest" if rsvp.guests == 1 else f" and {rsvp.guests} guests"
    return Letter(
        key=f"{request_prefix(meetup)}{rsvp.id}:{clock.now():%Y%m%d}",
        to=meetup.host.address if meetup.host else "",
        kind=REQUEST,
        topic=topic(rsvp.meetup),
        about_at=rsvp.meetup.starts_at,
        subject=f"Somebody asks for a seat: {meetup.title}",
        lines=(
            Heading(f"{rsvp.called}{more} would like to come"),
            Para("No seat is taken until you say yes. Either way they hear from us."),
            Deed("See who is coming", absolute(f"/meetups/{meetup.code}/guests")),
        ),
        why="You get this because you chose to be asked before anybody has a seat.",
    )


def more_ask(meetup: Meetup) -> Letter:
    """To the host, instead of a letter each, when very many ask within the hour."""
    return Letter(
        key=f"{request_prefix(meetup)}more:{clock.now():%Y%m%d%H}",
        to=meetup.host.address if meetup.host else "",
        kind=REQUEST,
        topic=topic(meetup),
        about_at=meetup.starts_at,
        subject=f"More people ask for a seat: {meetup.title}",
        lines=(
            Heading("More people ask for a seat"),
            Para("Very many asked within the hour, so this is one letter for all of them. No seat is taken until you "
                 "say yes."),
            Deed("See who is coming", absolute(f"/meetups/{meetup.code}/guests")),
        ),
        why="You get this because you chose to be asked before anybody has a seat.",
    )


def let_in(rsvp: Rsvp) -> Letter:
    """The host said yes: a seat, or a place in the line where it is full."""
    letter = Letter(
        key=f"let-in:{rsvp.id}:{stamp()}",
        to=rsvp.mail_address,
        kind=SEAT,
        topic=topic(rsvp.meetup),
        about_at=rsvp.meetup.starts_at,
        subject=f"{_short(rsvp)}: {rsvp.meetup.title}",
        lines=(
            Heading(f"The host said yes. {standing(rsvp)}"),
            facts(rsvp),
            Deed("See or change my answer", seat_address(rsvp)),
        ),
        why="You get this because you asked for a seat.",
    )
    return with_calendar(letter, rsvp) if rsvp.answer is Answer.GOING else letter


def turned_down(rsvp: Rsvp) -> Letter:
    """The host said no; takes the entry out of the calendar, where we could have put one."""
    letter = Letter(
        key=f"turned-down:{rsvp.id}:{stamp()}",
        to=rsvp.mail_address,
        kind=SEAT,
        topic=topic(rsvp.meetup),
        about_at=rsvp.meetup.starts_at,
        subject=f"No seat this time: {rsvp.meetup.title}",
        lines=(
            Heading("The host has no seat for you this time"),
            Para("That is all we know. There may be another meetup near you, and you can propose one yourself."),
            Links((("Meetups near you", absolute("/near")),)),
        ),
        why="You get this because you asked for a seat.",
    )
    if calendar_method(rsvp) != "CANCEL":
        return letter
    entry = mailed_entry(rsvp, knowledge(rsvp))
    return replace(letter, calendar=to_icalendar([entry], method="CANCEL"), method="CANCEL")


def smaller_party(rsvp: Rsvp, free: int) -> Letter:
    """To a waiting party too large for what is free: come as fewer, or keep waiting. Once for each number."""
    seats = "1 seat is" if free == 1 else f"{free} seats are"
    letter = Letter(
        key=f"smaller:{rsvp.id}:{rsvp.guests}:{free}",
        to=rsvp.mail_address,
        kind=SEAT,
        topic=topic(rsvp.meetup),
        about_at=rsvp.meetup.starts_at,
        subject=f"{seats} free: {rsvp.meetup.title}",
        lines=(
            Heading(f"{seats} free, and you are {rsvp.party}"),
            Para(f"Come as {free}, or do nothing and keep your place in the line for all {rsvp.party}."),
            facts(rsvp),
            Deed(f"Come as {free}, or wait", seat_address(rsvp)),
        ),
        why="You get this because you are waiting for seats.",
    )
    return answerable(letter, rsvp)


def _short(rsvp: Rsvp) -> str:
    going, waiting = "You’re going", "You’re in line"
    words = {Answer.GOING: going, Answer.WAITING: waiting, Answer.MAYBE: "Maybe", Answer.CANT: "Not coming",
             Answer.ASKED: "Asked again", Answer.OFFERED: "Held for you", Answer.REQUESTED: "You asked the host",
             Answer.DECLINED: "No seat this time"}
    return words[rsvp.answer]


def _ends(rsvp: Rsvp) -> str:
    """When the offer ends: "6:00 PM", with the day when the meetup is on another one."""
    meetup, until = rsvp.meetup, rsvp.offer_until or clock.now()
    hour = clock.show_time(until, meetup.time_zone, meetup.place.country)
    days = [clock.wall_clock(at, meetup.time_zone).date() for at in (until, clock.now())]
    return hour if days[0] == days[1] else f"{clock.show_date(until, meetup.time_zone)}, {hour}"
