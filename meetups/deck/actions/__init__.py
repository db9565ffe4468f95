"""What can be done with sticks: draw; keep decks; write, read in, move, take out sticks; propose one for the cup."""

from meetups.deck.actions.drawing import DeckIsEmpty, draw
from meetups.deck.actions.filling import fill_the_cup
from meetups.deck.actions.keeping import (
    NotTheCup,
    TooManyDecks,
    begin_deck,
    change_deck,
    copy_deck,
    give_up_decks,
    throw_away,
)
from meetups.deck.actions.proposing import ProposedBefore, TooManyProposals, accept, decline, propose
from meetups.deck.actions.wishes import DeckWish, StickWish
from meetups.deck.actions.writing import (
    AlreadyThere,
    ComesWithTheSoftware,
    DeckIsFull,
    move,
    read_into,
    rewrite_stick,
    room_in,
    take_out,
    wish_for,
    write_stick,
    write_sticks,
)

__all__ = [
    "AlreadyThere", "ComesWithTheSoftware", "DeckIsEmpty", "DeckIsFull", "DeckWish", "NotTheCup", "ProposedBefore",
    "StickWish", "TooManyDecks", "TooManyProposals", "accept", "begin_deck", "change_deck", "copy_deck", "decline",
    "draw", "fill_the_cup", "give_up_decks", "move", "propose", "read_into", "rewrite_stick", "room_in", "take_out",
    "throw_away", "wish_for", "write_stick", "write_sticks",
]
