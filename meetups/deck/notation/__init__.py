"""Decks as files. What a row is called, and how sticks are read from and written to CSV, JSON Lines and plain text."""

LONGEST = 220  # characters that fit on the wood

__all__ = ["LONGEST"]
