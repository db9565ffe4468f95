"""What the installation remembers of the map service: its answers, and how it is doing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from meetups.foundation.database import Model


class LookedUp(Model):
    """One answer. `key` is a digest: the words that were asked stand nowhere. No hits is an answer too."""

    __tablename__ = "looked_up"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    hits: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON, default=list)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class ServiceState(Model):
    """Whose turn it is at a map service (`next_at` is the first moment nobody has), and until when it is left alone."""

    __tablename__ = "map_services"

    name: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    next_at: Mapped[datetime]
    failures: Mapped[int] = mapped_column(default=0)
    rests_until: Mapped[datetime | None]
