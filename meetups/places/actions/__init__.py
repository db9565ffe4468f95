"""Looking a place up, remembering it, correcting it, pinning it by hand, merging two that are one; all undoable.

Look-ups may ask a map service, so views make them before the transaction and hand the `Finding` in.
"""

from meetups.places.actions.choosing import ANOTHER, WhichPlace, known_place
from meetups.places.actions.correcting import (
    PlaceGone,
    StalePlace,
    TooManyCorrections,
    check,
    correct,
    know,
    sharpen,
    undo,
)
from meetups.places.actions.looking import (
    WhichTown,
    add_place,
    describe,
    key_of,
    look_up,
    place_of_key,
    same_place,
)
from meetups.places.actions.merging import keep_apart, merge
from meetups.places.actions.pinning import pin_by_hand, point_typed

__all__ = [
    "ANOTHER", "PlaceGone", "StalePlace", "TooManyCorrections", "WhichPlace", "WhichTown", "add_place", "check",
    "correct", "describe", "keep_apart", "key_of", "know", "known_place", "look_up", "merge",
    "pin_by_hand", "place_of_key", "point_typed", "same_place", "sharpen", "undo",
]  # fmt: skip
