"""What has happened to places that meetups share."""

from __future__ import annotations

from dataclasses import dataclass, field

from meetups.people.models import Person
from meetups.places.models import Place


@dataclass(frozen=True)
class PlaceFound:
    """The map service was asked later on, and the place has a pin of its own now. Its words are what they were."""

    place: Place


@dataclass(frozen=True)
class PlaceCorrected:
    """Somebody mended what is known of a place. `fields`: names of access facts, "words", "kind", "pin"."""

    place: Place
    fields: frozenset[str]
    by: Person | None = None


@dataclass(frozen=True)
class PlacesMerged:
    """`gone` turned out to be `kept`. Whoever moves something along notes its number in `meetups`, for undoing it."""

    gone: Place
    kept: Place
    meetups: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class PlacesParted:
    """They are two places after all; what was moved along goes back."""

    gone: Place
    kept: Place
    meetups: list[int]
