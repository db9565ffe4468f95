"""What ideas are narrowed down by. Values stand in addresses and in the index; labels are read."""

from __future__ import annotations

from meetups.foundation.labels import Labeled
from meetups.recaps.terms import AgeGroup, Category, ResourceType

__all__ = ["AgeGroup", "Category", "Facet", "ResourceType", "Shelf"]

WITH_TIP = "tip"
ONLINE = "online"


class Facet(Labeled):
    ABOUT = ("about", "About")
    AGE = ("age", "Ages")
    SKILL = ("skill", "Skills")
    WITH = ("with", "Comes with")
    WHERE = ("where", "Where")
    YEAR = ("year", "Year")


class Shelf(Labeled):
    """What a thing is kept under, however the note-taker called it."""

    SONGS = ("songs", "Songs and rhymes")
    BOOKS = ("books", "Books")
    PROPS = ("props", "Props and flannels")


SHELF_OF = {
    ResourceType.SONG: Shelf.SONGS, ResourceType.RHYME: Shelf.SONGS, ResourceType.FINGERPLAY: Shelf.SONGS,
    ResourceType.RECORDING: Shelf.SONGS, ResourceType.BOOK: Shelf.BOOKS, ResourceType.PROP: Shelf.PROPS,
    ResourceType.FLANNEL: Shelf.PROPS,
}  # fmt: skip
