"""What has happened to places."""

from __future__ import annotations

from dataclasses import dataclass

from meetups.places.models import Place


@dataclass(frozen=True)
class PlaceFound:
    """The map service was asked later on, and the place has a pin of its own now. Its words are what they were."""

    place: Place
