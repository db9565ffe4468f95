"""Who lives in the invented world: members with home areas, most of them to be found by their neighbors."""

from __future__ import annotations

from datetime import timedelta

from meetups.demo.towns import Spot
from meetups.demo.words import FIRST_NAMES, INTERESTS
from meetups.demo.world import World
from meetups.foundation.database import add, flush
from meetups.nearby.models import NearbyListing
from meetups.people.models import HomeArea, Person

# Of the first towns, Tacoma and Puyallup: people to sign in as, by name.
CAST = (("Marisol", "Theo", "Amina"), ("Ken", "Priya"))
MODERATOR = "Noor"


def settle_people(world: World) -> int:
    """Members for every town of the world; returns how many. The keys of their cookies are never drawn from a seed."""
    people = 0
    for number, spot in enumerate(world.spots):
        known = CAST[number] if number < len(CAST) else ()
        others = [world.rng.choice(FIRST_NAMES) for _ in range(world.rng.randint(3, 6))]
        named = [(name, f"{name.lower()}@example.org") for name in known]
        named += [(name, f"{name.lower()}.{people + n}@example.org") for n, name in enumerate(others)]
        world.neighbors.append([_person(world, name, address, spot) for name, address in named])
        people += len(named)
    add(Person(address=f"{MODERATOR.lower()}@example.org", display_name=MODERATOR, joined_at=world.at,
               is_moderator=True))  # fmt: skip
    flush()
    return people + 1


def _person(world: World, name: str, address: str, spot: Spot) -> Person:
    joined = world.at - timedelta(days=world.rng.randint(5, 900), minutes=world.rng.randint(0, 1440))
    has_area = world.chance(0.8)
    person = add(Person(
        address=address, display_name=name, joined_at=joined,
        time_zone=spot.town.time_zone if world.chance(0.3) else None,
    ))  # fmt: skip
    if has_area:
        add(HomeArea(
            person=person, cell=spot.cell, label=spot.label[:120], country=spot.town.country,
            time_zone=spot.town.time_zone, chosen_at=joined,
        ))  # fmt: skip
        if world.chance(0.6):
            add(NearbyListing(person=person, interests=world.rng.choice(INTERESTS), listed_at=joined))
    return person
