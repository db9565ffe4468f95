"""The list of recaps, and the words looked for in them."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from meetups.foundation import doors
from meetups.foundation.doors import person_here
from meetups.foundation.markup import clean_line
from meetups.foundation.pages import Paging, page_asked
from meetups.people.queries import blocked_either_way
from meetups.recaps import entries, queries
from meetups.recaps.views.finding import recaps


@recaps.get("/recaps")
@doors.everyone
def ideas() -> Any:
    words, page, person = clean_line(request.args.get("q", ""))[:200], page_asked(), person_here()
    found = queries.recaps_found(words, page, blocked_either_way(person))
    return render_template(
        "recaps/ideas.html", tell=entries, words=words, found=found,
        paging=Paging(page, queries.PAGE, found.total, found.more),
        counts=queries.counts(), drafts=queries.drafts_of(person) if person and not words and page == 1 else [],
    )
