"""Starting, noting (from any number of phones, in any order), the room's own ideas, and who may note."""

from meetups.notes.actions.cup import CupIsEmpty, draw, skip, sticks
from meetups.notes.actions.lending import deck_of, is_taken_back
from meetups.notes.actions.merging import Taken, take
from meetups.notes.actions.room import NotNow, add_idea
from meetups.notes.actions.starting import CannotStart, change_links, dismiss_scribe, name_scribe, start

__all__ = [
    "CannotStart", "CupIsEmpty", "NotNow", "Taken", "add_idea", "change_links", "deck_of", "dismiss_scribe",
    "draw", "is_taken_back", "name_scribe", "skip", "start", "sticks", "take",
]
