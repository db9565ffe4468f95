"""What has happened to answers and seats."""

from __future__ import annotations

from dataclasses import dataclass

from meetups.attendance.models import Rsvp
from meetups.planning.models import Meetup


@dataclass(frozen=True)
class Answered:
    """A party's answer stands now, whatever it says."""

    rsvp: Rsvp


@dataclass(frozen=True)
class SeatFreed:
    """Seats became free and were handed on as far as waiting parties fit."""

    meetup: Meetup
