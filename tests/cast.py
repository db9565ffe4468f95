"""The people of the stories. Each function makes the person; ask once a test and keep the answer."""

from __future__ import annotations

from meetups.foundation.geography import FINE, Point, cell
from meetups.people.models import Person
from tests.makers import make_home_area, make_person

PUYALLUP = Point(47.1854, -122.2929)
SEATTLE = Point(47.6062, -122.3321)
OLYMPIA = Point(47.0379, -122.9007)
PORTLAND = Point(45.5231, -122.6765)
NEW_BUFFALO = Point(41.7939, -86.7439)
MICHIGAN_CITY = Point(41.7075, -86.8950)
SOUTH_BEND = Point(41.6764, -86.2520)
CHICAGO = Point(41.8781, -87.6298)
WORCESTER = Point(42.2626, -71.8023)
TACOMA = Point(47.2529, -122.4443)


def _person(name: str, home: Point, label: str, time_zone: str, *, moderator: bool = False) -> Person:
    person = make_person(name, address=f"{name.lower()}@example.org", time_zone=time_zone, is_moderator=moderator)
    make_home_area(person, cell(home, FINE), label, "US", time_zone)
    return person


def marisol() -> Person:
    """Toddler specialist in Tacoma; hosts."""
    return _person("Marisol", TACOMA, "around Tacoma, Washington", "America/Los_Angeles")


def ken() -> Person:
    """Lives in Puyallup, next to Tacoma; helps, and brings the shakers."""
    return _person("Ken", PUYALLUP, "around Puyallup, Washington", "America/Los_Angeles")


def priya() -> Person:
    """Hosts in a coffee shop in Worcester."""
    return _person("Priya", WORCESTER, "around Worcester, Massachusetts", "America/New_York")


def dee() -> Person:
    """In South Bend, on the eastern side of a time-zone border."""
    return _person("Dee", SOUTH_BEND, "around South Bend, Indiana", "America/Indiana/Indianapolis")


def lou() -> Person:
    """Works in Michigan City, on the central side of it."""
    return _person("Lou", MICHIGAN_CITY, "around Michigan City, Indiana", "America/Chicago")


def sol() -> Person:
    """Takes notes; writes the recap."""
    return make_person("Sol", address="sol@example.org", time_zone="America/New_York")


def ana() -> Person:
    """A stranger with an account: no home area, no meetup, no friends here."""
    return make_person("Ana", address="ana@example.org")


def moderator() -> Person:
    """Keeps the house safe."""
    return make_person("Noor", address="noor@example.org", is_moderator=True)
