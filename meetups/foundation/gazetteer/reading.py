"""Reading a typed line: which words are the name, which the region, which the country."""

from dataclasses import dataclass

from meetups.foundation.gazetteer.regions import COUNTIES, COUNTRY_NICKNAMES, REGION_NICKNAMES, REGIONS
from meetups.foundation.gazetteer.words import fold, parts_of


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand the line. `name` is a folded key; empty means that the region itself was meant."""

    name: str
    country: str | None = None
    region: str | None = None


class Reader:
    """Knows the names of countries and regions; holds no connection."""

    def __init__(self, countries: dict[str, str]) -> None:
        self.countries = {fold(name): code for code, name in countries.items()} | COUNTRY_NICKNAMES
        self.country_codes = {code.lower(): code for code in countries}
        self.regions: dict[str, list[tuple[str, str]]] = {}
        for country, names in REGIONS.items():
            for code, name in names.items():
                for key in (fold(name), code.lower()):
                    self.regions.setdefault(key, []).append((country, code))
        for key, place in REGION_NICKNAMES.items():
            self.regions.setdefault(key, []).append(place)
        self.counties = {county: country for country, names in COUNTIES.items() for county in names.split()}

    def readings(self, text: str) -> list[Reading]:
        """Likeliest first; empty when a part after a comma names nothing known ("Bath, Narnia")."""
        parts = [part for part in map(fold, parts_of(text)) if part]
        parts = [part for n, part in enumerate(parts) if n == 0 or part != parts[n - 1]]
        if not parts:
            return []
        if len(parts) == 1:
            return self._bare(parts[0])
        found = [Reading(parts[0])]
        for part in parts[1:]:
            found = [wider for one in found for wider in self._qualified(one, part)]
        return found

    def _qualified(self, one: Reading, part: str) -> list[Reading]:
        """The reading narrowed by one more part; none when they contradict each other."""
        places = self.places_named(part)
        return [
            Reading(one.name, country, region or one.region)
            for country, region in places
            if one.country in (None, country) and (one.region is None or region in (None, one.region))
        ]

    def places_named(self, key: str) -> list[tuple[str, str | None]]:
        """Countries and regions a part may stand for. "CA" after a comma is California before Canada."""
        found: list[tuple[str, str | None]] = list(self.regions.get(key, ()))
        if country := self.countries.get(key) or self.country_codes.get(key) or self.counties.get(key):
            found.append((country, None))
        return found

    def _bare(self, key: str) -> list[Reading]:
        """No comma: the whole as a region and as a name, then the last words as region or country."""
        found = [Reading("", *place) for place in self.regions.get(key, ())]
        found.append(Reading(key))
        words = key.split()
        for count in (1, 2, 3, 4):
            head, tail = " ".join(words[:-count]), " ".join(words[-count:])
            if head:
                found += [Reading(head, *place) for place in self.places_named(tail)]
                found += [
                    Reading(one.name, one.country, one.region)
                    for one in (self._bare(head) if tail in self.countries else ())
                    if one.country == self.countries[tail]
                ]
        return found
