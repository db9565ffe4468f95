"""Parties whom letters do not reach."""

from __future__ import annotations

from meetups.attendance import queries
from meetups.foundation import clock
from meetups.planning.queries import meetup_by_code


def note_unreachable(topic: str, address: str) -> None:
    """A letter about a meetup (its topic is `meetup:<code>`) came back: the host sees since when, of this party."""
    kind, _, code = topic.partition(":")
    meetup = meetup_by_code(code) if kind == "meetup" else None
    rsvp = queries.rsvp_at(address.lower(), meetup) if meetup is not None else None
    if rsvp is not None and rsvp.unreachable_at is None:
        rsvp.unreachable_at = clock.now()
