"""Alert, NewMeetup."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetups.foundation.database import Model
from meetups.people.models import Person
from meetups.planning.models import Meetup


class Alert(Model):
    """A saved search: tell me of new meetups within `reach_m2` (the square of the chord) of x, y, z.

    The middle is that of a town, never a device's position or a postal code's. `narrowed` holds the other fields of
    the Search by name; `address` shows the same list, `label` says it in words.
    """

    __tablename__ = "alerts"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id", ondelete="CASCADE"))
    label: Mapped[str] = mapped_column(sa.String(200))
    address: Mapped[str] = mapped_column(sa.String(3000))
    address_digest: Mapped[str] = mapped_column(sa.String(64))
    x: Mapped[int]
    y: Mapped[int]
    z: Mapped[int]
    reach_m2: Mapped[int] = mapped_column(sa.BigInteger)
    narrowed: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    made_at: Mapped[datetime]

    person: Mapped[Person] = relationship()

    __table_args__ = (sa.UniqueConstraint("person_id", "address_digest"),)


class NewMeetup(Model):
    """A meetup that went up, or moved, at `since`, and that nobody was told of yet."""

    __tablename__ = "new_meetups"

    meetup_id: Mapped[int] = mapped_column(sa.ForeignKey("meetups.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime] = mapped_column(index=True)

    meetup: Mapped[Meetup] = relationship()
