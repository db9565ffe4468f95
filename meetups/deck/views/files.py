"""Decks as files: taking them along, and reading them in with a look beforehand."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, request, url_for

from meetups.deck import actions, queries
from meetups.deck.forms import ReadForm, SaveForm
from meetups.deck.models import Deck
from meetups.deck.notation import LARGEST, NotRead, Reading, read, to_csv, to_json_lines, to_text
from meetups.deck.terms import Category, Kind
from meetups.deck.views.blueprint import deck
from meetups.deck.views.finding import find_deck, find_own_deck
from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.pages import LARGEST_POST, say
from meetups.foundation.refusals import Refusal


@deck.get("/cup/decks/<code>.csv")
@doors.everyone
def as_csv(code: str) -> Response:
    found = find_deck(code)
    return _file(found, "csv", to_csv(each.challenge for each in queries.sticks_of(found)))


@deck.get("/cup/decks/<code>.jsonl")
@doors.everyone
def as_json_lines(code: str) -> Response:
    found = find_deck(code)
    return _file(found, "jsonl", to_json_lines(each.challenge for each in queries.sticks_of(found)))


@deck.get("/cup/decks/<code>.txt")
@doors.everyone
def as_text(code: str) -> Response:
    found = find_deck(code)
    text = to_text(found.title, (each.challenge for each in queries.sticks_of(found)))
    return Response(text, mimetype="text/plain")


def _file(found: Deck, ending: str, body: bytes) -> Response:
    kind = "text/csv; charset=utf-8" if ending == "csv" else "application/x-ndjson"
    return Response(body, content_type=kind, headers={
        "Content-Disposition": f'attachment; filename="sticks-{found.code}.{ending}"',
    })


@deck.route("/cup/decks/<code>/read", methods=["GET", "POST"])
@doors.member
def read_in(code: str) -> Any:
    """First a file or pasted lines, then what was found in them; saved is only what `save` gets."""
    found, form = find_own_deck(code), ReadForm()
    if not form.validate_on_submit():
        return render_template("deck/read.html", deck=found, form=form), 400 if form.is_submitted() else 200
    try:
        reading = read(form.bytes_given(LARGEST), form.category.data, form.kind.data)
    except NotRead as wrong:
        form.form_errors.append(str(wrong))
        return render_template("deck/read.html", deck=found, form=form), 400
    return render_template(
        "deck/preview.html", deck=found, reading=reading, room=actions.room_in(found),
        form=SaveForm(formdata=None, data={"sticks": _lines(reading)}),
    )


def _lines(reading: Reading) -> str:
    return to_json_lines(actions.wish_for(each).challenge() for each in reading.found).decode()


@deck.post("/cup/decks/<code>/read/save")
@doors.member
def save(code: str) -> Any:
    """The lines of the preview, read once more: what a browser sends is nothing to rely on."""
    lines = (request.form.get("sticks") or "").encode("utf-8", "replace")
    try:
        reading = read(lines, Category.PLANNING_AND_LOGISTICS, Kind.SHARE, LARGEST_POST)
    except NotRead as wrong:
        raise Refusal(f"{wrong} Nothing was saved.", way_on=(f"/cup/decks/{code}/read", "Start again")) from wrong
    with unit_of_work():
        added, there = actions.read_into(find_own_deck(code), [actions.wish_for(each) for each in reading.found])
    twice = f" {there} stood in the deck already." if there else ""
    say(f"{added} {'stick' if added == 1 else 'sticks'} added.{twice}")
    return redirect(url_for("deck.edit", code=code), 303)
