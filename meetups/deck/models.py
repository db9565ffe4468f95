"""Challenge."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from meetups.deck.terms import Category, Kind
from meetups.foundation.database import Model, named


class Challenge(Model):
    """One stick of the public deck. `code` is its short name in addresses, stable for ever."""

    __tablename__ = "challenges"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(16), unique=True)
    text: Mapped[str] = mapped_column(sa.String(500))
    category: Mapped[Category] = mapped_column(named(Category), index=True)
    kind: Mapped[Kind] = mapped_column(named(Kind))
    ages: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    skills: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    warm_up: Mapped[bool] = mapped_column(default=False)
