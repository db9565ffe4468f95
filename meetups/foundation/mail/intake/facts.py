"""What has happened to mail that came."""

from __future__ import annotations

from dataclasses import dataclass

from meetups.foundation.mail.intake.calendar_replies import CalendarReply
from meetups.foundation.refusals import Refusal


@dataclass(frozen=True)
class ReplyCame:
    """Somebody answered a letter. `tag` is what stood in the address they wrote to, in small letters; it alone says
    whose answer this is. `digest` names the message. Either a calendar's answer or a few words of a person's.
    """

    tag: str
    digest: str
    text: str = ""
    calendar: CalendarReply | None = None


@dataclass(frozen=True)
class ReplyRefused:
    """The rules said no to a reply; nothing was changed."""

    reply: ReplyCame
    refusal: Refusal
