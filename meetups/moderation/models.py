"""Report."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from meetups.foundation.database import Model


class Report(Model):
    """A message to the moderators about a page. The reporter's address is optional and never shown elsewhere.

    `source` is a mark of where it came from, another one every day: for limits, never shown, gone when it is settled.
    """

    __tablename__ = "reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[str] = mapped_column(sa.String(500))
    message: Mapped[str] = mapped_column(sa.Text)
    address: Mapped[str | None] = mapped_column(sa.String(254))
    source: Mapped[str] = mapped_column(sa.String(64), default="")
    reported_at: Mapped[datetime]
    settled_at: Mapped[datetime | None] = mapped_column(index=True)
    outcome: Mapped[str] = mapped_column(sa.String(200), default="")
