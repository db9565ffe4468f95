"""The questions the gazetteer answers."""

import heapq
import math
import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from h3.api import basic_int as h3

from meetups.foundation.gazetteer.reading import Reader, Reading
from meetups.foundation.gazetteer.regions import REGIONS, TOWN_NICKNAMES
from meetups.foundation.gazetteer.towns import Precision, Town
from meetups.foundation.gazetteer.words import LONGEST, codes_at_end, fold, parts_of, visible
from meetups.foundation.geography import CLOSEST_KM, COARSE, FINE, WIDEST_KM, Point, cell, distance_km, time_zone_at

CLEAR_LEAD = 15  # times the residents of the next one: London (21) is clear, Portland (9.5) is asked about
ALTERNATE_WEIGHT = 0.3  # "Roma" is Rome before it is a town in Texas, but an alternate name counts for less
SAME_TOWN_KM = 25.0
NEIGHBOR_KM = 60.0
MOST_CHOICES = 6
MOST_AREAS_KNOWN = 5000
FARTHEST_RINGS = 12  # about 1,000 km

TOWNS = """select t.name, t.country, t.region, t.lat, t.lon, z.name, t.population, n.alternate
    from name n join town t on t.id = n.town join zone z on z.id = t.zone where n.key = ?"""
POSTAL = "select place, region, lat, lon, zone from {}.postal where country = ? and code = ?"


class Gazetteer:
    """Opened read-only; one small connection a thread (256 kB of cache)."""

    def __init__(self, path: Path, commonwealth: Path | None = None) -> None:
        self._path, self._commonwealth = path, commonwealth
        self._threads = threading.local()
        self._residents: dict[int, int] = {}  # of areas asked about; nobody's place can be told from them
        self.countries: dict[str, str] = dict(self._rows("select code, name from country"))
        self._reader = Reader(self.countries)

    def find(self, text: str, country: str | None = None, limit: int = 8) -> list[Town]:
        """Towns, postal codes and regions the text may mean, best first. Never raises because of the text.

        `country` (ISO, two letters) keeps answers of that country only. Text after a comma must be understood:
        "Bath, Narnia" finds nothing rather than Bath.
        """
        line = visible(text[: 2 * LONGEST])[:LONGEST]
        if not line:
            return []
        scored = self._by_code(line, country) or self._by_words(line, country)
        return [town for _, town in scored[:limit]]

    def choices(self, text: str, country: str | None = None) -> list[Town]:
        """None found, one clear answer, or several to ask about.

        The rule: an answer is clear when no other has more than a fifteenth of its residents. Otherwise all those
        above a fifteenth of the largest are offered, six at most. Postal codes are clear within one country.
        """
        line = visible(text[: 2 * LONGEST])[:LONGEST]
        coded = self._by_code(line, country)
        if coded:
            return [town for _, town in coded]
        scored = self._by_words(line, country)
        if not scored:
            return []
        top = max(score for score, _ in scored)
        close = [town for score, town in scored if score * CLEAR_LEAD > top]
        return close[:MOST_CHOICES] or [scored[0][1]]

    def find_in_address(self, text: str, country: str | None = None) -> list[Town]:
        """The town or postal code at the end of an address typed in one line ("Hall B, Omaha, NE 68102")."""
        parts = parts_of(text[-2 * LONGEST :])[-6:]
        country_said = self._reader.countries.get(fold(parts[-1])) if len(parts) > 1 else None
        if country_said:
            country, parts = country_said, parts[:-1]
        for candidate in self._tails(parts):
            if found := self.find(candidate, country):
                return found
        return self._last_words(parts[-1], country) if parts else []

    def nearest_town(self, point: Point) -> Town | None:
        """The closest town within about 1,000 km, by great circle."""
        middle = cell(point, COARSE)
        for rings in (1, 2, 4, 8, FARTHEST_RINGS):
            squares = [(one >> 36) & 0xFFFF for one in h3.grid_disk(middle, rings)]
            best = min(self._towns_in(squares), key=lambda t: distance_km(point, t.point), default=None)
            sure_km = rings * CLOSEST_KM[COARSE] * 0.86 - WIDEST_KM[COARSE]
            if best and (distance_km(point, best.point) <= sure_km or rings == FARTHEST_RINGS):
                return best
        return None

    def towns_around(self, point: Point, radius_km: float, limit: int) -> list[Town]:
        """The towns with the most residents within `radius_km` (500 at most), for lettering a map."""
        rings = math.ceil((min(radius_km, 500.0) + WIDEST_KM[COARSE]) / CLOSEST_KM[COARSE])
        squares = [(one >> 36) & 0xFFFF for one in h3.grid_disk(cell(point, COARSE), rings)]
        towns = (town for town in self._towns_in(squares) if distance_km(point, town.point) <= radius_km)
        return heapq.nlargest(limit, towns, key=lambda town: town.population)

    def residents_within_cell(self, area: int) -> int:
        """Residents of the towns inside an H3 cell of resolution 5 or coarser (its descendants, to be exact)."""
        if area not in self._residents:
            if len(self._residents) >= MOST_AREAS_KNOWN:
                self._residents.clear()
            self._residents[area] = self._count_residents(area)
        return self._residents[area]

    def _count_residents(self, area: int) -> int:
        first = int(h3.cell_to_center_child(area, FINE))
        last = first
        for level in range(h3.get_resolution(area) + 1, FINE + 1):
            last |= 6 << (3 * (15 - level))
        rows = self._rows("select coalesce(sum(number), 0) from residents where cell between ? and ?", first, last)
        return int(rows[0][0])

    def largest_town_in(self, area: int) -> Town | None:
        """The town with the most residents inside an H3 cell of resolution 5 or coarser, counted as above."""
        level = h3.get_resolution(area)
        middles = [area] if level == COARSE else h3.cell_to_children(area, COARSE) if level < COARSE else []
        near = {one for middle in middles or [h3.cell_to_parent(area, COARSE)] for one in h3.grid_disk(middle, 1)}
        inside = (
            town for town in self._towns_in([(one >> 36) & 0xFFFF for one in near])
            if h3.cell_to_parent(cell(town.point, FINE), level) == area
        )
        return max(inside, key=lambda town: (town.population, town.name, town.lat), default=None)

    def zones_of_country(self, country: str) -> list[str]:
        """IANA zones in use there, the most lived-in first; empty for a country without a known town."""
        rows = self._rows(
            "select z.name from town t join zone z on z.id = t.zone where t.country = ?"
            " group by z.name order by sum(t.population) desc, z.name",
            country.upper(),
        )
        return [name for (name,) in rows]

    def _tails(self, parts: list[str]) -> Iterable[str]:
        if parts and any(not before for _, _, before in codes_at_end(parts[-1])):
            yield ", ".join(parts[-3:-1]) + " " + parts[-1] if len(parts) > 2 else " ".join(parts)
            yield parts[-1]
        for count in (3, 2, 1):
            if len(parts) >= count:
                yield ", ".join(parts[-count:])

    def _last_words(self, part: str, country: str | None) -> list[Town]:
        """No comma helps: "802 Pacific Ave Tacoma WA". Three words of a name before a region, at most."""
        words = part.split()
        for start in range(max(1, len(words) - 6), len(words)):
            tail = " ".join(words[start:])
            if len(words) - start > 1 and (found := self.find(tail, country)):
                return [town for town in found if town.precision != "region"]
        return []

    def _by_code(self, line: str, country: str | None) -> list[tuple[float, Town]]:
        """Postal codes at the end of the line; words before one must not contradict it."""
        parts = parts_of(line)
        said = self._reader.countries.get(fold(parts[-1])) if len(parts) > 1 else None
        if said:
            country, line = said, line.rsplit(",", 1)[0].strip()
        elif tail := next((n for n in (1, 2) if self._ends_in_country(line, n)), 0):
            words = line.split()
            country = self._reader.countries[fold(" ".join(words[-tail:]))]
            line = " ".join(words[:-tail])
        found = []
        for land, code, before in codes_at_end(line):
            full = land in ("CA", "GB") and len(line) - len(before) > 5
            if country in (None, land) and (town := self._postal(land, code)) and self._agrees(town, before, full):
                found.append((1.0, town))
        return found

    def _ends_in_country(self, line: str, count: int) -> bool:
        words = line.split()
        return len(words) > count and fold(" ".join(words[-count:])) in self._reader.countries

    def _agrees(self, town: Town, before: str, full: bool) -> bool:
        """Whether the words before the code can be true of it: the same region, or a town less than 150 km off.

        Other words are believed only before a code that cannot be a room or a house number (`full`).
        """
        if not fold(before):
            return True
        tail = fold(parts_of(before)[-1])
        regions = self._reader.regions.get(tail, [])
        if regions:
            return (town.country, town.region_code) in regions
        named = self._by_words(before, town.country)
        if named:
            return any(distance_km(other.point, town.point) < 150 for _, other in named)
        last_word = self._reader.regions.get(fold(before).split()[-1], [])
        return (town.country, town.region_code) in last_word or (not last_word and full)

    def _postal(self, country: str, code: str) -> Town | None:
        schema = "main" if country in ("US", "CA") else "commonwealth"
        if schema != "main" and self._commonwealth is None:
            return None
        for place, region, lat, lon, zone in self._rows(POSTAL.format(schema), country, code):
            point = Point(lat / 10_000, lon / 10_000)
            return self._town(
                (place, country, region, lat, lon, zone or time_zone_at(point), 0), "postal", postal_code=code
            )
        return None

    def _by_words(self, line: str, country: str | None) -> list[tuple[float, Town]]:
        found: list[tuple[float, Town]] = []
        for reading in self._reader.readings(line):
            if country in (None, reading.country) or reading.country is None:
                found += self._read(reading, country or reading.country)
        return _without_doubles(found)

    def _read(self, reading: Reading, country: str | None) -> list[tuple[float, Town]]:
        if not reading.name:
            return self._region(str(reading.country), str(reading.region))
        found = self._named(reading.name, country, reading.region)
        nickname, home = TOWN_NICKNAMES.get(reading.name, (None, None))
        if nickname and country in (None, home):
            found += self._named(nickname, home, reading.region)[:1]
        return sorted(found, key=lambda one: -one[0])

    def _named(self, key: str, country: str | None, region: str | None) -> list[tuple[float, Town]]:
        """Towns of that name. A city once called like its neighbor gives way to it (Tacoma to Puyallup)."""
        rows = [row for row in self._rows(TOWNS, key) if country in (None, row[1]) and region in (None, row[2])]
        found = [(float(max(row[6], 1)), self._town(row, "town")) for row in rows if not row[7]]
        own = [town for _, town in found]
        for row in rows:
            town = self._town(row, "town")
            if row[7] and all(distance_km(town.point, other.point) > NEIGHBOR_KM for other in own):
                found.append((ALTERNATE_WEIGHT * max(row[6], 1), town))
        return sorted(found, key=lambda one: -one[0])

    def _region(self, country: str, code: str) -> list[tuple[float, Town]]:
        rows = self._rows(
            "select ?, r.country, r.code, r.lat, r.lon, z.name, r.population from region r"
            " join zone z on z.id = r.zone where r.country = ? and r.code = ?",
            REGIONS[country][code],
            country,
            code,
        )
        return [(float(row[6]), self._town(row, "region")) for row in rows]

    def _towns_in(self, squares: list[int]) -> list[Town]:
        marks = ",".join("?" * len(squares))
        rows = self._rows(
            "select t.name, t.country, t.region, t.lat, t.lon, z.name, t.population from town t"  # noqa: S608 only question marks
            f" join zone z on z.id = t.zone where t.square in ({marks})",
            *squares,
        )
        return [self._town(row, "town") for row in rows]

    def _town(self, row: Any, precision: Precision, postal_code: str = "") -> Town:
        name, country, code, lat, lon, zone, population = row[:7]
        region = REGIONS.get(country, {}).get(code, "")
        land = self.countries.get(country, country)
        return Town(
            name, region, code, country, land, lat / 10_000, lon / 10_000, zone, population, precision, postal_code
        )

    def _rows(self, sql: str, *values: Any) -> list[Any]:
        return self._connection().execute(sql, values).fetchall()

    def _connection(self) -> sqlite3.Connection:
        db: sqlite3.Connection | None = getattr(self._threads, "db", None)
        if db is None:
            db = sqlite3.connect(_address(self._path), uri=True, check_same_thread=False)
            db.execute("pragma cache_size = -256")
            if self._commonwealth:
                db.execute("attach ? as commonwealth", (_address(self._commonwealth),))
            self._threads.db = db
        return db


def _address(path: Path) -> str:
    return f"{path.resolve().as_uri()}?mode=ro&immutable=1"


def _without_doubles(found: list[tuple[float, Town]]) -> list[tuple[float, Town]]:
    """Readings in their order, largest first within one; the same place read twice counts once.

    A town that shares the name of its region and is the largest of that name there comes before it (New York).
    """
    kept: list[tuple[float, Town]] = []
    for score, town in found:
        twin = any(
            other.name == town.name
            and other.precision == town.precision
            and math.isclose(other.lat, town.lat, abs_tol=1.0)
            and distance_km(other.point, town.point) < SAME_TOWN_KM
            for _, other in kept
        )
        if not twin:
            kept.append((score, town))
    region = next((town for _, town in kept if town.precision == "region"), None)
    if region:
        capital = next((one for one in kept if one[1].name in (f"{region.name} City", region.name)
                        and one[1].precision == "town" and one[1].region_code == region.region_code
                        and one[0] * 5 > region.population), None)  # fmt: skip
        if capital:
            kept = [capital]
    return kept
