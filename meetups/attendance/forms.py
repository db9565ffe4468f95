"""What people type when they answer."""

from __future__ import annotations

import re
from typing import Any

from wtforms import BooleanField, RadioField
from wtforms.validators import ValidationError

from meetups.attendance.actions import Wish
from meetups.attendance.models import Answer, Rsvp
from meetups.foundation.forms import ChoiceField, Form, address, called, line
from meetups.planning.models import Meetup

MOST_GUESTS = 9
NAME_NEEDED = "Tell the host what to call you."
NOT_THEIRS_TO_SAY = (Answer.OFFERED, Answer.WAITING, Answer.ASKED, Answer.REQUESTED, Answer.DECLINED)


def _count(typed: Any) -> int | None:
    """A number of people; None for what is none, so that the form can say so in its own words."""
    text = str(typed).strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text, re.ASCII) else None


class AnswerForm(Form):
    """A member's answer, or a change to an earlier one."""

    answer = ChoiceField("Are you coming?", Answer, leave_out=NOT_THEIRS_TO_SAY, default=Answer.GOING)
    guests = RadioField("Bringing anyone?", coerce=_count, default=0, validate_choice=False)
    note = line("A note to the host", most=500)
    reply_0 = line("The host asks", most=300)
    reply_1 = line("The host asks", most=300)
    reply_2 = line("The host asks", most=300)
    opener = BooleanField("I’d happily answer an early stick")
    can_step_in = BooleanField("I could step in if the host can’t")

    def __init__(self, meetup: Meetup, rsvp: Rsvp | None = None, **more: Any) -> None:
        super().__init__(data=_as_typed(meetup, rsvp) if rsvp else None, **more)
        most = min(meetup.guests_allowed, MOST_GUESTS)
        self.guests.choices = [(n, f"+{n}" if n else "Just me") for n in range(most + 1)]
        self.guests_possible = most > 0
        self.asked = list(zip(meetup.questions, (self.reply_0, self.reply_1, self.reply_2), strict=False))
        for question, reply in self.asked:
            reply.label.text = question

    def validate_answer(self, field: Any) -> None:
        if not any(field.raw_data or ()):
            raise ValidationError("Say whether you are coming: going, maybe, or can’t make it.")

    def validate_guests(self, field: Any) -> None:
        if field.data is None or field.data < 0:
            raise ValidationError("Guests are a whole number: 0 for just you.")

    def wish(self, seats: str | None = None) -> Wish:
        """What they ask for. `seats` is the press of "come as 3" or "wait": it decides over the guests typed."""
        guests = self.guests.data or 0
        if seats and seats.isascii() and seats.isdigit() and len(seats) < 4 and int(seats) > 0:
            guests = int(seats) - 1
        return Wish(
            answer=self.answer.data or Answer.GOING,
            guests=0 if self.answer.data is Answer.CANT else guests,
            note=self.note.data or "",
            opener=bool(self.opener.data),
            can_step_in=bool(self.can_step_in.data),
            waits=seats == "wait",
            replies=tuple((question, reply.data or "") for question, reply in self.asked),
        )


class VisitorForm(AnswerForm):
    """The same from somebody without an account."""

    name = called("First name, or what we should call you", needed=NAME_NEEDED)
    email = address("E-mail", needed="We need an address for the one letter with your link.")


class SeatForm(AnswerForm):
    """A visitor's answer behind their mailed link, where the name can still be put right."""

    name = called("First name, or what we should call you", needed=NAME_NEEDED)

    def __init__(self, meetup: Meetup, rsvp: Rsvp, **more: Any) -> None:
        super().__init__(meetup, rsvp, **more)
        if self.name.raw_data is None:
            self.name.data = rsvp.name


class ArrivalForm(Form):
    """The code of the day, and a name that is on the list."""

    code = line("Code of the day", most=60, needed="Which two words were said in the room?")
    called = line("Your name, as you answered", most=80, needed="Type the name you answered with.")


def _as_typed(meetup: Meetup, rsvp: Rsvp) -> dict[str, Any]:
    answer = Answer.GOING if rsvp.answer in NOT_THEIRS_TO_SAY else rsvp.answer
    given = dict(rsvp.replies or ())
    replies = {f"reply_{n}": given.get(question, "") for n, question in enumerate(meetup.questions)}
    return {
        "answer": answer, "guests": rsvp.guests, "note": rsvp.note, "opener": rsvp.opener,
        "can_step_in": rsvp.can_step_in, **replies,
    }
