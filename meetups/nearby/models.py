"""NearbyListing."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetups.foundation.database import Model
from meetups.people.models import Person


class NearbyListing(Model):
    """A person's wish to be found by other listed people; gone when they hide."""

    __tablename__ = "nearby_listings"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    interests: Mapped[str] = mapped_column(sa.String(200), default="")
    listed_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
