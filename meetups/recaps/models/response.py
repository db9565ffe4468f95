"""Response, Resource, and Attribution: one idea, what it names, and whose it was."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.ext.orderinglist import ordering_list
from sqlalchemy.orm import Mapped, composite, mapped_column, relationship

from meetups.foundation.database import Model, named
from meetups.foundation.labels import Labeled
from meetups.recaps.terms import Form, ResourceType, Stance, Words

if TYPE_CHECKING:
    from meetups.recaps.models.entry import RecapEntry

VERSE = 4  # lines: fewer are a quotation
_LINES = re.compile(r"\n| / ")
_NOT_SUNG = re.compile(r"\s*([-*+>#]|\d+[.)]|https?:)")


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
    """One idea given to a prompt. `links` are web addresses in or beside its text.

    `words` says why the words of a song may stand in it. `asked_address` is where its bearer was asked; raising
    `ask_version` makes older links useless. `claimed_at`: somebody who was there said that it was theirs, a member
    (`claimed_by_id`) or not. One that was taken out has no entry, only the recap it was taken out of: while history can
    put it back, its number is kept, and with it what other people have tied to it. Its words and its name are not.
    """

    __tablename__ = "responses"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int | None] = mapped_column(sa.ForeignKey("recap_entries.id", ondelete="CASCADE"), index=True)
    taken_out_of_id: Mapped[int | None] = mapped_column(sa.ForeignKey("recaps.id", ondelete="CASCADE"), index=True)
    ordinal: Mapped[int] = mapped_column(default=0)
    form: Mapped[Form] = mapped_column(named(Form), default=Form.TIP)
    stance: Mapped[Stance | None] = mapped_column(named(Stance))
    text: Mapped[str] = mapped_column(sa.Text)
    literacy_tip: Mapped[str] = mapped_column(sa.Text, default="")
    links: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    words: Mapped[Words] = mapped_column(named(Words), default=Words.NONE)

    credit_mode: Mapped[CreditMode] = mapped_column(named(CreditMode), default=CreditMode.GROUP)
    credit_name: Mapped[str] = mapped_column(sa.Text, default="")
    credit_library: Mapped[str] = mapped_column(sa.Text, default="")
    consent: Mapped[Consent] = mapped_column(named(Consent), default=Consent.NOT_NEEDED)
    consent_at: Mapped[datetime | None]
    asked_address: Mapped[str | None] = mapped_column(sa.String(254), index=True)
    ask_version: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None]
    claimed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id", ondelete="SET NULL"), index=True)
    credit: Mapped[Attribution] = composite("credit_mode", "credit_name", "credit_library", "consent", "consent_at")

    entry: Mapped[RecapEntry] = relationship(back_populates="responses")
    resources: Mapped[list[Resource]] = relationship(
        back_populates="response", order_by="Resource.ordinal", collection_class=ordering_list("ordinal"),
        cascade="all, delete-orphan",
    )

    @property
    def writes_out_a_song(self) -> bool:
        """Whether it holds words of a song for which nobody has said that they may stand there."""
        sung = self.form is Form.SONG or any(thing.type is ResourceType.SONG for thing in self.resources)
        return sung and self.words in (None, Words.NONE) and verse_lines(self.text) >= VERSE


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


def verse_lines(text: str) -> int:
    """How many lines in a row read like verse: two to twelve words, no bullet, no address; " / " parts lines, too."""
    most = row = 0
    for line in _LINES.split(text):
        if line.strip():
            row = row + 1 if 2 <= len(line.split()) <= 12 and not _NOT_SUNG.match(line) else 0
            most = max(most, row)
    return most
