"""Where there is no mail server: the letters, readable in a browser on the server's own machine only."""

from __future__ import annotations

import re

from flask import Blueprint, Response, make_response, render_template

from meetups.foundation import doors
from meetups.foundation.mail import outbox
from meetups.foundation.pages import not_here

SHOWN = 50
ADDRESS = re.compile(r"(https?://[^\s<>\"]+)")
reading_room = Blueprint("reading_room", __name__)


@reading_room.get("/letters")
@doors.own_machine
def letters() -> Response:
    return _unstored(render_template("reading_room/letters.html", letters=outbox.newest(SHOWN), shown=SHOWN))


@reading_room.get("/letters/<int:number>")
@doors.own_machine
def letter(number: int) -> Response:
    found = outbox.letter_numbered(number) if number < 2**31 else None
    if found is None:
        raise not_here()
    return _unstored(render_template("reading_room/letter.html", letter=found, pieces=in_pieces(found.plain)))


def in_pieces(text: str) -> list[tuple[str, bool]]:
    """The text cut up so that joining gives it back; True beside a piece that is an address to be pressed."""
    return [(piece, number % 2 == 1) for number, piece in enumerate(ADDRESS.split(text)) if piece]


def _unstored(page: str) -> Response:
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer
