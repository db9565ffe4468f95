"""Place, its kinds, its access facts, its precision, and what a look-up finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from meetups.foundation import clock
from meetups.foundation.database import Model, named
from meetups.foundation.geography import Point
from meetups.foundation.labels import Labeled


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


class Place(Model):
    """A place in words. `latitude` and `longitude` are degrees or both None; never 0,0 for "unknown".

    `look_again_at` is when the worker asks the map service, because nobody could when the place was saved; it has
    tried `looked_again` times.
    """

    __tablename__ = "places"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PlaceKind] = mapped_column(named(PlaceKind))
    words: Mapped[str] = mapped_column(sa.String(300))
    town: Mapped[str] = mapped_column(sa.String(120), default="")
    region: Mapped[str] = mapped_column(sa.String(80), default="")
    country: Mapped[str] = mapped_column(sa.String(2), default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    precision: Mapped[Precision] = mapped_column(named(Precision), default=Precision.NONE)
    time_zone: Mapped[str] = mapped_column(sa.String(64), default="")
    added_at: Mapped[datetime]
    look_again_at: Mapped[datetime | None] = mapped_column(index=True)
    looked_again: Mapped[int] = mapped_column(default=0)

    step_free: Mapped[YesNo | None] = mapped_column(named(YesNo))
    seating: Mapped[str] = mapped_column(sa.String(120), default="")
    noise: Mapped[Noise | None] = mapped_column(named(Noise))
    alcohol: Mapped[YesNo | None] = mapped_column(named(YesNo))
    children_welcome: Mapped[YesNo | None] = mapped_column(named(YesNo))
    age_limit: Mapped[int | None]
    id_required: Mapped[YesNo | None] = mapped_column(named(YesNo))

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
