"""Photo: a picture in a recap, what is said about it, who agreed, and whether it may be seen."""

from __future__ import annotations

import secrets
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetups.foundation.database import Model, named
from meetups.foundation.labels import Labeled
from meetups.people.models import Person
from meetups.recaps.models.recap import Recap


class PhotoPeople(Labeled):
    """Who can be recognized in a picture. Not being sure counts as children."""

    NONE = ("none", "Nobody")
    ADULTS = ("adults", "Adults only")
    CHILDREN = ("children", "Children")
    UNSURE = ("unsure", "Not sure")


def _new_code() -> str:
    return secrets.token_hex(16)


class Photo(Model):
    """A picture in its sizes. The files live in the store under `key(width)`; the row says whether anyone may see them.

    `recap` is None, or `deleted_at` set, for one whose files are about to be thrown away.
    """

    __tablename__ = "photos"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(32), unique=True, default=_new_code)
    recap_id: Mapped[int | None] = mapped_column(sa.ForeignKey("recaps.id", ondelete="SET NULL"), index=True)
    added_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id", ondelete="SET NULL"), index=True)
    added_at: Mapped[datetime]
    kept_at: Mapped[datetime | None]  # when all its files were in the store
    sizes: Mapped[list[list[int]]] = mapped_column(sa.JSON, default=list)  # [width, height], smallest first
    print: Mapped[str | None] = mapped_column(sa.String(64))  # SHA-256 of what we drew, so that none stands there twice

    alt: Mapped[str] = mapped_column(sa.Text, default="")
    people: Mapped[PhotoPeople | None] = mapped_column(named(PhotoPeople))
    guardian_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id", ondelete="SET NULL"), index=True)
    guardian_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]

    recap: Mapped[Recap | None] = relationship()
    added_by: Mapped[Person | None] = relationship(foreign_keys=[added_by_id])
    guardian_by: Mapped[Person | None] = relationship(foreign_keys=[guardian_by_id])

    __table_args__ = (sa.UniqueConstraint("recap_id", "print"),)

    @property
    def is_kept(self) -> bool:
        return self.kept_at is not None and self.deleted_at is None and self.recap_id is not None

    @property
    def needs_guardian(self) -> bool:
        return self.people in (PhotoPeople.CHILDREN, PhotoPeople.UNSURE) and self.guardian_at is None

    @property
    def is_told(self) -> bool:
        """Whether all is said that has to be before anybody may see it."""
        return bool(self.alt) and self.people is not None and not self.needs_guardian

    @property
    def is_shown(self) -> bool:
        """Whether readers of its recap see it."""
        return self.is_kept and self.is_told and self.hidden_at is None

    def key(self, width: int) -> str:
        """Where a size lies in the store."""
        return f"{self.code[:2]}/{self.code}-{width}.jpg"

    @property
    def keys(self) -> list[str]:
        return [self.key(width) for width, _ in self.sizes]
