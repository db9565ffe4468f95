"""Telling people what happened to a meetup they answered to."""

from __future__ import annotations

from collections.abc import Mapping

from meetups.attendance import letters, queries
from meetups.attendance.models import Rsvp
from meetups.foundation.mail.outbox import post_many
from meetups.planning.models import Meetup


def tell_changed(meetup: Meetup, what: Mapping[str, tuple[str, str]]) -> None:
    """A new time or place: one letter to every party that is going, waiting or unsure, but not to the host."""
    post_many(letters.changed(rsvp, what) for rsvp in _others(meetup))


def tell_cancelled(meetup: Meetup) -> None:
    """It is off: the same people get one letter, which also takes the entry out of their calendars."""
    post_many(letters.cancelled(rsvp) for rsvp in _others(meetup))


def _others(meetup: Meetup) -> list[Rsvp]:
    return [rsvp for rsvp in queries.to_be_told(meetup) if rsvp.person_id != meetup.host_id or rsvp.person_id is None]
