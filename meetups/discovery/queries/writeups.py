"""Write-ups, as far as the front page and the page of a meetup show them."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from meetups.foundation.database import db
from meetups.recaps.models import Recap, RecapEntry, Response
from meetups.recaps.queries import PUBLIC, not_by


def latest_recaps(limit: int = 3, unseen: Collection[int] = ()) -> list[tuple[Recap, str]]:
    """The newest published recaps by whom the reader gets to see, each with its first prompt."""
    first = (
        sa.select(RecapEntry.prompt)
        .where(RecapEntry.recap_id == Recap.id)
        .order_by(RecapEntry.ordinal)
        .limit(1)
        .scalar_subquery()
    )
    query = (
        sa.select(Recap, first)
        .where(*PUBLIC, *not_by(unseen))
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
        .where(*PUBLIC)
    )
    return db.session.scalar(query) or 0
