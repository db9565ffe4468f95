"""What can be done with sticks: fill the cup, draw."""

from meetups.deck.actions.drawing import DeckIsEmpty, draw
from meetups.deck.actions.filling import fill_the_cup

__all__ = ["DeckIsEmpty", "draw", "fill_the_cup"]
