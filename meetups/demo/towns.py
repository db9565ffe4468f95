"""Real towns of several countries, drawn by how many people live there, and the home area that goes with each."""

from __future__ import annotations

import random
from dataclasses import dataclass

from meetups.foundation.gazetteer import Gazetteer, Town
from meetups.foundation.geography import Point, home_cell

REACH_KM = 500.0
TOWNS_A_LOOK = 300
# Where to look around, and how much of the world is to lie in that country. Each look sees 500 km.
LOOKS: dict[str, tuple[float, tuple[tuple[float, float], ...]]] = {
    "US": (0.56, (
        (47.3, -122.0), (37.8, -122.0), (34.0, -118.0), (39.7, -105.0), (33.5, -112.0), (30.3, -97.7), (41.9, -93.6),
        (41.9, -87.6), (33.7, -84.4), (27.9, -82.0), (40.7, -75.0), (36.0, -79.0), (61.2, -149.9), (21.3, -157.9),
    )),
    "CA": (0.11, ((49.3, -122.8), (51.0, -114.0), (43.7, -79.4), (45.5, -73.6), (45.0, -64.0))),
    "GB": (0.10, ((52.5, -1.9), (56.0, -4.0))),
    "IE": (0.03, ((53.3, -7.0),)),
    "AU": (0.07, ((-33.9, 151.2), (-37.8, 145.0), (-27.5, 153.0), (-34.9, 138.6), (-31.9, 115.9))),
    "NZ": (0.04, ((-37.0, 175.0), (-43.5, 172.6))),
    "DE": (0.03, ((52.5, 13.4), (50.0, 8.6))),
    "FR": (0.02, ((48.8, 2.3), (45.7, 4.8))),
    "NL": (0.02, ((52.2, 5.2),)),
    "JP": (0.02, ((35.6, 139.7),)),
}  # fmt: skip


@dataclass(frozen=True)
class Spot:
    """A town of the world, with the area that members living there have chosen."""

    town: Town
    cell: int
    label: str

    @property
    def line(self) -> str:
        """As it stands at the end of an address: "Tacoma, WA", "Bath, United Kingdom"."""
        return self.town.label


def draw_towns(rng: random.Random, how_many: int, gazetteer: Gazetteer) -> list[Spot]:
    """Tacoma and Puyallup, then towns drawn by their residents, each once; the shares of the countries are kept."""
    tacoma, puyallup = gazetteer.find("Tacoma, WA")[0], gazetteer.find("Puyallup, WA")[0]
    drawn = [tacoma, puyallup]
    for country, (share, middles) in LOOKS.items():
        known = [town for town in _towns_around(middles, country, gazetteer) if town not in drawn]
        drawn += _weighted(rng, known, max(1, round(share * how_many)))
    return [_spot(town, gazetteer) for town in drawn]


def _towns_around(middles: tuple[tuple[float, float], ...], country: str, gazetteer: Gazetteer) -> list[Town]:
    """Largest first; an order that does not depend on where the looks overlap."""
    seen = {
        (town.name, town.lat, town.lon): town
        for middle in middles
        for town in gazetteer.towns_around(Point(*middle), REACH_KM, TOWNS_A_LOOK)
        if town.country == country
    }
    return sorted(seen.values(), key=lambda town: (-town.population, town.name, town.lat, town.lon))


def _weighted(rng: random.Random, towns: list[Town], how_many: int) -> list[Town]:
    """Drawn without putting back: whose exponential clock, running at the rate of its residents, rings first."""
    rings = [(rng.expovariate(max(town.population, 1)), town) for town in towns]
    rings.sort(key=lambda one: one[0])
    return [town for _, town in rings[:how_many]]


def _spot(town: Town, gazetteer: Gazetteer) -> Spot:
    area = home_cell(town.point, gazetteer.residents_within_cell)
    largest = gazetteer.largest_town_in(area) or town
    return Spot(town, area, f"around {largest.label}")
