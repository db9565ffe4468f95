"""Proposing, copying, editing, publishing, confirming, cancelling.

Look-ups of places may ask a map service, so views make them before the transaction and hand the `Finding` in.
Nobody is written to from here: facts are announced, and the rooms above react.
"""

from meetups.planning.actions.editing import edit, moves
from meetups.planning.actions.proposing import copy, draft_of, propose
from meetups.planning.actions.refusals import (
    AlreadyOver,
    DayIsPast,
    NoSuchHour,
    NotNow,
    StaleForm,
    WhichHour,
    ZoneNeeded,
)
from meetups.planning.actions.standing import cancel, confirm, publish, throw_away

__all__ = [
    "AlreadyOver", "DayIsPast", "NoSuchHour", "NotNow", "StaleForm", "WhichHour", "ZoneNeeded", "cancel", "confirm",
    "copy", "draft_of", "edit", "moves", "propose", "publish", "throw_away",
]  # fmt: skip
