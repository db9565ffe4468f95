"""A grid of links over a map: each square leads to a closer look at it, so that a pin is set without a script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from meetups.foundation.atlas.furniture import short
from meetups.foundation.atlas.lettering import said
from meetups.foundation.atlas.projection import LatLon, Local, Projection

SIDES = 5


@dataclass(frozen=True, slots=True)
class Grid:
    """`href(middle)` is where a square leads; there are `SIDES` x `SIDES` of them."""

    href: Callable[[LatLon], str]


def squares(projection: Projection, grid: Grid) -> str:
    """The squares, row by row from the north-west; nothing on a map of the whole world."""
    if not isinstance(projection, Local):
        return ""
    wide, tall = projection.width / SIDES, projection.height / SIDES
    drawn = []
    for row in range(SIDES):
        for column in range(SIDES):
            middle = projection.place((column + 0.5) * wide, (row + 0.5) * tall)
            at = f'x="{short(column * wide)}" y="{short(row * tall)}" width="{short(wide)}" height="{short(tall)}"'
            link = f'<a href="{said(grid.href(middle))}" aria-label="{_called(row, column)}">'
            drawn.append(f'{link}<rect class="square" {at}/></a>')
    return "".join(drawn)


def _called(row: int, column: int) -> str:
    """ "2 squares north, 1 west"; "the middle square"."""
    half = SIDES // 2
    parts = [(half - row, "north", "south"), (column - half, "east", "west")]
    words = [f"{abs(steps)} {ahead if steps > 0 else back}" for steps, ahead, back in parts if steps]
    return f"Closer: {' and '.join(words)} of the middle" if words else "Closer: the middle"
