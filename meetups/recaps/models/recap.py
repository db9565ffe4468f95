"""Recap: the write-up of one session, with its head, its count and how far it has come."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.ext.orderinglist import ordering_list
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetups.foundation.database import Model, named
from meetups.foundation.labels import Labeled
from meetups.people.models import Person
from meetups.planning.models import Meetup, new_code
from meetups.recaps.models.entry import RecapEntry
from meetups.recaps.terms import Outcome


class RecapStatus(Labeled):
    DRAFT = ("draft", "Draft")
    PUBLISHED = ("published", "Published")
    WITHDRAWN = ("withdrawn", "Withdrawn")


class Qualifier(Labeled):
    """How a head-count is meant."""

    ABOUT = ("about", "about")
    EXACT = ("exact", "exactly")
    AT_LEAST = ("at_least", "at least")


class Recap(Model):
    """A write-up of one session. `meetup` is None for a session that was never listed here."""

    __tablename__ = "recaps"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(12), unique=True, default=new_code)
    meetup_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meetups.id", ondelete="SET NULL"), index=True)
    author_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id", ondelete="SET NULL"), index=True)
    status: Mapped[RecapStatus] = mapped_column(named(RecapStatus), default=RecapStatus.DRAFT)
    version: Mapped[int] = mapped_column(default=1)

    title: Mapped[str] = mapped_column(sa.String(160))
    head: Mapped[str] = mapped_column(sa.Text, default="")
    tail: Mapped[str] = mapped_column(sa.Text, default="")
    held_on: Mapped[date | None]
    place_label: Mapped[str] = mapped_column(sa.String(200), default="")
    headcount_from: Mapped[int | None]
    headcount_to: Mapped[int | None]
    qualifier: Mapped[Qualifier] = mapped_column(named(Qualifier), default=Qualifier.ABOUT)
    onlookers: Mapped[int | None]

    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    hidden_at: Mapped[datetime | None]
    frozen_at: Mapped[datetime | None]  # nothing more is added by others
    # derived by `settle`
    idea_count: Mapped[int] = mapped_column(default=0)

    meetup: Mapped[Meetup | None] = relationship()
    author: Mapped[Person | None] = relationship()
    entries: Mapped[list[RecapEntry]] = relationship(
        back_populates="recap", order_by="RecapEntry.ordinal", collection_class=ordering_list("ordinal"),
        cascade="all, delete-orphan",
    )

    __table_args__ = (
        sa.CheckConstraint("headcount_to is null or headcount_to >= headcount_from", name="headcount_in_order"),
    )

    @property
    def is_public(self) -> bool:
        return self.status is RecapStatus.PUBLISHED and self.hidden_at is None

    @property
    def shown_entries(self) -> list[RecapEntry]:
        """What readers see: skipped sticks are kept but not shown."""
        return [entry for entry in self.entries if entry.outcome is not Outcome.SKIPPED]

    @property
    def headcount(self) -> str:
        """"about 18, plus 6 onlookers", "25 people"; empty when nobody counted."""
        words = ""
        if self.headcount_from is not None:
            several = self.headcount_to not in (None, self.headcount_from)
            number = f"{self.headcount_from} to {self.headcount_to}" if several else str(self.headcount_from)
            bare = self.qualifier is Qualifier.EXACT or (several and self.qualifier is Qualifier.AT_LEAST)
            words = number if bare else f"{self.qualifier.label} {number}"
            if self.qualifier is Qualifier.EXACT or not self.onlookers:
                words += " person" if number == "1" else " people"
        if self.onlookers:
            onlookers = "1 onlooker" if self.onlookers == 1 else f"{self.onlookers} onlookers"
            words = f"{words}, plus {onlookers}" if words else onlookers
        return words

    def settle(self) -> None:
        """Bring the count of what readers see up to date."""
        self.idea_count = sum(len(entry.responses) for entry in self.shown_entries)
