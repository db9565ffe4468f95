"""Pages of the library: searching, recaps newest first, feeds."""

from meetups.library.views import feeds, searching
from meetups.library.views.room import library

__all__ = ["feeds", "library", "searching"]
