"""Recap, RecapEntry, Response, Attribution, Resource."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.orderinglist import ordering_list
from sqlalchemy.orm import Mapped, composite, mapped_column, relationship

from meetups.deck.models import Challenge
from meetups.foundation.database import Model, folded, named
from meetups.foundation.labels import Labeled
from meetups.people.models import Person
from meetups.planning.models import Meetup, new_code
from meetups.recaps.terms import AgeGroup, Category, Form, Kind, Origin, Outcome, ResourceType, Stance

Member = TypeVar("Member", bound=Labeled)


class RecapStatus(Labeled):
    DRAFT = ("draft", "Draft")
    PUBLISHED = ("published", "Published")
    WITHDRAWN = ("withdrawn", "Withdrawn")


class Qualifier(Labeled):
    """How a head-count is meant."""

    ABOUT = ("about", "about")
    EXACT = ("exact", "exactly")
    AT_LEAST = ("at_least", "at least")


class CreditMode(Labeled):
    """How a response is credited once its author agrees; the group needs nobody's consent."""

    GROUP = ("group", "The group")
    NAMED = ("named", "Somebody, if they agree")


class Consent(Labeled):
    NOT_NEEDED = ("not_needed", "Not needed")
    PENDING = ("pending", "Asked, no answer yet")
    GIVEN = ("given", "Agreed")
    REFUSED = ("refused", "Would rather not")
    WITHDRAWN = ("withdrawn", "Taken back")


class Recap(Model):
    """A write-up of one session. `meetup` is None for a session that was never listed here."""

    __tablename__ = "recaps"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(12), unique=True, default=new_code)
    meetup_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meetups.id", ondelete="SET NULL"), index=True)
    author_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id", ondelete="SET NULL"), index=True)
    status: Mapped[RecapStatus] = mapped_column(named(RecapStatus), default=RecapStatus.DRAFT)
    version: Mapped[int] = mapped_column(default=1)

    title: Mapped[str] = mapped_column(sa.String(160))
    head: Mapped[str] = mapped_column(sa.Text, default="")
    tail: Mapped[str] = mapped_column(sa.Text, default="")
    held_on: Mapped[date | None]
    place_label: Mapped[str] = mapped_column(sa.String(200), default="")
    headcount_from: Mapped[int | None]
    headcount_to: Mapped[int | None]
    qualifier: Mapped[Qualifier] = mapped_column(named(Qualifier), default=Qualifier.ABOUT)
    onlookers: Mapped[int | None]

    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    hidden_at: Mapped[datetime | None]
    # derived by `settle`, for finding and counting
    search_words: Mapped[str] = mapped_column(sa.Text, default="")
    idea_count: Mapped[int] = mapped_column(default=0)

    meetup: Mapped[Meetup | None] = relationship()
    author: Mapped[Person | None] = relationship()
    entries: Mapped[list[RecapEntry]] = relationship(
        back_populates="recap", order_by="RecapEntry.ordinal", collection_class=ordering_list("ordinal"),
        cascade="all, delete-orphan",
    )

    __table_args__ = (
        sa.CheckConstraint("headcount_to is null or headcount_to >= headcount_from", name="headcount_in_order"),
    )

    @property
    def is_public(self) -> bool:
        return self.status is RecapStatus.PUBLISHED and self.hidden_at is None

    @property
    def shown_entries(self) -> list[RecapEntry]:
        """What readers see: skipped sticks are kept but not shown."""
        return [entry for entry in self.entries if entry.outcome is not Outcome.SKIPPED]

    @property
    def headcount(self) -> str:
        """"about 18, plus 6 onlookers"; empty when nobody counted."""
        words = ""
        if self.headcount_from is not None:
            several = self.headcount_to not in (None, self.headcount_from)
            number = f"{self.headcount_from} to {self.headcount_to}" if several else str(self.headcount_from)
            words = number if self.qualifier is Qualifier.EXACT else f"{self.qualifier.label} {number}"
        if self.onlookers:
            onlookers = "1 onlooker" if self.onlookers == 1 else f"{self.onlookers} onlookers"
            words = f"{words}, plus {onlookers}" if words else onlookers
        return words

    def settle(self) -> None:
        """Bring the words searched and the count up to date. Names are in only while their consent is given."""
        parts = [self.title, self.head, self.tail, self.place_label]
        for entry in self.shown_entries:
            parts += [entry.prompt, entry.topic, entry.literacy_tip, entry.leftovers]
            for response in entry.responses:
                parts += [response.text, response.literacy_tip, response.credit.shown]
                parts += [f"{r.title} {r.creator}" for r in response.resources]
        self.search_words = folded(" ".join(parts))
        self.idea_count = sum(len(entry.responses) for entry in self.shown_entries)


class RecapEntry(Model):
    """One challenge or question and what came of it. `topic` is the heading it stood under, as typed."""

    __tablename__ = "recap_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    recap_id: Mapped[int] = mapped_column(sa.ForeignKey("recaps.id", ondelete="CASCADE"), index=True)
    ordinal: Mapped[int] = mapped_column(default=0)
    origin: Mapped[Origin] = mapped_column(named(Origin), default=Origin.CUP)
    challenge_id: Mapped[int | None] = mapped_column(sa.ForeignKey("challenges.id", ondelete="SET NULL"), index=True)
    prompt: Mapped[str] = mapped_column(sa.Text)
    category: Mapped[Category | None] = mapped_column(named(Category))
    kind: Mapped[Kind | None] = mapped_column(named(Kind))
    ages: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    outcome: Mapped[Outcome] = mapped_column(named(Outcome), default=Outcome.ANSWERED)
    topic: Mapped[str] = mapped_column(sa.Text, default="")
    literacy_tip: Mapped[str] = mapped_column(sa.Text, default="")
    leftovers: Mapped[str] = mapped_column(sa.Text, default="")

    recap: Mapped[Recap] = relationship(back_populates="entries")
    challenge: Mapped[Challenge | None] = relationship()
    responses: Mapped[list[Response]] = relationship(
        back_populates="entry", order_by="Response.ordinal", collection_class=ordering_list("ordinal"),
        cascade="all, delete-orphan",
    )

    @property
    def age_groups(self) -> list[AgeGroup]:
        return [AgeGroup(age) for age in self.ages]


class Attribution:
    """Who gets the credit for a response, and whether they agreed. Anything but GIVEN reads "the group"."""

    def __init__(self, mode: CreditMode, name: str, library: str, consent: Consent, at: datetime | None) -> None:
        self.mode, self.name, self.library, self.consent, self.at = mode, name, library, consent, at

    @property
    def shown(self) -> str:
        """The name readers see, or nothing for the group."""
        if self.mode is CreditMode.GROUP or self.consent is not Consent.GIVEN:
            return ""
        return f"{self.name}, {self.library}" if self.library else self.name

    def __composite_values__(self) -> tuple[CreditMode, str, str, Consent, datetime | None]:
        return self.mode, self.name, self.library, self.consent, self.at

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Attribution) and self.__composite_values__() == other.__composite_values__()

    def __hash__(self) -> int:
        return hash(self.__composite_values__())


THE_GROUP = Attribution(CreditMode.GROUP, "", "", Consent.NOT_NEEDED, None)


class Response(Model):
    """One idea given to a prompt. `links` are web addresses in or beside its text."""

    __tablename__ = "responses"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("recap_entries.id", ondelete="CASCADE"), index=True)
    ordinal: Mapped[int] = mapped_column(default=0)
    form: Mapped[Form] = mapped_column(named(Form), default=Form.TIP)
    stance: Mapped[Stance | None] = mapped_column(named(Stance))
    text: Mapped[str] = mapped_column(sa.Text)
    literacy_tip: Mapped[str] = mapped_column(sa.Text, default="")
    links: Mapped[list[str]] = mapped_column(sa.JSON, default=list)

    credit_mode: Mapped[CreditMode] = mapped_column(named(CreditMode), default=CreditMode.GROUP)
    credit_name: Mapped[str] = mapped_column(sa.Text, default="")
    credit_library: Mapped[str] = mapped_column(sa.Text, default="")
    consent: Mapped[Consent] = mapped_column(named(Consent), default=Consent.NOT_NEEDED)
    consent_at: Mapped[datetime | None]
    asked_address: Mapped[str | None] = mapped_column(sa.String(254))
    ask_version: Mapped[int] = mapped_column(default=0)
    credit: Mapped[Attribution] = composite("credit_mode", "credit_name", "credit_library", "consent", "consent_at")

    entry: Mapped[RecapEntry] = relationship(back_populates="responses")
    resources: Mapped[list[Resource]] = relationship(
        back_populates="response", order_by="Resource.ordinal", collection_class=ordering_list("ordinal"),
        cascade="all, delete-orphan",
    )


class Resource(Model):
    """A song, a book, a thing: title, who by, where. Words of songs are not stored here."""

    __tablename__ = "resources"

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(sa.ForeignKey("responses.id", ondelete="CASCADE"), index=True)
    ordinal: Mapped[int] = mapped_column(default=0)
    type: Mapped[ResourceType] = mapped_column(named(ResourceType))
    title: Mapped[str] = mapped_column(sa.Text)
    creator: Mapped[str] = mapped_column(sa.Text, default="")
    url: Mapped[str] = mapped_column(sa.Text, default="")

    response: Mapped[Response] = relationship(back_populates="resources")
