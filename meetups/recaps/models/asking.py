"""ConsentAsk: somebody had a letter sent that asks for a name."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from meetups.foundation.database import Model


class ConsentAsk(Model):
    """One letter that asked for a name, for counting: whose press, for which recap. Whom it went to is not kept."""

    __tablename__ = "consent_asks"

    id: Mapped[int] = mapped_column(primary_key=True)
    recap_id: Mapped[int] = mapped_column(sa.ForeignKey("recaps.id", ondelete="CASCADE"))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime]

    __table_args__ = (
        sa.Index("ix_consent_asks_by_id_asked_at", "by_id", "asked_at"),
        sa.Index("ix_consent_asks_recap_id_asked_at", "recap_id", "asked_at"),
    )
