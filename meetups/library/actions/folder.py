"""Keeping ideas in one's storytime folder, and saying that one tried them."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from meetups.foundation import clock
from meetups.foundation.database import add, db, delete, flush, lock
from meetups.foundation.refusals import Refusal
from meetups.library import queries
from meetups.library.models import SavedIdea, TriedIdea
from meetups.people.models import Person
from meetups.recaps.models import Response

MOST_SAVED = 1000
TRIED_A_DAY = 30
A_DAY = timedelta(days=1)


class FolderFull(Refusal):
    """As many ideas as a folder holds."""


class TooManyTried(Refusal):
    """More than anybody tries in a day."""

    status = 429


def save(person: Person, idea: Response, note: str | None = None) -> SavedIdea:
    """Keep an idea; without a `note`, the one that stands stays. A second press changes nothing.

    Refuses FolderFull at 1,000.
    """
    lock(person)
    saved = queries.saved_by(person, idea.id)
    if saved is None:
        if queries.saved_count(person) >= MOST_SAVED:
            raise FolderFull(
                f"A folder holds {MOST_SAVED:,} ideas, and yours does. Take one out first; nothing was changed.",
                way_on=("/ideas/folder", "To my folder"),
            )
        saved = add(SavedIdea(person_id=person.id, idea_id=idea.id, note="", saved_at=clock.now()))
    if note is not None:
        saved.note = note
    flush()
    return saved


def drop(person: Person, number: int) -> None:
    """Take an idea out of the folder, the note with it, whether or not there still is such an idea."""
    lock(person)
    saved = queries.saved_by(person, number)
    if saved is not None:
        delete(saved)


def say_tried(person: Person, idea: Response, note: str) -> TriedIdea:
    """ "I tried it", once a person and idea; again with other words changes the words, and only those.

    A note that a moderator hid stays hidden. Refuses TooManyTried from the 31st idea of 24 hours on.
    """
    lock(person)
    tried = queries.tried_by(person, idea.id)
    if tried is None:
        now = clock.now()
        if queries.tried_since(person, now - A_DAY) >= TRIED_A_DAY:
            raise TooManyTried(f"{TRIED_A_DAY} ideas in a day are a lot of storytime. Tell us of this one tomorrow.")
        tried = add(TriedIdea(person_id=person.id, idea_id=idea.id, tried_at=now))
    tried.note = note
    flush()
    return tried


def take_back_tried(person: Person, number: int) -> None:
    """Not tried after all: the mark and the note are gone. That a moderator hid one is remembered."""
    lock(person)
    tried = queries.tried_by(person, number)
    if tried is not None and tried.hidden_at is not None:
        tried.note = ""
    elif tried is not None:
        delete(tried)


def forget_person(person: Person) -> None:
    """Somebody leaves: their folder, what they tried, and every note."""
    for table in (SavedIdea, TriedIdea):
        db.session.execute(sa.delete(table).where(table.person_id == person.id))
