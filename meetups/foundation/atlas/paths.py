"""From the shapes of a layer to the `d` of an SVG path: few points, whole numbers, relative steps.

Paths are written in half units of the drawing; the group around them is scaled by one half.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil

from meetups.foundation.atlas.clipping import clipped_lines, clipped_rings
from meetups.foundation.atlas.packing import UNITS, Layer, Point, Rect
from meetups.foundation.atlas.projection import Projection, Spot

HALVES = 2
#: Where a cut edge is put in again as several short ones, so that it follows its parallel.
_LONG_EDGE = 3 * UNITS


def ring_shapes(layer: Layer, projection: Projection) -> list[list[Spot]]:
    """The rings of a layer as the drawing sees them, in half units."""
    rect = _rect(projection)
    return [_halves(projection, _bending(ring)) for ring in clipped_rings(layer, rect)]


def line_shapes(layer: Layer, projection: Projection) -> list[list[Spot]]:
    """The lines of a layer as the drawing sees them, in half units."""
    return [_halves(projection, line) for line in clipped_lines(layer, _rect(projection))]


def _rect(projection: Projection) -> Rect:
    west, south, east, north = projection.bounds
    return west * UNITS, south * UNITS, east * UNITS, north * UNITS


def _bending(ring: list[Point]) -> list[Point]:
    """The ring with long east-west edges divided: cutting makes them, and they are not straight on paper."""
    xs = [x for x, _ in ring]
    if max(xs) - min(xs) <= _LONG_EDGE:
        return ring
    bent: list[Point] = []
    for (x0, y0), (x1, y1) in pairwise((*ring, ring[0])):
        parts = max(1, ceil(abs(x1 - x0) / _LONG_EDGE))
        bent.extend((x0 + (x1 - x0) * i // parts, y0 + (y1 - y0) * i // parts) for i in range(parts))
    return bent


def _halves(projection: Projection, points: Sequence[Point]) -> list[Spot]:
    xs, ys = zip(*points, strict=True)
    return [(x * HALVES, y * HALVES) for x, y in projection.spots(xs, ys, UNITS)]


def cut_to_paper(shapes: Iterable[list[Spot]], width: float, height: float) -> list[list[Spot]]:
    """Rings cut once more, now to the paper: near a pole a box of degrees is far larger than the drawing."""
    cut = []
    for shape in shapes:
        for axis, edge, sign in ((0, 0.0, 1), (1, 0.0, 1), (0, width, -1), (1, height, -1)):
            shape = _cut_side(shape, axis, edge, sign)
        if shape:
            cut.append(shape)
    return cut


def _cut_side(ring: list[Spot], axis: int, edge: float, sign: int) -> list[Spot]:
    limit, margin = edge * sign, 16.0
    if not ring or min(point[axis] * sign for point in ring) >= limit - 2 * margin:
        return ring
    edge -= sign * margin
    limit = edge * sign
    kept: list[Spot] = []
    before = ring[-1]
    for point in ring:
        if (point[axis] * sign >= limit) != (before[axis] * sign >= limit):
            part = (edge - before[axis]) / (point[axis] - before[axis])
            across = before[1 - axis] + part * (point[1 - axis] - before[1 - axis])
            kept.append((edge, across) if axis == 0 else (across, edge))
        if point[axis] * sign >= limit:
            kept.append(point)
        before = point
    return kept


def written(shapes: Iterable[Sequence[Spot]], apart: float, *, closed: bool) -> str:
    """The `d` of all shapes; points nearer than `apart` half units to the last one are left out.

    Closed shapes that enclose less than a speck are left out as well.
    """
    parts = []
    for shape in shapes:
        points = _spread(shape, apart, closed)
        if closed and (len(points) < 3 or _area(points) < 2 * apart * apart + 2):
            continue
        if len(points) > 1:
            parts.append(_commands(points, closed))
    return "".join(parts)


def _spread(shape: Sequence[Spot], apart: float, closed: bool) -> list[Point]:
    """Whole numbers, no two neighbors closer than `apart`, no point in the middle of a straight line."""
    near = apart * apart
    last = (round(shape[0][0]), round(shape[0][1]))
    points = [last]
    for x, y in shape:
        dx, dy = x - last[0], y - last[1]
        if dx * dx + dy * dy < near:
            continue
        last = (round(x), round(y))
        if len(points) > 1:
            (x0, y0), (x1, y1) = points[-2], points[-1]
            forth = (x1 - x0) * (last[0] - x1) + (y1 - y0) * (last[1] - y1)
            if (x1 - x0) * (last[1] - y1) == (y1 - y0) * (last[0] - x1) and forth >= 0:
                points[-1] = last
                continue
        points.append(last)
    end = (round(shape[-1][0]), round(shape[-1][1]))
    if not closed and points[-1] != end:
        points.append(end)
    if closed and len(points) > 1 and points[0] == points[-1]:
        points.pop()
    return points


def _area(points: Sequence[Point]) -> float:
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise((*points, points[0])))) / 2


def _commands(points: Sequence[Point], closed: bool) -> str:
    steps = [f"M{points[0][0]} {points[0][1]}l"]
    (x, y), first = points[0], True
    for next_x, next_y in points[1:]:
        dx, dy = next_x - x, next_y - y
        # A minus sign divides numbers as well as a space does.
        steps.append(f"{dx}" if first or dx < 0 else f" {dx}")
        steps.append(f"{dy}" if dy < 0 else f" {dy}")
        x, y, first = next_x, next_y, False
    return "".join(steps) + ("z" if closed else "")
