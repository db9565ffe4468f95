"""What phones send when there is signal, and what they get back."""

from __future__ import annotations

from typing import Any

from flask import jsonify, request
from flask_wtf.csrf import generate_csrf

from meetups.foundation import clock, doors
from meetups.foundation.database import unit_of_work
from meetups.notes import actions, entries, queries
from meetups.notes.notation import milliseconds, read
from meetups.notes.views.finding import find_noted, notes, shown


@notes.route("/meetups/<code>/notes/sync.json", methods=["GET", "POST"])
@doors.link_holder
def sync(code: str) -> Any:
    """Takes a list of deeds; answers with the ids that are safe, those refused, the clock, and the board if it is new.

    GET brings the cup as well, and the key that a POST has to carry. A phone that says which `cup` it draws from gets
    the sticks of another one as soon as its own was taken back.
    """
    session = find_noted(code)
    sent = request.get_json(silent=True) if request.method == "POST" else None
    sent = sent if isinstance(sent, dict) else {}
    wishes, unread = read(sent.get("deeds"))
    taken = actions.Taken()
    if wishes:
        with unit_of_work():
            taken = actions.take(session, wishes)
    pulse = queries.pulse(session.id)
    answer: dict[str, Any] = {
        "done": taken.done,
        "refused": [{"id": each.id, "why": each.why} for each in (*unread, *taken.refused)],
        "clock": milliseconds(clock.now()),
    }
    if pulse is not None and pulse.mark != sent.get("mark"):
        answer["board"] = shown(session)
    deck = actions.deck_of(session)
    cup = deck.code if deck is not None else ""
    if request.method == "GET" or sent.get("cup", cup) != cup:
        answer["sticks"] = [entries.on_paper(stick) for stick in actions.sticks(session)]
        answer |= {"cup": cup, "taken_back": actions.is_taken_back(session)}
    if request.method == "GET":
        answer["csrf"] = generate_csrf()
    return jsonify(answer)
