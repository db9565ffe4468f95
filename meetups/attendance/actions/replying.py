"""Answers that came by mail. Only the token in the address says whose; the rules are those of the page.

An answer counts for the meetup as it is now, also when it was given to an earlier letter (RFC 5546, 2.1.5, lets the
organizer decide): a new room or hour on the same day does not undo a yes. An answer to another *day* does not count.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from meetups.attendance import letters, queries
from meetups.attendance.actions.answering import confirm
from meetups.attendance.actions.wishes import FewerSeats, Wish
from meetups.attendance.entries import PARTSTATS, REPLY_PURPOSE
from meetups.attendance.letters import replies
from meetups.attendance.models import Answer, Rsvp
from meetups.attendance.notation import Said, said_in
from meetups.foundation import clock
from meetups.foundation.database import lock
from meetups.foundation.mail.intake.calendar_replies import CalendarReply
from meetups.foundation.mail.intake.facts import ReplyCame, ReplyRefused
from meetups.foundation.mail.letters import Letter
from meetups.foundation.mail.outbox import letters_since, post
from meetups.foundation.refusals import Refusal
from meetups.foundation.tokens import number_in, opens_in_mail
from meetups.planning.models import Meetup

LETTERS_BACK_AN_HOUR = 4
CHANGES_AN_HOUR = 10
SAME_DAY = timedelta(hours=14)  # how far a clock in an unknown zone can be off
ANSWERS = {partstat: answer for answer, partstat in PARTSTATS.items()}


class Unclear(Refusal):
    """The reply is not plain enough to act on."""


class OtherDate(Refusal):
    """The reply is about a day on which the meetup no longer is."""


class TooMany(Refusal):
    """A machine, surely: more answers than a person gives."""


def take_reply(reply: ReplyCame) -> None:
    """Make the reply the party's answer, as if given on the page; a token that opens nothing changes nothing.

    Raises Unclear, OtherDate, TooMany, or what `answer` refuses; `answer_back` says so by mail.
    """
    rsvp = _party(reply.tag)
    if rsvp is None:
        return
    meetup = lock(rsvp.meetup)
    lock(rsvp)
    said = _said(reply, meetup)
    _refuse_other_date(reply, meetup)
    _refuse_too_many(rsvp)
    before = (rsvp.answer, rsvp.guests)
    rsvp = confirm(rsvp, _wish(rsvp, said))
    unchanged = (rsvp.answer, rsvp.guests) == before
    if unchanged and (reply.calendar is None or rsvp.answer is not said.answer):
        _post_back(rsvp, replies.reply_noted(rsvp, reply.digest, pressed=reply.calendar is not None))


def answer_back(refused: ReplyRefused) -> None:
    """Say by mail why a reply changed nothing; at most four letters an hour to one party, so that nothing can loop."""
    rsvp, digest, refusal = _party(refused.reply.tag), refused.reply.digest, refused.refusal
    if rsvp is None or isinstance(refusal, TooMany):
        return
    if isinstance(refusal, Unclear):
        letter = replies.reply_unclear(rsvp, digest)
    elif isinstance(refusal, OtherDate):
        letter = replies.reply_about_other_date(rsvp, digest)
    else:
        pressed = refused.reply.calendar is not None
        letter = replies.reply_refused(rsvp, digest, refusal.sentence, _way_on(refusal), pressed=pressed)
    _post_back(rsvp, letter)


def _party(tag: str) -> Rsvp | None:
    token = tag.partition(".")[0]
    number = number_in(token)
    rsvp = queries.rsvp_by_number(number) if number is not None else None
    return rsvp if rsvp is not None and opens_in_mail(token, REPLY_PURPOSE, rsvp.id, rsvp.link_version) else None


def _said(reply: ReplyCame, meetup: Meetup) -> Said:
    calendar = reply.calendar
    if calendar is None:
        said = said_in(reply.text)
    elif calendar.uid != meetup.uid or calendar.partstat not in ANSWERS:
        said = None
    else:
        said = Said(ANSWERS[calendar.partstat], calendar.guests or None)
    if said is None:
        raise Unclear("We could not tell what your reply means.")
    return said


def _refuse_other_date(reply: ReplyCame, meetup: Meetup) -> None:
    """By the start the calendar sends back, or the day in the address, or at least by the number of the edit."""
    if reply.calendar is not None and reply.calendar.starts is not None:
        same = _is_same_day(reply.calendar.starts, meetup)
    elif day := reply.tag.partition(".")[2]:
        same = day == f"{meetup.local_start:%Y%m%d}"
    else:
        same = _is_newest(reply.calendar, meetup)
    if not same:
        raise OtherDate("The date is a new one.")


def _is_same_day(starts: datetime, meetup: Meetup) -> bool:
    if starts.tzinfo is None:
        return abs(starts - meetup.local_start) <= SAME_DAY
    return clock.wall_clock(starts, meetup.time_zone).date() == meetup.local_start.date()


def _is_newest(calendar: CalendarReply | None, meetup: Meetup) -> bool:
    answered = calendar.sequence if calendar and calendar.sequence is not None else 0
    return answered >= meetup.sequence


def _refuse_too_many(rsvp: Rsvp) -> None:
    since = clock.now() - letters.HOUR
    if letters_since(rsvp.mail_address, since, f"answer:{rsvp.id}:") >= CHANGES_AN_HOUR:
        raise TooMany("That is more than we can follow. Wait an hour, or use the page.")


def _wish(rsvp: Rsvp, said: Said) -> Wish:
    """What they said, and what they had said before where they are silent."""
    guests = rsvp.guests if said.guests is None else said.guests
    return Wish(
        answer=said.answer, guests=0 if said.answer is Answer.CANT else guests, note=rsvp.note, opener=rsvp.opener,
        can_step_in=rsvp.can_step_in, waits=said.waits,
    )  # fmt: skip


def _way_on(refusal: Refusal) -> str:
    if not isinstance(refusal, FewerSeats):
        return ""
    fewer = f"“+{refusal.free - 1}”" if refusal.free > 1 else "“just me”"
    return f"Reply {fewer} to come as {refusal.free}, or “wait” to wait for all {refusal.party}."


def _post_back(rsvp: Rsvp, letter: Letter) -> None:
    if letters_since(rsvp.mail_address, clock.now() - letters.HOUR, replies.reply_prefix(rsvp)) < LETTERS_BACK_AN_HOUR:
        post(letter)
