"""Pages: drawing, decks and their sticks, what is proposed for the cup."""

from meetups.deck.views import decks, drawing, proposals, sticks
from meetups.deck.views.blueprint import deck

__all__ = ["deck", "decks", "drawing", "proposals", "sticks"]
