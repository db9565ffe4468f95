"""Addition: what others put beside a recap that is up."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetups.attendance.models import Rsvp
from meetups.foundation.database import Model, named
from meetups.foundation.tokens import first_version
from meetups.people.models import Person
from meetups.planning.models import Meetup
from meetups.recaps.models.entry import RecapEntry
from meetups.recaps.models.recap import Recap
from meetups.recaps.models.response import Response
from meetups.recaps.terms import AdditionKind, AdditionState, Perspective


class Addition(Model):
    """An idea that came later, a comment, or a write-up on another site (`url`; `text` is its hook, `name` its author).

    Of a recap, or, for a write-up of a meetup that is listed here, of the meetup. Whoever added it is a member
    (`person`), a visitor who was going (`rsvp`), or knew the code of the day (neither). An idea that is shown is a
    `response` of the recap; its name stands there and no longer here.
    """

    __tablename__ = "additions"

    id: Mapped[int] = mapped_column(primary_key=True)
    recap_id: Mapped[int | None] = mapped_column(sa.ForeignKey("recaps.id", ondelete="CASCADE"), index=True)
    meetup_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meetups.id", ondelete="CASCADE"), index=True)
    entry_id: Mapped[int | None] = mapped_column(sa.ForeignKey("recap_entries.id", ondelete="SET NULL"), index=True)
    response_id: Mapped[int | None] = mapped_column(sa.ForeignKey("responses.id", ondelete="SET NULL"), index=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id", ondelete="SET NULL"), index=True)
    rsvp_id: Mapped[int | None] = mapped_column(sa.ForeignKey("rsvps.id", ondelete="SET NULL"), index=True)
    kind: Mapped[AdditionKind] = mapped_column(named(AdditionKind))
    state: Mapped[AdditionState] = mapped_column(named(AdditionState))
    text: Mapped[str] = mapped_column(sa.Text)
    url: Mapped[str] = mapped_column(sa.String(500), default="")
    name: Mapped[str] = mapped_column(sa.String(80), default="")
    library: Mapped[str] = mapped_column(sa.String(120), default="")
    perspective: Mapped[Perspective | None] = mapped_column(named(Perspective))
    link_version: Mapped[int] = mapped_column(default=first_version)
    added_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]

    recap: Mapped[Recap | None] = relationship()
    meetup: Mapped[Meetup | None] = relationship()
    entry: Mapped[RecapEntry | None] = relationship()
    response: Mapped[Response | None] = relationship()
    person: Mapped[Person | None] = relationship()
    rsvp: Mapped[Rsvp | None] = relationship()

    @property
    def by(self) -> str:
        """The name readers see: the account's, or the one that was typed."""
        return self.person.name if self.person else self.name or "Somebody who was there"

    @property
    def site(self) -> str:
        """The host of its address, to be read before it is pressed."""
        return urlsplit(self.url).hostname or ""

    @property
    def is_shown(self) -> bool:
        return self.state is AdditionState.SHOWN
