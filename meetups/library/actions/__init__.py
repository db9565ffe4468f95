"""Keeping the index of ideas true; members' folders and what they tried."""

from meetups.library.actions.folder import (
    FolderFull,
    TooManyTried,
    drop,
    forget_person,
    save,
    say_tried,
    take_back_tried,
)
from meetups.library.actions.indexing import fill, index, reindex

__all__ = [
    "FolderFull", "TooManyTried", "drop", "fill", "forget_person", "index", "reindex", "save", "say_tried",
    "take_back_tried",
]
