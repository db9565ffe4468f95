"""Letters back to somebody who answered by mail: what stands now, or why nothing was changed and what to do."""

from __future__ import annotations

from meetups.attendance.letters.lines import ANSWER, answerable, facts, seat_address, standing, topic, with_calendar
from meetups.attendance.models import Answer, Rsvp
from meetups.foundation.mail.letters import Block, Deed, Heading, Letter, Note, Para
from meetups.foundation.mail.return_address import replies_are_taken

WHY = "You get this because your reply reached us."


def reply_prefix(rsvp: Rsvp) -> str:
    """How the keys of all letters back to this party begin; for limits."""
    return f"reply:{rsvp.id}:"


def kept_in_step(letter: Letter, rsvp: Rsvp, *, answered_before: bool) -> Letter:
    """A letter about the party's own answer, with what their calendar should show now: unsure as unsure, out as out.

    Without a REPLY_ADDRESS nothing is added: the entry in their calendar was theirs to keep.
    """
    if letter.calendar is not None or not replies_are_taken():
        return letter
    shown = rsvp.answer is Answer.MAYBE or answered_before
    return with_calendar(letter, rsvp) if shown else answerable(letter, rsvp)


def reply_noted(rsvp: Rsvp, digest: str, *, pressed: bool = False) -> Letter:
    """The reply said what stood already, or all of it that can be. `pressed` in a calendar, which now shows more."""
    return _put_right(rsvp, pressed, _back(rsvp, digest, f"Noted: {rsvp.meetup.title}", Heading(standing(rsvp)),
                 Para("That is what your reply says, and it was so before."), facts(rsvp)))  # fmt: skip


def reply_unclear(rsvp: Rsvp, digest: str) -> Letter:
    """The reply was not plain enough to act on."""
    return _back(
        rsvp, digest, f"Not understood: {rsvp.meetup.title}",
        Heading("We could not tell what your reply means, so nothing was changed"),
        Para(f"{standing(rsvp)} Answer with one of the words below alone on the first line, or press the button."),
        facts(rsvp),
        Note("Nobody reads replies to this address. To reach the host, use what stands on the meetup’s page."),
    )  # fmt: skip


def reply_about_other_date(rsvp: Rsvp, digest: str) -> Letter:
    """The reply was to an invitation for a day that is no more; brings the new one, which can be answered."""
    letter = _back(
        rsvp, digest, f"The date is a new one: {rsvp.meetup.title}",
        Heading("Your reply was about an earlier date, so nothing was changed"),
        facts(rsvp),
        Para(f"{standing(rsvp)} Does the new date suit you? Press the button, or answer this letter."),
    )  # fmt: skip
    return with_calendar(letter, rsvp)


def reply_refused(
    rsvp: Rsvp, digest: str, sentence: str, way_on: str = "", *, pressed: bool = False
) -> Letter:  # fmt: skip
    """The rules said no; `sentence` says why and `way_on` what a next reply could say. `pressed` in a calendar."""
    more = [Para(way_on)] if way_on else []
    return _put_right(rsvp, pressed, _back(
        rsvp, digest, f"Nothing was changed: {rsvp.meetup.title}", Heading("We could not take your reply"),
        Para(sentence), *more, facts(rsvp),
    ))  # fmt: skip


def _put_right(rsvp: Rsvp, pressed: bool, letter: Letter) -> Letter:
    """A calendar shows what was pressed in it, whatever we think of it; so the letter brings what stands."""
    return with_calendar(letter, rsvp) if pressed and rsvp.counts else letter


def _back(rsvp: Rsvp, digest: str, subject: str, *lines: Block) -> Letter:
    letter = Letter(
        key=f"{reply_prefix(rsvp)}{digest[:40]}",
        to=rsvp.mail_address,
        subject=subject,
        lines=(*lines, Deed("See or change my answer", seat_address(rsvp))),
        why=WHY,
        kind=ANSWER,
        topic=topic(rsvp.meetup),
        about_at=rsvp.meetup.starts_at,
    )
    return answerable(letter, rsvp)
