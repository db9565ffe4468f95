"""Pages of the library: searching, recaps newest first, feeds."""

from meetups.library.views import feeds, searching, things
from meetups.library.views.room import library

__all__ = ["feeds", "library", "searching", "things"]
