"""What a recap said before."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from meetups.foundation.database import db
from meetups.recaps.models import Recap, Revision


def revisions_of(recap: Recap) -> Sequence[Revision]:
    """Newest first."""
    query = sa.select(Revision).where(Revision.recap_id == recap.id).order_by(Revision.number.desc())
    return db.session.scalars(query).all()


def revision_of(recap: Recap, number: int) -> Revision | None:
    return db.session.get(Revision, (recap.id, number)) if number < 2**31 else None


def last_revision(recap: Recap) -> Revision | None:
    query = sa.select(Revision).where(Revision.recap_id == recap.id).order_by(Revision.number.desc()).limit(1)
    return db.session.scalar(query)
