"""The letters posted so far, as a test wants to read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import sqlalchemy as sa

from meetups.foundation.database import db
from meetups.foundation.mail.outbox import OutboxLetter


class Outbox:
    """Looks at the table at every question: `len(outbox)`, `list(outbox)` newest last, `outbox.last`."""

    def __iter__(self) -> Iterator[OutboxLetter]:
        return iter(db.session.scalars(sa.select(OutboxLetter).order_by(OutboxLetter.id)).all())

    def __len__(self) -> int:
        return len(list(iter(self)))

    @property
    def last(self) -> OutboxLetter:
        letters = list(self)
        assert letters, "no letter was posted"
        return letters[-1]

    @property
    def subjects(self) -> list[tuple[str, str]]:
        """(address, subject) of every letter, newest last."""
        return [(letter.to_address, letter.subject) for letter in self]

    def to(self, address: str) -> list[OutboxLetter]:
        return [letter for letter in self if letter.to_address == address]

    def link(self, part: str = "", letter: OutboxLetter | None = None) -> str:
        """The one address with `part` in it in the text of a letter (the last, unless given): path, query, #token."""
        text = (letter or self.last).plain
        found = list(dict.fromkeys(url for url in re.findall(r"https?://[^\s<>]+", text) if part in url))
        assert len(found) == 1, f"{len(found)} addresses contain {part!r} in:\n{text}"
        parts = urlsplit(found[0])
        query = f"?{parts.query}" if parts.query else ""
        return f"{parts.path}{query}" + (f"#{parts.fragment}" if parts.fragment else "")
