"""Sticks, songs, books and props: how often they came up, and the ideas around them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from meetups.deck.models import Challenge
from meetups.foundation.database import db
from meetups.library.models import Idea, Mention, StickTally
from meetups.library.queries.laid import stick_counts
from meetups.library.queries.search import PAGE, ideas_numbered
from meetups.library.terms import Shelf
from meetups.recaps.models import Recap, Response
from meetups.recaps.queries import PUBLIC, not_by

THINGS_A_PAGE = 100


@dataclass(frozen=True)
class Thing:
    """A song, a book or a prop. `titles` and `creators` as people wrote them, the most frequent first."""

    shelf: Shelf
    key: str
    titles: Sequence[str] = ()
    creators: Sequence[str] = ()
    isbn: str = ""
    gatherings: int = 0
    numbers: Sequence[int] = field(default=(), repr=False)

    @property
    def title(self) -> str:
        return self.titles[0]


def tallies(sticks: Iterable[Challenge], unseen: Collection[int] = ()) -> dict[int, StickTally]:
    """How often each of these sticks came up, by the number of its root; one query. Those never asked are left out.

    Recaps by people the reader does not get to see do not count.
    """
    roots = {stick.source_id or stick.id for stick in sticks}
    if unseen:
        return {
            number: StickTally(challenge_id=number, gatherings=gatherings, ideas=ideas)
            for number, gatherings, ideas in stick_counts(sorted(roots), unseen)
        }
    query = sa.select(StickTally).where(StickTally.challenge_id.in_(roots), StickTally.gatherings > 0)
    return {each.challenge_id: each for each in db.session.scalars(query)}


def ideas_of_stick(stick: Challenge, page: int, unseen: Collection[int] = ()) -> tuple[Sequence[Response], int]:
    """A page of all ideas ever given to a stick, the latest first, and how many there are."""
    mine = [Idea.challenge_id == (stick.source_id or stick.id), *PUBLIC, *not_by(unseen)]
    there = sa.select(Idea.id).join(Recap, Recap.id == Idea.recap_id).where(*mine)
    total = db.session.scalar(sa.select(sa.func.count()).select_from(there.subquery())) or 0
    page_of = there.order_by(Idea.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
    return ideas_numbered(db.session.scalars(page_of).all()), total


def thing_named(shelf: Shelf, key: str, unseen: Collection[int] = ()) -> Thing | None:
    """Everything that was shared under this title, or with the same ISBN as something under this title."""
    isbns = sa.select(Mention.isbn).where(Mention.shelf == shelf, Mention.key == key, Mention.isbn != "")
    query = (
        sa.select(Mention)
        .join(Recap, Recap.id == Mention.recap_id)
        .where(Mention.shelf == shelf, sa.or_(Mention.key == key, Mention.isbn.in_(isbns)), *PUBLIC, *not_by(unseen))
        .order_by(Mention.idea_id.desc())
    )
    rows = db.session.scalars(query).all()
    if not rows:
        return None
    return Thing(
        shelf, key, _most_frequent(row.title for row in rows), _most_frequent(row.creator for row in rows),
        next((row.isbn for row in rows if row.isbn), ""), len({row.recap_id for row in rows}),
        list(dict.fromkeys(row.idea_id for row in rows)),
    )


def key_of_isbn(isbn: str, unseen: Collection[int] = ()) -> str | None:
    """The title under which a book with this number was shared."""
    query = _seen(sa.select(Mention.key).where(Mention.isbn == isbn), unseen)
    return db.session.scalar(query.order_by(Mention.id).limit(1))


def _seen(query: Any, unseen: Collection[int]) -> Any:
    """Without what recaps by these people mention."""
    return query.join(Recap, Recap.id == Mention.recap_id).where(*not_by(unseen)) if unseen else query


def things_on(shelf: Shelf, page: int, unseen: Collection[int] = ()) -> tuple[Sequence[tuple[str, str, int]], int]:
    """A page of what was shared, from A to Z: key, title, gatherings; and how many there are."""
    columns = Mention.key, sa.func.min(Mention.title), sa.func.count(Mention.recap_id.distinct())
    by_key = _seen(sa.select(*columns).where(Mention.shelf == shelf), unseen).group_by(Mention.key)
    keys = _seen(sa.select(sa.func.count(Mention.key.distinct())).where(Mention.shelf == shelf), unseen)
    total = db.session.scalar(keys) or 0
    page_of = by_key.order_by(Mention.key).limit(THINGS_A_PAGE).offset((page - 1) * THINGS_A_PAGE)
    return [tuple(row) for row in db.session.execute(page_of)], total


def _most_frequent(texts: Iterable[str]) -> list[str]:
    counted: dict[str, int] = {}
    for text in filter(None, texts):
        counted[text] = counted.get(text, 0) + 1
    return sorted(counted, key=lambda text: -counted[text])
