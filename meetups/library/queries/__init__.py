"""The questions of the room: one module a matter."""

from meetups.library.queries.laid import every_stick, is_indexed, laid_of, public_recaps, stick_counts
from meetups.library.queries.newest import newest_ideas, newest_recaps, newest_recaps_whole
from meetups.library.queries.search import PAGE, Found, Search, ideas_found, ideas_numbered

__all__ = [
    "PAGE", "Found", "Search", "every_stick", "ideas_found", "ideas_numbered", "is_indexed", "laid_of", "newest_ideas",
    "newest_recaps", "newest_recaps_whole", "public_recaps", "stick_counts",
]
