"""Pages: drawing, decks and their sticks, decks as files, what is proposed for the cup."""

from meetups.deck.views import decks, drawing, files, proposals, sticks
from meetups.deck.views.blueprint import deck

__all__ = ["deck", "decks", "drawing", "files", "proposals", "sticks"]
