"""Idea, FacetBits, Mention, StickTally: what public recaps hold, laid out for finding. All of it can be made again.

No foreign keys from here into recaps: an idea that is gone there must still be known here, to be taken out of the
index. The words themselves are in `idea_words` (see `queries.words`), made by the migration.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from meetups.foundation.database import Model, named
from meetups.library.terms import Shelf


class Idea(Model):
    """One response of a public recap; `id` is the response's own number."""

    __tablename__ = "ideas"

    id: Mapped[int] = mapped_column(primary_key=True)
    recap_id: Mapped[int] = mapped_column(index=True)
    challenge_id: Mapped[int | None] = mapped_column(index=True)
    facets: Mapped[list[str]] = mapped_column(sa.JSON)  # "age:toddler"


class FacetBits(Model):
    """The ideas that have a facet value: bit n is idea n, little end first. The key "" stands for all ideas."""

    __tablename__ = "idea_facets"

    key: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    bits: Mapped[bytes] = mapped_column(sa.LargeBinary)


class Mention(Model):
    """A song, book or prop that an idea mentions. The same key on the same shelf is the same thing; so is an ISBN."""

    __tablename__ = "idea_things"

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int]
    recap_id: Mapped[int] = mapped_column(index=True)
    shelf: Mapped[Shelf] = mapped_column(named(Shelf))
    key: Mapped[str] = mapped_column(sa.String(80))
    isbn: Mapped[str] = mapped_column(sa.String(13), default="", index=True)
    title: Mapped[str] = mapped_column(sa.Text)
    creator: Mapped[str] = mapped_column(sa.Text, default="")

    __table_args__ = (sa.Index("ix_idea_things_shelf_key", "shelf", "key"),)


class StickTally(Model):
    """ "Asked at 14 gatherings, 61 ideas"."""

    __tablename__ = "stick_tallies"

    challenge_id: Mapped[int] = mapped_column(
        sa.ForeignKey("challenges.id", ondelete="CASCADE"), primary_key=True
    )
    gatherings: Mapped[int]
    ideas: Mapped[int]
