"""Pages: drawing, decks and their sticks, decks as files and on paper, what is proposed for the cup."""

from meetups.deck.views import decks, drawing, files, printing, proposals, sticks
from meetups.deck.views.blueprint import deck

__all__ = ["deck", "decks", "drawing", "files", "printing", "proposals", "sticks"]
