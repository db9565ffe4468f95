"""Place, its kinds, its access facts, its precision, and what a look-up finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetups.foundation import clock
from meetups.foundation.database import Model, folded, named
from meetups.foundation.geography import Point
from meetups.foundation.labels import Labeled
from meetups.foundation.tokens import new_code
from meetups.people.models import Person


class PlaceKind(Labeled):
    COFFEE_SHOP = ("coffee_shop", "Coffee shop")
    LIBRARY_ROOM = ("library_room", "Library room")
    CONFERENCE_FLOOR = ("conference_floor", "Conference floor")
    CONFERENCE_ROOM = ("conference_room", "Conference room")
    RESTAURANT = ("restaurant", "Restaurant or food court")
    PUB = ("pub", "Pub")
    HOTEL_LOBBY = ("hotel_lobby", "Hotel lobby")
    OUTDOORS = ("outdoors", "Outdoors")
    HOME = ("home", "Backyard or home")
    ONLINE = ("online", "Online")


class Precision(Labeled):
    """How well the pin is known. Only EXACT is a spot on a street; the others stand for an area."""

    EXACT = ("exact", "exact")
    POSTAL = ("postal", "postal code")
    TOWN = ("town", "town")
    REGION = ("region", "region")
    NONE = ("none", "not found")


class YesNo(Labeled):
    YES = ("yes", "Yes")
    NO = ("no", "No")


class Noise(Labeled):
    QUIET = ("quiet", "Quiet")
    MEDIUM = ("medium", "Medium")
    LOUD = ("loud", "Loud")


@dataclass(frozen=True)
class Access:
    """What a body needs to know before setting out; None or "" where nobody stated it."""

    step_free: YesNo | None = None
    seating: str = ""
    noise: Noise | None = None
    alcohol: YesNo | None = None
    children_welcome: YesNo | None = None
    age_limit: int | None = None
    id_required: YesNo | None = None
    room_to_move: YesNo | None = None

    def over(self, known: Access) -> Access:
        """These facts where they are stated, and what was known before where they are not."""
        return Access(**{name: getattr(self, name) or getattr(known, name) for name in Access.__dataclass_fields__})


@dataclass(frozen=True)
class Finding:
    """What a place's words came to on the map. Without a point, `precision` is NONE and the rest may be empty.

    `note` is what the host should hear of it; `look_again`: the map service could not be asked.
    """

    precision: Precision = Precision.NONE
    point: Point | None = None
    town: str = ""
    region: str = ""
    country: str = ""
    time_zone: str = ""
    note: str = field(default="", compare=False)
    look_again: bool = field(default=False, compare=False)


def name_of(words: str) -> str:
    """What a place is called among its words: all up to the first comma, folded, without little words."""
    name = [word for word in folded(words.split(",")[0]).split() if word not in ("the", "and")]
    return " ".join(name)[:160]


class Place(Model):
    """A place in words, shared by all the meetups there; a home or a link has a row for each meetup.

    `latitude` and `longitude` are degrees or both None; never 0,0 for "unknown". `merged_into_id`: it turned out to
    be that other place, where its meetups are now. `building_id`: a floor or room of that building, whose pin it has.
    `version` rises with every correction. `look_again_at` is when the
    worker asks the map service, because nobody could when the place was saved; it has tried `looked_again` times.
    """

    __tablename__ = "places"
    __table_args__ = (sa.Index("ix_places_latitude_longitude", "latitude", "longitude"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(12), unique=True, default=new_code)
    kind: Mapped[PlaceKind] = mapped_column(named(PlaceKind))
    words: Mapped[str] = mapped_column(sa.String(300))
    name_folded: Mapped[str] = mapped_column(sa.String(160), default="", index=True)
    search_words: Mapped[str] = mapped_column(sa.Text, default="")
    town: Mapped[str] = mapped_column(sa.String(120), default="")
    region: Mapped[str] = mapped_column(sa.String(80), default="")
    country: Mapped[str] = mapped_column(sa.String(2), default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    precision: Mapped[Precision] = mapped_column(named(Precision), default=Precision.NONE)
    time_zone: Mapped[str] = mapped_column(sa.String(64), default="")
    pinned_at: Mapped[datetime | None]
    added_at: Mapped[datetime]
    look_again_at: Mapped[datetime | None] = mapped_column(index=True)
    looked_again: Mapped[int] = mapped_column(default=0)
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column(default=1)
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("places.id", ondelete="SET NULL"), index=True)
    building_id: Mapped[int | None] = mapped_column(sa.ForeignKey("places.id", ondelete="SET NULL"), index=True)

    step_free: Mapped[YesNo | None] = mapped_column(named(YesNo))
    seating: Mapped[str] = mapped_column(sa.String(120), default="")
    noise: Mapped[Noise | None] = mapped_column(named(Noise))
    alcohol: Mapped[YesNo | None] = mapped_column(named(YesNo))
    children_welcome: Mapped[YesNo | None] = mapped_column(named(YesNo))
    age_limit: Mapped[int | None]
    id_required: Mapped[YesNo | None] = mapped_column(named(YesNo))
    room_to_move: Mapped[YesNo | None] = mapped_column(named(YesNo))

    @property
    def point(self) -> Point | None:
        if self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)

    @property
    def access(self) -> Access:
        """The access facts as one value."""
        return Access(**{name: getattr(self, name) for name in Access.__dataclass_fields__})

    @access.setter
    def access(self, stated: Access) -> None:
        for name in Access.__dataclass_fields__:
            setattr(self, name, getattr(stated, name))

    @property
    def finding(self) -> Finding:
        """What the words came to, as one value."""
        return Finding(
            self.precision, self.point, self.town, self.region, self.country, self.time_zone,
            look_again=self.look_again_at is not None,
        )  # fmt: skip

    @finding.setter
    def finding(self, found: Finding) -> None:
        point = found.point
        self.precision = found.precision
        self.latitude, self.longitude = (point.lat, point.lon) if point else (None, None)
        self.town, self.region, self.country = found.town, found.region, found.country
        self.time_zone = found.time_zone
        self.look_again_at, self.looked_again = (clock.now() if found.look_again else None), 0

    @property
    def name(self) -> str:
        """What it is called: its words up to the first comma."""
        return self.words.split(",")[0].strip() or self.words

    @property
    def is_shared(self) -> bool:
        """Whether other meetups may use it and everybody may read about it: no home, nothing online."""
        return not (self.is_private or self.is_online)

    @property
    def is_private(self) -> bool:
        """Whether the words are for the people who are going only."""
        return self.kind is PlaceKind.HOME

    @property
    def is_online(self) -> bool:
        return self.kind is PlaceKind.ONLINE

    @property
    def public_words(self) -> str:
        """What anyone may read: the typed words, or for a home the town, or for online just that."""
        if self.is_online:
            return "Online"
        if self.is_private:
            return f"A home in {self.town}" if self.town else "A private home"
        return self.words


@event.listens_for(Place, "before_insert")
@event.listens_for(Place, "before_update")
def _fold_words(_mapper: Any, _connection: Any, place: Place) -> None:
    """What a place is found by follows its words. What is not shared is found by nothing."""
    shared = place.is_shared
    place.name_folded = name_of(place.words) if shared else ""
    there = (place.words, place.town or "", place.region or "", place.kind.label)
    place.search_words = folded(" ".join(there)) if shared else ""


class PlaceChange(Model):
    """A correction of a shared place: who, when, and the fields it changed, before and after, as JSON values.

    `what` says the deed in a word: corrected, pinned, checked, merged, parted, undone.
    """

    __tablename__ = "place_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(sa.ForeignKey("places.id", ondelete="CASCADE"), index=True)
    who_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    what: Mapped[str] = mapped_column(sa.String(20))
    before: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    undone_at: Mapped[datetime | None]

    place: Mapped[Place] = relationship()
    who: Mapped[Person | None] = relationship()


class TwoPlaces(Model):
    """Somebody said that these two only look alike; they are not proposed for merging again. `low_id` < `high_id`."""

    __tablename__ = "two_places"

    low_id: Mapped[int] = mapped_column(sa.ForeignKey("places.id", ondelete="CASCADE"), primary_key=True)
    high_id: Mapped[int] = mapped_column(sa.ForeignKey("places.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime]
    who_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id", ondelete="SET NULL"))
