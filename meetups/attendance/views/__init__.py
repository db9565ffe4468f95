"""Pages of the room: one module a matter, one blueprint."""

from meetups.attendance.views import answering, bringing, feeds, hosting
from meetups.attendance.views.finding import attendance

__all__ = ["answering", "attendance", "bringing", "feeds", "hosting"]
