"""Searching all ideas, and all recaps from the newest."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for

from meetups.foundation import doors
from meetups.foundation.doors import person_here
from meetups.foundation.pages import Paging, page_asked
from meetups.library import entries, queries
from meetups.library.terms import Facet
from meetups.library.views.marks import idea_marks
from meetups.library.views.room import chosen_here, library
from meetups.people.queries import blocked_either_way
from meetups.recaps import entries as recap_entries
from meetups.recaps.queries import drafts_of


@library.get("/ideas")
@doors.everyone
def ideas() -> Any:
    chosen, page = chosen_here(), page_asked()
    search = replace(chosen.search, unseen=blocked_either_way(person_here()))
    found = queries.ideas_found(search, page)
    return render_template(
        "library/ideas.html", chosen=chosen, found=found, rows=entries.by_challenge(found.ideas), tell=entries,
        recaps=recap_entries, offers={facet: chosen.offers(facet, found) for facet in Facet},
        marks=idea_marks(found.ideas), paging=Paging(page, queries.PAGE, found.total),
    )


@library.get("/recaps")
@doors.everyone
def recaps() -> Any:
    """All recaps, newest first. Words to look for lead on to the search, where old links want to go."""
    if request.args.get("q"):
        return redirect(url_for("library.ideas", q=request.args["q"][:1000]), 301)
    page, person = page_asked(), person_here()
    rows, total = queries.newest_recaps(page, blocked_either_way(person))
    return render_template(
        "library/recaps.html", rows=rows, tell=recap_entries, paging=Paging(page, queries.PAGE, total),
        drafts=drafts_of(person) if person and page == 1 else [],
    )
