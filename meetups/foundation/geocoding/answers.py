"""What comes of looking a place up, and what an installation remembers between look-ups."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from meetups.foundation.geography import Point

Precision = Literal["exact", "postal", "town", "region"]


@dataclass(frozen=True, slots=True)
class Found:
    """Where the words lead. `country` is ISO-2, `region` a code like "WA" or empty, `source` who said so.

    `around` are the names of what it lies in (town, county, state, postal code), as the map service has them.
    """

    point: Point
    precision: Precision
    country: str
    region: str
    source: str
    around: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of looking: a place or a reason why not, in words fit for the log and the host.

    `try_later` is true when the service failed rather than answered: a worker may ask again.
    """

    found: Found | None
    reason: str = ""
    try_later: bool = False


class Memory(Protocol):
    """What the installation remembers between look-ups: a cache, whose turn it is, and how the service is doing."""

    def recall(self, key: str) -> Sequence[Found] | None:
        """What the service said to this, an empty list for nothing; None when it was not asked or that is old."""
        ...

    def remember(self, key: str, hits: Sequence[Found]) -> None:
        """The service answered."""
        ...

    def may_ask(self) -> bool:
        """Whether the map service may be asked now (one request a second for the whole installation)."""
        ...

    def note_trouble(self, rest_s: float | None) -> None:
        """The service did not answer; `rest_s` is for how many seconds it wants to be left alone, if it said so."""
        ...


class NoMemory:
    """Remembers nothing and allows everything."""

    def recall(self, key: str) -> Sequence[Found] | None:
        return None

    def remember(self, key: str, hits: Sequence[Found]) -> None:
        return None

    def may_ask(self) -> bool:
        return True

    def note_trouble(self, rest_s: float | None) -> None:
        return None
