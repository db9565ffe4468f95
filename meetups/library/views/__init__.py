"""Pages of the library: searching, one idea, folders, recaps newest first, feeds."""

from meetups.library.views import feeds, folder, marks, searching, things
from meetups.library.views.room import library

__all__ = ["feeds", "folder", "library", "marks", "searching", "things"]
