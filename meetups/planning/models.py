"""Meetup, Plan, Status, HostEvent and the small lists they choose from."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetups.foundation import clock
from meetups.foundation.database import Model, folded, named
from meetups.foundation.geography import COARSE, FINE, cell, earth_xyz
from meetups.foundation.labels import Labeled
from meetups.foundation.tokens import new_code
from meetups.people.models import Person
from meetups.places.models import Access, Place, PlaceKind, Precision
from meetups.planning.terms import FIRST, SECOND

USUAL_LENGTH = timedelta(hours=2)
ASKED_AHEAD = timedelta(hours=72)
UNHOSTED = timedelta(hours=6)
DOORS_OPEN = timedelta(hours=1)


def new_uid() -> str:
    """What calendars know a meetup by for ever; says nothing about it."""
    return f"urn:uuid:{uuid.uuid4()}"


def new_check_in_code() -> str:
    """The code of the day, to be said aloud: "jelly parade", one of about four thousand."""
    return f"{secrets.choice(FIRST)} {secrets.choice(SECOND)}"


class Status(Labeled):
    DRAFT = ("draft", "Draft")
    PROPOSED = ("proposed", "Proposed")
    CONFIRMED = ("confirmed", "Confirmed")
    CANCELLED = ("cancelled", "Cancelled")


class RsvpMode(Labeled):
    NONE = ("none", "None: just turn up")
    HELPFUL = ("helpful", "Helpful: tell us if you can")
    REQUIRED = ("required", "Required: seats are counted")


class Cost(Labeled):
    FREE = ("free", "Free")
    OWN = ("own_food_drink", "Free; buy your own food and drink")
    BADGE = ("badge", "Conference badge needed")


@dataclass(frozen=True)
class Plan:
    """What a host has filled in, cleaned: every field of the form as a value.

    `zone` is None when the place decides; `fold` is None unless an hour that happens twice was asked back;
    `length` is in minutes of real time; `bring` holds (quantity, what); `town_choice` answers "which Portland?",
    `place_choice` "is it one of these?" (a code, or "another"), and `keep` ("wall" or "moment") what stays when a new
    place follows another clock. `slot_minutes`: what the conference allows.
    """

    title: str
    kind: PlaceKind
    day: date
    start: time
    words: str
    contact: str
    end: time | None = None
    length: int | None = None
    zone: str | None = None
    fold: int | None = None
    town_choice: str = ""
    place_choice: str = ""
    room: str = ""
    level: str = ""
    booth: str = ""
    spot: str = ""
    how_to_spot_us: str = ""
    join_url: str = ""
    reveal_hours: int = 24
    rsvp_mode: RsvpMode = RsvpMode.HELPFUL
    capacity: int | None = None
    guests_allowed: int = 3
    approval_required: bool = False
    questions: list[str] = field(default_factory=list)
    cost: Cost | None = None
    cost_note: str = ""
    access: Access = field(default_factory=Access)
    bring: tuple[tuple[int, str], ...] = ()
    description: str = ""
    hashtag: str = ""
    conference: str = ""
    slot_minutes: int | None = None
    keep: str = ""

    @property
    def local_start(self) -> datetime:
        return datetime.combine(self.day, self.start)

    @property
    def local_end(self) -> datetime | None:
        """The wall-clock end typed, on the next day when it is earlier than the start; None when none was typed."""
        if self.end is None:
            return None
        return datetime.combine(self.day + timedelta(days=1 if self.end < self.start else 0), self.end)


@dataclass(frozen=True)
class Telling:
    """How a change is told: who made it, whether nobody is to be written to, with which words of theirs.

    `key` names the page it came from and what was typed there ("page.words"): the same sent again changes nothing and
    tells nobody.
    """

    by: Person | None = None
    quiet: bool = False
    key: str = ""
    line: str = ""


LOUD = Telling()


class HostEvent(Model):
    """The conference that meetups hang on."""

    __tablename__ = "host_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(12), unique=True, default=new_code)
    name: Mapped[str] = mapped_column(sa.String(160))
    name_folded: Mapped[str] = mapped_column(sa.String(160), unique=True)


class Meetup(Model):
    """A gathering. Times: `local_start` + `time_zone` + `fold` are what people agreed to; the rest follows.

    `version` counts savings and `changes` says which fields each of the last ones touched, so that a stale form can
    be told, and by whom and when, for the log. `moved` is what the banner of a moved meetup says: {at, old, new}.
    `postponed` lists the dates it was meant for before: {start, zone, reason, at}. `form_key` names the page
    it came from and, behind a dot, what was typed there: a second press of the button finds the first one's meetup.
    `bring_list` is what the host asks for, as [quantity, what]; who brings it is known upstairs. `questions`, three
    at most, are put to whoever answers; with `approval_required` the host has the word before anybody has a seat.
    `still_on_at`: the host said so. `host_needed_at`: since then whoever offered may step in. Who steps in is the host
    from then on; `co_host` is the one before, for whom nothing is left to do.
    """

    __tablename__ = "meetups"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(12), unique=True, default=new_code)
    uid: Mapped[str] = mapped_column(sa.String(45), unique=True, default=new_uid)
    sequence: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    changes: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON, default=list)
    moved: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    postponed: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON, default=list)
    form_key: Mapped[str | None] = mapped_column(sa.String(64))
    status: Mapped[Status] = mapped_column(named(Status), default=Status.DRAFT)

    title: Mapped[str] = mapped_column(sa.String(120))
    description: Mapped[str] = mapped_column(sa.Text, default="")
    host_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id", ondelete="SET NULL"), index=True)
    contact: Mapped[str] = mapped_column(sa.String(200))
    co_host_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id", ondelete="SET NULL"), index=True)
    still_on_at: Mapped[datetime | None]
    host_needed_at: Mapped[datetime | None]
    place_id: Mapped[int] = mapped_column(sa.ForeignKey("places.id"), index=True)
    place_words: Mapped[str] = mapped_column(sa.String(300), default="")
    room: Mapped[str] = mapped_column(sa.String(80), default="")
    level: Mapped[str] = mapped_column(sa.String(80), default="")
    booth: Mapped[str] = mapped_column(sa.String(80), default="")
    spot: Mapped[str] = mapped_column(sa.String(200), default="")
    how_to_spot_us: Mapped[str] = mapped_column(sa.String(200), default="")
    join_url: Mapped[str] = mapped_column(sa.String(500), default="")
    reveal_hours: Mapped[int] = mapped_column(default=24)

    local_start: Mapped[datetime] = mapped_column(sa.DateTime())
    local_end: Mapped[datetime] = mapped_column(sa.DateTime())
    fold: Mapped[int] = mapped_column(default=0)
    time_zone: Mapped[str] = mapped_column(sa.String(64))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    rsvp_mode: Mapped[RsvpMode] = mapped_column(named(RsvpMode), default=RsvpMode.HELPFUL)
    capacity: Mapped[int | None]
    guests_allowed: Mapped[int] = mapped_column(default=3)
    approval_required: Mapped[bool] = mapped_column(default=False)
    questions: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    check_in_code: Mapped[str] = mapped_column(sa.String(40), default=new_check_in_code)
    check_in_misses: Mapped[int] = mapped_column(default=0)
    cost: Mapped[Cost | None] = mapped_column(named(Cost))
    cost_note: Mapped[str] = mapped_column(sa.String(120), default="")
    hashtag: Mapped[str] = mapped_column(sa.String(60), default="")
    slot_minutes: Mapped[int | None]
    bring_list: Mapped[list[list[Any]]] = mapped_column(sa.JSON, default=list)
    host_event_id: Mapped[int | None] = mapped_column(sa.ForeignKey("host_events.id", ondelete="SET NULL"), index=True)
    copied_from_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meetups.id", ondelete="SET NULL"))

    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(sa.String(200), default="")
    hidden_at: Mapped[datetime | None]

    # for finding: derived from status, place and words by `settle`, covered by the indexes below
    listed: Mapped[bool] = mapped_column(default=False)
    cell_fine: Mapped[int | None] = mapped_column(sa.BigInteger)
    cell_coarse: Mapped[int | None] = mapped_column(sa.BigInteger)
    x: Mapped[int | None]
    y: Mapped[int | None]
    z: Mapped[int | None]
    search_words: Mapped[str] = mapped_column(sa.Text, default="")

    host: Mapped[Person | None] = relationship(foreign_keys=[host_id])
    co_host: Mapped[Person | None] = relationship(foreign_keys=[co_host_id])
    place: Mapped[Place] = relationship()
    host_event: Mapped[HostEvent | None] = relationship()

    __table_args__ = (
        sa.CheckConstraint("capacity is null or capacity > 0", name="capacity_positive"),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        sa.UniqueConstraint("host_id", "form_key"),
        sa.Index("ix_meetups_starts_listed", "starts_at", "id", sqlite_where=sa.text("listed"),
                 postgresql_where=sa.text("listed")),
        *(
            sa.Index(f"ix_meetups_near_{name}", f"cell_{name}", "starts_at", "ends_at", "x", "y", "z", "id",
                     "listed",  # so that SQLite, too, answers from the index alone
                     sqlite_where=sa.text("listed"), postgresql_where=sa.text("listed"))
            for name in ("fine", "coarse")
        ),
    )

    def set_time(
        self,
        start: datetime,
        end: datetime | None,
        zone: str,
        fold: int | None = None,
        length: timedelta = USUAL_LENGTH,
    ) -> None:
        """Agree on a wall clock (naive) and zone; derives the instants.

        Without an end it is `length` of real time after the start, two hours by default.
        Raises clock.NoSuchHour, clock.HourTwice (when `fold` is None and the hour occurs twice) or ValueError when
        the end is not after the start.
        """
        starts_at = clock.instant(start, zone, fold)
        if end is None:
            ends_at = starts_at + length
            end = clock.wall_clock(ends_at, zone)
        else:
            ends_at = _end_after(starts_at, end, zone)
        self.local_start, self.local_end, self.time_zone, self.fold = start, end, zone, fold or 0
        self.starts_at, self.ends_at = starts_at, ends_at

    def settle(self, public_place: str) -> None:
        """Bring the columns used for finding up to date with status, place and words."""
        point = self.place.point if self.place.precision is not Precision.REGION else None  # a state is no pin
        self.listed = self.status in (Status.PROPOSED, Status.CONFIRMED) and self.hidden_at is None
        self.cell_fine = cell(point, FINE) if point else None
        self.cell_coarse = cell(point, COARSE) if point else None
        self.x, self.y, self.z = earth_xyz(point) if point else (None, None, None)
        words = (self.title, public_place, self.place.town, self.place.region, self.hashtag, self.description)
        event = self.host_event.name if self.host_event else ""
        self.search_words = folded(" ".join((*words, event, self.place.kind.label)))

    def has_begun(self, at: datetime) -> bool:
        return at >= self.starts_at

    def is_over(self, at: datetime) -> bool:
        return at >= self.ends_at

    def asks_host(self, at: datetime) -> bool:
        """Whether it is so near that the host is asked whether it is still on."""
        return self.is_on and not self.has_begun(at) and self.starts_at - at <= ASKED_AHEAD

    @property
    def needs_host(self) -> bool:
        """Nobody hosts it, or the host has not answered: whoever offered may step in."""
        return self.is_on and (self.host_id is None or self.host_needed_at is not None)

    def is_unhosted(self, at: datetime) -> bool:
        """Whether the page says that the host is not confirmed: in the last six hours, if nobody stepped in."""
        return self.needs_host and self.starts_at - at <= UNHOSTED and not self.is_over(at)

    def is_under_way(self, at: datetime) -> bool:
        return self.has_begun(at) and not self.is_over(at) and self.is_on

    def lets_check_in(self, at: datetime) -> bool:
        """Whether people may say that they are here: from an hour before the start until an hour after the end."""
        return self.is_on and self.starts_at - DOORS_OPEN <= at < self.ends_at + DOORS_OPEN

    @property
    def wanted(self) -> tuple[tuple[int, str], ...]:
        """The bring list as the host wrote it: (quantity, what)."""
        return tuple((quantity, what) for quantity, what in self.bring_list)

    @property
    def is_on(self) -> bool:
        """Published and not cancelled."""
        return self.status in (Status.PROPOSED, Status.CONFIRMED)

    @property
    def is_public(self) -> bool:
        """Anyone with the address may read its page: published, cancelled or not, and not hidden."""
        return self.status is not Status.DRAFT and self.hidden_at is None

    @property
    def venue(self) -> str:
        """The place in the words its host typed, whatever others call it or correct about it."""
        return self.place_words or self.place.words

    @property
    def public_venue(self) -> str:
        """What anyone may read of the place: the host's words, or for a home the town, or for online just that."""
        return self.venue if self.place.is_shared else self.place.public_words

    @property
    def where_exactly(self) -> str:
        """Room, level, booth and spot, as typed, in one line."""
        parts = (self.room, self.level, self.booth, self.spot)
        return ", ".join(part for part in parts if part)

    def reveals_address(self, at: datetime) -> bool:
        """Whether the hour has come from which confirmed guests see a private address or a join link."""
        return at >= self.starts_at - timedelta(hours=self.reveal_hours)


def _end_after(starts_at: datetime, end: datetime, zone: str) -> datetime:
    """The instant of the wall-clock end: the first one after the start, so a party over a clock change ends right."""
    try:
        ends_at = clock.instant(end, zone, None)
    except clock.HourTwice:
        first, second = (clock.instant(end, zone, fold) for fold in (0, 1))
        ends_at = first if first > starts_at else second
    if ends_at <= starts_at:
        raise ValueError("The end is not after the start.")
    return ends_at
