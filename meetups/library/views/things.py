"""A page for each stick, song, book and prop: where it came up, and the ideas around it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, url_for

from meetups.deck.models import Challenge
from meetups.foundation import doors
from meetups.foundation.doors import person_here
from meetups.foundation.pages import Paging, page_asked
from meetups.foundation.refusals import NotHere
from meetups.library import entries, queries
from meetups.library.entries import Answered
from meetups.library.models import StickTally
from meetups.library.spelling import key_of
from meetups.library.terms import SHELF_OF, Shelf
from meetups.library.views.marks import Marks, idea_marks
from meetups.library.views.room import library
from meetups.people.queries import blocked_either_way
from meetups.recaps import entries as recap_entries
from meetups.recaps.models import Resource


@library.get("/ideas/<any(songs, books, props):shelf>")
@doors.everyone
def things(shelf: str) -> Any:
    page = page_asked()
    rows, total = queries.things_on(Shelf(shelf), page, blocked_either_way(person_here()))
    return render_template(
        "library/things.html", shelf=Shelf(shelf), shelves=Shelf, rows=rows,
        paging=Paging(page, queries.THINGS_A_PAGE, total),
    )


@library.get("/ideas/<any(songs, books, props):shelf>/<key>")
@doors.everyone
def thing(shelf: str, key: str) -> Any:
    unseen = blocked_either_way(person_here())
    found = queries.thing_named(Shelf(shelf), key[:80], unseen) if key.isprintable() else None
    if found is None:
        is_isbn = shelf == Shelf.BOOKS.value and key.isdigit() and len(key) == 13
        other = queries.key_of_isbn(key, unseen) if is_isbn else None
        if other is None:
            raise NotHere("Nobody has shared that yet.")
        return redirect(url_for("library.thing", shelf=shelf, key=other), 301)
    page, size = page_asked(), queries.PAGE
    ideas = queries.ideas_numbered(found.numbers[(page - 1) * size : page * size])
    return render_template(
        "library/thing.html", thing=found, rows=entries.by_challenge(ideas), tell=entries, recaps=recap_entries,
        marks=idea_marks(ideas), paging=Paging(page, size, len(found.numbers)),
    )


@dataclass(frozen=True)
class Story:
    """What became of a stick: how often it was asked, and a page of the ideas."""

    tally: StickTally | None
    rows: list[Answered]
    paging: Paging
    marks: Marks
    tell: Any = entries
    recaps: Any = recap_entries


@library.app_template_global()
def stick_story(stick: Challenge) -> Story:
    """For the page of a stick, which is the deck's: it stands on a floor below and cannot ask here itself."""
    page, unseen = page_asked(), blocked_either_way(person_here())
    ideas, total = queries.ideas_of_stick(stick, page, unseen)
    paging = Paging(page, queries.PAGE, total)
    tally = queries.tallies([stick], unseen).get(stick.source_id or stick.id)
    return Story(tally, entries.by_challenge(ideas), paging, idea_marks(ideas))


@library.app_template_global()
def stick_tallies(sticks: Iterable[Challenge]) -> dict[int, str]:
    """ "asked at 14 gatherings, 61 ideas", by the number of the stick; for lists of them, in one query."""
    every = list(sticks)
    found = queries.tallies(every, blocked_either_way(person_here()))
    return {stick.id: entries.tally_words(found.get(stick.source_id or stick.id)) for stick in every}


@library.app_template_global()
def address_of_thing(resource: Resource) -> str:
    """The page of a song, book or prop; nothing for what has none."""
    shelf, key = SHELF_OF.get(resource.type), key_of(resource.title)
    return url_for("library.thing", shelf=shelf.value, key=key) if shelf and key else ""


library.add_app_template_filter(entries.tally_words, "tally_words")
