"""What of a layer lies inside a rectangle of longitude and latitude.

Rings are cut with Sutherland and Hodgman's method. Before that, whole chunks of a ring beyond one side of
the rectangle are replaced by the straight line between their ends: that changes nothing inside, and the
coast of Eurasia shrinks from tens of thousands of points to what is near.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from meetups.foundation.atlas.packing import CHUNK, TURN, Box, Layer, Point, Rect


def _turned(layer: Layer, rect: Rect) -> Iterator[tuple[int, Rect]]:
    """By how much the world is shifted for each copy of it that touches the rectangle, and the
    rectangle as that copy sees it."""
    for shift in (0, -TURN, TURN):
        west, east = rect[0] - shift, rect[2] - shift
        if west <= layer.extent[2] and east >= layer.extent[0]:
            yield shift, (west, rect[1], east, rect[3])


def beyond(box: Box, rect: Rect) -> int:
    """0 when the box may touch the rectangle, else the side (1 west, 2 south, 3 east, 4 north) it lies beyond."""
    if box[2] < rect[0]:
        return 1
    if box[0] > rect[2]:
        return 3
    if box[3] < rect[1]:
        return 2
    return 4 if box[1] > rect[3] else 0


def within(box: Box, rect: Rect) -> bool:
    """Whether the box lies wholly inside."""
    return box[0] >= rect[0] and box[1] >= rect[1] and box[2] <= rect[2] and box[3] <= rect[3]


def clipped_rings(layer: Layer, rect: Rect) -> Iterator[list[Point]]:
    """The rings of a layer, cut to the rectangle (in units of the layer) and moved next to it."""
    for shift, near in _turned(layer, rect):
        for line in layer.boxes.touching(near):
            if within(layer.boxes[line], near):
                start, stop = layer.starts[line], layer.starts[line + 1]
                ring = list(zip(layer.x[start:stop], layer.y[start:stop], strict=True))
            else:
                ring = _cut(_shortened(layer, line, near), near)
            if len(ring) > 2:
                yield [(x + shift, y) for x, y in ring] if shift else ring


def _shortened(layer: Layer, line: int, rect: Rect) -> list[Point]:
    x, y, stop = layer.x, layer.y, layer.starts[line + 1]
    points: list[Point] = []
    last_side = 0
    for chunk in range(layer.firsts[line], layer.firsts[line + 1]):
        low = layer.starts[line] + (chunk - layer.firsts[line]) * CHUNK
        high = min(low + CHUNK, stop - 1)
        side = beyond(layer.chunks[chunk], rect)
        if not side:
            points.extend(zip(x[low:high], y[low:high], strict=True))
        elif side == last_side:
            points[-1] = (x[high], y[high])
        else:
            points += [(x[low], y[low]), (x[high], y[high])]
        last_side = side
    points.append((x[stop - 1], y[stop - 1]))
    return points


def _cut(ring: list[Point], rect: Rect) -> list[Point]:
    """Sutherland and Hodgman, one side after the other."""
    for axis, edge, sign in ((0, rect[0], 1), (1, rect[1], 1), (0, rect[2], -1), (1, rect[3], -1)):
        if not ring:
            break
        ring = _cut_side(ring, axis, round(edge), sign)
    return ring


def _cut_side(ring: list[Point], axis: int, edge: int, sign: int) -> list[Point]:
    limit = edge * sign
    kept: list[Point] = []
    before = ring[-1]
    before_in = before[axis] * sign >= limit
    for point in ring:
        inside = point[axis] * sign >= limit
        if inside != before_in:
            part = (edge - before[axis]) / (point[axis] - before[axis])
            across = round(before[1 - axis] + part * (point[1 - axis] - before[1 - axis]))
            kept.append((edge, across) if axis == 0 else (across, edge))
        if inside:
            kept.append(point)
        before, before_in = point, inside
    return kept


def clipped_lines(layer: Layer, rect: Rect) -> Iterator[list[Point]]:
    """The lines of a layer, cut to the rectangle (in units of the layer) and moved next to it."""
    for shift, near in _turned(layer, rect):
        for line in layer.boxes.touching(near):
            for run in _runs(layer, line, near):
                yield [(x + shift, y) for x, y in run] if shift else run


def _runs(layer: Layer, line: int, rect: Rect) -> Iterator[list[Point]]:
    start, stop = layer.starts[line], layer.starts[line + 1]
    points = list(zip(layer.x[start:stop], layer.y[start:stop], strict=True))
    if within(layer.boxes[line], rect):
        yield points
        return
    run: list[Point] = []
    for one, other in pairwise(points):
        piece = _piece(one, other, rect)
        if piece is None:
            continue
        if run and run[-1] == piece[0]:
            run.append(piece[1])
            continue
        if run:
            yield run
        run = list(piece)
    if run:
        yield run


def _piece(one: Point, other: Point, rect: Rect) -> tuple[Point, Point] | None:
    """The part of a straight line inside the rectangle (Liang and Barsky)."""
    (x, y), dx, dy = one, other[0] - one[0], other[1] - one[1]
    enter, leave = 0.0, 1.0
    for step, room in ((-dx, x - rect[0]), (dx, rect[2] - x), (-dy, y - rect[1]), (dy, rect[3] - y)):
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            enter = max(enter, room / step)
        else:
            leave = min(leave, room / step)
    if enter > leave:
        return None
    begin = one if enter == 0 else (round(x + enter * dx), round(y + enter * dy))
    end = other if leave == 1 else (round(x + leave * dx), round(y + leave * dy))
    return begin, end
