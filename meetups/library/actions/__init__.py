"""Keeping the index of ideas true."""

from meetups.library.actions.indexing import fill, index, reindex

__all__ = ["fill", "index", "reindex"]
