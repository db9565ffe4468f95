"""NearbyListing, Knock, Look, WouldCome."""

from __future__ import annotations

import secrets
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetups.foundation.database import Model
from meetups.people.models import Person


class NearbyListing(Model):
    """A person's wish to be found by other listed people; gone when they hide.

    `code` names the listing where somebody knocks; it is another one than that of the person's own page.
    """

    __tablename__ = "nearby_listings"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(12), unique=True, default=lambda: secrets.token_hex(5))
    interests: Mapped[str] = mapped_column(sa.String(200), default="")
    ages: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    languages: Mapped[str] = mapped_column(sa.String(120), default="")
    listed_at: Mapped[datetime]

    person: Mapped[Person] = relationship()


class Knock(Model):
    """A message at somebody's door. Opened: each sees how to reach the other. Declined: the knocker never hears."""

    __tablename__ = "knocks"

    id: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id", ondelete="CASCADE"), index=True)
    to_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id", ondelete="CASCADE"), index=True)
    message: Mapped[str] = mapped_column(sa.String(300))
    knocked_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]

    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    to: Mapped[Person] = relationship(foreign_keys=[to_id])

    __table_args__ = (sa.CheckConstraint("by_id <> to_id", name="not_oneself"),)

    def other_than(self, person: Person) -> Person:
        """Who stands on the other side of the door."""
        return self.to if self.by_id == person.id else self.by


class Look(Model):
    """Somebody got an answer from the list that they had not had within the hour; kept for an hour, as a digest."""

    __tablename__ = "nearby_looks"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(sa.String(64))
    looked_at: Mapped[datetime]


class WouldCome(Model):
    """Somebody would come to a meetup in this area, should anybody propose one.

    `cell` is coarser than a home area, and nothing finer is kept. `told_of` is the code of the meetup they were told
    of; from then on they are no longer counted. Gone a year after it was said.
    """

    __tablename__ = "would_come"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id", ondelete="CASCADE"))
    cell: Mapped[int] = mapped_column(sa.BigInteger, index=True)
    label: Mapped[str] = mapped_column(sa.String(120))
    said_at: Mapped[datetime]
    told_of: Mapped[str] = mapped_column(sa.String(12), default="")

    person: Mapped[Person] = relationship()

    __table_args__ = (sa.UniqueConstraint("person_id", "cell"),)
