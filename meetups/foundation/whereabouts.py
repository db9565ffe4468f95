"""The gazetteer and the map service of the running app, opened when first asked for."""

from __future__ import annotations

from flask import current_app

from meetups.foundation.gazetteer import Gazetteer, open_gazetteer
from meetups.foundation.geocoding import GeocodingDoor, door
from meetups.foundation.geocoding.memory import DatabaseMemory
from meetups.settings import Settings


def current_gazetteer() -> Gazetteer:
    """Towns and postal codes of the world; unpacked into the instance folder the first time (half a second)."""
    known = current_app.extensions
    if "gazetteer" not in known:
        known["gazetteer"] = open_gazetteer(current_app.config["MEETUPS"].instance)
    return known["gazetteer"]


def current_door() -> GeocodingDoor:
    """The door to the map service as the settings have it; by default the gazetteer alone."""
    known, settings = current_app.extensions, current_app.config["MEETUPS"]
    if "geocoding" not in known:
        scheme, domain = settings.geocoder_scheme, settings.geocoder_domain
        memory = DatabaseMemory(f"{settings.geocoder} {domain}")
        known["geocoding"] = door(
            current_gazetteer(), settings.geocoder, domain, scheme, user_agent(settings), memory, settings.geocoder_key
        )
    return known["geocoding"]


def user_agent(settings: Settings) -> str:
    """How we introduce ourselves to a map service: what we are, where, and whom to write to."""
    said = f"guerrilla-storytime (+{settings.site_url}; {settings.operator_contact or settings.sender})"
    return "".join(c for c in said if c.isascii() and c.isprintable())
