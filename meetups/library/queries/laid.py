"""What is laid out already, and what there is to lay out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from meetups.deck.models import Challenge
from meetups.foundation.database import db
from meetups.library.models import Idea
from meetups.planning.models import Meetup
from meetups.recaps.models import Recap, RecapEntry
from meetups.recaps.queries import PUBLIC, WITH_ENTRIES, not_by
from meetups.recaps.terms import Outcome


def is_indexed(recap: Recap) -> bool:
    return db.session.scalar(sa.select(Idea.id).where(Idea.recap_id == recap.id).limit(1)) is not None


def laid_of(recap: Recap) -> Sequence[sa.Row]:
    """Number, facets and stick of every idea of this recap in the index."""
    query = sa.select(Idea.id, Idea.facets, Idea.challenge_id).where(Idea.recap_id == recap.id)
    return db.session.execute(query).all()


def public_recaps(at_once: int) -> Iterator[Sequence[Recap]]:
    """All public recaps with everything in them, oldest first, so many at a time."""
    last = 0
    while True:
        query = (
            sa.select(Recap)
            .where(Recap.id > last, *PUBLIC)
            .order_by(Recap.id)
            .limit(at_once)
            .options(WITH_ENTRIES, joinedload(Recap.meetup).joinedload(Meetup.place))
        )
        recaps = db.session.scalars(query).unique().all()
        if not recaps:
            return
        last = recaps[-1].id
        yield recaps


def stick_counts(challenges: Sequence[int], unseen: Collection[int] = ()) -> Sequence[tuple[int, int, int]]:
    """Stick, gatherings it came up at (skipped does not count), ideas it got. Sticks nobody drew are left out.

    Recaps by the people in `unseen` do not count.
    """
    ideas = (
        sa.select(Idea.challenge_id, sa.func.count().label("ideas"))
        .join(Recap, Recap.id == Idea.recap_id)
        .where(Idea.challenge_id.in_(challenges), *not_by(unseen))
        .group_by(Idea.challenge_id)
        .subquery()
    )
    root = sa.func.coalesce(Challenge.source_id, Challenge.id)  # copies of a stick are counted with it
    query = (
        sa.select(root, sa.func.count(RecapEntry.recap_id.distinct()), sa.func.max(ideas.c.ideas))
        .select_from(Challenge)
        .join(RecapEntry, RecapEntry.challenge_id == Challenge.id)
        .join(Recap, Recap.id == RecapEntry.recap_id)
        .outerjoin(ideas, ideas.c.challenge_id == root)
        .where(sa.or_(Challenge.id.in_(challenges), Challenge.source_id.in_(challenges)))
        .where(RecapEntry.outcome != Outcome.SKIPPED, *PUBLIC, *not_by(unseen))
        .group_by(root)
    )
    return [(number, gatherings, ideas or 0) for number, gatherings, ideas in db.session.execute(query)]


def every_stick() -> Sequence[int]:
    return db.session.scalars(sa.select(Challenge.id).where(Challenge.source_id.is_(None))).all()
