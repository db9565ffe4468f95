"""What an attacker learns of homes from the list of librarians nearby: `attack_recovered_km`, more is better.

Homes are drawn like people: a town by its residents, and a point in it as far out as a town of that size reaches at
the density of American urban areas (2,553 a square mile, US Census 2020). Whoever lives there types the town.

The attacker knows all of that, has any number of accounts on the list, and neither the limit of area changes nor that
of answers holds them back. They know a point within 80 km of the home to begin with. From each area of their own they
read the victim's band, with accomplices in every band so that none is widened, throw out the areas that do not fit,
and move to where the next answer tells most, until one area is left. Then they guess: its middle, its largest town,
the mean of its residents, or the point with the least expected error over all who may live there and would be in that
area. The figure is the median error of the guess that does best over all homes.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from meetups.foundation import clock
from meetups.foundation.database import add, db, flush, unit_of_work
from meetups.foundation.gazetteer import Gazetteer, Town
from meetups.foundation.geography import FINE, Band, Point, band_of, cell, cell_middle, distance_km, home_cell
from meetups.foundation.whereabouts import current_gazetteer
from meetups.nearby.models import NearbyListing
from meetups.nearby.queries import librarians_near
from meetups.people.actions import choose_home_area
from meetups.people.models import HomeArea, Person
from meetups.settings import Settings
from tests.conftest import SECRET, started

HOMES = 60
RESIDENTS_A_KM2 = 986
MOST_QUESTIONS = 60
REGION_KM, START_KM = 260.0, 80.0
MIDDLES_OF_BANDS_KM = (0.0, 28.0, 60.0, 120.0)
IN_EACH = 3
GUESSED_FROM = 200


@dataclass(frozen=True)
class Outcome:
    """What came of one attack: the error of each guess in km, whether one area was left, the questions it took."""

    errors: dict[str, float]
    area_found: bool
    questions: int


def figures() -> dict[str, float]:
    """`attack_recovered_km`, the error of each way of guessing, and how often the area itself was found."""
    with TemporaryDirectory() as name:
        settings = Settings(instance=Path(name) / "instance", secret_key=SECRET, site_url="http://localhost").completed()
        with started(settings) as app, app.app_context():
            db.create_all()
            outcomes = list(_attacks(current_gazetteer(), Random(9)))
    ways = {way: statistics.median(each.errors[way] for each in outcomes) for way in outcomes[0].errors}
    return {
        "attack_recovered_km": round(min(ways.values()), 2),
        **{f"attack_by_{way}_km": round(error, 2) for way, error in ways.items()},
        "attack_area_found_share": round(sum(each.area_found for each in outcomes) / len(outcomes), 2),
        "attack_questions_median": statistics.median(each.questions for each in outcomes),
    }


def _attacks(gazetteer: Gazetteer, random: Random) -> Iterator[Outcome]:
    towns = _american_towns(gazetteer)
    attacker, victim, accomplices = _cast()
    for town in random.choices(towns, weights=[each.population for each in towns], k=HOMES):
        home = _somewhere_in(town, random)
        with unit_of_work():
            victim.area_changes = []
            choose_home_area(victim, town, gazetteer)
        yield _attack(_Attacker(attacker, accomplices, gazetteer, random), home)


def _american_towns(gazetteer: Gazetteer) -> list[Town]:
    """All that the gazetteer has, gathered around points 4 degrees apart."""
    corners = [Point(lat, lon) for lat in range(20, 72, 4) for lon in range(-168, -64, 4)]
    found = {town: None for corner in corners for town in gazetteer.towns_around(corner, 350.0, 100_000)}
    return [each for each in found if each.country == "US" and each.population > 0]


def _somewhere_in(town: Town, random: Random) -> Point:
    """A point of the disc that so many people fill, all of it as likely."""
    return _away(town.point, _reach_km(town) * math.sqrt(random.random()), random.uniform(0, 2 * math.pi))


def _reach_km(town: Town) -> float:
    return math.sqrt(town.population / RESIDENTS_A_KM2 / math.pi)


def _away(point: Point, km: float, bearing: float) -> Point:
    lat = point.lat + km / 111.2 * math.cos(bearing)
    return Point(lat, point.lon + km / 111.2 / math.cos(math.radians(point.lat)) * math.sin(bearing))


def _cast() -> tuple[Person, Person, list[Person]]:
    """Attacker, victim and twelve accomplices, all listed."""
    made = []
    with unit_of_work():
        for number in range(2 + IN_EACH * len(MIDDLES_OF_BANDS_KM)):
            name = ["Attacker", "Victim"][number] if number < 2 else f"Accomplice {number}"
            person = add(Person(display_name=name, address=f"p{number}@example.org", joined_at=clock.now()))
            flush()
            add(NearbyListing(person_id=person.id, listed_at=clock.now()))
            add(HomeArea(person_id=person.id, cell=cell(Point(45.0, -100.0), FINE), label="", country="US",
                         time_zone="UTC", chosen_at=clock.now()))  # fmt: skip
            made.append(person)
    return made[0], made[1], made[2:]


class _Attacker:
    """Asks the list itself; knows of the victim what it answers."""

    def __init__(self, person: Person, accomplices: Sequence[Person], gazetteer: Gazetteer, random: Random) -> None:
        self.person, self.accomplices, self.gazetteer, self.random = person, accomplices, gazetteer, random

    def band_from(self, area: int) -> tuple[int, int] | None:
        """The band in which the list shows the victim from an area of one's own, all four bands kept apart."""
        middle = cell_middle(area)
        where = {self.person.id: area}
        for number, each in enumerate(self.accomplices):
            where[each.id] = cell(_away(middle, MIDDLES_OF_BANDS_KM[number // IN_EACH], 0.0), FINE)
        for who, there in where.items():
            db.session.execute(sa.update(HomeArea).where(HomeArea.person_id == who).values(cell=there))
        db.session.expire_all()
        rings = [ring for ring in librarians_near(self.person) if any(each.name == "Victim" for each in ring.people)]
        return (rings[0].low, rings[0].high) if rings else None

    def areas_around(self, point: Point) -> dict[int, list[Town]]:
        """Every area somebody around here could have, with the towns that lead to it."""
        found: dict[int, list[Town]] = {}
        for town in self.gazetteer.towns_around(point, REGION_KM, 100_000):
            found.setdefault(home_cell(town.point, self.gazetteer.residents_within_cell), []).append(town)
        return found


def _attack(attacker: _Attacker, home: Point) -> Outcome:
    random = attacker.random
    start = _away(home, START_KM * math.sqrt(random.random()), random.uniform(0, 2 * math.pi))
    areas = attacker.areas_around(start)
    middles = {area: cell_middle(area) for area in areas}
    left, questions = list(areas), 0
    while len(left) > 1 and questions < MOST_QUESTIONS:
        probe = _most_telling(left, middles, start, random)
        seen, questions = attacker.band_from(probe), questions + 1
        left = [area for area in left if _expected(probe, middles[area]) == seen] or left
    truth = db.session.scalar(sa.select(HomeArea.cell).join(Person).where(Person.display_name == "Victim"))
    db.session.rollback()
    towns = [town for area in left for town in areas[area]]
    guesses = _guesses(left, towns, middles, random)
    return Outcome({way: distance_km(home, guess) for way, guess in guesses.items()}, left == [truth], questions)


def _expected(probe: int, middle: Point) -> tuple[int, int] | None:
    band: Band | None = band_of(distance_km(cell_middle(probe), middle))
    return band.value if band else None


def _most_telling(left: Sequence[int], middles: dict[int, Point], start: Point, random: Random) -> int:
    """Of some areas of one's own, the one whose answer leaves the fewest areas in the worst case."""
    around = [_away(start, 250 * math.sqrt(random.random()), random.uniform(0, 2 * math.pi)) for _ in range(40)]
    probes = [cell(point, FINE) for point in around]
    some = random.sample(list(left), min(len(left), 150))
    return min(probes, key=lambda probe: max(Counter(_expected(probe, middles[each]) for each in some).values()))


WAYS = ("middle", "largest_town", "mean_of_residents", "least_expected_error")


def _guesses(left: Sequence[int], towns: Sequence[Town], middles: dict[int, Point], random: Random) -> dict[str, Point]:
    people = [max(1, town.population) for town in towns]
    whole = sum(people)
    mean = Point(sum(town.point.lat * n for town, n in zip(towns, people, strict=True)) / whole,
                 sum(town.point.lon * n for town, n in zip(towns, people, strict=True)) / whole)
    likely = [_somewhere_in(town, random) for town in random.choices(towns, weights=people, k=GUESSED_FROM)]
    spots = [mean, *(middles[area] for area in left[:20]), *(town.point for town in towns[:60]), *likely[:60]]
    best = min(spots, key=lambda spot: statistics.median(distance_km(spot, each) for each in likely))
    largest = max(towns, key=lambda town: town.population).point
    return dict(zip(WAYS, (middles[left[0]], largest, mean, best), strict=True))


if __name__ == "__main__":
    for name, value in figures().items():
        print(f"{name} {value:g}")
