"""What has happened to meetups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from meetups.planning.models import Meetup


@dataclass(frozen=True)
class MeetupPublished:
    """A draft or a new meetup went up for everybody."""

    meetup: Meetup


@dataclass(frozen=True)
class MeetupChanged:
    """Time or place of a published meetup changed. `what` maps "time" and "place" to (old, new), in public words."""

    meetup: Meetup
    what: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class MeetupCancelled:
    """It will not happen; `meetup.cancel_reason` says why."""

    meetup: Meetup


@dataclass(frozen=True)
class CapacityChanged:
    """The number of seats of a published meetup changed, or whether seats are counted at all."""

    meetup: Meetup
    old: int | None


@dataclass(frozen=True)
class BringListGiven:
    """The host asks for these things: (quantity, what), replacing what was asked for before."""

    meetup: Meetup
    items: tuple[tuple[int, str], ...]
