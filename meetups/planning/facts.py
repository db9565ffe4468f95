"""What has happened to meetups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from meetups.people.models import Person
from meetups.planning.models import LOUD, Meetup, Telling


@dataclass(frozen=True)
class MeetupPublished:
    """A draft or a new meetup went up for everybody."""

    meetup: Meetup


@dataclass(frozen=True)
class MeetupChanged:
    """Time or place of a published meetup changed. `what` maps "time" and "place" to (old, new), in public words.

    `before` is what `actions.restore` needs to make it undone.
    """

    meetup: Meetup
    what: Mapping[str, tuple[str, str]]
    before: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    telling: Telling = field(default=LOUD, compare=False)


@dataclass(frozen=True)
class MeetupPostponed:
    """It has a new date, and nobody's answer was meant for that; `meetup.postponed[-1]` says why."""

    meetup: Meetup
    before: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    telling: Telling = field(default=LOUD, compare=False)


@dataclass(frozen=True)
class MeetupCancelled:
    """It will not happen; `meetup.cancel_reason` says why."""

    meetup: Meetup
    before: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    telling: Telling = field(default=LOUD, compare=False)


@dataclass(frozen=True)
class ChangeTakenBack:
    """A change, a new date or a cancellation (`was_off`) was undone: time, place and standing are as they were."""

    meetup: Meetup
    was_off: bool = False


@dataclass(frozen=True)
class CapacityChanged:
    """The number of seats of a published meetup changed, or whether seats are counted at all."""

    meetup: Meetup
    old: int | None


@dataclass(frozen=True)
class ApprovalDropped:
    """The host no longer wants to be asked before anybody has a seat."""

    meetup: Meetup


@dataclass(frozen=True)
class HostChanged:
    """Somebody else hosts from now on; `before` did."""

    meetup: Meetup
    before: Person | None


@dataclass(frozen=True)
class BringListGiven:
    """The host asks for these things: (quantity, what), replacing what was asked for before."""

    meetup: Meetup
    items: tuple[tuple[int, str], ...]
