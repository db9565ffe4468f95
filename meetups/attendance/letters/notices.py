"""Letters about what happened to the meetup: one function a letter, named by its news."""

from __future__ import annotations

from collections.abc import Mapping

from meetups.attendance.letters.lines import facts, seat_address, with_calendar
from meetups.attendance.models import Rsvp
from meetups.foundation import clock
from meetups.foundation.addresses import absolute
from meetups.foundation.mail.letters import Block, Changed, Deed, Facts, Heading, Letter, Links, Para


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
    return with_calendar(letter, rsvp)


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
    return with_calendar(letter, rsvp)
