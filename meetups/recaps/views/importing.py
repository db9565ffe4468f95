"""A look at what was pasted, or at what a file holds, before anything is saved."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.pages import say, takes_up_to
from meetups.foundation.refusals import Refusal
from meetups.recaps import actions
from meetups.recaps.forms import MOST_FOUND, FileForm, NewForm, TakeForm
from meetups.recaps.notation import read, write
from meetups.recaps.notation.files import Find, Finds
from meetups.recaps.views.finding import recaps
from meetups.recaps.views.starting import meetup_to_write_up

LARGEST_FILE = 20 * 1024 * 1024
TOO_LARGE = "That file has more than 20 MB. Export one category or one year at a time, and bring in the parts."


@recaps.post("/recaps/look")
@doors.member
def look() -> Any:
    """How a paste reads; the text goes back and forth with the page."""
    meetup = meetup_to_write_up(request.args.get("meetup", ""))
    form = NewForm(listed=meetup is not None)
    if not form.validate():
        return render_template("recaps/new.html", form=form, meetup=meetup), 400
    written = read(form.notes.data or "")
    return render_template("recaps/look.html", find=Find(written), text=write(written), form=form, meetup=meetup)


@recaps.route("/recaps/import", methods=["GET", "POST"])
@doors.member
@takes_up_to(LARGEST_FILE, TOO_LARGE)
def bring_in() -> Any:
    """A file, and on the next page what is in it."""
    form = FileForm()
    finds: Finds | None = form.finds() if form.validate_on_submit() else None
    if finds is None:
        return render_template("recaps/import.html", form=form), 400 if form.errors else 200
    if len(finds.recaps) == 1 and finds.recaps[0].post is None:
        (find,) = finds.recaps
        text, empty = write(find.recap), NewForm(listed=False, formdata=None)
        return render_template("recaps/look.html", find=find, text=text, form=empty, meetup=None)
    shown = [(each, write(each.recap)) for each in finds.first(MOST_FOUND)]
    return render_template("recaps/found.html", form=TakeForm(), finds=finds, shown=shown)


@recaps.post("/recaps/import/take")
@doors.member
@takes_up_to(LARGEST_FILE, TOO_LARGE)
def take() -> Any:
    """The posts that were ticked, each a draft of its own."""
    form = TakeForm()
    if not form.validate():
        say(form.sentence)
        return redirect(url_for("recaps.bring_in"), 303)
    made = 0
    for title, text in form.chosen():
        try:
            with unit_of_work():
                actions.start(person_here(), None, actions.HeadWish(title), text)
            made += 1
        except Refusal as refusal:
            say(f"“{title[:60]}” was left out. {refusal.sentence}")
    if made:
        drafts = "One draft was made" if made == 1 else f"{made} drafts were made"
        say(f"{drafts}. Nobody sees them until you publish; look each over first.")
    return redirect(url_for("library.recaps"), 303)
