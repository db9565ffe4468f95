"""Proposing, copying, editing, moving, postponing, publishing, confirming, cancelling, taking back.

Look-ups of places may ask a map service, so views make them before the transaction and hand the `Finding` in.
Nobody is written to from here: facts are announced, and the rooms above react. Whoever changes something that
people know hands in a `Telling`; None means undecided, and then the refusal AskFirst says what they would hear.
"""

from meetups.planning.actions.editing import edit, moves
from meetups.planning.actions.forgetting import forget_addresses
from meetups.planning.actions.hosting import hand_over, need_host, say_still_on, step_in
from meetups.planning.actions.keeping import repin
from meetups.planning.actions.moving import NewPlace, goes_elsewhere, move_online, move_place
from meetups.planning.actions.placing import follow_merge, follow_place, part_again
from meetups.planning.actions.postponing import postpone
from meetups.planning.actions.proposing import copy, draft_of, preview_of, propose
from meetups.planning.actions.refusals import (
    AlreadyOver,
    AskFirst,
    DayIsPast,
    NoSuchHour,
    NotNow,
    StaleForm,
    TooManyToday,
    WhichClock,
    WhichHour,
    ZoneNeeded,
)
from meetups.planning.actions.restoring import remember, restore
from meetups.planning.actions.standing import cancel, confirm, publish, throw_away

__all__ = [
    "AlreadyOver", "AskFirst", "DayIsPast", "NewPlace", "NoSuchHour", "NotNow", "StaleForm", "TooManyToday",
    "WhichClock", "WhichHour", "ZoneNeeded", "cancel", "confirm", "copy", "draft_of", "edit", "follow_merge",
    "follow_place", "forget_addresses", "goes_elsewhere", "hand_over", "move_online", "move_place", "moves",
    "need_host", "part_again", "postpone", "preview_of", "propose", "publish", "remember", "repin", "restore",
    "say_still_on", "step_in", "throw_away",
]  # fmt: skip
