"""Pages for scribes, for the room and for the wall."""

from meetups.notes.views import hosting, room, screen, scribing, syncing
from meetups.notes.views.finding import notes

__all__ = ["hosting", "notes", "room", "screen", "scribing", "syncing"]
