"""Who is near, as bands between areas; nothing here knows a point of anybody's home."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from meetups.foundation.database import db
from meetups.foundation.geography import Band, band_of, cell_middle, distance_km
from meetups.nearby.models import NearbyListing
from meetups.people.models import HomeArea, Person

ENOUGH = 3
MOST_SHOWN = 300
MOST_AREAS = 900  # within 100 miles there are about 330 areas; SQLite takes 999 values in one question


@dataclass(frozen=True)
class Neighbor:
    """What one listed person sees of another."""

    name: str
    interests: str


@dataclass(frozen=True)
class Ring:
    """People between two distances, in miles, by name. `low` is 0 or the end of the ring before."""

    low: int
    high: int
    people: tuple[Neighbor, ...]

    @property
    def label(self) -> str:
        return f"{self.low} to {self.high} miles" if self.low else f"Under {self.high} miles"


def listing_of(person: Person) -> NearbyListing | None:
    return db.session.get(NearbyListing, person.id)


def librarians_near(person: Person) -> list[Ring]:
    """Everybody listed within 100 miles, area to area, in two questions however many they are.

    Fewer than three people in a ring: it is joined to the next wider one, or at the end to the one before. By name
    within a ring, 300 people in all at most. Empty without an area.
    """
    if person.home_area is None:
        return []
    bands = _bands_around(person.home_area.cell)
    found: dict[Band, list[Neighbor]] = {band: [] for band in Band}
    for name, interests, cell in _listed_in(list(bands)[:MOST_AREAS], besides=person):
        found[bands[cell]].append(Neighbor(name, interests))
    return widened((band, people) for band, people in found.items())


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


def _listed_in(cells: Sequence[int], besides: Person) -> Sequence[tuple[str, str, int]]:
    query = (
        sa.select(Person, NearbyListing.interests, HomeArea.cell)
        .join(NearbyListing, NearbyListing.person_id == Person.id)
        .join(HomeArea, HomeArea.person_id == Person.id)
        .where(HomeArea.cell.in_(cells), Person.id != besides.id, Person.suspended_at.is_(None))
        .order_by(sa.func.lower(Person.display_name), Person.id)
        .limit(MOST_SHOWN)
    )
    return [(each.name, interests, cell) for each, interests, cell in db.session.execute(query)]
