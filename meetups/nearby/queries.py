"""Who is near, as bands between areas; nothing here knows a point of anybody's home."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from meetups.foundation import clock
from meetups.foundation.database import Instant, db, folded
from meetups.foundation.gazetteer import Gazetteer
from meetups.foundation.geography import Band, Point, band_of, cell_middle, distance_km, gathering_cell
from meetups.foundation.tokens import digest
from meetups.nearby.models import Knock, Look, NearbyListing, WouldCome
from meetups.people.models import HomeArea, Person
from meetups.people.terms import Age

ENOUGH = 3
MOST_SHOWN = 2000
PAGE = 100
WAITS = timedelta(days=30)
WISH_LASTS = timedelta(days=365)
WISH_REACHES_KM = 40.0  # from the middle of its area, beside all of that area
MOST_AREAS = 900  # within 100 miles there are about 330 areas; SQLite takes 999 values in one question


@dataclass(frozen=True)
class Neighbor:
    """What one listed person sees of another."""

    name: str
    interests: str
    ages: tuple[Age, ...] = ()
    languages: str = ""
    code: str = ""


@dataclass(frozen=True)
class Ring:
    """People between two distances, in miles, by name. `low` is 0 or the end of the ring before."""

    low: int
    high: int
    people: tuple[Neighbor, ...]

    @property
    def label(self) -> str:
        return f"{self.low} to {self.high} miles" if self.low else f"Under {self.high} miles"


@dataclass(frozen=True)
class Wanted:
    """What a reader narrows the list to. Everything it looks at is shown on the list anyway."""

    age: Age | None = None
    language: str = ""
    words: str = ""

    def fits(self, each: Neighbor) -> bool:
        ages = self.age is None or self.age in each.ages
        return ages and _has(each.languages, self.language) and _has(f"{each.name} {each.interests}", self.words)


def _has(text: str, typed: str) -> bool:
    """Whether every word typed begins a word of the text, accents and capitals aside."""
    padded = f" {folded(text)}"
    return all(f" {word}" in padded for word in folded(typed).split()[:12])


def listing_of(person: Person) -> NearbyListing | None:
    return db.session.get(NearbyListing, person.id)


def librarians_near(person: Person) -> list[Ring]:
    """Everybody listed within 100 miles, area to area, in two questions however many they are.

    Fewer than three people in a ring: it is joined to the next wider one, or at the end to the one before. By name
    within a ring, 2,000 people in all at most; who is kept apart by a block is not among them. Empty without an area.
    """
    if person.home_area is None:
        return []
    bands = _bands_around(person.home_area.cell)
    found: dict[Band, list[Neighbor]] = {band: [] for band in Band}
    for neighbor, cell in _listed_in(list(bands)[:MOST_AREAS], besides=person):
        found[bands[cell]].append(neighbor)
    return widened((band, people) for band, people in found.items())


def narrowed(rings: Sequence[Ring], wanted: Wanted) -> list[Ring]:
    """The same rings with those people only who fit; a ring with nobody left goes.

    Rings are never drawn anew for a filter: what it shows could be had by reading the whole list.
    """
    kept = [replace(ring, people=tuple(each for each in ring.people if wanted.fits(each))) for ring in rings]
    return [ring for ring in kept if ring.people]


def page_of(rings: Sequence[Ring], page: int) -> list[Ring]:
    """The people from (page - 1) * 100 on, 100 at most, still in their rings."""
    begins, shown = (page - 1) * PAGE, []
    for ring in rings:
        some = ring.people[max(0, begins) : max(0, begins + PAGE)]
        if some:
            shown.append(replace(ring, people=some))
        begins -= len(ring.people)
    return shown


def digest_of(rings: Sequence[Ring], asked: str) -> str:
    """What tells one answer from another, for the limit; nothing can be read from it."""
    return digest(f"{asked}|{list(rings)!r}")


def answers_seen(person: Person) -> set[str]:
    """The digests of the different answers this person got within the hour."""
    since = clock.now() - timedelta(hours=1)
    return set(db.session.scalars(sa.select(Look.digest).where(Look.person_id == person.id, Look.looked_at > since)))


def listing_with(code: str) -> NearbyListing | None:
    """The listing of this code, unless its owner is suspended or has no area any more. Any text may be asked for."""
    if not (code.isascii() and code.isalnum()):
        return None
    query = sa.select(NearbyListing).join(NearbyListing.person).join(Person.home_area).where(
        NearbyListing.code == code, Person.suspended_at.is_(None)
    )
    return db.session.scalar(query)


BOTH = (joinedload(Knock.by).joinedload(Person.profile), joinedload(Knock.to).joinedload(Person.profile))


def knock_at(person: Person, number: int) -> Knock | None:
    """A knock at this person's own door that they have neither opened nor declined."""
    return next((each for each in knocks_at(person) if each.id == number), None)


def knocks_at(person: Person) -> list[Knock]:
    """What waits at this person's door, oldest first; knocks of suspended people or behind a block are not there."""
    waiting = (Knock.to_id == person.id, Knock.declined_at.is_(None), *_waiting())
    found = db.session.scalars(sa.select(Knock).where(*waiting).options(*BOTH).order_by(Knock.knocked_at, Knock.id))
    return _in_sight(person, found)


def knocks_by(person: Person) -> Sequence[Knock]:
    """Where this person knocked and waits, newest first. Declined ones, and such behind a block, look the same."""
    query = sa.select(Knock).where(Knock.by_id == person.id, *_waiting()).options(*BOTH)
    return db.session.scalars(query.order_by(Knock.knocked_at.desc(), Knock.id.desc())).all()


def open_doors(person: Person) -> list[Knock]:
    """With whom both said yes, the last one first; not who is suspended or kept apart by a block."""
    theirs = sa.or_(Knock.by_id == person.id, Knock.to_id == person.id)
    query = sa.select(Knock).where(theirs, Knock.opened_at.is_not(None)).options(*BOTH)
    return _in_sight(person, db.session.scalars(query.order_by(Knock.opened_at.desc(), Knock.id.desc())))


def open_door_numbered(person: Person, number: int) -> Knock | None:
    return next((each for each in open_doors(person) if each.id == number), None)


def door_between(one: Person, other: Person) -> Knock | None:
    """The knock of either at the other's door that was opened."""
    ways = sa.or_(*(sa.and_(Knock.by_id == a.id, Knock.to_id == b.id) for a, b in ((one, other), (other, one))))
    return db.session.scalar(sa.select(Knock).where(ways, Knock.opened_at.is_not(None)).limit(1))


def knocks_between(one: Person, other: Person) -> Sequence[Knock]:
    """All that either of two people ever knocked at the other's door."""
    both = {one.id, other.id}
    return db.session.scalars(sa.select(Knock).where(Knock.by_id.in_(both), Knock.to_id.in_(both))).all()


def waiting_at(by: Person, to: Person) -> Knock | None:
    """The knock of one at the other's door that waits, declined or not."""
    return db.session.scalar(sa.select(Knock).where(Knock.by_id == by.id, Knock.to_id == to.id, *_waiting()).limit(1))


def knocks_since(person: Person, since: datetime) -> int:
    """How many knocks this person sent since then: for the limit."""
    query = sa.select(sa.func.count()).select_from(Knock).where(Knock.by_id == person.id, Knock.knocked_at > since)
    return db.session.scalar(query) or 0


def _waiting() -> tuple[sa.ColumnElement[bool], ...]:
    return Knock.opened_at.is_(None), Knock.knocked_at > clock.now() - WAITS


def _in_sight(person: Person, knocks: Iterable[Knock]) -> list[Knock]:
    unseen = person.out_of_sight
    others = [(each, each.other_than(person)) for each in knocks]
    return [each for each, other in others if other.is_active and other.id not in unseen]


def widened(bands: Iterable[tuple[Band, list[Neighbor]]]) -> list[Ring]:
    """Rings of three people or more, made of bands given from the nearest to the farthest."""
    rings: list[Ring] = []
    low = 0
    waiting: list[Neighbor] = []
    for band, people in bands:
        waiting = [*waiting, *people]
        if len(waiting) >= ENOUGH:
            rings.append(_ring(low, band.value[1], waiting))
            low, waiting = band.value[1], []
    if waiting and rings:
        last = rings.pop()
        rings.append(_ring(last.low, 100, [*last.people, *waiting]))
    elif waiting:
        rings.append(_ring(0, 100, waiting))
    return rings


def _ring(low: int, high: int, people: Iterable[Neighbor]) -> Ring:
    return Ring(low, high, tuple(sorted(people, key=lambda each: (each.name.casefold(), each.name, each.interests))))


def _bands_around(cell: int) -> dict[int, Band]:
    """The band of every area somebody listed lives in, nearest first; areas beyond 100 miles left out."""
    here = cell_middle(cell)
    areas = sa.select(HomeArea.cell).join(NearbyListing, NearbyListing.person_id == HomeArea.person_id).distinct()
    far = sorted((distance_km(here, cell_middle(each)), each) for each in db.session.scalars(areas))
    return {each: band for km, each in far if (band := band_of(km)) is not None}


def _listed_in(cells: Sequence[int], besides: Person) -> list[tuple[Neighbor, int]]:
    query = (
        sa.select(Person, NearbyListing, HomeArea.cell)
        .join(NearbyListing, NearbyListing.person_id == Person.id)
        .join(HomeArea, HomeArea.person_id == Person.id)
        .where(HomeArea.cell.in_(cells), Person.suspended_at.is_(None))
        .where(Person.id.not_in({besides.id, *besides.out_of_sight}))
        .order_by(sa.func.lower(Person.display_name), Person.id)
        .limit(MOST_SHOWN)
    )
    return [(_neighbor(each, listing), cell) for each, listing, cell in db.session.execute(query)]


def _neighbor(person: Person, listing: NearbyListing) -> Neighbor:
    ages = tuple(age for age in Age if age.value in listing.ages)
    return Neighbor(person.name, listing.interests, ages, listing.languages, listing.code)


def area_of(point: Point, gazetteer: Gazetteer) -> int:
    """The area in which people at this point would come to something."""
    return gathering_cell(point, gazetteer.residents_within_cell)


def count_would_come(area: int, reader: Person | None) -> int:
    """How many others would come to something in the area; 0 when fewer than three, so that nobody stands out.

    The reader is left out: saying it oneself changes nothing of what one sees. Whom a block hides is counted, or
    comparing with what a visitor sees would tell in which area the other one is.
    """
    oneself = reader.id if reader is not None else None
    values = {"area": area, "since": clock.now() - WISH_LASTS}
    count = sum(number != oneself for number in db.session.scalars(_who_would_come_in(), values))
    return count if count >= ENOUGH else 0


def who_would_come(point: Point, gazetteer: Gazetteer) -> Sequence[WouldCome]:
    """The wishes that a meetup at this point fulfills: of its own area, and of areas whose middle is near."""
    area = area_of(point, gazetteer)
    cells = db.session.scalars(sa.select(WouldCome.cell).distinct()).all()
    near = [each for each in cells if each == area or distance_km(point, cell_middle(each)) <= WISH_REACHES_KM]
    query = _standing_wishes().where(WouldCome.cell.in_(near[:MOST_AREAS])).order_by(WouldCome.id)
    return db.session.scalars(query.options(joinedload(WouldCome.person))).all()


def wishes_of(person: Person) -> Sequence[WouldCome]:
    """Where this person said they would come, the last one first; with those they were told of."""
    since = clock.now() - WISH_LASTS
    query = sa.select(WouldCome).where(WouldCome.person_id == person.id, WouldCome.said_at > since)
    return db.session.scalars(query.order_by(WouldCome.said_at.desc(), WouldCome.id.desc())).all()


def wish_in(person: Person, area: int) -> WouldCome | None:
    return db.session.scalar(sa.select(WouldCome).where(WouldCome.person_id == person.id, WouldCome.cell == area))


def wish_numbered(person: Person, number: int) -> WouldCome | None:
    """One of this person's own."""
    return db.session.scalar(sa.select(WouldCome).where(WouldCome.person_id == person.id, WouldCome.id == number))


def wishes_told_of(code: str) -> Sequence[WouldCome]:
    return db.session.scalars(sa.select(WouldCome).where(WouldCome.told_of == code)).all()


@cache
def _who_would_come_in() -> sa.Select[int]:
    """The numbers of the people, made once, because every list near a town asks it."""
    since, area = sa.bindparam("since", type_=Instant()), sa.bindparam("area", type_=sa.BigInteger())
    here = sa.select(WouldCome.person_id).join(WouldCome.person).where(WouldCome.cell == area)
    return here.where(WouldCome.told_of == "", WouldCome.said_at > since, Person.suspended_at.is_(None))


def _standing_wishes() -> sa.Select[WouldCome]:
    since = clock.now() - WISH_LASTS
    here = WouldCome.person.has(Person.suspended_at.is_(None))
    return sa.select(WouldCome).where(WouldCome.told_of == "", WouldCome.said_at > since, here)
