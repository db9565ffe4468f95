"""Pages: drawing, decks and their sticks."""

from meetups.deck.views import drawing, sticks
from meetups.deck.views.blueprint import deck

__all__ = ["deck", "drawing", "sticks"]
