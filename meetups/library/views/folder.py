"""One idea with what people say who tried it; the storytime folder."""

from __future__ import annotations

from typing import Any

from flask import make_response, redirect, render_template, request, url_for

from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.pages import own_path, say
from meetups.foundation.refusals import NotHere
from meetups.library import actions, entries, queries
from meetups.library.forms import SaveForm, TriedForm
from meetups.library.views.room import library
from meetups.people.queries import blocked_either_way
from meetups.recaps import entries as recap_entries
from meetups.recaps.models import Response


@library.get("/ideas/<int:number>")
@doors.everyone
def idea(number: int) -> Any:
    return _page(_find(number))


@library.get("/ideas/folder")
@doors.member
def folder() -> Any:
    person = person_here()
    rows = queries.folder_of(person, blocked_either_way(person))
    response = make_response(render_template(
        "library/folder.html", count=len(rows), groups=entries.by_category(rows), tell=recap_entries,
        gone=[saved for saved, idea in rows if idea is None],
    ))  # fmt: skip
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@library.post("/ideas/<int:number>/save")
@doors.member
def save(number: int) -> Any:
    """From a list the button alone; from the folder and the idea's page with the note."""
    form = SaveForm()
    if not form.validate_on_submit():
        return _page(_find(number), saving=form, status=400)
    with unit_of_work():
        actions.save(person_here(), _find(number), form.note.data if "note" in request.form else None)
    say("It is in your folder.")
    return _back(number)


@library.post("/ideas/<int:number>/drop")
@doors.member
def drop(number: int) -> Any:
    with unit_of_work():
        actions.drop(person_here(), number)
    say("Taken out of your folder.")
    return _back(number)


@library.post("/ideas/<int:number>/tried")
@doors.member
def tried(number: int) -> Any:
    form = TriedForm()
    if not form.validate_on_submit():
        return _page(_find(number), trying=form, status=400)
    try:
        with unit_of_work():
            actions.say_tried(person_here(), _find(number), form.tried_note.data)
    except actions.TooManyTried as refusal:
        form.take(refusal)
        return _page(_find(number), trying=form, status=refusal.status)
    say("Thank you. Others see that somebody tried it, not who.")
    return redirect(url_for("library.idea", number=number, _anchor="tried"), 303)


@library.post("/ideas/<int:number>/not-tried")
@doors.member
def not_tried(number: int) -> Any:
    with unit_of_work():
        actions.take_back_tried(person_here(), number)
    say("Taken back, and what you said with it.")
    return _back(number)


@library.get("/ideas/tried/<code>")
@doors.everyone
def tried_note(code: str) -> Any:
    """Where reports lead: to the note, as far as this reader may see it."""
    note = queries.tried_note(code)
    if note is None or note.id not in {each.id for each in _notes(note.idea_id)}:
        raise NotHere("There is no such note.")
    return redirect(url_for("library.idea", number=_find(note.idea_id).id, _anchor=f"t{note.code}"), 303)


def _find(number: int) -> Response:
    found = queries.idea_numbered(number, blocked_either_way(person_here()))
    if found is None:
        raise NotHere("There is no such idea. Its writers may have taken it out.")
    return found


def _notes(number: int) -> Any:
    """Moderators read what is hidden, too, and by anybody: nobody keeps a note from them with a block."""
    person = person_here()
    moderates = person is not None and person.is_moderator
    return queries.tried_notes(number, () if moderates else blocked_either_way(person), hidden_too=moderates)


def _page(
    found: Response, saving: SaveForm | None = None, trying: TriedForm | None = None, status: int = 200
) -> Any:
    person = person_here()
    saved = queries.saved_by(person, found.id) if person else None
    mine = queries.says_tried(person, found.id) if person else None
    page = render_template(
        "library/idea.html", idea=found, tell=recap_entries, saved=saved, mine=mine,
        saving=saving or SaveForm(formdata=None, note=saved.note if saved else ""),
        trying=trying or TriedForm(formdata=None, tried_note=mine.note if mine else ""),
        times=queries.tried_counts([found.id]).get(found.id, 0), notes=_notes(found.id),
    )
    return page, status


def _back(number: int) -> Any:
    """To the page on which the button was, at the idea."""
    path = own_path(request.form.get("back"), url_for("library.folder"))
    return redirect(path if "#" in path else f"{path}#i{number}", 303)
