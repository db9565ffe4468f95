"""The two things that know where places are."""

from __future__ import annotations

from meetups.foundation.gazetteer import Gazetteer
from meetups.foundation.geocoding import GeocodingDoor
from meetups.foundation.whereabouts import current_door, current_gazetteer


def gazetteer() -> Gazetteer:
    """Towns and postal codes of the world, offline."""
    return current_gazetteer()


def map_service() -> GeocodingDoor:
    """The door to the map service, which is the gazetteer alone unless the operator switched one on."""
    return current_door()
