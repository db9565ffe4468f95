"""Recaps by their codes, by meetup, by author."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from meetups.foundation.database import db
from meetups.people.models import Person
from meetups.planning.models import Meetup
from meetups.recaps.models import Recap, RecapEntry, RecapStatus, Response

MOST_DRAFTS = 50

PUBLIC = (Recap.status == RecapStatus.PUBLISHED, Recap.hidden_at.is_(None))
WITH_ENTRIES = selectinload(Recap.entries).options(
    joinedload(RecapEntry.challenge), selectinload(RecapEntry.responses).selectinload(Response.resources)
)
WITH_MEETUP = joinedload(Recap.meetup).joinedload(Meetup.place)


def recap_by_code(code: str) -> Recap | None:
    """The whole recap, whatever its status: five queries, however long it is (one more for each 500 ideas)."""
    if not code.isalnum():
        return None  # nor would every database take it as a value
    query = sa.select(Recap).where(Recap.code == code).options(WITH_ENTRIES, WITH_MEETUP, joinedload(Recap.author))
    return db.session.scalar(query)


def held(recap: Recap) -> Recap:
    """The same recap under its lock, read anew with all its entries; until the unit of work ends."""
    query = sa.select(Recap).where(Recap.id == recap.id).options(WITH_ENTRIES).with_for_update(of=Recap)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def hold_author(author: Person) -> None:
    """Let one press of this person wait for the other."""
    db.session.execute(sa.select(Person.id).where(Person.id == author.id).with_for_update())


def not_by(unseen: Collection[int]) -> list[sa.ColumnElement[bool]]:
    """Conditions that leave out recaps by these people; none for nobody. A recap whose author left stays."""
    return [sa.or_(Recap.author_id.is_(None), Recap.author_id.not_in(unseen))] if unseen else []


def recaps_of(meetup: Meetup, unseen: Collection[int] = ()) -> Sequence[Recap]:
    """Published write-ups of a meetup, oldest first, without those by people the reader does not get to see."""
    query = sa.select(Recap).where(Recap.meetup_id == meetup.id, *PUBLIC, *not_by(unseen))
    return db.session.scalars(query.order_by(Recap.published_at, Recap.id)).all()


def other_recaps_of(recap: Recap, unseen: Collection[int] = ()) -> Sequence[Recap]:
    """Other published write-ups of the same meetup, oldest first."""
    if recap.meetup is None:
        return []
    return [other for other in recaps_of(recap.meetup, unseen) if other.id != recap.id]


def drafts_of(person: Person) -> Sequence[Recap]:
    """A member's unpublished and withdrawn recaps, last touched first; 50 at most."""
    query = (
        sa.select(Recap)
        .where(Recap.author_id == person.id, Recap.status != RecapStatus.PUBLISHED, Recap.hidden_at.is_(None))
        .order_by(Recap.updated_at.desc(), Recap.id.desc())
        .limit(MOST_DRAFTS)
    )
    return db.session.scalars(query).all()


def recap_by(author: Person, meetup: Meetup) -> Recap | None:
    """The author's own write-up of this meetup, whatever its status."""
    query = sa.select(Recap).where(Recap.author_id == author.id, Recap.meetup_id == meetup.id).order_by(Recap.id)
    return db.session.scalar(query.limit(1))


def unlisted_draft_titled(author: Person, title: str) -> Recap | None:
    """The author's draft of that title about a gathering that is not listed here."""
    query = sa.select(Recap).where(
        Recap.author_id == author.id, Recap.meetup_id.is_(None), Recap.title == title,
        Recap.status == RecapStatus.DRAFT,
    )
    return db.session.scalar(query.order_by(Recap.id).limit(1))
