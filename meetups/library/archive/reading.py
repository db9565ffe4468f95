"""What goes into the archive, a few hundred rows at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from meetups.deck.models import Challenge
from meetups.deck.queries import is_open
from meetups.foundation.database import db
from meetups.library.models import Idea, Mention, StickTally
from meetups.library.terms import Shelf
from meetups.planning.models import Meetup, Status
from meetups.recaps.models import Addition, Photo, Recap, Response
from meetups.recaps.queries import PUBLIC
from meetups.recaps.terms import AdditionKind, AdditionState

AT_ONCE = 200
ONCE = {"yield_per": 500}


def recap_list() -> Iterator[tuple[str, Iterator[sa.Row]]]:
    """Year by year from the latest: code, title, day, place."""
    query = (
        sa.select(Recap.code, Recap.title, Recap.held_on, Recap.place_label)
        .where(*PUBLIC)
        .order_by(Recap.held_on.desc().nulls_last(), Recap.id.desc())
    )
    rows = db.session.execute(query, execution_options=ONCE)
    return groupby(rows, key=lambda row: str(row.held_on.year) if row.held_on else "no-date")


def meetup_list() -> Iterator[tuple[str, Iterator[sa.Row]]]:
    query = (
        sa.select(Meetup.code, Meetup.title, Meetup.starts_at)
        .where(Meetup.status != Status.DRAFT, Meetup.hidden_at.is_(None))
        .order_by(Meetup.starts_at.desc(), Meetup.id.desc())
    )
    return groupby(db.session.execute(query, execution_options=ONCE), key=lambda row: str(row.starts_at.year))


def public_meetups() -> Iterator[Sequence[Meetup]]:
    last = 0
    while True:
        query = (
            sa.select(Meetup)
            .where(Meetup.id > last, Meetup.status != Status.DRAFT, Meetup.hidden_at.is_(None))
            .order_by(Meetup.id)
            .limit(AT_ONCE)
            .options(joinedload(Meetup.place))
        )
        found = db.session.scalars(query).unique().all()
        if not found:
            return
        last = found[-1].id
        yield found


def recaps_by_meetup(meetups: Sequence[Meetup]) -> dict[int, list[tuple[str, str]]]:
    """Code and title of the public recaps of each."""
    query = sa.select(Recap.meetup_id, Recap.code, Recap.title).where(
        Recap.meetup_id.in_([each.id for each in meetups]), *PUBLIC
    )
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for number, code, title in db.session.execute(query.order_by(Recap.id)):
        if number is not None:
            found[number].append((code, title))
    return found


def photos_by_recap(recaps: Sequence[Recap]) -> dict[int, list[Photo]]:
    """Those that readers see."""
    query = sa.select(Photo).where(Photo.recap_id.in_([recap.id for recap in recaps])).order_by(Photo.id)
    found: dict[int, list[Photo]] = defaultdict(list)
    for photo in db.session.scalars(query):
        if photo.is_shown and photo.recap_id is not None:
            found[photo.recap_id].append(photo)
    return found


def said_beside(recaps: Sequence[Recap]) -> dict[int, dict[AdditionKind, list[Addition]]]:
    """Comments and write-ups on other sites, oldest first, by the number of the recap."""
    of_meetup: dict[int | None, list[int]] = defaultdict(list)
    for recap in recaps:
        of_meetup[recap.meetup_id].append(recap.id)
    beside = Addition.recap_id.in_([recap.id for recap in recaps]), Addition.meetup_id.in_(filter(None, of_meetup))
    query = sa.select(Addition).where(
        sa.or_(*beside), Addition.state == AdditionState.SHOWN, Addition.kind != AdditionKind.IDEA
    )
    found: dict[int, dict[AdditionKind, list[Addition]]] = defaultdict(lambda: defaultdict(list))
    for addition in db.session.scalars(query.order_by(Addition.added_at, Addition.id)):
        for number in [addition.recap_id] if addition.recap_id else of_meetup[addition.meetup_id]:
            found[number][addition.kind].append(addition)
    return found


def asked_sticks() -> Sequence[tuple[Challenge, StickTally]]:
    """The sticks that came up somewhere, those alone that everybody may see."""
    query = sa.select(Challenge, StickTally).join(StickTally, StickTally.challenge_id == Challenge.id)
    query = query.where(StickTally.gatherings > 0).order_by(Challenge.category, Challenge.code)
    return [(stick, tally) for stick, tally in db.session.execute(query).all() if is_open(stick)]


def ideas_of(stick: Challenge) -> Iterator[Any]:
    """Number, text, recap of every idea ever given to a stick."""
    return _with_recap(Idea.challenge_id == stick.id)


def _with_recap(*conditions: Any) -> Iterator[Any]:
    query = (
        sa.select(Response.id, Response.text, Recap.code, Recap.title)
        .join(Idea, Idea.id == Response.id)
        .join(Recap, Recap.id == Idea.recap_id)
        .where(*conditions, *PUBLIC)
        .order_by(Response.id.desc())
    )
    return iter(db.session.execute(query, execution_options=ONCE))


def things(shelf: Shelf) -> Iterator[tuple[str, Iterator[sa.Row]]]:
    """From A to Z: key, and under each what was written, by whom it is, and where."""
    query = (
        sa.select(Mention.key, Mention.title, Mention.creator, Response.id, Response.text, Recap.code)
        .add_columns(Recap.title.label("recap"))
        .join(Response, Response.id == Mention.idea_id)
        .join(Recap, Recap.id == Mention.recap_id)
        .where(Mention.shelf == shelf, *PUBLIC)
        .order_by(Mention.key, Mention.idea_id.desc())
    )
    return groupby(db.session.execute(query, execution_options=ONCE), key=lambda row: row.key)


