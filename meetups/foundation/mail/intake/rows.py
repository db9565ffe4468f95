"""What is kept of mail that came: which messages were taken, and those that nothing could be made of."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from meetups.foundation.database import Model


class MailTaken(Model):
    """A message that was acted on, by a digest of its identity and of what it answered; never twice."""

    __tablename__ = "mail_taken"

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    taken_at: Mapped[datetime] = mapped_column(index=True)


class MailSetAside(Model):
    """A message that could not be taken, as it came, for the operator to try again (`flask take-mail --again`)."""

    __tablename__ = "mail_set_aside"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    why: Mapped[str] = mapped_column(sa.String(200))
    raw: Mapped[bytes] = mapped_column(sa.LargeBinary)
    recipients: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    came_at: Mapped[datetime] = mapped_column(index=True)
