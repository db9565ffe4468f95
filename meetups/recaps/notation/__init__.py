"""Between text and structure: `read` takes notes and old recaps as they are, `write` makes plain text of a recap.

Pure functions; no database, no pages. `read(write(recap)) == normalised(recap)`, and `read` drops no word of
anything: what it cannot place stands in the head, the tail or an entry's leftovers.
"""

from meetups.recaps.notation.reading import read
from meetups.recaps.notation.writing import write
from meetups.recaps.notation.written import (
    WrittenEntry,
    WrittenRecap,
    WrittenResource,
    WrittenResponse,
    category_named,
    normalised,
)

__all__ = [
    "WrittenEntry",
    "WrittenRecap",
    "WrittenResource",
    "WrittenResponse",
    "category_named",
    "normalised",
    "read",
    "write",
]
