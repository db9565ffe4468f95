"""The questions of the room: one module a matter."""

from meetups.library.queries.folder import (
    folder_of,
    idea_numbered,
    saved_among,
    saved_by,
    saved_count,
    says_tried,
    tried_by,
    tried_counts,
    tried_note,
    tried_notes,
    tried_since,
)
from meetups.library.queries.laid import every_stick, is_indexed, laid_of, public_recaps, stick_counts
from meetups.library.queries.newest import newest_ideas, newest_recaps, newest_recaps_whole
from meetups.library.queries.search import PAGE, Found, Search, ideas_found, ideas_numbered
from meetups.library.queries.things import (
    THINGS_A_PAGE,
    ideas_of_stick,
    key_of_isbn,
    tallies,
    thing_named,
    things_on,
)

__all__ = [
    "PAGE",
    "THINGS_A_PAGE",
    "Found",
    "Search",
    "every_stick",
    "folder_of",
    "idea_numbered",
    "ideas_found",
    "ideas_numbered",
    "ideas_of_stick",
    "is_indexed",
    "key_of_isbn",
    "laid_of",
    "newest_ideas",
    "newest_recaps",
    "newest_recaps_whole",
    "public_recaps",
    "saved_among",
    "saved_by",
    "saved_count",
    "says_tried",
    "stick_counts",
    "tallies",
    "thing_named",
    "things_on",
    "tried_by",
    "tried_counts",
    "tried_note",
    "tried_notes",
    "tried_since",
]
