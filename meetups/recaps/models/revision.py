"""Revision: what a recap said at a moment, without anybody's name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from meetups.foundation.database import Model


class Revision(Model):
    """One standing of a recap. `body` has its words and the row numbers of its ideas; credits are never in it.

    So history cannot tell a name, and what is put back is credited as its idea is at present, or to the group.
    """

    __tablename__ = "recap_revisions"

    recap_id: Mapped[int] = mapped_column(sa.ForeignKey("recaps.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    body: Mapped[dict[str, Any]] = mapped_column(sa.JSON)

    @property
    def counts(self) -> tuple[int, int]:
        """Challenges and ideas in it."""
        entries = self.body["entries"]
        return len(entries), sum(len(entry["ideas"]) for entry in entries)
