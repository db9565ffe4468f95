"""The newest recaps and ideas, for lists and feeds."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from meetups.foundation.database import db
from meetups.library.queries.search import PAGE, Search, ideas_numbered, numbers_found
from meetups.recaps.models import Recap, RecapEntry, Response
from meetups.recaps.queries import PUBLIC, WITH_ENTRIES, not_by
from meetups.recaps.terms import Origin, Outcome


def newest_recaps(page: int, unseen: Collection[int] = ()) -> tuple[list[tuple[Recap, str, Origin]], int]:
    """A page of public recaps from the newest, each with its first prompt; and how many there are."""
    seen = (*PUBLIC, *not_by(unseen))
    total = db.session.scalar(sa.select(sa.func.count(Recap.id)).where(*seen)) or 0
    query = (
        sa.select(Recap)
        .where(*seen)
        .order_by(Recap.published_at.desc(), Recap.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    recaps = db.session.scalars(query).all()
    first = _first_prompts([recap.id for recap in recaps])
    return [(recap, *first.get(recap.id, ("", Origin.CUP))) for recap in recaps], total


def _first_prompts(recaps: Sequence[int]) -> dict[int, tuple[str, Origin]]:
    query = (
        sa.select(RecapEntry.recap_id, RecapEntry.prompt, RecapEntry.origin)
        .where(RecapEntry.recap_id.in_(recaps), RecapEntry.outcome != Outcome.SKIPPED)
        .order_by(RecapEntry.ordinal.desc(), RecapEntry.id.desc())
    )
    return {number: (prompt, origin) for number, prompt, origin in db.session.execute(query)}


def newest_recaps_whole(most: int) -> Sequence[Recap]:
    """The newest public recaps with everything in them."""
    query = (
        sa.select(Recap).where(*PUBLIC).order_by(Recap.published_at.desc(), Recap.id.desc()).limit(most)
    ).options(WITH_ENTRIES)
    return db.session.scalars(query).all()


def newest_ideas(search: Search, most: int) -> Sequence[Response]:
    """Of what a search finds, the ideas written down last."""
    return ideas_numbered(numbers_found(search, most))
