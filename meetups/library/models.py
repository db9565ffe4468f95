"""Idea, FacetBits, Mention, StickTally: what public recaps hold, laid out for finding. All of that can be made again.
SavedIdea, TriedIdea: what members keep of it, and what they say of it; none of that can.

No foreign keys from here into recaps: an idea that is gone there must still be known here, to be taken out of the
index. The words themselves are in `idea_words` (see `queries.words`), made by the migration.
"""

from __future__ import annotations

import secrets
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from meetups.foundation.database import Model, named
from meetups.foundation.markup import one_line
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


class SavedIdea(Model):
    """An idea in somebody's storytime folder, with a note only they read. Nothing of the idea itself is copied."""

    __tablename__ = "saved_ideas"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id", ondelete="CASCADE"))
    idea_id: Mapped[int]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    saved_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("person_id", "idea_id"),)


class TriedIdea(Model):
    """Somebody tried an idea, and may say in a line how it went. Readers learn how many did, never who.

    `code` is the note's name in reports. A hidden note stays hidden when its writer changes it; so
    that it does when they take it back and say it again, the row stays, without words, and counts for nothing.
    """

    __tablename__ = "tried_ideas"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(12), unique=True, default=lambda: secrets.token_hex(5))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id", ondelete="CASCADE"))
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey("responses.id", ondelete="CASCADE"), index=True)
    note: Mapped[str] = mapped_column(sa.String(300), default="")
    tried_at: Mapped[datetime]
    hidden_at: Mapped[datetime | None]

    __table_args__ = (sa.UniqueConstraint("person_id", "idea_id"),)

    @property
    def title(self) -> str:
        """At the moderators' desk."""
        return f"Tried it: {one_line(self.note, 80)}" if self.note else "Tried it, without a word"
