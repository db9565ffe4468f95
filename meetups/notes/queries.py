"""Sessions, their deeds, their scribes; and the one cheap question that every screen keeps asking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from meetups.attendance.models import Answer, Rsvp
from meetups.foundation.database import db
from meetups.notes.models import Deed, Scribe, Session
from meetups.notes.terms import DeedKind
from meetups.people.models import Person
from meetups.planning.models import Meetup
from meetups.recaps.models import Recap, RecapEntry
from meetups.recaps.terms import Outcome

MOST_NAMES = 200


@dataclass(frozen=True)
class Pulse:
    """What a screen needs to know to say "nothing new"."""

    recap_id: int | None
    version: int
    link_version: int
    hidden: bool
    ends_at: datetime
    updated_at: datetime | None

    @property
    def mark(self) -> str:
        """Names what there is to see; another mark means that there is something new."""
        return f"{self.recap_id or 0}.{self.version}"


def session_of(meetup: Meetup) -> Session | None:
    query = sa.select(Session).where(Session.meetup_id == meetup.id).options(joinedload(Session.meetup))
    return db.session.scalar(query)


def pulse(number: int) -> Pulse | None:
    """One row by its key: a fraction of a millisecond."""
    query = (
        sa.select(
            Session.recap_id, Recap.version, Session.link_version,
            sa.or_(Meetup.hidden_at.is_not(None), Recap.hidden_at.is_not(None)), Meetup.ends_at, Recap.updated_at,
        )
        .join(Meetup, Meetup.id == Session.meetup_id)
        .outerjoin(Recap, Recap.id == Session.recap_id)
        .where(Session.id == number)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    recap_id, version, link_version, hidden, ends_at, updated_at = row
    return Pulse(recap_id, version or 0, link_version, bool(hidden), ends_at, updated_at)


def deeds_of(session: Session) -> Sequence[Deed]:
    """Every deed, in the order of arrival."""
    return db.session.scalars(sa.select(Deed).where(Deed.session_id == session.id).order_by(Deed.id)).all()


def is_scribe(person: Person | None, session: Session | None) -> bool:
    if person is None or session is None:
        return False
    query = sa.select(Scribe.id).where(Scribe.session_id == session.id, Scribe.person_id == person.id)
    return db.session.scalar(query) is not None


def scribes_of(session: Session) -> Sequence[Scribe]:
    query = sa.select(Scribe).where(Scribe.session_id == session.id).options(joinedload(Scribe.person))
    return db.session.scalars(query.order_by(Scribe.id)).all()


def members_going(meetup: Meetup) -> Sequence[Person]:
    """Members with a confirmed seat, by name: whom the host may name as scribes."""
    query = (
        sa.select(Person)
        .join(Rsvp, Rsvp.person_id == Person.id)
        .where(Rsvp.meetup_id == meetup.id, Rsvp.answer == Answer.GOING, Rsvp.confirmed_at.is_not(None))
        .order_by(Person.display_name, Person.id)
        .limit(MOST_NAMES)
    )
    return db.session.scalars(query).unique().all()


def deed_by_client_id(session: Session, client_id: str) -> Deed | None:
    query = sa.select(Deed).where(Deed.session_id == session.id, Deed.client_id == client_id)
    return db.session.scalar(query)


def from_room_since(session: Session, since: datetime) -> int:
    """How many ideas people in the room have added since then."""
    query = sa.select(sa.func.count(Deed.id)).where(
        Deed.session_id == session.id, Deed.from_room, Deed.taken_at >= since
    )
    return db.session.scalar(query) or 0


def sticks_out(session: Session) -> tuple[set[str], set[str]]:
    """Codes of the sticks drawn, and of those skipped."""
    query = (
        sa.select(Deed.stick, RecapEntry.outcome)
        .outerjoin(RecapEntry, RecapEntry.id == Deed.entry_id)
        .where(Deed.session_id == session.id, Deed.kind == DeedKind.DRAW)
    )
    rows = db.session.execute(query).all()
    skipped = {code for code, outcome in rows if outcome is Outcome.SKIPPED}
    return {code for code, _ in rows} - skipped, skipped


def session_by_number(number: int) -> Session | None:
    return db.session.get(Session, number)
