"""What somebody keeps and tried, and what others say who tried an idea."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa

from meetups.foundation.database import db
from meetups.library.models import SavedIdea, TriedIdea
from meetups.library.queries.search import ideas_numbered
from meetups.people.models import Person
from meetups.recaps.models import Response
from meetups.recaps.terms import Outcome

MOST_NOTES = 100
LARGEST_NUMBER = 2**31 - 1


def idea_numbered(number: int, unseen: Collection[int] = ()) -> Response | None:
    """The idea, while its recap shows it to everybody and is not by one of these people."""
    found = ideas_numbered([number]) if number <= LARGEST_NUMBER else []
    return found[0] if found and _is_seen(found[0], unseen) else None


def _is_seen(idea: Response, unseen: Collection[int]) -> bool:
    return idea.entry.outcome is not Outcome.SKIPPED and idea.entry.recap.author_id not in unseen


def saved_by(person: Person, number: int) -> SavedIdea | None:
    if number > LARGEST_NUMBER:
        return None
    return db.session.scalar(
        sa.select(SavedIdea).where(SavedIdea.person_id == person.id, SavedIdea.idea_id == number)
    )


def saved_count(person: Person) -> int:
    query = sa.select(sa.func.count()).select_from(SavedIdea).where(SavedIdea.person_id == person.id)
    return db.session.scalar(query) or 0


def saved_among(person: Person, numbers: Collection[int]) -> dict[int, bool]:
    """Which of these ideas are in the folder, and whether there is a note beside them."""
    query = sa.select(SavedIdea.idea_id, SavedIdea.note != "")
    query = query.where(SavedIdea.person_id == person.id, SavedIdea.idea_id.in_(numbers))
    return dict(db.session.execute(query).all())


def folder_of(person: Person, unseen: Collection[int] = ()) -> list[tuple[SavedIdea, Response | None]]:
    """The whole folder, the last one kept first; None beside what this reader cannot see (any more)."""
    query = sa.select(SavedIdea).where(SavedIdea.person_id == person.id)
    rows = db.session.scalars(query.order_by(SavedIdea.saved_at.desc(), SavedIdea.id.desc())).all()
    ideas = {idea.id: idea for idea in ideas_numbered([row.idea_id for row in rows]) if _is_seen(idea, unseen)}
    return [(row, ideas.get(row.idea_id)) for row in rows]


def tried_by(person: Person, number: int) -> TriedIdea | None:
    if number > LARGEST_NUMBER:
        return None
    return db.session.scalar(
        sa.select(TriedIdea).where(TriedIdea.person_id == person.id, TriedIdea.idea_id == number)
    )


def says_tried(person: Person, number: int) -> TriedIdea | None:
    """The same while it stands: nothing of what was hidden and then taken back."""
    tried = tried_by(person, number)
    return tried if tried is not None and (tried.note or tried.hidden_at is None) else None


def tried_since(person: Person, since: datetime) -> int:
    query = sa.select(sa.func.count()).select_from(TriedIdea)
    return db.session.scalar(query.where(TriedIdea.person_id == person.id, TriedIdea.tried_at > since)) or 0


def tried_counts(numbers: Collection[int]) -> dict[int, int]:
    """How many people tried each of these ideas, closed accounts left out; nothing for those nobody tried."""
    query = sa.select(TriedIdea.idea_id, sa.func.count()).join(Person, Person.id == TriedIdea.person_id)
    query = query.where(TriedIdea.idea_id.in_(numbers), Person.suspended_at.is_(None))
    query = query.where(sa.or_(TriedIdea.hidden_at.is_(None), TriedIdea.note != ""))
    return dict(db.session.execute(query.group_by(TriedIdea.idea_id)).all())


def tried_notes(number: int, unseen: Collection[int] = (), *, hidden_too: bool = False) -> Sequence[TriedIdea]:
    """What people say who tried it, newest first, 100 at most; nothing by these people or by closed accounts."""
    query = (
        sa.select(TriedIdea)
        .join(Person, Person.id == TriedIdea.person_id)
        .where(TriedIdea.idea_id == number, TriedIdea.note != "", TriedIdea.person_id.not_in(unseen))
        .where(Person.suspended_at.is_(None))
        .order_by(TriedIdea.tried_at.desc(), TriedIdea.id.desc())
        .limit(MOST_NOTES)
    )
    return db.session.scalars(query if hidden_too else query.where(TriedIdea.hidden_at.is_(None))).all()


def tried_note(code: str) -> TriedIdea | None:
    return db.session.scalar(sa.select(TriedIdea).where(TriedIdea.code == code)) if code.isalnum() else None
