"""The chain: the gazetteer, what is remembered, the map service."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from geopy.adapters import URLLibAdapter
from geopy.distance import geodesic
from geopy.exc import GeocoderQuotaExceeded, GeocoderTimedOut, GeocoderUnavailable, GeopyError
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from meetups.foundation.gazetteer import Gazetteer, Town
from meetups.foundation.gazetteer.regions import REGIONS
from meetups.foundation.gazetteer.words import codes_at_end, fold, parts_of
from meetups.foundation.geocoding.answers import Answer, Found, Memory, NoMemory
from meetups.foundation.geocoding.services import SERVICES, MapService
from meetups.foundation.geography import Point, distance_km

LONGEST_QUERY = 300
SAME_TOWN_KM = 100.0  # the far end of the widest cities is not as far from their middle
# A well-formed reply of the wrong shape raises bare Python errors inside geopy.
WRONG = (GeopyError, TypeError, LookupError, ValueError, AttributeError, RecursionError, OSError)


class GazetteerGeocoder(Geocoder):  # type: ignore[misc, unused-ignore]
    """The gazetteer in geopy's clothes, so that anything written for a geopy geocoder can use it."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        super().__init__(scheme="https", adapter_factory=URLLibAdapter)
        self.gazetteer = gazetteer

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: float | None = None) -> Any:
        """A `Location`, or a list of them; None when nothing is found. The `Town` is under "town" in `.raw`."""
        towns = self.gazetteer.find_in_address(query) if "," in query else self.gazetteer.find(query)
        return self._answer(towns, exactly_one)

    def reverse(self, query: Any, *, exactly_one: bool = True, timeout: float | None = None) -> Any:
        """The nearest town to (latitude, longitude)."""
        lat, lon = query
        town = self.gazetteer.nearest_town(Point(float(lat), float(lon)))
        return self._answer([town] if town else [], exactly_one)

    def _answer(self, towns: list[Town], exactly_one: bool) -> Any:
        places = [Location(t.label, (t.lat, t.lon), {"town": t, "time_zone": t.time_zone}) for t in towns]
        if not places:
            return None
        return places[0] if exactly_one else places


class GeocodingDoor:
    """Looks places up: the gazetteer, then the map service, if any."""

    def __init__(self, gazetteer: Gazetteer, service: MapService | None = None, memory: Memory | None = None) -> None:
        self.gazetteer, self.service = gazetteer, service
        self.memory: Memory = memory or NoMemory()

    def look_up(self, text: str, country_hint: str | None = None, town: Town | None = None) -> Answer:
        """Find the place; never raises because of the text or the service.

        `town` is the one of several that somebody picked; otherwise an ambiguous town is not guessed. A hit of the
        service in another country, region or town than the one typed (or hinted) is refused, and the typed town is
        used. May wait for a turn and for the service, a few seconds; inside a unit of work the service is not asked.
        """
        choices = self.gazetteer.choices(text, country_hint)
        if town is not None:
            towns = [town]
        elif len(choices) > 1:
            return Answer(None, "Ambiguous: " + " or ".join(each.long_label for each in choices))
        else:
            towns = choices or self.gazetteer.find_in_address(text, country_hint)
        if choices and self._is_all_said(text, choices[0]):
            return Answer(_from_town(towns[0]))
        asked = self._ask(text, country_hint, towns[0] if towns else None)
        if asked.found or not towns:
            return asked
        clear = self.gazetteer.choices(towns[0].name, country_hint) if len(towns) > 1 else towns
        if len(clear) > 1:
            return replace(asked, reason="Ambiguous: " + " or ".join(each.long_label for each in clear))
        return replace(asked, found=_from_town(towns[0]))

    def _is_all_said(self, text: str, town: Town) -> bool:
        """Whether nothing but the town was typed. The gazetteer believes a postal code whatever stands before it, so
        "802 Pacific Ave, Tacoma, WA 98402" is more than its postal code."""
        if town.precision != "postal":
            return True
        for line in (text, text.rpartition(",")[0], text.rpartition(" ")[0]):  # a country may follow the code
            for _, code, before in codes_at_end(line.strip()):
                if code == town.postal_code:
                    return not fold(before) or bool(self.gazetteer.find(before, town.country))
        return True

    def _ask(self, text: str, country: str | None, town: Town | None) -> Answer:
        if self.service is None:
            return Answer(None, "The built-in gazetteer does not know the street or the place.")
        query = " ".join("".join(c if c.isprintable() else " " for c in text[:LONGEST_QUERY]).split())
        if town is None and len(parts_of(query)) < 2:
            return Answer(None, "Without a town we do not guess.")
        key = query.casefold()
        hits = self.memory.recall(key)
        if hits is None:
            if not self.memory.may_ask():
                return Answer(None, "The map service is busy.", try_later=True)
            asked = self._ask_service(self.service, key, query)
            if isinstance(asked, Answer):
                return asked
            hits = asked
        return self._fitting([self._with_country(hit) for hit in hits], (country or "").upper(), town, query)

    def _ask_service(self, service: MapService, key: str, query: str) -> Sequence[Found] | Answer:
        try:
            hits = service.hits(query)
        except GeocoderQuotaExceeded as trouble:
            self.memory.note_trouble(float(getattr(trouble, "retry_after", None) or 0))
            return Answer(None, "The map service asks for patience.", try_later=True)
        except WRONG as trouble:
            self.memory.note_trouble(None)
            slow = isinstance(trouble, GeocoderTimedOut | GeocoderUnavailable)
            why = "did not answer in time" if slow else f"answered wrongly ({type(trouble).__name__})"
            return Answer(None, f"The map service {why}.", try_later=True)
        self.memory.remember(key, hits)
        return hits

    def _with_country(self, hit: Found) -> Found:
        if hit.country:
            return hit
        near = self.gazetteer.nearest_town(hit.point)
        return replace(hit, country=near.country, region=near.region_code) if near else hit

    def _fitting(self, hits: Sequence[Found], country: str, town: Town | None, query: str) -> Answer:
        """The best hit that what was typed does not contradict; otherwise what speaks against the first."""
        refusals = [_refusal(hit, country, town, query) for hit in hits]
        for hit, refusal in zip(hits, refusals, strict=True):
            if not refusal:
                return Answer(hit)
        return Answer(None, refusals[0] if refusals else "The map service knows no such place.")


def door(
    gazetteer: Gazetteer,
    geocoder: str = "",
    domain: str = "",
    scheme: str = "https",
    user_agent: str = "",
    memory: Memory | None = None,
    key: str = "",
) -> GeocodingDoor:
    """The door as the settings say: GEOCODER, GEOCODER_DOMAIN, GEOCODER_SCHEME, GEOCODER_KEY.

    Refuses, with ValueError, an unknown service and one without a User-Agent that names a contact.
    """
    if not geocoder:
        return GeocodingDoor(gazetteer, None, memory)
    if geocoder not in SERVICES:
        raise ValueError(f"There is no map service called {geocoder}.")
    if not user_agent or not domain:
        raise ValueError("A map service needs GEOCODER_DOMAIN, and a User-Agent with a contact.")
    return GeocodingDoor(gazetteer, SERVICES[geocoder](domain, scheme, user_agent, key), memory)


def geodesic_km(a: Point, b: Point) -> float:
    """Distance on the WGS 84 ellipsoid in km (C. F. F. Karney 2013), for the few rows that are shown."""
    return float(geodesic((a.lat, a.lon), (b.lat, b.lon)).km)


def _from_town(town: Town) -> Found:
    return Found(town.point, town.precision, town.country, town.region_code, "gazetteer")


def _refusal(hit: Found, country: str, town: Town | None, query: str) -> str:
    """Why this hit is not what was typed, in words for the host; empty when nothing speaks against it."""
    expected = country or (town.country if town else "")
    if expected and hit.country != expected:
        return f"The map service found it in {hit.country}, not in {expected}."
    if town is None:
        if _backed(hit, query):
            return ""
        return "The map service found something of that name, but not in a town that you named."
    if town.region_code and hit.region and town.region_code != hit.region:
        there, here = (REGIONS.get(hit.country, {}).get(code, code) for code in (hit.region, town.region_code))
        return f"The map service found it in {there}, not in {here}."
    if town.precision != "region" and distance_km(hit.point, town.point) > SAME_TOWN_KM:
        return f"The map service found it {distance_km(hit.point, town.point):,.0f} km from {town.name}."
    return ""


def _backed(hit: Found, query: str) -> bool:
    """Whether the words after the first comma name something the hit lies in."""
    said = f" {' '.join(fold(part) for part in parts_of(query)[1:])} "
    return any(len(name) > 2 and f" {name} " in said for name in (fold(each) for each in hit.around))
