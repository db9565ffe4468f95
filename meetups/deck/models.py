"""Challenge, Deck, Stick, Proposal."""

from __future__ import annotations

import secrets
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetups.deck.terms import AgeGroup, Category, Kind, Sharing
from meetups.foundation.database import Model, folded, named
from meetups.people.models import Person

PUBLIC_DECK = "cup"


def new_challenge_code() -> str:
    """Short enough for two hundred of them in one address."""
    return secrets.token_hex(4)


def new_deck_code() -> str:
    """Not to be guessed: for a deck that is shared by its link, it is the key."""
    return secrets.token_hex(8)


def sameness(text: str) -> str:
    """What two challenges with the same words have in common, whatever the case, accents and punctuation."""
    return folded(text) or text


class Challenge(Model):
    """A prompt. `code` is its short name in addresses, stable for ever.

    `source` is the challenge these words were copied from; rewriting the words cuts the tie. What is counted about a
    challenge (gatherings, ideas) is counted at its `root`, which is also what a recap should point to.
    """

    __tablename__ = "challenges"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(16), unique=True, default=new_challenge_code)
    text: Mapped[str] = mapped_column(sa.String(500))
    category: Mapped[Category] = mapped_column(named(Category), index=True)
    kind: Mapped[Kind] = mapped_column(named(Kind))
    ages: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    skills: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    warm_up: Mapped[bool] = mapped_column(default=False)
    source_id: Mapped[int | None] = mapped_column(sa.ForeignKey("challenges.id", ondelete="SET NULL"), index=True)

    source: Mapped[Challenge | None] = relationship(remote_side=[id])

    @property
    def is_seed(self) -> bool:
        """Whether it comes with the software: those have the short codes."""
        return len(self.code) < 8

    @property
    def root(self) -> Challenge:
        return self.source or self

    def suits(self, age: AgeGroup | None) -> bool:
        """Whether it can be drawn for this age; sticks for mixed ages suit everybody."""
        return age is None or age.value in self.ages or AgeGroup.MIXED_AGES.value in self.ages


class Deck(Model):
    """Sticks that belong together. `owner` is None for the public deck, and for decks whose owner has left."""

    __tablename__ = "decks"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(16), unique=True, default=new_deck_code)
    title: Mapped[str] = mapped_column(sa.String(120))
    about: Mapped[str] = mapped_column(sa.String(1000), default="")
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id", ondelete="SET NULL"), index=True)
    sharing: Mapped[Sharing] = mapped_column(named(Sharing), default=Sharing.PRIVATE, index=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    hidden_at: Mapped[datetime | None]

    owner: Mapped[Person | None] = relationship()

    @property
    def is_cup(self) -> bool:
        """The public deck itself."""
        return self.code == PUBLIC_DECK

    @property
    def is_public(self) -> bool:
        return self.sharing is Sharing.PUBLIC and self.hidden_at is None


class Stick(Model):
    """A challenge in a deck. Sticks lie in the order of `place`."""

    __tablename__ = "sticks"

    id: Mapped[int] = mapped_column(primary_key=True)
    deck_id: Mapped[int] = mapped_column(sa.ForeignKey("decks.id", ondelete="CASCADE"))
    challenge_id: Mapped[int] = mapped_column(sa.ForeignKey("challenges.id", ondelete="CASCADE"), index=True)
    place: Mapped[int] = mapped_column(default=0)

    deck: Mapped[Deck] = relationship()
    challenge: Mapped[Challenge] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (sa.UniqueConstraint("deck_id", "challenge_id"),)

    @property
    def code(self) -> str:
        return self.challenge.code

    @property
    def text(self) -> str:
        return self.challenge.text


class Proposal(Model):
    """A member would like a stick of theirs in the public deck. Settled when accepted or declined, with a reason."""

    __tablename__ = "proposals"

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(sa.ForeignKey("challenges.id", ondelete="CASCADE"), unique=True)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id", ondelete="SET NULL"), index=True)
    proposed_at: Mapped[datetime]
    settled_at: Mapped[datetime | None] = mapped_column(index=True)
    accepted: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(sa.String(300), default="")

    challenge: Mapped[Challenge] = relationship()
    by: Mapped[Person | None] = relationship()
