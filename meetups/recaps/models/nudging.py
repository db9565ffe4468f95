"""Nudge, NothingToReport: whether the host was reminded of the recap, and whether there is going to be one."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetups.foundation.database import Model
from meetups.planning.models import Meetup


class Nudge(Model):
    """A host was reminded of the recap: once a step ("minutes", "hours" ...) for each day on which it ended."""

    __tablename__ = "nudges"

    meetup_id: Mapped[int] = mapped_column(sa.ForeignKey("meetups.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    day: Mapped[date] = mapped_column(sa.Date(), primary_key=True)
    sent_at: Mapped[datetime]


class NothingToReport(Model):
    """The host said that a meetup gets no recap; taken back by deleting the row."""

    __tablename__ = "nothing_to_report"

    meetup_id: Mapped[int] = mapped_column(sa.ForeignKey("meetups.id", ondelete="CASCADE"), primary_key=True)
    said_at: Mapped[datetime]

    meetup: Mapped[Meetup] = relationship()
