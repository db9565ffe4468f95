"""Person, Visit, HomeArea, Profile, Block, SignInLink, Passkey, PasskeyChallenge."""

from __future__ import annotations

import secrets
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetups.foundation.database import Model
from meetups.foundation.tokens import first_version
from meetups.people.terms import Field, Seen


class Person(Model):
    """Somebody with an account. `code` is their name in addresses and says nothing of them.

    `area_changes` are the moments (ISO, UTC) at which the home area was changed or forgotten in the last 30 days; they
    outlive the area, so that forgetting it does not wind the limit back. Raising `feed_version` switches the address of
    the person's calendar feed off.
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(sa.String(254), unique=True)
    code: Mapped[str] = mapped_column(sa.String(12), unique=True, default=lambda: secrets.token_hex(5))
    display_name: Mapped[str] = mapped_column(sa.String(80), default="")
    joined_at: Mapped[datetime]
    is_moderator: Mapped[bool] = mapped_column(default=False)
    time_zone: Mapped[str | None] = mapped_column(sa.String(64))
    suspended_at: Mapped[datetime | None]
    feed_version: Mapped[int] = mapped_column(default=first_version)
    area_changes: Mapped[list[str]] = mapped_column(sa.JSON, default=list)

    home_area: Mapped[HomeArea | None] = relationship(back_populates="person", cascade="all, delete-orphan")
    profile: Mapped[Profile | None] = relationship(back_populates="person", cascade="all, delete-orphan")
    blocks: Mapped[list[Block]] = relationship(
        primaryjoin="or_(Person.id == Block.by_id, Person.id == Block.of_id)", viewonly=True,
        foreign_keys="[Block.by_id, Block.of_id]",
    )

    # what Flask-Login asks for
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        return self.suspended_at is None

    @property
    def out_of_sight(self) -> frozenset[int]:
        """The numbers of people this one blocked or was blocked by: neither sees anything of the other."""
        return frozenset(number for each in self.blocks for number in (each.by_id, each.of_id) if number != self.id)

    def get_id(self) -> str:
        """Flask-Login asks for it; opens nothing. What the cookie carries is the secret of a Visit (signing_in)."""
        return self.code

    @property
    def name(self) -> str:
        """What others see; a person who gave no name is "a storytime person", never an address."""
        return self.display_name or "a storytime person"

    @property
    def clock_zone(self) -> str | None:
        """The zone they live in: the one they named, or that of their area; None when neither is known."""
        return self.time_zone or (self.home_area.time_zone if self.home_area else None)


class Visit(Model):
    """A browser that is signed in; only the digest of its cookie's secret is kept. Signing out takes the row away, so
    that a copy of the cookie opens nothing either.
    """

    __tablename__ = "visits"

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id", ondelete="CASCADE"), index=True)
    began_at: Mapped[datetime] = mapped_column(index=True)


class HomeArea(Model):
    """The coarse area a member chose: a cell of about 250 km² or more. The chosen town is not kept."""

    __tablename__ = "home_areas"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    cell: Mapped[int] = mapped_column(sa.BigInteger)
    label: Mapped[str] = mapped_column(sa.String(120))
    country: Mapped[str] = mapped_column(sa.String(2))
    time_zone: Mapped[str] = mapped_column(sa.String(64))
    chosen_at: Mapped[datetime]

    person: Mapped[Person] = relationship(back_populates="home_area")


class Profile(Model):
    """What a member tells of themselves, and who sees which part; `seen` maps a Field's value to a Seen's.

    `reach` are the words that the other side of an opened door gets; `shares_address` adds the account's address.
    """

    __tablename__ = "profiles"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[str] = mapped_column(sa.String(120), default="")
    ages: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    languages: Mapped[str] = mapped_column(sa.String(120), default="")
    specialties: Mapped[str] = mapped_column(sa.String(200), default="")
    about: Mapped[str] = mapped_column(sa.Text, default="")
    links: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    seen: Mapped[dict[str, str]] = mapped_column(sa.JSON, default=dict)
    reach: Mapped[str] = mapped_column(sa.String(200), default="")
    shares_address: Mapped[bool] = mapped_column(default=False)

    person: Mapped[Person] = relationship(back_populates="profile")

    def seen_by(self, field: Field) -> Seen:
        """Who may see this part; only its owner as long as they have not said otherwise."""
        return Seen(self.seen.get(field.value, Seen.ME.value))


class Block(Model):
    """One person does not want to meet another, in either direction; nobody is told.

    `called` is what the one who blocked calls the other, for their own list.
    """

    __tablename__ = "blocks"

    id: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id", ondelete="CASCADE"))
    of_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id", ondelete="CASCADE"), index=True)
    called: Mapped[str] = mapped_column(sa.String(80), default="")
    blocked_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("by_id", "of_id"),
        sa.CheckConstraint("by_id <> of_id", name="not_oneself"),
    )


class SignInLink(Model):
    """A one-use link on its way to an address; only the digest of its token is kept."""

    __tablename__ = "sign_in_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    address: Mapped[str] = mapped_column(sa.String(254), index=True)
    next_path: Mapped[str] = mapped_column(sa.String(2000), default="")
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class Passkey(Model):
    """A WebAuthn credential of a person's device."""

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(sa.LargeBinary(1023), unique=True)
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary)
    sign_count: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    name: Mapped[str] = mapped_column(sa.String(80), default="")
    added_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class PasskeyChallenge(Model):
    """A challenge set to a browser and not answered yet; only its digest is kept. The row goes with the answer."""

    __tablename__ = "passkey_challenges"

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(sa.String(16))
    expires_at: Mapped[datetime] = mapped_column(index=True)
