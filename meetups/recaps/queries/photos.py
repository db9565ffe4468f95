"""Pictures: by their names, of a recap, and those whose files may go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from meetups.foundation.database import db
from meetups.people.models import Person
from meetups.recaps.models import Photo, Recap, RecapStatus

MOST_SWEPT = 50
STANDING = (Photo.deleted_at.is_(None), Photo.kept_at.is_not(None), Photo.recap_id.is_not(None))


def photo_by_code(code: str) -> Photo | None:
    """The picture with its recap and meetup, whatever may be seen of it; one query. None for a deleted one."""
    if not (code.isascii() and code.isalnum()):
        return None
    way = joinedload(Photo.recap)
    query = sa.select(Photo).where(Photo.code == code, *STANDING)
    return db.session.scalar(query.options(way.joinedload(Recap.meetup), way.joinedload(Recap.author)))


def held_photo(code: str) -> Photo | None:
    """The same under its lock, read anew, until the unit of work ends."""
    query = sa.select(Photo).where(Photo.code == code, *STANDING).with_for_update(of=Photo)
    return db.session.scalar(query.execution_options(populate_existing=True))


def photo_numbered(number: int) -> Photo | None:
    return db.session.get(Photo, number)


def photos_of(recap: Recap) -> Sequence[Photo]:
    """Every picture its writers see, in the order they came; one query."""
    query = sa.select(Photo).where(Photo.recap_id == recap.id, *STANDING)
    return db.session.scalars(query.options(joinedload(Photo.guardian_by)).order_by(Photo.id)).all()


def shown_photos_of(recap: Recap) -> list[Photo]:
    """What readers of its page see."""
    return [photo for photo in photos_of(recap) if photo.is_shown]


def same_photo(recap: Recap, fingerprint: str) -> Photo | None:
    query = sa.select(Photo).where(Photo.recap_id == recap.id, Photo.print == fingerprint)
    return db.session.scalar(query)


def photos_added(person: Person, since: datetime) -> int:
    query = sa.select(sa.func.count()).where(Photo.added_by_id == person.id, Photo.added_at >= since)
    return db.session.scalar(query) or 0


def photos_to_sweep(unfinished_before: datetime) -> Sequence[Photo]:
    """Deleted ones, those of recaps thrown away, and those whose files never arrived; 50 at most."""
    gone = sa.or_(
        Photo.deleted_at.is_not(None), Photo.recap_id.is_(None),
        sa.and_(Photo.kept_at.is_(None), Photo.added_at < unfinished_before),
    )
    return db.session.scalars(sa.select(Photo).where(gone).order_by(Photo.id).limit(MOST_SWEPT)).all()


def unpublished_photos_by(person: Person) -> Sequence[Photo]:
    """What a member put into recaps that nobody else sees."""
    query = (
        sa.select(Photo)
        .join(Photo.recap)
        .where(Photo.added_by_id == person.id, Recap.status != RecapStatus.PUBLISHED, Photo.deleted_at.is_(None))
    )
    return db.session.scalars(query).all()
