"""The page on which a recap is written, with whichever form needs another look."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from meetups.foundation import doors
from meetups.foundation.refusals import Refusal
from meetups.recaps import actions, entries, queries
from meetups.recaps.forms import EntryForm, HeadForm, NotesForm, SortForm
from meetups.recaps.models import Recap
from meetups.recaps.notation import WrittenRecap, write
from meetups.recaps.views.finding import find_own, recaps

NEW = "new"


@recaps.get("/recaps/<code>/edit")
@doors.member
def edit(code: str) -> Any:
    recap = find_own(code)
    wanted = request.args.get("entry", "")
    entry = next((each for each in recap.entries if str(each.id) == wanted), None)
    if entry is None and wanted != NEW:
        entry = recap.entries[0] if recap.entries else None
    return edit_page(recap, entry=EntryForm(entry))


def edit_page(
    recap: Recap, *, entry: EntryForm | None = None, head: HeadForm | None = None, notes: NotesForm | None = None,
    sort: SortForm | None = None, refusal: Refusal | None = None,
) -> Any:
    """The editor with the form that needs another look; the others are filled from what stands."""
    given = [form for form in (entry, head, notes, sort) if form is not None]
    entry = entry or EntryForm(recap.entries[0] if recap.entries else None, fresh=True)
    standing = entry.entry if isinstance(refusal, actions.StaleForm) else None
    meanwhile = WrittenRecap(entries=[entries.written_entry(standing)]) if standing else None
    page = render_template(
        "recaps/edit.html", recap=recap, entry=entry, head=head or HeadForm(recap, formdata=None),
        notes=notes or NotesForm(formdata=None), tell=entries,
        held_up=None if given else refusal, kept=request.args.get("kept"),
        sort=sort or SortForm(formdata=None, data={"whole": write(entries.written(recap)), "version": recap.version}),
        meanwhile=write(meanwhile) if meanwhile else "", waiting=queries.consents_pending(recap),
        unnodded=queries.waiting_beside(recap, None),
    )
    return page, 409 if refusal else 400 if any(form.errors for form in given) else 200


def to_edit(recap: Recap, anchor: str, entry: int | str | None = None, kept: str | None = None) -> Answer:
    return redirect(url_for("recaps.edit", code=recap.code, entry=entry, kept=kept, _anchor=anchor), 303)
