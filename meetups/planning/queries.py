"""Meetups and conferences, found by their names in addresses, by their host, by their conference."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from meetups.foundation.database import db, folded
from meetups.foundation.geography import Point
from meetups.people.models import Person
from meetups.places.models import Place, PlaceKind
from meetups.places.queries import SHARED_KINDS, place_by_code, places_within, where_now
from meetups.planning.models import HostEvent, Meetup, Status

WHOLE = (joinedload(Meetup.place), joinedload(Meetup.host), joinedload(Meetup.host_event))
MOST_SHOWN = 200
MOST_OFFERED, AROUND_KM = 20, 40.0
NOT_SHARED = (PlaceKind.HOME, PlaceKind.ONLINE)


@dataclass(frozen=True)
class Hosted:
    """A host's meetups: drafts by last change, upcoming by start, past with the latest first."""

    drafts: Sequence[Meetup]
    upcoming: Sequence[Meetup]
    past: Sequence[Meetup]


def meetup_by_code(code: str) -> Meetup | None:
    """The meetup with its place, host and conference, whatever its status. Any text may be asked for."""
    if not is_code(code):
        return None
    return db.session.scalar(_by_code(), {"code": code})


@cache
def _by_code() -> sa.Select[Meetup]:
    return sa.select(Meetup).where(Meetup.code == sa.bindparam("code")).options(*WHOLE)


def meetup_numbered(number: int) -> Meetup | None:
    """The same, by its row."""
    return db.session.scalar(sa.select(Meetup).where(Meetup.id == number).options(*WHOLE))


def is_code(text: str) -> bool:
    """Whether it could be one of ours; PostgreSQL refuses to compare with NUL and halves of surrogates."""
    return text.isascii() and text.isalnum()


def meetup_with_form_key(host: Person, form_key: str | None) -> Meetup | None:
    """What the first press of the button made of this very form."""
    if not form_key:
        return None
    return db.session.scalar(sa.select(Meetup).where(Meetup.host_id == host.id, Meetup.form_key == form_key))


def meetup_of_page(host: Person, page: str | None) -> Meetup | None:
    """What was made on this page, with whatever words."""
    if not page:
        return None
    made_there = Meetup.form_key.startswith(f"{page}.", autoescape=True)
    return db.session.scalar(sa.select(Meetup).where(Meetup.host_id == host.id, made_there).limit(1))


def published_since(host: Person, since: datetime) -> int:
    """How many of a host's meetups went up since then: for a limit."""
    query = sa.select(sa.func.count()).where(Meetup.host_id == host.id, Meetup.published_at >= since)
    return db.session.scalar(query) or 0


def meetups_hosted_by(person: Person, at: datetime) -> Hosted:
    """Up to 200 of each kind; cancelled ones stand among the upcoming or past."""
    mine = sa.select(Meetup).where(Meetup.host_id == person.id).options(*WHOLE).limit(MOST_SHOWN)
    public = mine.where(Meetup.status != Status.DRAFT)
    drafts = mine.where(Meetup.status == Status.DRAFT).order_by(Meetup.updated_at.desc(), Meetup.id)
    upcoming = public.where(Meetup.ends_at > at).order_by(Meetup.starts_at, Meetup.id)
    past = public.where(Meetup.ends_at <= at).order_by(Meetup.starts_at.desc(), Meetup.id.desc())
    return Hosted(*(db.session.scalars(each).all() for each in (drafts, upcoming, past)))


def meetups_in(place: Place) -> Sequence[Meetup]:
    """All that happen or happened there, drafts as well."""
    return db.session.scalars(sa.select(Meetup).where(Meetup.place_id == place.id).order_by(Meetup.id)).all()


def public_place(code: str, person: Person | None = None) -> Place | None:
    """The place of this code, or what it was merged into, if `person` may read about it."""
    found = place_by_code(code)
    place = where_now(found) if found else None
    return place if place is not None and is_known(place, person) else None


def is_known(place: Place, person: Person | None = None) -> bool:
    """Whether anybody may read about a place, or `person` hosts there or is a moderator; never a home or online."""
    if not place.is_shared:
        return False
    if db.session.scalar(sa.select(has_public_meetup()).where(Place.id == place.id)):
        return True
    return person is not None and (person.is_moderator or place.id in places_hosted_at(person))


def public_meetups_at(place: Place, at: datetime, unseen: Collection[int] = ()) -> tuple[list[Meetup], list[Meetup]]:
    """What anyone may see of a place: what is to come, soonest first, and what is over, latest first."""
    query = (
        sa.select(Meetup)
        .where(Meetup.place_id == place.id, Meetup.status != Status.DRAFT, Meetup.hidden_at.is_(None))
        .where(*not_hosted_by(unseen))
        .options(*WHOLE)
        .limit(MOST_SHOWN)
    )
    upcoming = query.where(Meetup.ends_at > at).order_by(Meetup.starts_at, Meetup.id)
    past = query.where(Meetup.ends_at <= at).order_by(Meetup.starts_at.desc(), Meetup.id.desc())
    return list(db.session.scalars(upcoming)), list(db.session.scalars(past))


def with_old_addresses(ended_before: datetime, erased: str) -> Sequence[Meetup]:
    """Meetups at homes or online that ended before then, whose address or link is still there."""
    there = sa.or_(Meetup.place_words != erased, Place.words != erased, Meetup.join_url != "")
    query = sa.select(Meetup).join(Meetup.place).where(Meetup.ends_at < ended_before, there)
    return db.session.scalars(query.where(Place.kind.in_(NOT_SHARED)).options(*WHOLE)).all()


def places_nobody_is_at(added_before: datetime) -> Sequence[Place]:
    """Homes and links that a meetup moved away from or whose draft was thrown away; of shared places those added
    before then."""
    used = sa.exists().where(Meetup.place_id == Place.id)
    old = sa.or_(Place.kind.in_(NOT_SHARED), Place.added_at < added_before)
    return db.session.scalars(sa.select(Place).where(old, Place.merged_into_id.is_(None), ~used)).all()


def places_to_offer(person: Person, middle: Point | None) -> list[Place]:
    """Places a form may offer to pick from: where somebody's own meetups were, then what is around `middle`."""
    own = sa.select(Place).where(Place.id.in_(places_hosted_at(person)), Place.kind.in_(SHARED_KINDS))
    offered = list(db.session.scalars(own.order_by(Place.id.desc()).limit(MOST_OFFERED)))
    if middle is not None and len(offered) < MOST_OFFERED:
        around = places_within(middle, AROUND_KM, has_public_meetup(), most=MOST_OFFERED)
        offered += [place for place in around if place not in offered]
    return offered[:MOST_OFFERED]


def contacts_of(host: Person) -> list[str]:
    """How people could reach this host at the last meetups, the newest first and each once."""
    newest = sa.func.max(Meetup.id).desc()
    query = sa.select(Meetup.contact).where(Meetup.host_id == host.id, Meetup.contact != "")
    return list(db.session.scalars(query.group_by(Meetup.contact).order_by(newest).limit(3)))


def name_folded(name: str) -> str:
    """A conference's name as it is compared: two spellings of one name meet here."""
    return (folded(name) or name.casefold())[:160]


def host_event_named(name: str) -> HostEvent | None:
    """The conference of that name, however it is capitalized and accented."""
    return db.session.scalar(sa.select(HostEvent).where(HostEvent.name_folded == name_folded(name)))


def host_event_by_code(code: str) -> HostEvent | None:
    """The conference of this short name. Any text may be asked for."""
    if not is_code(code):
        return None
    return db.session.scalar(sa.select(HostEvent).where(HostEvent.code == code))


def has_public_meetup() -> sa.ColumnElement[bool]:
    """Condition on places: anybody may read about a meetup there, so that the place is no secret either."""
    here = (Meetup.place_id == Place.id, Meetup.status != Status.DRAFT, Meetup.hidden_at.is_(None))
    return sa.exists().where(*here).correlate(Place)


def places_hosted_at(person: Person) -> set[int]:
    """The row numbers of the places where somebody's own meetups are."""
    return set(db.session.scalars(sa.select(Meetup.place_id).where(Meetup.host_id == person.id)))


def not_hosted_by(numbers: Collection[int]) -> tuple[sa.ColumnElement[bool], ...]:
    """Conditions that leave out the meetups of these people; none when there are none."""
    if not numbers:
        return ()
    return (sa.or_(Meetup.host_id.is_(None), Meetup.host_id.not_in(numbers)),)


def meetups_at(host_event: HostEvent, unseen: Collection[int] = ()) -> Sequence[Meetup]:
    """What anyone may see of a conference, in order of start, cancelled ones included; 200 at most.

    `unseen`: hosts whose meetups the reader does not get to see.
    """
    query = (
        sa.select(Meetup)
        .where(Meetup.host_event_id == host_event.id, Meetup.status != Status.DRAFT, Meetup.hidden_at.is_(None))
        .where(*not_hosted_by(unseen))
        .options(*WHOLE)
        .order_by(Meetup.starts_at, Meetup.id)
        .limit(MOST_SHOWN)
    )
    return db.session.scalars(query).all()
