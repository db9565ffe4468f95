"""Pages of the room: one module a matter, one blueprint."""

from meetups.discovery.views import alerts, feeds, meetup, mending, near, places
from meetups.discovery.views.front import discovery

__all__ = ["alerts", "discovery", "feeds", "meetup", "mending", "near", "places"]
