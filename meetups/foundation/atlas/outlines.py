"""The boundaries of the atlas as GeoJSON, for maps that are panned and zoomed in the browser."""

from __future__ import annotations

import math
from typing import Any

from meetups.foundation.atlas.clipping import clipped_lines, clipped_rings
from meetups.foundation.atlas.layers import KM_A_DEGREE, layer, level_for
from meetups.foundation.atlas.packing import UNITS, Rect

DRAWN_ACROSS = 640  # units of a drawing; as fine as the locator map of the same stretch
#: Class, layer, closed, and the scale (km in one unit) up to which it is worth sending.
_LAYERS = (
    ("land", "land", True, math.inf),
    ("sea lake", "lakes", True, 12.0),
    ("border border-county", "counties", False, 0.9),
    ("border border-state", "states", False, 12.0),
    ("border", "countries", False, 40.0),
)


def outlines(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """Land, lakes and borders in a rectangle of degrees, each kind as one feature; `kind` is its class in drawings.

    East may lie beyond 180. Refuses, with ValueError, a rectangle that is none.
    """
    sides = (west, south, east, north)
    if not all(map(math.isfinite, sides)) or not (-540 <= west < east <= 540 and -90 <= south < north <= 90):
        raise ValueError("not a rectangle on the earth")
    middle = math.radians((south + north) / 2)
    km_a_unit = (east - west) * KM_A_DEGREE * max(0.1, math.cos(middle)) / DRAWN_ACROSS
    level = level_for(km_a_unit)
    rect = (west * UNITS, south * UNITS, east * UNITS, north * UNITS)
    features = [
        _feature(kind, name, 0 if name == "counties" else level, rect, closed)
        for kind, name, closed, widest in _LAYERS
        if km_a_unit <= widest
    ]
    return {"type": "FeatureCollection", "features": features}


def _feature(kind: str, name: str, level: int, rect: Rect, closed: bool) -> dict[str, Any]:
    cut = clipped_rings if closed else clipped_lines
    shapes = [[[x / UNITS, y / UNITS] for x, y in shape] for shape in cut(layer(name, level), rect)]
    shapes = [[*shape, shape[0]] if closed and shape[0] != shape[-1] else shape for shape in shapes]
    geometry = {
        "type": "MultiPolygon" if closed else "MultiLineString",
        "coordinates": [[shape] for shape in shapes] if closed else shapes,
    }
    return {"type": "Feature", "properties": {"kind": kind}, "geometry": geometry}
