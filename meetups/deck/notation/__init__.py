"""Decks as files: CSV, JSON Lines, plain text.

A *column* is text, category, kind, ages, skills or warm_up; several ages or skills stand in one cell with `;` between
(in JSON: a list). CSV is written in UTF-8 with a byte-order mark, which spreadsheets want. A cell that a spreadsheet
would take for a formula gets an apostrophe in front, which is taken off again when such a file is read.

Reading never fails: it gives the sticks found, and a sentence about each thing that was odd, was guessed or was left
out, with its row. Nothing is dropped without one.
"""

from meetups.deck.notation.reading import LARGEST, LONGEST, MOST_ROWS, Found, NotRead, Reading, read
from meetups.deck.notation.writing import to_csv, to_json_lines, to_text

__all__ = [
    "LARGEST", "LONGEST", "MOST_ROWS", "Found", "NotRead", "Reading", "read", "to_csv", "to_json_lines", "to_text",
]
