"""Plans for tests, with dull defaults."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from meetups.foundation.announce import install
from meetups.foundation.database import unit_of_work
from meetups.people.models import Person
from meetups.places.models import PlaceKind
from meetups.planning import actions
from meetups.planning.models import Meetup, Plan


def a_plan(**given: Any) -> Plan:
    """Marisol's evening in Tacoma."""
    dull: dict[str, Any] = {
        "title": "Glitter cup at the Lantern & Ladle",
        "kind": PlaceKind.PUB,
        "day": date(2027, 1, 21),
        "start": time(18, 30),
        "words": "The Lantern & Ladle, Tacoma, WA 98402",
        "contact": "@marisol on the usual site",
    }
    return Plan(**dull | given)


def proposed(host: Person, *, publish: bool = True, **given: Any) -> Meetup:
    with unit_of_work():
        return actions.propose(host, a_plan(**given), publish)


def heard(*kinds: type) -> list[Any]:
    """A list that fills with the facts of these kinds as they are announced from now on."""
    facts: list[Any] = []
    install(dict.fromkeys(kinds, (facts.append,)))
    return facts


def wall(text: str) -> datetime:
    """A clock on the wall: "2027-01-21 18:30", without a zone."""
    return datetime.fromisoformat(text)


FIELDS = {
    "kind": "pub", "title": "Glitter cup at the Lantern & Ladle", "day": "2027-01-21", "start": "18:30",
    "words": "The Lantern & Ladle, Tacoma, WA 98402", "contact": "@marisol on the usual site",
}  # fmt: skip
