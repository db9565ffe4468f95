"""Pages of the room: one module a matter, one blueprint."""

from meetups.planning.views import changing, proposing, showing
from meetups.planning.views.finding import planning

__all__ = ["changing", "planning", "proposing", "showing"]
