"""What others added to recaps, and whether they are known here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from meetups.attendance.models import Rsvp
from meetups.foundation.database import db
from meetups.people.models import Person
from meetups.planning.models import Meetup
from meetups.recaps.models import Addition, Consent, Recap, RecapEntry, Response
from meetups.recaps.queries.recaps import PUBLIC
from meetups.recaps.terms import AdditionKind, AdditionState

MOST_SHOWN = 200
WHOLE = (
    joinedload(Addition.person), joinedload(Addition.recap).joinedload(Recap.meetup), joinedload(Addition.meetup),
    joinedload(Addition.response).joinedload(Response.entry), joinedload(Addition.entry).joinedload(RecapEntry.recap),
)


def addition_numbered(number: int) -> Addition | None:
    return db.session.scalar(sa.select(Addition).where(Addition.id == number).options(*WHOLE))


def free_to_claim(recap: Recap) -> list[Response]:
    """Ideas that read "the group" and about which nobody was asked; from what is loaded."""
    ideas = [idea for entry in recap.shown_entries for idea in entry.responses]
    return [idea for idea in ideas if _is_free(idea)]


def _is_free(idea: Response) -> bool:
    unasked = idea.consent is Consent.PENDING and idea.asked_address is None
    return idea.consent is Consent.NOT_NEEDED or unasked


def shown_beside(recap: Recap, unseen: Collection[int] = ()) -> dict[AdditionKind, list[Addition]]:
    """Comments under a recap and write-ups on other sites, oldest first, without people the reader does not see."""
    query = sa.select(Addition).where(_about(recap.meetup, recap), Addition.kind != AdditionKind.IDEA, _SHOWN)
    found: dict[AdditionKind, list[Addition]] = {kind: [] for kind in AdditionKind}
    for addition in db.session.scalars(_seen(query, unseen).options(joinedload(Addition.person))):
        found[addition.kind].append(addition)
    return found


def writeups_of(meetup: Meetup, unseen: Collection[int] = ()) -> Sequence[Addition]:
    """Write-ups of a meetup on other sites, oldest first."""
    query = sa.select(Addition).where(_about(meetup, None), Addition.kind == AdditionKind.WRITEUP, _SHOWN)
    return db.session.scalars(_seen(query, unseen)).all()


def _about(meetup: Meetup | None, recap: Recap | None) -> sa.ColumnElement[bool]:
    of_meetup = Addition.meetup_id == meetup.id if meetup else sa.false()
    return sa.or_(of_meetup, Addition.recap_id == recap.id if recap else sa.false())


_SHOWN = Addition.state == AdditionState.SHOWN


def _seen(query: sa.Select[Addition], unseen: Collection[int]) -> sa.Select[Addition]:
    if unseen:
        query = query.where(sa.or_(Addition.person_id.is_(None), Addition.person_id.not_in(unseen)))
    return query.order_by(Addition.added_at, Addition.id).limit(MOST_SHOWN)


def additions_to(recap: Recap) -> Sequence[Addition]:
    """Everything its writers can decide about: what waits first, then newest first; 200 at most."""
    about = [Addition.recap_id == recap.id] + ([Addition.meetup_id == recap.meetup_id] if recap.meetup_id else [])
    query = (
        sa.select(Addition)
        .where(sa.or_(*about), Addition.state != AdditionState.TAKEN_BACK)
        .options(*WHOLE)
        .order_by(Addition.state != AdditionState.WAITING, Addition.added_at.desc(), Addition.id.desc())
        .limit(MOST_SHOWN)
    )
    return db.session.scalars(query).all()


def additions_by(person: Person) -> Sequence[Addition]:
    return db.session.scalars(sa.select(Addition).where(Addition.person_id == person.id).order_by(Addition.id)).all()


def waiting_beside(recap: Recap | None, meetup: Meetup | None) -> int:
    """How much waits for a nod."""
    query = sa.select(sa.func.count()).where(*_beside(recap, meetup), Addition.state == AdditionState.WAITING)
    return db.session.scalar(query) or 0


def additions_since(addition: Addition, person: Person | None, rsvp: Rsvp | None, since: datetime) -> int:
    """How much somebody added there since then; for the code alone, what everybody with the code alone added."""
    there = _beside(addition.recap, addition.meetup)
    query = sa.select(sa.func.count()).where(*there, _by(person, rsvp), Addition.added_at >= since)
    return db.session.scalar(query) or 0


def same_addition(addition: Addition, person: Person | None, rsvp: Rsvp | None, since: datetime) -> Addition | None:
    """The same words, added there before by the same one: a button pressed twice.

    Whoever gets it may take it back, so words that anybody could copy from the page are not found for the code alone.
    """
    query = sa.select(Addition).where(
        *_beside(addition.recap, addition.meetup), _by(person, rsvp), Addition.kind == addition.kind,
        Addition.text == addition.text, Addition.url == addition.url,
        Addition.entry_id == (addition.entry.id if addition.entry else None),
        Addition.added_at >= since, Addition.state != AdditionState.TAKEN_BACK,
    )
    if person is None and rsvp is None:
        query = query.where(Addition.state == AdditionState.WAITING, Addition.name == addition.name)
    with db.session.no_autoflush:
        return db.session.scalar(query.order_by(Addition.id).limit(1))


def _by(person: Person | None, rsvp: Rsvp | None) -> sa.ColumnElement[bool]:
    """Whose additions; for the code alone, everybody's who came with the code alone."""
    if person is not None:
        return Addition.person_id == person.id
    if rsvp is not None:
        return sa.and_(Addition.person_id.is_(None), Addition.rsvp_id == rsvp.id)
    return sa.and_(Addition.person_id.is_(None), Addition.rsvp_id.is_(None))


def _beside(recap: Recap | None, meetup: Meetup | None) -> tuple[sa.ColumnElement[bool], ...]:
    return (Addition.recap_id == (recap.id if recap else None), Addition.meetup_id == (meetup.id if meetup else None))


def is_known(person: Person | None, rsvp: Rsvp | None) -> bool:
    """Whether something they added is shown already, or they published a recap or host a meetup that stands."""
    if person is None and rsvp is None:
        return False
    whose = Addition.person_id == person.id if person else Addition.rsvp_id == (rsvp.id if rsvp else None)
    if db.session.scalar(sa.select(Addition.id).where(whose, _SHOWN).limit(1)) is not None:
        return True
    if person is None:
        return False
    wrote = sa.select(Recap.id).where(Recap.author_id == person.id, *PUBLIC).limit(1)
    hosts = sa.select(Meetup.id).where(Meetup.host_id == person.id, Meetup.listed).limit(1)
    return person.is_moderator or any(db.session.scalar(query) is not None for query in (wrote, hosts))
