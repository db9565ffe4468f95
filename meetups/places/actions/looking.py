"""Looking a place up by its words, and keeping what was found beside them."""

from __future__ import annotations

from dataclasses import replace

from meetups.foundation import clock
from meetups.foundation.database import add
from meetups.foundation.gazetteer import CLEAR_LEAD, Town
from meetups.foundation.geocoding import Found
from meetups.foundation.geography import Point, distance_km, time_zone_at
from meetups.foundation.refusals import Refusal
from meetups.foundation.tokens import new_code
from meetups.foundation.whereabouts import current_door, current_gazetteer
from meetups.places.models import Access, Finding, Place, PlaceKind, Precision

MOST_CHOICES = 6
SAME_TOWN_KM = 60.0
FINENESS = {"postal": Precision.POSTAL, "town": Precision.TOWN, "region": Precision.REGION}


class WhichTown(Refusal):
    """The words name several towns; `choices` are (value of the field `town_choice`, words) to ask with."""

    def __init__(self, towns: list[Town]) -> None:
        names = [town.long_label for town in towns]
        super().__init__(f"Which one: {', '.join(names[:-1])} or {names[-1]}?", field="words")
        self.choices = [(key_of(town), town.long_label) for town in towns]


def look_up(words: str, kind: PlaceKind, town_choice: str = "") -> Finding:
    """Where the words are, as far as anybody can tell; an empty Finding when nobody can.

    Raises WhichTown when they name several towns and `town_choice` (a value it offered) picks none of them. Online
    is nowhere. A backyard or home gets the middle of its town, never anything finer, and no map service hears of it.
    Any other place may be asked of the map service, which takes its time: call this outside of units of work, inside
    which it is not asked. When it cannot be asked now, the Finding says `look_again`, and the worker will.
    """
    if kind is PlaceKind.ONLINE:
        return Finding()
    found = current_gazetteer().find_in_address(words)
    town = _picked(found, town_choice) if found else None
    if kind is PlaceKind.HOME:
        return _finding(_its_town(town)) if town else Finding()
    answer = current_door().look_up(words, town=town)
    if answer.found is not None and answer.found.precision == "exact":
        return _spot(answer.found, town)
    coarse = _finding(town) if town else Finding()
    note = answer.reason if current_door().service else ""
    return replace(coarse, note=note, look_again=answer.try_later)


def describe(words: str, kind: PlaceKind, access: Access, finding: Finding) -> Place:
    """A place that is not in the database yet."""
    place = Place(code=new_code(), kind=kind, words=words, version=1, added_at=clock.now())
    place.finding, place.access = finding, access
    return place


def add_place(words: str, kind: PlaceKind, access: Access, finding: Finding) -> Place:
    """A new place, with the words as they were typed."""
    return add(describe(words, kind, access, finding))


def same_place(place: Place) -> Place:
    """The place for another meetup: the very same one, or for a home and online a row of its own."""
    return place if place.is_shared else describe(place.words, place.kind, place.access, place.finding)


def key_of(town: Town) -> str:
    """How a form names one of several towns: by its middle, which no two share."""
    return place_of_key(town.point)


def place_of_key(middle: Point) -> str:
    return f"{middle.lat:.4f},{middle.lon:.4f}"


def _picked(found: list[Town], town_choice: str) -> Town:
    chosen = next((town for town in found if key_of(town) == town_choice), None)
    if chosen is not None:
        return chosen
    several = [town for town in found if _rivals(town, found[0])][:MOST_CHOICES]
    if len(several) > 1:
        raise WhichTown(several)
    return found[0]


def _rivals(town: Town, first: Town) -> bool:
    """Whether the words may as well mean `town`: the gazetteer's own rule for towns; any country for a code."""
    if town.precision != first.precision:
        return False
    return first.precision == "postal" or town.population * CLEAR_LEAD > first.population


def _its_town(town: Town) -> Town:
    """The town a postal code belongs to, so that the pin of a home is the town's own middle, not the code's."""
    if town.precision != "postal":
        return town
    named = current_gazetteer().find(f"{town.name}, {town.region or town.country_name}", town.country)
    near = [one for one in named if one.precision == "town" and distance_km(one.point, town.point) < SAME_TOWN_KM]
    return near[0] if near else current_gazetteer().nearest_town(town.point) or town


def _spot(found: Found, town: Town | None) -> Finding:
    """The very spot, as the map service knows it."""
    town = town or current_gazetteer().nearest_town(found.point)
    name, region = (town.name, town.region) if town else ("", "")
    return Finding(Precision.EXACT, found.point, name, region, found.country, time_zone_at(found.point))


def _finding(town: Town) -> Finding:
    precision = FINENESS[town.precision]
    name = "" if precision is Precision.REGION else town.name
    region = town.region or (town.name if precision is Precision.REGION else "")
    return Finding(precision, town.point, name, region, town.country, town.time_zone)
