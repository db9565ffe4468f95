"""Rsvp, Answer, TurnedDownMark, BringItem, Claim, Notice, Reminder."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetups.foundation.database import Model, named
from meetups.foundation.labels import Labeled
from meetups.foundation.tokens import first_version
from meetups.people.models import Person
from meetups.planning.models import Meetup


class Answer(Labeled):
    """What stands. WAITING is "going" without a seat yet; OFFERED, with one held until the offer runs out.

    ASKED was going on a date that is no more (`held_until`). REQUESTED waits for the host's yes and takes no seat;
    DECLINED is the host's no.
    """

    GOING = ("going", "Going")
    OFFERED = ("offered", "A seat is held for you")
    WAITING = ("waiting", "Waiting for a seat")
    MAYBE = ("maybe", "Maybe")
    CANT = ("cant", "Can’t make it")
    ASKED = ("asked", "Asked again")
    REQUESTED = ("requested", "Asked the host")
    DECLINED = ("declined", "The host said no")


class Rsvp(Model):
    """One party's answer to one meetup: a member's (`person`) or a visitor's (`name`, `address`).

    A visitor's counts only after `confirmed_at`; until then `answer` is what they asked for and takes no seat.
    `asked_at` gives the place in the line. Raising `link_version` makes older mailed links useless.
    `held_until`: their seat on the new date of a postponed meetup, kept until they answer or that moment has come.
    `offer_until` says when the last offer ends or ended; `passed`, that they let the seat that is free now go by,
    so it is not offered to them again until another one comes free. `approved` is the host's word where one is
    asked for. `replies` are (question, reply) pairs for the host alone, gone 30 days after the meetup. `attended`
    is None until somebody said so; only the host sees it. `unreachable_at`: their letters came back since then.
    """

    __tablename__ = "rsvps"

    id: Mapped[int] = mapped_column(primary_key=True)
    meetup_id: Mapped[int] = mapped_column(sa.ForeignKey("meetups.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(sa.String(80), default="")
    address: Mapped[str | None] = mapped_column(sa.String(254), index=True)
    answer: Mapped[Answer] = mapped_column(named(Answer))
    guests: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(sa.String(500), default="")
    opener: Mapped[bool] = mapped_column(default=False)
    can_step_in: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    held_until: Mapped[datetime | None] = mapped_column(index=True)
    link_version: Mapped[int] = mapped_column(default=first_version)
    offer_until: Mapped[datetime | None] = mapped_column(index=True)
    passed: Mapped[bool] = mapped_column(default=False)
    approved: Mapped[bool | None]
    replies: Mapped[list[list[str]] | None] = mapped_column(sa.JSON(none_as_null=True))
    attended: Mapped[bool | None]
    checked_in_at: Mapped[datetime | None]
    unreachable_at: Mapped[datetime | None]

    meetup: Mapped[Meetup] = relationship()
    person: Mapped[Person | None] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("meetup_id", "person_id"),
        sa.UniqueConstraint("meetup_id", "address"),
        sa.CheckConstraint("guests >= 0", name="guests_not_negative"),
        sa.CheckConstraint("(person_id is null) <> (address is null)", name="member_or_visitor"),
        sa.Index("ix_rsvps_meetup_id_answer", "meetup_id", "answer", "asked_at", "id"),
    )

    @property
    def party(self) -> int:
        """How many seats: the person and the guests."""
        return 1 + self.guests

    @property
    def counts(self) -> bool:
        return self.confirmed_at is not None

    @property
    def has_seat(self) -> bool:
        """Going, or asked again after a postponement with the seat still held: nobody else may have it."""
        going = self.answer is Answer.GOING or (self.answer is Answer.ASKED and self.held_until is not None)
        return self.counts and going

    def offer_stands(self, at: datetime) -> bool:
        """Whether seats are held for them at this instant."""
        return self.answer is Answer.OFFERED and self.offer_until is not None and at < self.offer_until

    @property
    def called(self) -> str:
        return self.person.name if self.person else self.name

    @property
    def mail_address(self) -> str:
        """Where letters about this answer go."""
        return self.person.address if self.person else self.address or ""


class TurnedDownMark(Model):
    """The host said no to an address that has been forgotten since: a keyed digest of it, gone with the replies."""

    __tablename__ = "turned_down_marks"

    meetup_id: Mapped[int] = mapped_column(sa.ForeignKey("meetups.id", ondelete="CASCADE"), primary_key=True)
    mark: Mapped[str] = mapped_column(sa.String(64), primary_key=True)


class BringItem(Model):
    """A thing somebody could bring; `quantity` is how many are wanted."""

    __tablename__ = "bring_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    meetup_id: Mapped[int] = mapped_column(sa.ForeignKey("meetups.id", ondelete="CASCADE"), index=True)
    what: Mapped[str] = mapped_column(sa.String(80))
    quantity: Mapped[int] = mapped_column(default=1)

    meetup: Mapped[Meetup] = relationship()


class Claim(Model):
    """Who brings it: one party an item."""

    __tablename__ = "claims"

    bring_item_id: Mapped[int] = mapped_column(sa.ForeignKey("bring_items.id", ondelete="CASCADE"), primary_key=True)
    rsvp_id: Mapped[int] = mapped_column(sa.ForeignKey("rsvps.id", ondelete="CASCADE"), index=True)
    claimed_at: Mapped[datetime]

    item: Mapped[BringItem] = relationship()
    rsvp: Mapped[Rsvp] = relationship()


class NoticeKind(Labeled):
    """What people are told."""

    CHANGE = ("change", "Changed")
    POSTPONEMENT = ("postponement", "Postponed")
    CANCELLATION = ("cancellation", "Cancelled")
    CORRECTION = ("correction", "Corrected")


class NoticeState(Labeled):
    """WAITING goes out at `sends_at`; QUIET never does, but what it changed belongs to the next one that does."""

    WAITING = ("waiting", "About to be told")
    SENT = ("sent", "Told")
    QUIET = ("quiet", "Saved quietly")
    UNDONE = ("undone", "Undone")


class Notice(Model):
    """One telling of the people of a meetup: what they believe, and when they hear otherwise.

    `old` is what they were told last and `before` what stood before this notice's first edit, both snapshots
    (planning.actions.remember). What is new is read from the meetup when the letters are written, so that several
    edits make one letter. `told` is how many letters that were, `line` the host's own words with it.
    """

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(primary_key=True)
    meetup_id: Mapped[int] = mapped_column(sa.ForeignKey("meetups.id", ondelete="CASCADE"), index=True)
    kind: Mapped[NoticeKind] = mapped_column(named(NoticeKind))
    state: Mapped[NoticeState] = mapped_column(named(NoticeState))
    old: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    before: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    line: Mapped[str] = mapped_column(sa.String(200), default="")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    sends_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    told: Mapped[int] = mapped_column(default=0)

    meetup: Mapped[Meetup] = relationship()

    __table_args__ = (sa.Index("ix_notices_state_sends_at", "state", "sends_at"),)

    @property
    def hides_something(self) -> bool:
        """Whether people still believe `old`: it was saved quietly, or a later notice says all of it."""
        overtaken = self.state is NoticeState.UNDONE and self.undone_at is None
        return self.state is NoticeState.QUIET or overtaken


class Reminder(Model):
    """The people of a meetup were reminded: once a kind ("day", "hours") for each day on which it was to be."""

    __tablename__ = "reminders"

    meetup_id: Mapped[int] = mapped_column(sa.ForeignKey("meetups.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    day: Mapped[date] = mapped_column(sa.Date(), primary_key=True)
    sent_at: Mapped[datetime]
