"""Write-ups, as far as the front page and the page of a meetup show them."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from meetups.foundation.database import db
from meetups.planning.models import Meetup
from meetups.recaps.models import Recap, RecapEntry, RecapStatus, Response


def recaps_of(meetup: Meetup) -> Sequence[Recap]:
    """Published write-ups of a meetup, oldest first."""
    query = (
        sa.select(Recap)
        .where(Recap.meetup_id == meetup.id, Recap.status == RecapStatus.PUBLISHED, Recap.hidden_at.is_(None))
        .order_by(Recap.published_at, Recap.id)
    )
    return db.session.scalars(query).all()


def latest_recaps(limit: int = 3) -> list[tuple[Recap, str]]:
    """The newest published recaps, each with its first prompt."""
    first = (
        sa.select(RecapEntry.prompt)
        .where(RecapEntry.recap_id == Recap.id)
        .order_by(RecapEntry.ordinal)
        .limit(1)
        .scalar_subquery()
    )
    query = (
        sa.select(Recap, first)
        .where(Recap.status == RecapStatus.PUBLISHED, Recap.hidden_at.is_(None))
        .order_by(Recap.published_at.desc(), Recap.id.desc())
        .limit(limit)
    )
    return [(recap, prompt or "") for recap, prompt in db.session.execute(query)]


def count_of_ideas() -> int:
    """How many ideas the published recaps hold."""
    query = (
        sa.select(sa.func.count())
        .select_from(Response)
        .join(Response.entry)
        .join(RecapEntry.recap)
        .where(Recap.status == RecapStatus.PUBLISHED, Recap.hidden_at.is_(None))
    )
    return db.session.scalar(query) or 0
