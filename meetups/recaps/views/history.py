"""What a recap said before: the list, the difference, putting it back. For its writers only."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.pages import say
from meetups.foundation.refusals import NotHere
from meetups.recaps import actions, entries, queries
from meetups.recaps.views.finding import find_own, recaps


@recaps.get("/recaps/<code>/history")
@doors.member
def history(code: str) -> Any:
    recap = find_own(code)
    return render_template("recaps/history.html", recap=recap, revisions=queries.revisions_of(recap))


@recaps.get("/recaps/<code>/history/<int:number>")
@doors.member
def revision(code: str, number: int) -> Any:
    """What changed with this revision, against the one before it."""
    recap = find_own(code)
    here, before = queries.revision_of(recap, number), queries.revision_of(recap, number - 1)
    if here is None:
        raise NotHere("That far back nothing is kept any more.")
    changes = entries.changes_between(before.body if before else None, here.body)
    newest = queries.last_revision(recap)
    return render_template(
        "recaps/revision.html", recap=recap, here=here, before=before, changes=changes,
        is_newest=newest is not None and newest.number == number,
    )


@recaps.post("/recaps/<code>/history/<int:number>")
@doors.member
def restore(code: str, number: int) -> Any:
    recap, version = find_own(code), request.form.get("version", "")
    with unit_of_work():
        actions.restore(recap, number, int(version) if version.isdecimal() and len(version) < 9 else 0)
    say("It says again what it said then. Names did not come back; this, too, can be undone.")
    return redirect(url_for("recaps.history", code=code), 303)
