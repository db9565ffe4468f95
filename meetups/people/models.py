"""Person, HomeArea, SignInLink, Passkey, PasskeyChallenge."""

from __future__ import annotations

import secrets
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetups.foundation.database import Model


class Person(Model):
    """Somebody with an account. `session_key` is what the cookie carries; a new one signs out everywhere.

    `area_changes` are the moments (ISO, UTC) at which the home area was changed or forgotten in the last 30 days; they
    outlive the area, so that forgetting it does not wind the limit back. Raising `feed_version` switches the address of
    the person's calendar feed off.
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(sa.String(254), unique=True)
    display_name: Mapped[str] = mapped_column(sa.String(80), default="")
    joined_at: Mapped[datetime]
    is_moderator: Mapped[bool] = mapped_column(default=False)
    session_key: Mapped[str] = mapped_column(sa.String(43), unique=True, default=lambda: secrets.token_urlsafe(32))
    time_zone: Mapped[str | None] = mapped_column(sa.String(64))
    suspended_at: Mapped[datetime | None]
    feed_version: Mapped[int] = mapped_column(default=1)
    area_changes: Mapped[list[str]] = mapped_column(sa.JSON, default=list)

    home_area: Mapped[HomeArea | None] = relationship(back_populates="person", cascade="all, delete-orphan")

    # what Flask-Login asks for
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        return self.suspended_at is None

    def get_id(self) -> str:
        return self.session_key

    @property
    def name(self) -> str:
        """What others see; a person who gave no name is "a storytime person", never an address."""
        return self.display_name or "a storytime person"

    @property
    def clock_zone(self) -> str | None:
        """The zone they live in: the one they named, or that of their area; None when neither is known."""
        return self.time_zone or (self.home_area.time_zone if self.home_area else None)


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
