"""Pages of the room: one module a matter, one blueprint."""

from meetups.attendance.views import (
    answering,
    arriving,
    bringing,
    feeds,
    hosting,
    letters,
    noticing,
    offering,
    papers,
    stepping_in,
)
from meetups.attendance.views.finding import attendance

__all__ = [
    "answering", "arriving", "attendance", "bringing", "feeds", "hosting", "letters", "noticing", "offering", "papers",
    "stepping_in",
]
