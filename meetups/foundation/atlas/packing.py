"""How shapes lie in a file and in memory: delta-coded numbers, cut into chunks that know their box.

One file holds one layer at one level of detail. Coordinates are whole numbers of 1/2000 degree (55 m),
longitude east and latitude north. A line never steps further than `LONGEST_STEP`, so that the
differences fit 16 bits and a long straight border still bends with the parallel it follows.
"""

from __future__ import annotations

import lzma
import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

UNITS = 2000
LONGEST_STEP = UNITS
CHUNK = 32
TURN = 360 * UNITS

Point = tuple[int, int]
Box = tuple[int, int, int, int]
Rect = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Boxes:
    """Boxes of many lines, one column a side: a million small tuples would not fit the memory budget."""

    west: array[int]
    south: array[int]
    east: array[int]
    north: array[int]

    @classmethod
    def none(cls) -> Boxes:
        """No boxes yet."""
        return cls(array("i"), array("i"), array("i"), array("i"))

    def add(self, xs: Sequence[int], ys: Sequence[int]) -> None:
        """The box of the points."""
        self.west.append(min(xs))
        self.south.append(min(ys))
        self.east.append(max(xs))
        self.north.append(max(ys))

    def touching(self, rect: Rect) -> list[int]:
        """The numbers of the boxes that share a point with the rectangle."""
        west, south, east, north = rect
        sides = zip(self.west, self.south, self.east, self.north, strict=True)
        return [
            number
            for number, (left, low, right, high) in enumerate(sides)
            if left <= east and right >= west and low <= north and high >= south
        ]

    def __getitem__(self, number: int) -> Box:
        return self.west[number], self.south[number], self.east[number], self.north[number]


@dataclass(frozen=True, slots=True)
class Layer:
    """Lines or rings of one kind, with the boxes of their chunks and of whole lines.

    Line i has the points `starts[i]` to `starts[i + 1]` and the chunks `firsts[i]` to `firsts[i + 1]`;
    `extent` is the box of everything, and may pass the antimeridian.
    """

    x: array[int]
    y: array[int]
    starts: array[int]
    firsts: array[int]
    chunks: Boxes
    boxes: Boxes
    extent: Box


def pack(lines: Sequence[Sequence[Point]]) -> bytes:
    """The bytes of a layer: sizes, then all x differences, then all y differences, low bytes apart from high."""
    sizes = array("I", (len(line) for line in lines))
    origins, steps_x, steps_y = array("i"), array("h"), array("h")
    for line in lines:
        origins.extend(line[0])
        for (x0, y0), (x1, y1) in pairwise(line):
            steps_x.append(x1 - x0)
            steps_y.append(y1 - y0)
    columns = b"".join(raw[place::2] for raw in (_little(steps_x), _little(steps_y)) for place in (0, 1))
    head = struct.pack("<II", len(sizes), len(steps_x))
    body = head + _little(sizes) + _little(origins) + columns
    return lzma.compress(body, preset=9 | lzma.PRESET_EXTREME)


def unpack(packed: bytes) -> Layer:
    """The layer written by `pack`, with the boxes of its chunks counted anew."""
    body = lzma.decompress(packed)
    count, steps = struct.unpack_from("<II", body)
    sizes = _numbers("I", body[8 : 8 + 4 * count])
    origins = _numbers("i", body[8 + 4 * count : 8 + 12 * count])
    columns = body[8 + 12 * count :]
    dx = _zipped(columns[:steps], columns[steps : 2 * steps])
    dy = _zipped(columns[2 * steps : 3 * steps], columns[3 * steps : 4 * steps])
    x, y, starts, at = array("i"), array("i"), array("I", [0]), 0
    for line, size in enumerate(sizes):
        x.extend(accumulate(dx[at : at + size - 1], initial=origins[2 * line]))
        y.extend(accumulate(dy[at : at + size - 1], initial=origins[2 * line + 1]))
        at += size - 1
        starts.append(len(x))
    return _with_boxes(x, y, starts)


def _with_boxes(x: array[int], y: array[int], starts: array[int]) -> Layer:
    """Chunks overlap by one point, so that the step from one chunk to the next has a box too."""
    firsts, chunks, boxes = array("I", [0]), Boxes.none(), Boxes.none()
    for start, stop in pairwise(starts):
        for low in range(start, stop, CHUNK):
            high = min(low + CHUNK + 1, stop)
            chunks.add(x[low:high], y[low:high])
        boxes.add(x[start:stop], y[start:stop])
        firsts.append(len(chunks.west))
    return Layer(x, y, starts, firsts, chunks, boxes, (min(x), min(y), max(x), max(y)))


def _little(numbers: array[int]) -> bytes:
    """The numbers as little-endian bytes, whatever the machine."""
    return struct.pack(f"<{len(numbers)}{numbers.typecode}", *numbers)


def _numbers(code: str, raw: bytes) -> array[int]:
    return array(code, struct.unpack(f"<{len(raw) // struct.calcsize('<' + code)}{code}", raw))


def _zipped(low: bytes, high: bytes) -> array[int]:
    both = bytearray(2 * len(low))
    both[0::2], both[1::2] = low, high
    return _numbers("h", bytes(both))
