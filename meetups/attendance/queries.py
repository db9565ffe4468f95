"""Who is coming, who waits, and how many seats that takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from meetups.attendance.models import Answer, BringItem, Claim, Notice, NoticeState, Reminder, Rsvp, TurnedDownMark
from meetups.foundation import clock
from meetups.foundation.database import Instant, db
from meetups.foundation.tokens import keyed_digest
from meetups.people.models import Person
from meetups.planning.models import Meetup

COUNTED = Rsvp.confirmed_at.is_not(None)
LONG_KNOWN = timedelta(hours=96)
PARTY = Rsvp.guests + 1
CONCERNED = tuple(answer for answer in Answer if answer not in (Answer.CANT, Answer.DECLINED))


@dataclass(frozen=True)
class Seats:
    """Counts of one meetup: `going`, `maybe` and `waiting` are people with their guests; parties are parties.

    `asked` are those asked again after a postponement whose seats are held meanwhile. `offered` seats are held for
    parties that have not taken them yet; those parties count among the waiting. `requests` wait for the host's word.
    The same for every reader: a count that a block lowers would tell whoever compares it with what a visitor sees that
    the other one is coming, and where and when they can be found.
    """

    capacity: int | None
    going: int = 0
    offered: int = 0
    maybe: int = 0
    waiting: int = 0
    waiting_parties: int = 0
    asked: int = 0
    requests: int = 0
    openers: int = 0
    can_step_in: int = 0

    @property
    def taken(self) -> int:
        """Seats of people who are going, and seats held for others."""
        return self.going + self.asked + self.offered

    @property
    def free(self) -> int | None:
        """Seats neither taken nor held; None when there is no limit; 0 when full or over."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def is_full(self) -> bool:
        return self.free == 0

    @property
    def over_by(self) -> int:
        """How many more are going than there are seats, after the host lowered the number."""
        return 0 if self.capacity is None else max(0, self.taken - self.capacity)

    def fits(self, party: int) -> bool:
        return self.free is None or party <= self.free


def seats(meetup: Meetup, *, without: Rsvp | None = None) -> Seats:
    """The counts as they stand; `without` leaves one party out, to see whether it would fit anew."""
    return seats_of([meetup], without=without)[meetup.id]


def seats_of(meetups: Sequence[Meetup], *, without: Rsvp | None = None) -> dict[int, Seats]:
    """Counts of many meetups in one query, by meetup id."""
    rows: dict[int, dict[Answer, sa.Row]] = {meetup.id: {} for meetup in meetups}
    for row in tally(list(rows), without=without):
        rows[row[0]][row[1]] = row
    return {meetup.id: _counts(meetup, rows[meetup.id]) for meetup in meetups}


def tally(ids: Sequence[int], *, without: Rsvp | None = None) -> Sequence[sa.Row]:
    """What seats are counted from: a row for each answer of each of these meetups."""
    left_out = without.id if without is not None and without.id is not None else 0  # no row has that number
    values = {"ids": ids, "left_out": left_out, "at": clock.now()}
    return db.session.execute(_tally(), values).all()


@cache
def _tally() -> Any:
    """Made once, because building it takes longer than running it."""
    helpers = (Rsvp.answer == Answer.GOING, COUNTED)
    # an offer that ran out holds nothing, whoever notices it first
    offer = sa.and_(Rsvp.answer == Answer.OFFERED, Rsvp.offer_until > sa.bindparam("at", type_=Instant()))
    held = sa.or_(offer, sa.and_(Rsvp.answer == Answer.ASKED, Rsvp.held_until.is_not(None)))
    return (
        sa.select(
            Rsvp.meetup_id,
            Rsvp.answer,
            sa.func.sum(PARTY),
            sa.func.count(),
            sa.func.count().filter(*helpers, Rsvp.opener),
            sa.func.count().filter(*helpers, Rsvp.can_step_in),
            sa.func.coalesce(sa.func.sum(PARTY).filter(held), 0),
        )
        .where(Rsvp.meetup_id.in_(sa.bindparam("ids", expanding=True)), COUNTED)
        .where(Rsvp.id != sa.bindparam("left_out"))
        .group_by(Rsvp.meetup_id, Rsvp.answer)
    )


def _counts(meetup: Meetup, by_answer: dict[Answer, sa.Row]) -> Seats:
    def of(answer: Answer) -> sa.Row | tuple[int, ...]:
        return by_answer.get(answer, (0, 0, 0, 0, 0, 0, 0))

    going, waiting, offered = of(Answer.GOING), of(Answer.WAITING), of(Answer.OFFERED)
    return Seats(
        capacity=meetup.capacity,
        going=int(going[2]),
        offered=int(offered[6]),
        maybe=int(of(Answer.MAYBE)[2]),
        waiting=int(waiting[2]) + int(offered[2]),
        waiting_parties=waiting[3] + offered[3],
        asked=int(of(Answer.ASKED)[6]),
        requests=of(Answer.REQUESTED)[3],
        openers=going[4],
        can_step_in=going[5],
    )


def waitlist(meetup: Meetup) -> Sequence[Rsvp]:
    """Waiting parties without an offer, first come first."""
    return _parties(meetup, Answer.WAITING)


def in_line(meetup: Meetup) -> Sequence[Rsvp]:
    """Waiting parties and those that were offered seats, first come first."""
    return _parties(meetup, Answer.WAITING, Answer.OFFERED)


def offered(meetup: Meetup) -> Sequence[Rsvp]:
    """Parties with an offer, first come first; some may have run out just now."""
    return _parties(meetup, Answer.OFFERED)


def requests(meetup: Meetup) -> Sequence[Rsvp]:
    """Parties the host has not decided about, first come first."""
    return _parties(meetup, Answer.REQUESTED)


def declined(meetup: Meetup) -> Sequence[Rsvp]:
    """Parties the host said no to."""
    return _parties(meetup, Answer.DECLINED)


def going(meetup: Meetup) -> Sequence[Rsvp]:
    """Parties with a seat, in order of arrival."""
    return _parties(meetup, Answer.GOING)


def maybe(meetup: Meetup) -> Sequence[Rsvp]:
    return _parties(meetup, Answer.MAYBE)


def to_be_told(meetup: Meetup) -> Sequence[Rsvp]:
    """Everybody a change concerns: all who answered, but for those who can't and those the host declined."""
    return _parties(meetup, *CONCERNED)


def _parties(meetup: Meetup, *answers: Answer) -> Sequence[Rsvp]:
    query = (
        sa.select(Rsvp)
        .where(Rsvp.meetup_id == meetup.id, Rsvp.answer.in_(answers), COUNTED)
        .options(joinedload(Rsvp.person))
        .order_by(Rsvp.asked_at, Rsvp.id)
    )
    return db.session.scalars(query).all()


def meetups_with_lapsed_offers(at: datetime) -> Sequence[Meetup]:
    """Where an offer has run out and nobody has noticed yet, in an order that is safe for locking."""
    lapsed = sa.select(Rsvp.meetup_id).where(Rsvp.answer == Answer.OFFERED, Rsvp.offer_until <= at)
    return db.session.scalars(sa.select(Meetup).where(Meetup.id.in_(lapsed)).order_by(Meetup.id)).all()


def with_old_replies(ended_before: datetime) -> Sequence[Rsvp]:
    """Answers that still hold replies to the host's questions, of meetups that ended before then."""
    query = sa.select(Rsvp).join(Rsvp.meetup).where(Rsvp.replies.is_not(None), Meetup.ends_at < ended_before)
    return db.session.scalars(query).all()


def unreachable(meetup: Meetup) -> Sequence[Rsvp]:
    """Parties whose letters came back, longest first."""
    query = (
        sa.select(Rsvp)
        .where(Rsvp.meetup_id == meetup.id, Rsvp.unreachable_at.is_not(None), COUNTED)
        .options(joinedload(Rsvp.person))
        .order_by(Rsvp.unreachable_at, Rsvp.id)
    )
    return db.session.scalars(query).all()


def rsvp_of(person: Person, meetup: Meetup) -> Rsvp | None:
    query = sa.select(Rsvp).where(Rsvp.meetup_id == meetup.id, Rsvp.person_id == person.id)
    return db.session.scalar(query)


def rsvp_at(address: str, meetup: Meetup) -> Rsvp | None:
    """The answer of the member with this address, or a visitor's. Two questions: each has an index."""
    members = sa.select(Rsvp).join(Rsvp.person).where(Rsvp.meetup_id == meetup.id, Person.address == address)
    return db.session.scalar(members) or visitor_at(address, meetup)


def visitor_at(address: str, meetup: Meetup) -> Rsvp | None:
    """A visitor's answer by their address."""
    return db.session.scalar(sa.select(Rsvp).where(Rsvp.meetup_id == meetup.id, Rsvp.address == address))


def mark_of(meetup: Meetup, address: str) -> str:
    """What is kept of an address the host said no to: nobody can read the address out of it."""
    return keyed_digest("turned-down", f"{meetup.id}:{address.lower()}")


def was_turned_down(meetup: Meetup, address: str) -> bool:
    """Whether the host said no to somebody of this address who has been forgotten since."""
    return db.session.get(TurnedDownMark, (meetup.id, mark_of(meetup, address))) is not None


def old_marks(ended_before: datetime) -> Sequence[TurnedDownMark]:
    query = sa.select(TurnedDownMark).join(Meetup, Meetup.id == TurnedDownMark.meetup_id)
    return db.session.scalars(query.where(Meetup.ends_at < ended_before)).all()


def old_notices(ended_before: datetime) -> Sequence[Notice]:
    """Notices of meetups that ended before then and that still say what stood before."""
    says = sa.or_(*(sa.cast(column, sa.Text) != "{}" for column in (Notice.old, Notice.before)))
    query = sa.select(Notice).join(Meetup, Meetup.id == Notice.meetup_id).where(Meetup.ends_at < ended_before, says)
    return db.session.scalars(query).all()


def unpressed_since(meetup: Meetup, since: datetime) -> int:
    """How many visitors were sent a link since then and have not pressed it."""
    query = sa.select(sa.func.count()).where(
        Rsvp.meetup_id == meetup.id, Rsvp.confirmed_at.is_(None), Rsvp.asked_at >= since
    )
    return db.session.scalar(query) or 0


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
    """Its lines in the order they were written."""
    return [Wanted(item, claim) for item, claim in db.session.execute(_bring_list(), {"meetup": meetup.id})]


@cache
def _bring_list() -> Any:
    return (
        sa.select(BringItem, Claim)
        .outerjoin(Claim, Claim.bring_item_id == BringItem.id)
        .where(BringItem.meetup_id == sa.bindparam("meetup"))
        .options(joinedload(Claim.rsvp).joinedload(Rsvp.person))
        .order_by(BringItem.id)
    )


def bring_item(meetup: Meetup, number: int) -> BringItem | None:
    return db.session.scalar(sa.select(BringItem).where(BringItem.id == number, BringItem.meetup_id == meetup.id))


def claim_on(item: BringItem) -> Claim | None:
    return db.session.get(Claim, item.id)


def holding(meetup: Meetup) -> Sequence[Rsvp]:
    """Parties asked again whose seats are held meanwhile, in order of arrival."""
    return [rsvp for rsvp in _parties(meetup, Answer.ASKED) if rsvp.held_until is not None]


def asked(meetup: Meetup) -> Sequence[Rsvp]:
    """Parties asked again that have not answered, with or without a seat held for them, in the old order."""
    return _parties(meetup, Answer.ASKED)


def meetups_with_holds_over(at: datetime) -> Sequence[Meetup]:
    """Where a seat was held long enough."""
    over = sa.select(Rsvp.meetup_id).where(Rsvp.held_until <= at)
    return db.session.scalars(sa.select(Meetup).where(Meetup.id.in_(over)).order_by(Meetup.id)).all()


def count_to_be_told(meetup: Meetup, by_id: int | None = None) -> int:
    """How many letters a change makes; whoever makes it gets none."""
    others = sa.or_(Rsvp.person_id.is_(None), Rsvp.person_id != by_id) if by_id is not None else sa.true()
    query = sa.select(sa.func.count()).where(Rsvp.meetup_id == meetup.id, Rsvp.answer.in_(CONCERNED), COUNTED, others)
    return db.session.scalar(query) or 0


def last_notice(meetup: Meetup) -> Notice | None:
    return db.session.scalar(
        sa.select(Notice).where(Notice.meetup_id == meetup.id).order_by(Notice.id.desc()).limit(1)
    )


def notice_numbered(meetup: Meetup, number: int) -> Notice | None:
    return db.session.scalar(sa.select(Notice).where(Notice.id == number, Notice.meetup_id == meetup.id))


def notices_due(at: datetime) -> Sequence[Notice]:
    """What is to be told by now, oldest first."""
    query = (
        sa.select(Notice)
        .where(Notice.state == NoticeState.WAITING, Notice.sends_at <= at)
        .options(joinedload(Notice.meetup))
        .order_by(Notice.sends_at, Notice.id)
    )
    return db.session.scalars(query).all()


def meetups_to_remind_of(kind: str, after: datetime, until: datetime) -> Sequence[Meetup]:
    """Meetups that start after and no later than these instants and nobody was reminded of since their last move."""
    reminded = sa.exists().where(
        Reminder.meetup_id == Meetup.id, Reminder.kind == kind, Reminder.day == sa.func.date(Meetup.local_start)
    )
    query = (
        sa.select(Meetup)
        .where(Meetup.listed, Meetup.starts_at > after, Meetup.starts_at <= until, ~reminded)
        .options(joinedload(Meetup.place))
        .order_by(Meetup.starts_at, Meetup.id)
    )
    return db.session.scalars(query).all()


def meetups_without_word(at: datetime, until: datetime) -> Sequence[Meetup]:
    """Meetups that start by then whose host has not said that they are on, or is gone; in an order safe for locking.

    Whoever put one up less than a day before they would be asked, or less than three days before the start, has only
    just said so.
    """
    query = (
        sa.select(Meetup)
        .where(Meetup.listed, Meetup.starts_at > at, Meetup.starts_at <= until)
        .where(sa.or_(Meetup.host_id.is_(None), Meetup.still_on_at.is_(None)))
        .options(joinedload(Meetup.place), joinedload(Meetup.host))
        .order_by(Meetup.id)
    )
    return [
        each for each in db.session.scalars(query)
        if each.host_id is None or (each.published_at and each.published_at <= each.starts_at - LONG_KNOWN)
    ]  # fmt: skip


def volunteers(meetup: Meetup) -> Sequence[Rsvp]:
    """Members who are going and said that they could step in, but for the host; in order of arrival."""
    return [
        rsvp for rsvp in going(meetup)
        if rsvp.can_step_in and rsvp.person_id not in (None, meetup.host_id, meetup.co_host_id)
    ]  # fmt: skip


def was_reminded(meetup: Meetup, kind: str, day: date) -> bool:
    return db.session.get(Reminder, (meetup.id, kind, day)) is not None


def reminders_of(meetup: Meetup) -> Sequence[Reminder]:
    return db.session.scalars(sa.select(Reminder).where(Reminder.meetup_id == meetup.id)).all()
