"""Session, Scribe, Deed."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetups.deck.models import Deck
from meetups.deck.terms import AgeGroup
from meetups.foundation.database import Model, named
from meetups.foundation.tokens import first_version
from meetups.notes.terms import DeedKind
from meetups.people.models import Person
from meetups.planning.models import Meetup
from meetups.recaps.models import Recap, RecapEntry, Response
from meetups.recaps.terms import Outcome


class Session(Model):
    """One meetup's drawing and noting. `recap` is the draft it fills, None once somebody threw that away.

    Sticks come from `deck`, the public one when it is None; `age` chooses among them. Raising `link_version` closes
    the links handed to scribes and to the room.
    """

    __tablename__ = "note_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    meetup_id: Mapped[int] = mapped_column(sa.ForeignKey("meetups.id", ondelete="CASCADE"), unique=True)
    recap_id: Mapped[int | None] = mapped_column(sa.ForeignKey("recaps.id", ondelete="SET NULL"), index=True)
    deck_id: Mapped[int | None] = mapped_column(sa.ForeignKey("decks.id", ondelete="SET NULL"), index=True)
    age: Mapped[AgeGroup | None] = mapped_column(named(AgeGroup))
    link_version: Mapped[int] = mapped_column(default=first_version)
    started_at: Mapped[datetime]

    meetup: Mapped[Meetup] = relationship()
    recap: Mapped[Recap | None] = relationship()
    deck: Mapped[Deck | None] = relationship()


class Scribe(Model):
    """A member whom the host has named to take notes."""

    __tablename__ = "note_scribes"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("note_sessions.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id", ondelete="CASCADE"), index=True)

    session: Mapped[Session] = relationship()
    person: Mapped[Person] = relationship()

    __table_args__ = (sa.UniqueConstraint("session_id", "person_id"),)


class Deed(Model):
    """One tap. `client_id` is made on the phone and taken once; `place` is where it belongs (`notation`).

    `target` is the `client_id` of the stick or question that an idea, outcome or pass belongs to, or of the idea that
    is taken back. `stick` is the code of the challenge drawn, `outcome` what a mark said. `entry` and `response` are
    what became of it in the recap, None when that was taken out. `from_room`: by somebody with the code of the day.
    """

    __tablename__ = "note_deeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("note_sessions.id", ondelete="CASCADE"))
    client_id: Mapped[str] = mapped_column(sa.String(36))
    kind: Mapped[DeedKind] = mapped_column(named(DeedKind))
    place: Mapped[str] = mapped_column(sa.String(24))
    outcome: Mapped[Outcome | None] = mapped_column(named(Outcome))
    stick: Mapped[str] = mapped_column(sa.String(16), default="")
    target: Mapped[str] = mapped_column(sa.String(36), default="")
    entry_id: Mapped[int | None] = mapped_column(sa.ForeignKey("recap_entries.id", ondelete="SET NULL"), index=True)
    response_id: Mapped[int | None] = mapped_column(sa.ForeignKey("responses.id", ondelete="SET NULL"), index=True)
    from_room: Mapped[bool] = mapped_column(default=False)
    taken_at: Mapped[datetime]

    session: Mapped[Session] = relationship()
    entry: Mapped[RecapEntry | None] = relationship()
    response: Mapped[Response | None] = relationship()

    __table_args__ = (sa.UniqueConstraint("session_id", "client_id"),)
