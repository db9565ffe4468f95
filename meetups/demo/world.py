"""What the makers of the invented world share: the dice, the day, the towns, and who lives where."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from meetups.deck.models import Challenge
from meetups.demo.towns import Spot
from meetups.demo.words import FIRST_NAMES
from meetups.foundation.tokens import LETTERS
from meetups.people.models import Person

Thing = TypeVar("Thing")


@dataclass
class World:
    """`neighbors[n]` are the members who live in or near `spots[n]`. All chance comes from `rng`."""

    rng: random.Random
    at: datetime
    spots: list[Spot]
    neighbors: list[list[Person]] = field(default_factory=list)
    sticks: Sequence[Challenge] = ()
    visitors: int = 0

    def chance(self, of: float) -> bool:
        return self.rng.random() < of

    def either(self, things: Sequence[Thing], *, chance: float = 1.0, otherwise: Thing) -> Thing:
        """One of the things, or something else when the dice say so."""
        return self.rng.choice(things) if self.chance(chance) else otherwise

    def code(self) -> str:
        """Like `planning.models.new_code`, but the same with every throw of the same dice."""
        return "".join(self.rng.choices(LETTERS, k=7))

    def key(self, octets: int) -> str:
        """Like `secrets.token_hex`, but the same with every throw of the same dice: for what is no secret here."""
        return self.rng.randbytes(octets).hex()

    def between(self, first: datetime, last: datetime) -> datetime:
        """A whole minute between two moments; the first when they are not in order."""
        minutes = max(0, int((last - first) / timedelta(minutes=1)))
        return first + timedelta(minutes=self.rng.randint(0, minutes))

    def visitor(self) -> tuple[str, str]:
        """A name and an address that nobody else has."""
        name = self.rng.choice(FIRST_NAMES)
        self.visitors += 1
        return name, f"{name.lower()}.visits{self.visitors}@example.org"
