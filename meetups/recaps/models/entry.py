"""RecapEntry: one challenge as it was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.ext.orderinglist import ordering_list
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetups.deck.models import Challenge
from meetups.foundation.database import Model, named
from meetups.recaps.models.response import Response
from meetups.recaps.terms import AgeGroup, Category, Kind, Origin, Outcome

if TYPE_CHECKING:
    from meetups.recaps.models.recap import Recap


class RecapEntry(Model):
    """One challenge or question and what came of it. `topic` is the heading it stood under, as typed."""

    __tablename__ = "recap_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    recap_id: Mapped[int] = mapped_column(sa.ForeignKey("recaps.id", ondelete="CASCADE"), index=True)
    ordinal: Mapped[int] = mapped_column(default=0)
    origin: Mapped[Origin] = mapped_column(named(Origin), default=Origin.CUP)
    challenge_id: Mapped[int | None] = mapped_column(sa.ForeignKey("challenges.id", ondelete="SET NULL"), index=True)
    prompt: Mapped[str] = mapped_column(sa.Text)
    category: Mapped[Category | None] = mapped_column(named(Category))
    kind: Mapped[Kind | None] = mapped_column(named(Kind))
    ages: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    outcome: Mapped[Outcome] = mapped_column(named(Outcome), default=Outcome.ANSWERED)
    topic: Mapped[str] = mapped_column(sa.Text, default="")
    literacy_tip: Mapped[str] = mapped_column(sa.Text, default="")
    leftovers: Mapped[str] = mapped_column(sa.Text, default="")

    recap: Mapped[Recap] = relationship(back_populates="entries")
    challenge: Mapped[Challenge | None] = relationship()
    responses: Mapped[list[Response]] = relationship(
        back_populates="entry", order_by="Response.ordinal", collection_class=ordering_list("ordinal"),
        cascade="all",  # no orphans: what is taken out of here is kept, or deleted, by whoever takes it out
    )

    @property
    def age_groups(self) -> list[AgeGroup]:
        return [AgeGroup(age) for age in self.ages]
