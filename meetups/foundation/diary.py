"""The diary: who did what, a row a deed, for moderators and operators."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from meetups.foundation import clock
from meetups.foundation.database import Model, add


class Deed(Model):
    """Something a person did that others may have to account for. `who` is a person's number or None."""

    __tablename__ = "deeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    who: Mapped[int | None]
    what: Mapped[str] = mapped_column(sa.String(80))
    about: Mapped[str] = mapped_column(sa.String(120), index=True)
    note: Mapped[str] = mapped_column(sa.String(300), default="")


def write_down(what: str, about: str, *, who: int | None = None, note: str = "") -> None:
    """Add a deed to the diary, in the transaction of the deed itself."""
    add(Deed(at=clock.now(), who=who, what=what, about=about, note=note[:300]))
