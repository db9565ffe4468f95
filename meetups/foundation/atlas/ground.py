"""The ground of a map: sea, land, lakes, and the borders that help at this scale."""

from __future__ import annotations

from meetups.foundation.atlas.layers import layer, level_for
from meetups.foundation.atlas.paths import HALVES, cut_to_paper, line_shapes, ring_shapes, written
from meetups.foundation.atlas.projection import Projection, Spot

#: So many characters of path are about 8 kB gzipped; a ground over it is drawn coarser.
ROOM = 19_000
#: Closer than this (km in one unit of the drawing) a coast would say more than anybody knows.
FINEST = 0.005
#: Least distance of two points, in half units: what is tried one after the other.
_APART = (1.5, 2.5, 4.0, 5.5, 7.5, 10.0, 14.0, 20.0)
#: Borders: class, layer, and the scale (km in one unit of the drawing) up to which they are drawn.
_BORDERS = (
    ("border border-county", "counties", 0.9),
    ("border border-state", "states", 12.0),
    ("border", "countries", 40.0),
)


def ground(projection: Projection) -> str:
    """The SVG of the ground, as fine as fits into `ROOM`."""
    if projection.km_a_unit < FINEST:
        return f'<rect class="land" width="{projection.width}" height="{projection.height}"/>'
    level = level_for(projection.km_a_unit)
    paper = HALVES * projection.width, HALVES * projection.height
    land = cut_to_paper(ring_shapes(layer("land", level), projection), *paper)
    lakes = cut_to_paper(ring_shapes(layer("lakes", level), projection), *paper)
    borders = [
        (name, line_shapes(layer(kind, 0 if kind == "counties" else level), projection))
        for name, kind, widest in _BORDERS
        if projection.km_a_unit <= widest
    ]
    paths = ""
    points = sum(map(len, land)) + sum(map(len, lakes)) + sum(len(s) for _, lines in borders for s in lines)
    for apart in _APART:
        # Writing is the dear part: what cannot fit is not tried. A point takes some 4 characters.
        if 4 * points * min(1.0, 3 / apart) > 1.15 * ROOM and apart < _APART[-1]:
            continue
        paths = _paths(land, lakes, borders, apart)
        if len(paths) <= ROOM:
            break
    return f'<rect class="sea" width="{projection.width}" height="{projection.height}"/>{paths}'


def _paths(
    land: list[list[Spot]], lakes: list[list[Spot]], borders: list[tuple[str, list[list[Spot]]]], apart: float
) -> str:
    drawn = [("land", written(land, apart, closed=True)), ("sea lake", written(lakes, apart, closed=True))]
    drawn += [(name, written(shapes, apart, closed=False)) for name, shapes in borders]
    paths = "".join(f'<path class="{name}" d="{d}"/>' for name, d in drawn if d)
    return f'<g transform="scale(.5)">{paths}</g>' if paths else ""
