"""What a recap said before."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from meetups.deck.models import Challenge
from meetups.foundation.database import db
from meetups.recaps.models import Recap, Response, Revision


def revisions_of(recap: Recap) -> Sequence[Revision]:
    """Newest first."""
    query = sa.select(Revision).where(Revision.recap_id == recap.id).order_by(Revision.number.desc())
    return db.session.scalars(query).all()


def revision_of(recap: Recap, number: int) -> Revision | None:
    return db.session.get(Revision, (recap.id, number)) if number < 2**31 else None


def last_revision(recap: Recap) -> Revision | None:
    query = sa.select(Revision).where(Revision.recap_id == recap.id).order_by(Revision.number.desc()).limit(1)
    return db.session.scalar(query)


def taken_out_of(recap: Recap) -> Sequence[Response]:
    """Ideas that were taken out and can be put back."""
    query = sa.select(Response).where(Response.taken_out_of_id == recap.id).options(selectinload(Response.resources))
    return db.session.scalars(query).all()


def sticks_numbered(numbers: Collection[int | None]) -> dict[int, Challenge]:
    """Those of these sticks that still are there."""
    query = sa.select(Challenge).where(Challenge.id.in_([each for each in numbers if each]))
    return {stick.id: stick for stick in db.session.scalars(query)}
