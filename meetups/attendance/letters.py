"""Letters to parties: one function a letter, named by its news."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from meetups.attendance.models import Answer, Rsvp
from meetups.foundation import clock
from meetups.foundation.addresses import absolute
from meetups.foundation.calendars import to_icalendar
from meetups.foundation.mail.letters import Block, Changed, Deed, Facts, Heading, Letter, Links, Note, Para
from meetups.foundation.tokens import keyed
from meetups.planning.entries import calendar_entry
from meetups.planning.models import Meetup
from meetups.planning.permissions import Knows

HOUR = timedelta(hours=1)
seat_purpose = "seat"


def seat_token(rsvp: Rsvp) -> str:
    """The secret in a party's link; the same in every letter until `link_version` rises."""
    return keyed(seat_purpose, rsvp.id, rsvp.link_version)


def seat_address(rsvp: Rsvp) -> str:
    return absolute(f"/rsvp/{seat_token(rsvp)}")


def confirm_your_answer(rsvp: Rsvp) -> Letter:
    """To a visitor: press once and your answer counts."""
    return Letter(
        key=f"confirm:{rsvp.id}:{_stamp()}",
        to=rsvp.mail_address,
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
    return Letter(
        key=f"again:{rsvp.id}:{_stamp()}",
        to=rsvp.mail_address,
        subject=f"Your answer: {rsvp.meetup.title}",
        lines=(
            Heading("You have answered already"),
            Para(f"{_standing(rsvp)} Somebody, probably you, filled in the form again. Nothing was changed."),
            facts(rsvp),
            Deed("See or change my answer", seat_address(rsvp)),
        ),
        why="You get this because your address was typed on the meetup’s page.",
    )


def answer_stands(rsvp: Rsvp) -> Letter:
    """What the party's answer is now; with a calendar entry when they have a seat."""
    lines: list[Block] = [Heading(_standing(rsvp)), facts(rsvp)]
    if rsvp.answer is Answer.WAITING:
        lines.append(Para("A freed seat goes to the first waiting party that fits. We write as soon as it is you."))
    lines.append(Deed("See or change my answer", seat_address(rsvp)))
    letter = Letter(
        key=f"answer:{rsvp.id}:{rsvp.answered_at.timestamp()}",
        to=rsvp.mail_address,
        subject=f"{_short(rsvp)}: {rsvp.meetup.title}",
        lines=tuple(lines),
        why="You get this because you answered on the meetup’s page.",
    )
    return _with_calendar(letter, rsvp) if rsvp.answer is Answer.GOING else letter


def seat_is_yours(rsvp: Rsvp) -> Letter:
    """To a waiting party: seats became free, and they fit."""
    letter = Letter(
        key=f"seat:{rsvp.id}:{_stamp()}",
        to=rsvp.mail_address,
        subject=f"A seat is yours: {rsvp.meetup.title}",
        lines=(
            Heading("Seats came free, and they are yours" if rsvp.guests else "A seat came free, and it is yours"),
            facts(rsvp),
            Deed("See or change my answer", seat_address(rsvp)),
            Note("Can’t come any more? Press there, so that the next in line can."),
        ),
        why="You get this because you were waiting for a seat.",
    )
    return _with_calendar(letter, rsvp)


def smaller_party(rsvp: Rsvp, free: int) -> Letter:
    """To a waiting party too large for what is free: come as fewer, or keep waiting. Once for each number."""
    seats = "1 seat is" if free == 1 else f"{free} seats are"
    return Letter(
        key=f"smaller:{rsvp.id}:{rsvp.guests}:{free}",
        to=rsvp.mail_address,
        subject=f"{seats} free: {rsvp.meetup.title}",
        lines=(
            Heading(f"{seats} free, and you are {rsvp.party}"),
            Para(f"Come as {free}, or do nothing and keep your place in the line for all {rsvp.party}."),
            facts(rsvp),
            Deed(f"Come as {free}, or wait", seat_address(rsvp)),
        ),
        why="You get this because you are waiting for seats.",
    )


def cancelled(rsvp: Rsvp) -> Letter:
    """It will not happen; takes the entry out of the calendar."""
    meetup = rsvp.meetup
    when = clock.show_when(meetup.starts_at, meetup.time_zone, meetup.place.country)
    lines: list[Block] = [Heading(f"Cancelled: {meetup.title}"), Para(f"{when}: it will not happen.")]
    if meetup.cancel_reason:
        lines.append(Facts((("The reason", meetup.cancel_reason),)))
    lines.append(Links((("The meetup’s page", absolute(f"/meetups/{meetup.code}")),)))
    letter = Letter(
        key=f"cancelled:{meetup.id}:{rsvp.id}:{meetup.sequence}",
        to=rsvp.mail_address,
        subject=f"Cancelled: {meetup.title}",
        lines=tuple(lines),
        why="You get this because you had answered.",
    )
    return _with_calendar(letter, rsvp)


def changed(rsvp: Rsvp, what: Mapping[str, tuple[str, str]]) -> Letter:
    """A new time or place: the new first, the old second. `what` maps "time" and "place" to (old, new)."""
    meetup = rsvp.meetup
    labels = {"time": "When", "place": "Where"}
    news = tuple(Changed(labels.get(name, name), new, old) for name, (old, new) in what.items())
    first = news[0].new if news else ""
    letter = Letter(
        key=f"changed:{meetup.id}:{rsvp.id}:{meetup.sequence}",
        to=rsvp.mail_address,
        subject=f"Now {first}: {meetup.title}",
        lines=(
            Heading(f"Changed: {meetup.title}"),
            *news,
            facts(rsvp),
            Deed("See or change my answer", seat_address(rsvp)),
        ),
        why="You get this because you had answered.",
    )
    return _with_calendar(letter, rsvp)


def facts(rsvp: Rsvp) -> Facts:
    """When, where and how to spot us, as much as this party may know now."""
    meetup, knows = rsvp.meetup, knowledge(rsvp)
    when = clock.show_when(meetup.starts_at, meetup.time_zone, meetup.place.country)
    rows = [("When", when), ("Where", _where(meetup, knows))]
    if knows.going and meetup.how_to_spot_us:
        rows.append(("How to spot us", meetup.how_to_spot_us))
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
    words = meetup.place.words if knows.private and meetup.place.is_private else meetup.place.public_words
    exactly = meetup.where_exactly if not meetup.place.is_private or knows.private else ""
    return f"{exactly}\n{words}" if exactly else words


def _with_calendar(letter: Letter, rsvp: Rsvp) -> Letter:
    """The letter with the meetup's calendar entry, cancelled if the meetup is."""
    entry = calendar_entry(rsvp.meetup, knowledge(rsvp))
    return replace(letter, calendar=to_icalendar([entry], method="PUBLISH"), method="PUBLISH")


def _standing(rsvp: Rsvp) -> str:
    more = "" if not rsvp.guests else ", with 1 guest" if rsvp.guests == 1 else f", with {rsvp.guests} guests"
    sentences = {
        Answer.GOING: f"You’re going{more}.",
        Answer.WAITING: f"It is full, so you are in line{more}.",
        Answer.MAYBE: "You said maybe.",
        Answer.CANT: "You can’t make it.",
    }
    return sentences[rsvp.answer]


def _short(rsvp: Rsvp) -> str:
    going, waiting = "You’re going", "You’re in line"
    words = {Answer.GOING: going, Answer.WAITING: waiting, Answer.MAYBE: "Maybe", Answer.CANT: "Not coming"}
    return words[rsvp.answer]


def _stamp() -> int:
    """One letter a second at most, however often a button is pressed."""
    return int(clock.now().timestamp())
