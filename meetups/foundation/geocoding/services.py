"""The map services we can ask, through geopy, and how each one's answers are read."""

from collections.abc import Callable, Mapping
from typing import Any

from geopy.geocoders import Nominatim, Pelias, Photon

from meetups.foundation.gazetteer.regions import REGIONS
from meetups.foundation.geocoding.adapter import CarefulAdapter
from meetups.foundation.geocoding.answers import Found, Precision
from meetups.foundation.geography import Point

TIMEOUT_S = 3.0
MOST_HITS = 5

NOMINATIM_AREAS: dict[str, Precision] = {
    "postcode": "postal",
    **dict.fromkeys(("state", "province", "region", "country", "county", "state_district", "territory"), "region"),
    **dict.fromkeys(("city", "town", "village", "hamlet", "municipality", "suburb", "borough", "quarter",
                     "neighbourhood", "city_district", "district", "locality", "administrative"), "town"),
}  # fmt: skip
PHOTON_AREAS: dict[str, Precision] = {
    **dict.fromkeys(("city", "district", "locality"), "town"),
    **dict.fromkeys(("county", "state", "country"), "region"),
}
PELIAS_AREAS: dict[str, Precision] = {
    "postalcode": "postal",
    **dict.fromkeys(("locality", "localadmin", "borough", "neighbourhood", "macrohood"), "town"),
    **dict.fromkeys(("county", "macrocounty", "region", "macroregion", "country", "dependency", "empire", "continent",
                     "marinearea", "ocean"), "region"),
}  # fmt: skip
# What older Pelias servers say; any other country is told from the nearest town.
THREE_LETTERS = {"USA": "US", "CAN": "CA", "GBR": "GB", "AUS": "AU", "NZL": "NZ", "IRL": "IE"}
NOMINATIM_NAMES = ("city", "town", "village", "hamlet", "municipality", "suburb", "borough", "neighbourhood", "county",
                   "state", "postcode", "country")  # fmt: skip
PHOTON_NAMES = ("city", "district", "locality", "county", "state", "postcode", "country")
PELIAS_NAMES = ("locality", "localadmin", "borough", "neighbourhood", "county", "region", "postalcode", "country")


class MapService:
    """A geopy geocoder, and how to read what it says. `name` is what is remembered of it: kind and host."""

    def __init__(self, name: str, geocoder: Any, read: Callable[[Any], Found], **ways: Any) -> None:
        self.name, self.geocoder, self._read, self._ways = name, geocoder, read, ways

    def hits(self, query: str) -> list[Found]:
        """Up to five places, best first. Raises what geopy raises, and bare Python errors for a wrong shape.

        A hit that cannot be read is left out as long as another one can.
        """
        found, wrong = [], None
        for place in (self.geocoder.geocode(query, exactly_one=False, language="en", **self._ways) or ())[:MOST_HITS]:
            try:
                found.append(self._read(place.raw))
            except (LookupError, TypeError, ValueError, AttributeError) as trouble:
                wrong = trouble
        if wrong is not None and not found:
            raise wrong
        return found


def nominatim(domain: str, scheme: str, user_agent: str, key: str) -> MapService:
    return MapService(f"nominatim {domain}", _made(Nominatim, domain, scheme, user_agent), _from_nominatim,
                      addressdetails=True, limit=MOST_HITS)  # fmt: skip


def photon(domain: str, scheme: str, user_agent: str, key: str) -> MapService:
    return MapService(f"photon {domain}", _made(Photon, domain, scheme, user_agent), _from_photon, limit=MOST_HITS)


def pelias(domain: str, scheme: str, user_agent: str, key: str) -> MapService:
    return MapService(f"pelias {domain}", _made(Pelias, domain, scheme, user_agent, api_key=key or None), _from_pelias)


SERVICES: Mapping[str, Callable[[str, str, str, str], MapService]] = {
    "nominatim": nominatim, "photon": photon, "pelias": pelias,
}  # fmt: skip


def _made(kind: Any, domain: str, scheme: str, user_agent: str, **more: Any) -> Any:
    return kind(domain=domain, scheme=scheme, user_agent=user_agent, timeout=TIMEOUT_S, adapter_factory=CarefulAdapter,
                **more)  # fmt: skip


def _from_nominatim(raw: Any) -> Found:
    address = raw["address"]
    code = str(address.get("ISO3166-2-lvl4", "")).partition("-")[2]
    precision = NOMINATIM_AREAS.get(raw.get("addresstype") or raw.get("type"), "exact")
    land = _country(address["country_code"])
    region = code or _region(land, address.get("state"))
    return _found(raw["lat"], raw["lon"], precision, land, region, "nominatim", _names(address, NOMINATIM_NAMES))


def _from_photon(raw: Any) -> Found:
    said, (lon, lat) = raw["properties"], raw["geometry"]["coordinates"][:2]
    precision: Precision = PHOTON_AREAS.get(said.get("type"), "exact")
    if said.get("osm_key") == "place":
        precision = NOMINATIM_AREAS.get(said.get("osm_value"), precision)
    land = _country(said["countrycode"])
    return _found(lat, lon, precision, land, _region(land, said.get("state")), "photon", _names(said, PHOTON_NAMES))


def _from_pelias(raw: Any) -> Found:
    said, (lon, lat) = raw["properties"], raw["geometry"]["coordinates"][:2]
    code = said.get("country_code") or THREE_LETTERS.get(str(said.get("country_a")), "")
    land = _country(code) if code else ""
    short = str(said.get("region_a") or "")
    region = short if short in REGIONS.get(land, {}) else _region(land, said.get("region"))
    precision = PELIAS_AREAS.get(said.get("layer"), "exact")
    return _found(lat, lon, precision, land, region, "pelias", _names(said, PELIAS_NAMES))


def _found(
    lat: Any, lon: Any, precision: Precision, country: str, region: str, source: str, around: tuple[str, ...]
) -> Found:
    """Read from the raw answer, because geopy bends a latitude of 95 into another place. Nothing lies at 0,0."""
    point = Point(float(lat), float(lon))
    if point.is_null_island:
        raise ValueError("no place on land")
    return Found(point, precision, country, region, source, around)


def _country(code: Any) -> str:
    text = str(code).upper()
    if len(text) != 2 or not text.isascii() or not text.isalpha():
        raise ValueError("no country")
    return text


def _region(country: str, name: Any) -> str:
    """The code of a state or province, where we know codes."""
    wanted = str(name or "").casefold()
    return next((code for code, each in REGIONS.get(country, {}).items() if each.casefold() == wanted), "")


def _names(said: Mapping[str, Any], which: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(said[name])[:120] for name in which if said.get(name))
