"""Ideas from people in the room: the code of the day opens the page, no account is asked for."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from meetups.foundation import clock, doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.pages import say
from meetups.foundation.refusals import Refusal
from meetups.notes import actions
from meetups.notes.forms import IdeaForm
from meetups.notes.notation import DeedWish, is_id, new_id
from meetups.notes.terms import DeedKind
from meetups.notes.views.finding import ROOM, find_watched, link_key, notes, shown
from meetups.notes.views.screen import enter
from meetups.recaps.actions import ask_consent
from meetups.recaps.models import Response


@notes.route("/meetups/<code>/ideas", methods=["GET", "POST"])
@doors.link_holder
def ideas(code: str) -> Any:
    session = find_watched(code)
    if session is None:
        return enter(code, "notes.ideas", "Add your idea")
    board = shown(session)
    form = IdeaForm(board)
    if form.validate_on_submit():
        id = form.press.data if is_id(form.press.data or "") else new_id()
        wish = DeedWish(id, DeedKind.IDEA, target=form.about.data or board["now"], text=form.text.data)
        try:
            with unit_of_work():
                idea = actions.add_idea(session, wish, form.called.data)
            say("Noted. Thank you!" if not form.called.data else "Noted. Your name shows once you have said yes to it.")
            if idea is not None and form.address.data:
                _ask(idea, form.address.data)
            return redirect(url_for("notes.ideas", code=code, key=link_key(ROOM, session)), 303)
        except Refusal as refusal:
            form.take(refusal)
    elif request.method == "GET":
        form.press.data = new_id()
    page = render_template(
        "notes/ideas.html", meetup=session.meetup, form=form, board=board, key=link_key(ROOM, session),
        open=session.meetup.lets_check_in(clock.now()),
    )
    return page, 400 if form.errors else 200


def _ask(idea: Response, address: str) -> None:
    """The letter about the name; what was noted stays noted whatever comes of it."""
    try:
        with unit_of_work():
            ask_consent(idea, address)
    except Refusal as refusal:
        say(refusal.sentence)
