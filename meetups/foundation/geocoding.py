"""The one door to geopy: from typed words to a point, offline first, and never an exception for the page.

The built-in gazetteer answers what it understands completely. What is left (streets, venues) goes to a map service, if
the operator configured one, once and with a time limit; whatever goes wrong there, the town at the end of the address
is still the answer.
"""

import functools
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from geopy.adapters import URLLibAdapter
from geopy.distance import geodesic
from geopy.exc import GeocoderQuotaExceeded, GeocoderTimedOut, GeocoderUnavailable, GeopyError
from geopy.geocoders import Nominatim
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from meetups.foundation.gazetteer import Gazetteer, Town
from meetups.foundation.geography import Point

TIMEOUT_S = 3.0
LONGEST_QUERY = 300
Precision = Literal["exact", "postal", "town", "region"]

REGION_TYPES = {"state", "province", "region", "country", "county", "state_district", "territory"}
TOWN_TYPES = {
    "city", "town", "village", "hamlet", "municipality", "suburb", "borough", "quarter", "neighbourhood",
    "city_district", "district", "locality", "administrative",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Where the words lead. `country` is ISO-2, `region` a code like "WA" or empty, `source` who said so."""

    point: Point
    precision: Precision
    country: str
    region: str
    source: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of looking: a place or a reason why not, in words fit for the log and the host.

    `try_later` is true when the service failed rather than answered: a worker may ask again.
    """

    found: Found | None
    reason: str = ""
    try_later: bool = False


class Memory(Protocol):
    """What the installation remembers between look-ups: a cache, and whose turn it is. Backed by the database."""

    def recall(self, key: str) -> Answer | None: ...

    def remember(self, key: str, answer: Answer) -> None: ...

    def may_ask(self) -> bool:
        """Whether the map service may be asked now (one request a second for the whole installation)."""
        ...


class NoMemory:
    """Remembers nothing and allows everything."""

    def recall(self, key: str) -> Answer | None:
        return None

    def remember(self, key: str, answer: Answer) -> None:
        return None

    def may_ask(self) -> bool:
        return True


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
    """Looks places up: the gazetteer, then the provider (a geopy geocoder that answers as Nominatim does), if any."""

    def __init__(self, gazetteer: Gazetteer, provider: Any = None, memory: Memory | None = None) -> None:
        self.gazetteer, self.provider = gazetteer, provider
        self.memory: Memory = memory or NoMemory()

    def look_up(self, text: str, country_hint: str | None = None) -> Answer:
        """Find the place; never raises because of the text or the service.

        An ambiguous town is not guessed. A hit of the service in another country or region than the one typed (or
        hinted) is refused, and the typed town is used.
        """
        choices = self.gazetteer.choices(text, country_hint)
        if len(choices) == 1:
            return Answer(_from_town(choices[0]))
        if len(choices) > 1:
            return Answer(None, "Ambiguous: " + " or ".join(town.long_label for town in choices))
        towns = self.gazetteer.find_in_address(text, country_hint)
        asked = self._ask(text, country_hint, towns[0] if towns else None)
        if asked.found or not towns:
            return asked
        clear = self.gazetteer.choices(towns[0].name, country_hint) if len(towns) > 1 else towns
        if len(clear) > 1:
            return replace(asked, reason="Ambiguous: " + " or ".join(town.long_label for town in clear))
        return replace(asked, found=_from_town(towns[0]))

    def _ask(self, text: str, country: str | None, town: Town | None) -> Answer:
        if self.provider is None:
            return Answer(None, "The built-in gazetteer does not know the street or the place.")
        query = " ".join("".join(c if c.isprintable() else " " for c in text[:LONGEST_QUERY]).split())
        if not query:
            return Answer(None, "Nothing was typed.")
        key = f"{(country or '').upper()}|{query.casefold()}"
        answer = self.memory.recall(key)
        if answer is None:
            if not self.memory.may_ask():
                return Answer(None, "The map service is asked once a second at most.", try_later=True)
            answer = self._ask_provider(query)
            self.memory.remember(key, answer)
        return _refuse_elsewhere(answer, country, town)

    def _ask_provider(self, query: str) -> Answer:
        try:
            hit = self.provider.geocode(query, exactly_one=True, addressdetails=True, language="en")
            return Answer(_from_hit(hit)) if hit else Answer(None, "The map service knows no such place.")
        except GeocoderQuotaExceeded:
            return Answer(None, "The map service asks for patience.", try_later=True)
        except (GeocoderTimedOut, GeocoderUnavailable):
            return Answer(None, "The map service did not answer in time.", try_later=True)
        except (GeopyError, TypeError, KeyError, ValueError, AttributeError, IndexError) as trouble:
            # A well-formed reply of the wrong shape raises bare Python errors inside geopy.
            return Answer(None, f"The map service answered wrongly ({type(trouble).__name__}).", try_later=True)


def door(
    gazetteer: Gazetteer,
    geocoder: str = "",
    domain: str = "",
    scheme: str = "https",
    user_agent: str = "",
    memory: Memory | None = None,
) -> GeocodingDoor:
    """The door as the settings say: GEOCODER, GEOCODER_DOMAIN, GEOCODER_SCHEME, GEOCODER_USER_AGENT.

    Refuses, with ValueError, an unknown service and one without a User-Agent that names a contact.
    """
    if not geocoder:
        return GeocodingDoor(gazetteer, None, memory)
    if geocoder != "nominatim":
        raise ValueError(f"There is no map service called {geocoder}.")
    if not user_agent or not domain:
        raise ValueError("A map service needs GEOCODER_DOMAIN, and GEOCODER_USER_AGENT with a contact.")
    # The default adapter retries behind our back and multiplies the time limit; this one does not.
    provider = Nominatim(
        domain=domain,
        scheme=scheme,
        timeout=TIMEOUT_S,
        user_agent=user_agent,
        adapter_factory=functools.partial(URLLibAdapter),
    )
    return GeocodingDoor(gazetteer, provider, memory)


def geodesic_km(a: Point, b: Point) -> float:
    """Distance on the WGS 84 ellipsoid in km (C. F. F. Karney 2013), for the few rows that are shown."""
    return float(geodesic((a.lat, a.lon), (b.lat, b.lon)).km)


def _from_town(town: Town) -> Found:
    return Found(town.point, town.precision, town.country, town.region_code, "gazetteer")


def _from_hit(hit: Any) -> Found:
    """Reads a Nominatim answer; one without a country, or at 0,0, is worth nothing and refused as ValueError."""
    point = Point(float(hit.latitude), float(hit.longitude))
    address = hit.raw["address"]
    country = str(address["country_code"]).upper()
    if point.is_null_island or len(country) != 2:
        raise ValueError("no place on land")
    region = str(address.get("ISO3166-2-lvl4", "")).partition("-")[2]
    return Found(point, _precision_of(hit.raw), country, region, "nominatim")


def _precision_of(raw: dict[str, Any]) -> Precision:
    kind = raw.get("addresstype") or raw.get("type")
    if kind == "postcode":
        return "postal"
    if kind in REGION_TYPES:
        return "region"
    return "town" if kind in TOWN_TYPES else "exact"


def _refuse_elsewhere(answer: Answer, country: str | None, town: Town | None) -> Answer:
    found = answer.found
    if found is None:
        return answer
    expected = (country or (town.country if town else "")).upper()
    if expected and found.country != expected:
        return Answer(None, f"The map service found it in {found.country}, not in {expected}.")
    # GeoNames and ISO agree on the codes of states and provinces in these countries only.
    coded = town is not None and town.country in ("US", "CA", "AU") and town.region_code and found.region
    if town and coded and town.region_code != found.region:
        return Answer(None, f"The map service found it in {found.region}, not in {town.region_code}.")
    return answer
