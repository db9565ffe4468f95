"""Open reports, what is hidden, the last deeds, and which thing an address on this site shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from meetups.attendance.models import Answer, Rsvp
from meetups.deck.models import Deck
from meetups.foundation import clock
from meetups.foundation.database import db
from meetups.foundation.diary import Deed
from meetups.foundation.mail.outbox import OutboxLetter
from meetups.library.models import TriedIdea
from meetups.moderation.models import Report
from meetups.nearby.queries import door_between
from meetups.people.models import Person
from meetups.people.queries import person_by_address, person_by_code
from meetups.planning.models import Meetup
from meetups.recaps.models import Recap

MOST_SHOWN = 100
Thing: TypeAlias = Meetup | Recap | Deck | TriedIdea
KINDS: dict[str, type[Meetup] | type[Recap] | type[Deck] | type[TriedIdea]] = {
    "meetups": Meetup, "recaps": Recap, "cup/decks": Deck, "ideas/tried": TriedIdea,
}  # fmt: skip
_THING = re.compile(r"/(meetups|recaps|cup/decks|ideas/tried)/([0-9a-z]{1,16})(?:[/?#.]|$)")


def open_reports() -> Sequence[Report]:
    """Oldest first; 100 at most."""
    query = sa.select(Report).where(Report.settled_at.is_(None)).order_by(Report.reported_at, Report.id)
    return db.session.scalars(query.limit(MOST_SHOWN)).all()


def report_by_number(number: int) -> Report | None:
    return db.session.get(Report, number)


def reports_since(since: datetime, source: str | None = None) -> int:
    """How many came in since then, from one source or from anywhere: for limits."""
    query = sa.select(sa.func.count()).select_from(Report).where(Report.reported_at >= since)
    return db.session.scalar(query.where(Report.source == source) if source is not None else query) or 0


def last_letter_due(key_prefix: str) -> datetime | None:
    """When the last letter with such a key was, or will be, free to go."""
    of_these = OutboxLetter.key.startswith(key_prefix, autoescape=True)
    return db.session.scalar(sa.select(sa.func.max(OutboxLetter.not_before)).where(of_these))


def suspended() -> Sequence[Person]:
    """Whose accounts are closed, the last one first; 100 at most."""
    query = sa.select(Person).where(Person.suspended_at.is_not(None)).order_by(Person.suspended_at.desc(), Person.id)
    return db.session.scalars(query.limit(MOST_SHOWN)).all()


def member_numbered(number: int) -> Person | None:
    return db.session.get(Person, number)


def person_meant(typed: str) -> Person | None:
    """The member with this e-mail address, whose page this is, or who hosts the meetup whose page this is."""
    if "@" in typed:
        return person_by_address(typed.strip())
    if typed.startswith("/people/"):
        return person_by_code(typed.split("/")[2].partition("?")[0])
    thing = thing_at(typed)
    return thing.host if isinstance(thing, Meetup) else None


def have_met(one: Person, other: Person) -> bool:
    """Whether both had a seat at a meetup that took place and is over, or opened the door to each other."""
    theirs = aliased(Rsvp)
    both = (
        sa.select(Rsvp.id)
        .join(theirs, theirs.meetup_id == Rsvp.meetup_id)
        .join(Meetup, Meetup.id == Rsvp.meetup_id)
        .where(Rsvp.person_id == one.id, theirs.person_id == other.id)
        .where(*(came for each in (Rsvp, theirs) for came in (
            each.answer == Answer.GOING, each.confirmed_at.is_not(None), each.attended.is_not(False)
        )))
        .where(Meetup.cancelled_at.is_(None), Meetup.ends_at <= clock.now())
        .limit(1)
    )
    return db.session.scalar(both) is not None or door_between(one, other) is not None


def last_deeds() -> list[tuple[Deed, Person | None]]:
    """What moderators and operators did and who it was, newest first; None for the operator or who has left."""
    query = sa.select(Deed, Person).outerjoin(Person, Person.id == Deed.who).order_by(Deed.id.desc()).limit(30)
    return [(deed, who) for deed, who in db.session.execute(query)]


def thing_at(path: str) -> Thing | None:
    """The meetup, recap, deck or note whose page this is, hidden or not; None for any other page."""
    return things_at([path]).get(path)


def things_at(paths: Iterable[str]) -> dict[str, Thing]:
    """As `thing_at` for many paths, in one question a kind; paths of other pages are left out."""
    named = {path: (found[1], found[2]) for path in paths if (found := _THING.match(path))}
    things: dict[tuple[str, str], Thing] = {}
    for word, kind in KINDS.items():
        query = sa.select(kind).where(kind.code.in_({code for other, code in named.values() if other == word}))
        found_now: Iterable[Thing] = db.session.scalars(query)
        things |= {(word, each.code): each for each in found_now}
    return {path: things[name] for path, name in named.items() if name in things}


def hidden_things() -> list[Thing]:
    """What readers cannot see at the moment, meetups before recaps before decks before notes."""
    hidden: list[Thing] = []
    for kind in KINDS.values():
        query = sa.select(kind).where(kind.hidden_at.is_not(None)).order_by(kind.hidden_at.desc()).limit(MOST_SHOWN)
        hidden.extend(db.session.scalars(query))
    return hidden


def path_of(thing: Thing) -> str:
    """The address of its page."""
    word = next(word for word, kind in KINDS.items() if isinstance(thing, kind))
    return f"/{word}/{thing.code}"
