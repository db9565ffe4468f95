"""Who is coming, who waits, and how many seats that takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from meetups.attendance.models import Answer, BringItem, Claim, Rsvp
from meetups.foundation.database import db
from meetups.people.models import Person
from meetups.planning.models import Meetup

COUNTED = Rsvp.confirmed_at.is_not(None)
PARTY = Rsvp.guests + 1


@dataclass(frozen=True)
class Seats:
    """Counts of one meetup: `going`, `maybe` and `waiting` are people with their guests; parties are parties.

    `asked` are those asked again after a postponement whose seats are held meanwhile.
    """

    capacity: int | None
    going: int = 0
    maybe: int = 0
    waiting: int = 0
    waiting_parties: int = 0
    asked: int = 0
    openers: int = 0
    can_step_in: int = 0

    @property
    def free(self) -> int | None:
        """Seats left; None when there is no limit; 0 when full or over."""
        return None if self.capacity is None else max(0, self.capacity - self.going - self.asked)

    @property
    def is_full(self) -> bool:
        return self.free == 0

    @property
    def over_by(self) -> int:
        """How many more are going than there are seats, after the host lowered the number."""
        return 0 if self.capacity is None else max(0, self.going + self.asked - self.capacity)

    def fits(self, party: int) -> bool:
        return self.free is None or party <= self.free


def seats(meetup: Meetup, *, without: Rsvp | None = None) -> Seats:
    """The counts as they stand; `without` leaves one party out, to see whether it would fit anew."""
    return seats_of([meetup], without=without)[meetup.id]


def seats_of(meetups: Sequence[Meetup], *, without: Rsvp | None = None) -> dict[int, Seats]:
    """Counts of many meetups in one query, by meetup id."""
    helpers = (Rsvp.answer == Answer.GOING, COUNTED)
    query = (
        sa.select(
            Rsvp.meetup_id,
            Rsvp.answer,
            sa.func.sum(PARTY),
            sa.func.count(),
            sa.func.count().filter(*helpers, Rsvp.opener),
            sa.func.count().filter(*helpers, Rsvp.can_step_in),
            sa.func.coalesce(sa.func.sum(PARTY).filter(Rsvp.held_until.is_not(None)), 0),
        )
        .where(Rsvp.meetup_id.in_([meetup.id for meetup in meetups]), COUNTED)
        .group_by(Rsvp.meetup_id, Rsvp.answer)
    )
    if without is not None and without.id is not None:
        query = query.where(Rsvp.id != without.id)
    rows: dict[int, dict[Answer, sa.Row]] = {meetup.id: {} for meetup in meetups}
    for row in db.session.execute(query):
        rows[row[0]][row[1]] = row
    return {meetup.id: _counts(meetup, rows[meetup.id]) for meetup in meetups}


def _counts(meetup: Meetup, by_answer: dict[Answer, sa.Row]) -> Seats:
    nothing = (0, None, 0, 0, 0, 0, 0)
    going = by_answer.get(Answer.GOING, nothing)
    waiting = by_answer.get(Answer.WAITING, nothing)
    maybe = by_answer.get(Answer.MAYBE, nothing)
    asked = by_answer.get(Answer.ASKED, nothing)
    return Seats(
        meetup.capacity, int(going[2]), int(maybe[2]), int(waiting[2]), waiting[3], int(asked[6]), going[4], going[5]
    )


def waitlist(meetup: Meetup) -> Sequence[Rsvp]:
    """Waiting parties, first come first."""
    return _parties(meetup, Answer.WAITING)


def going(meetup: Meetup) -> Sequence[Rsvp]:
    """Parties with a seat, in order of arrival."""
    return _parties(meetup, Answer.GOING)


def maybe(meetup: Meetup) -> Sequence[Rsvp]:
    return _parties(meetup, Answer.MAYBE)


def _parties(meetup: Meetup, answer: Answer) -> Sequence[Rsvp]:
    query = (
        sa.select(Rsvp)
        .where(Rsvp.meetup_id == meetup.id, Rsvp.answer == answer, COUNTED)
        .options(joinedload(Rsvp.person))
        .order_by(Rsvp.asked_at, Rsvp.id)
    )
    return db.session.scalars(query).all()


def to_be_told(meetup: Meetup) -> Sequence[Rsvp]:
    """Everybody a change concerns: going, asked again, maybe and waiting, confirmed."""
    answers = (Answer.GOING, Answer.ASKED, Answer.MAYBE, Answer.WAITING)
    query = (
        sa.select(Rsvp)
        .where(Rsvp.meetup_id == meetup.id, Rsvp.answer.in_(answers), COUNTED)
        .options(joinedload(Rsvp.person))
        .order_by(Rsvp.asked_at, Rsvp.id)
    )
    return db.session.scalars(query).all()


def rsvp_of(person: Person, meetup: Meetup) -> Rsvp | None:
    query = sa.select(Rsvp).where(Rsvp.meetup_id == meetup.id, Rsvp.person_id == person.id)
    return db.session.scalar(query)


def rsvp_at(address: str, meetup: Meetup) -> Rsvp | None:
    """A visitor's answer, or that of the member with this address."""
    query = (
        sa.select(Rsvp)
        .outerjoin(Rsvp.person)
        .where(Rsvp.meetup_id == meetup.id, sa.or_(Rsvp.address == address, Person.address == address))
        .order_by(Rsvp.person_id.is_(None), Rsvp.id)
        .limit(1)
    )
    return db.session.scalar(query)


def rsvp_by_number(number: int) -> Rsvp | None:
    query = (
        sa.select(Rsvp)
        .where(Rsvp.id == number)
        .options(joinedload(Rsvp.person), joinedload(Rsvp.meetup).joinedload(Meetup.place))
    )
    return db.session.scalar(query)


def answers_of(person: Person) -> Sequence[Rsvp]:
    """A member's answers with their meetups, next one first."""
    query = (
        sa.select(Rsvp)
        .join(Rsvp.meetup)
        .where(Rsvp.person_id == person.id)
        .options(contains_eager(Rsvp.meetup).joinedload(Meetup.place))
        .order_by(Meetup.starts_at)
    )
    return db.session.scalars(query).all()


@dataclass(frozen=True)
class Wanted:
    """A line of the bring list and who has claimed it, if anyone."""

    item: BringItem
    claim: Claim | None


def bring_list(meetup: Meetup) -> list[Wanted]:
    query = (
        sa.select(BringItem, Claim)
        .outerjoin(Claim, Claim.bring_item_id == BringItem.id)
        .where(BringItem.meetup_id == meetup.id)
        .options(joinedload(Claim.rsvp).joinedload(Rsvp.person))
        .order_by(BringItem.id)
    )
    return [Wanted(item, claim) for item, claim in db.session.execute(query)]


def bring_item(meetup: Meetup, number: int) -> BringItem | None:
    return db.session.scalar(sa.select(BringItem).where(BringItem.id == number, BringItem.meetup_id == meetup.id))


def claim_on(item: BringItem) -> Claim | None:
    return db.session.get(Claim, item.id)
