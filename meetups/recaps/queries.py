"""Recaps by their names, by words, by author; what waits for a yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from meetups.foundation.database import db, folded, has_words
from meetups.people.models import Person
from meetups.planning.models import Meetup
from meetups.recaps.models import Consent, Recap, RecapEntry, RecapStatus, Response
from meetups.recaps.terms import Origin, Outcome

PAGE = 20
COUNT_CAP = 500
MOST_DRAFTS = 50

PUBLIC = (Recap.status == RecapStatus.PUBLISHED, Recap.hidden_at.is_(None))
WITH_ENTRIES = selectinload(Recap.entries).options(
    joinedload(RecapEntry.challenge), selectinload(RecapEntry.responses).selectinload(Response.resources)
)
WITH_MEETUP = joinedload(Recap.meetup).joinedload(Meetup.place)


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


def recap_by_code(code: str) -> Recap | None:
    """The whole recap, whatever its status: five queries, however long it is (one more for each 500 ideas)."""
    if not code.isalnum():
        return None  # nor would every database take it as a value
    query = sa.select(Recap).where(Recap.code == code).options(WITH_ENTRIES, WITH_MEETUP, joinedload(Recap.author))
    return db.session.scalar(query)


def held(recap: Recap) -> Recap:
    """The same recap under its lock, read anew with all its entries; until the unit of work ends."""
    query = sa.select(Recap).where(Recap.id == recap.id).options(WITH_ENTRIES).with_for_update(of=Recap)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def hold_author(author: Person) -> None:
    """Let one press of this person wait for the other."""
    db.session.execute(sa.select(Person.id).where(Person.id == author.id).with_for_update())


def recaps_found(words: str, page: int = 1) -> Found:
    """Published recaps that have every word typed (as a prefix), newest first; three queries."""
    conditions = [*PUBLIC, *has_words(Recap.search_words, words)]
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


def recaps_of(meetup: Meetup) -> Sequence[Recap]:
    """Published write-ups of a meetup, oldest first."""
    query = sa.select(Recap).where(Recap.meetup_id == meetup.id, *PUBLIC).order_by(Recap.published_at, Recap.id)
    return db.session.scalars(query).all()


def other_recaps_of(recap: Recap) -> Sequence[Recap]:
    """Other published write-ups of the same meetup, oldest first."""
    if recap.meetup is None:
        return []
    return [other for other in recaps_of(recap.meetup) if other.id != recap.id]


def drafts_of(person: Person) -> Sequence[Recap]:
    """A member's unpublished and withdrawn recaps, last touched first; 50 at most."""
    query = (
        sa.select(Recap)
        .where(Recap.author_id == person.id, Recap.status != RecapStatus.PUBLISHED, Recap.hidden_at.is_(None))
        .order_by(Recap.updated_at.desc(), Recap.id.desc())
        .limit(MOST_DRAFTS)
    )
    return db.session.scalars(query).all()


def recap_by(author: Person, meetup: Meetup) -> Recap | None:
    """The author's own write-up of this meetup, whatever its status."""
    query = sa.select(Recap).where(Recap.author_id == author.id, Recap.meetup_id == meetup.id).order_by(Recap.id)
    return db.session.scalar(query.limit(1))


def unlisted_draft_titled(author: Person, title: str) -> Recap | None:
    """The author's draft of that title about a gathering that is not listed here."""
    query = sa.select(Recap).where(
        Recap.author_id == author.id, Recap.meetup_id.is_(None), Recap.title == title,
        Recap.status == RecapStatus.DRAFT,
    )
    return db.session.scalar(query.order_by(Recap.id).limit(1))


def response_by_number(number: int) -> Response | None:
    """An idea with its recap, for the person whose name it may carry."""
    way = joinedload(Response.entry).joinedload(RecapEntry.recap)
    return db.session.scalar(sa.select(Response).where(Response.id == number).options(way))


def asked_since(recap: Recap, since: datetime) -> int:
    """How many people were asked on behalf of this recap's author since then, in all their recaps."""
    query = (
        sa.select(sa.func.count(Response.id))
        .join(Response.entry)
        .join(RecapEntry.recap)
        .where(Recap.author_id == recap.author_id, Response.asked_address.is_not(None), Response.consent_at >= since)
    )
    return db.session.scalar(query) or 0


def consents_pending(recap: Recap) -> list[Response]:
    """Ideas whose names wait for a yes, in order; from what is loaded, no query."""
    ideas = [response for entry in recap.entries for response in entry.responses]
    return [idea for idea in ideas if idea.credit.consent is Consent.PENDING]
