"""Pages of the room: one module a matter, one blueprint."""

from meetups.recaps.views import (
    consent,
    deciding,
    editor,
    history,
    importing,
    joining,
    photos,
    publishing,
    reading,
    starting,
    waiving,
    writing,
)
from meetups.recaps.views.finding import recaps

__all__ = [
    "consent", "deciding", "editor", "history", "importing", "joining", "photos", "publishing", "reading", "recaps",
    "starting", "waiving", "writing",
]
