"""Recaps by the words in them, and how many there are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from meetups.foundation.database import db, folded, has_words
from meetups.recaps.models import Recap, RecapEntry, Response
from meetups.recaps.queries.recaps import PUBLIC, not_by
from meetups.recaps.terms import Origin, Outcome

PAGE = 20
COUNT_CAP = 500


@dataclass(frozen=True)
class FoundRecap:
    """A recap in a list, with the prompt to show and, where words were looked for, the idea that has them."""

    recap: Recap
    prompt: str = ""
    origin: Origin = Origin.CUP
    idea: str = ""


@dataclass(frozen=True)
class Found:
    """One page of what was found. `total` is capped; `more` says that there are others beyond the cap."""

    rows: list[FoundRecap] = field(default_factory=list)
    total: int = 0
    more: bool = False


def recaps_found(words: str, page: int = 1, unseen: Collection[int] = ()) -> Found:
    """Published recaps that have every word typed (as a prefix), newest first; three queries.

    `unseen`: authors whom this reader does not get to see (people.queries.blocked_either_way).
    """
    conditions = [*PUBLIC, *not_by(unseen), *has_words(Recap.search_words, words)]
    inside = sa.select(Recap.id).where(*conditions).limit(COUNT_CAP + 1).subquery()
    total = db.session.scalar(sa.select(sa.func.count()).select_from(inside)) or 0
    query = (
        sa.select(Recap)
        .where(*conditions)
        .order_by(Recap.published_at.desc(), Recap.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    recaps = db.session.scalars(query).all()
    fragments = _fragments([recap.id for recap in recaps], words)
    return Found([_found(recap, fragments, words) for recap in recaps], min(total, COUNT_CAP), total > COUNT_CAP)


_Fragment = tuple[str, Origin, str]  # prompt, where it came from, one of its ideas


def _fragments(ids: Sequence[int], words: str) -> dict[int, list[_Fragment]]:
    """What readers see of these recaps, piece by piece; ideas only when words are looked for."""
    idea = sa.func.coalesce(Response.text, "") if folded(words) else sa.literal("")
    query = sa.select(RecapEntry.recap_id, RecapEntry.prompt, RecapEntry.origin, idea)
    order = [RecapEntry.recap_id, RecapEntry.ordinal, RecapEntry.id]
    if folded(words):
        query = query.outerjoin(Response, Response.entry_id == RecapEntry.id)
        order += [Response.ordinal, Response.id]
    query = query.where(RecapEntry.recap_id.in_(ids), RecapEntry.outcome != Outcome.SKIPPED).order_by(*order)
    pieces: dict[int, list[_Fragment]] = {each: [] for each in ids}
    for number, prompt, origin, text in db.session.execute(query):
        pieces[number].append((prompt, origin, text))
    return pieces


def _found(recap: Recap, fragments: dict[int, list[_Fragment]], words: str) -> FoundRecap:
    """The piece with most of the words; the earliest of several."""
    pieces = fragments[recap.id]
    if not pieces:
        return FoundRecap(recap)
    wanted = folded(words).split()[:12]
    prompt, origin, idea = max(pieces, key=lambda piece: _score(piece, wanted))
    return FoundRecap(recap, prompt, origin, idea if _hits(idea, wanted) else "")


def _score(piece: _Fragment, wanted: Sequence[str]) -> tuple[int, int]:
    prompt, _, idea = piece
    return _hits(f"{prompt} {idea}", wanted), _hits(idea, wanted)


def _hits(text: str, wanted: Sequence[str]) -> int:
    padded = f" {folded(text)}" if wanted else ""
    return sum(1 for word in wanted if f" {word}" in padded)


def counts() -> tuple[int, int]:
    """How many ideas the published recaps hold, and how many recaps there are."""
    both = sa.select(sa.func.coalesce(sa.func.sum(Recap.idea_count), 0), sa.func.count(Recap.id)).where(*PUBLIC)
    ideas, recaps = db.session.execute(both).one()
    return int(ideas), recaps
