"""Letters about a party's own answer and seat: one function a letter, named by its news."""

from __future__ import annotations

from meetups.attendance.letters.lines import facts, seat_address, stamp, standing, with_calendar
from meetups.attendance.models import Answer, Rsvp
from meetups.foundation.mail.letters import Block, Deed, Heading, Letter, Note, Para


def confirm_your_answer(rsvp: Rsvp) -> Letter:
    """To a visitor: press once and your answer counts."""
    return Letter(
        key=f"confirm:{rsvp.id}:{stamp()}",
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
        key=f"again:{rsvp.id}:{stamp()}",
        to=rsvp.mail_address,
        subject=f"Your answer: {rsvp.meetup.title}",
        lines=(
            Heading("You have answered already"),
            Para(f"{standing(rsvp)} Somebody, probably you, filled in the form again. Nothing was changed."),
            facts(rsvp),
            Deed("See or change my answer", seat_address(rsvp)),
        ),
        why="You get this because your address was typed on the meetup’s page.",
    )


def answer_stands(rsvp: Rsvp) -> Letter:
    """What the party's answer is now; with a calendar entry when they have a seat."""
    lines: list[Block] = [Heading(standing(rsvp)), facts(rsvp)]
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
    return with_calendar(letter, rsvp) if rsvp.answer is Answer.GOING else letter


def seat_is_yours(rsvp: Rsvp) -> Letter:
    """To a waiting party: seats became free, and they fit."""
    letter = Letter(
        key=f"seat:{rsvp.id}:{stamp()}",
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
    return with_calendar(letter, rsvp)


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


def _short(rsvp: Rsvp) -> str:
    going, waiting = "You’re going", "You’re in line"
    words = {Answer.GOING: going, Answer.WAITING: waiting, Answer.MAYBE: "Maybe", Answer.CANT: "Not coming",
             Answer.ASKED: "Asked again"}
    return words[rsvp.answer]
