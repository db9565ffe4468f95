"""What stands on the ground of a map: pins, circles, the area, words, the scale bar."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from meetups.foundation.atlas.lettering import (
    ABOUT,
    HEAD,
    LETTER,
    STEM,
    Box,
    Group,
    Placed,
    nice_length,
    said,
    text_width,
)
from meetups.foundation.atlas.projection import LatLon, Projection, Spot

KM_A_MILE = 1.609344
_REACH = 22.0


@dataclass(frozen=True, slots=True)
class Area:
    """A coarse area instead of an address: its corners in order (degrees), and what it is called."""

    corners: tuple[LatLon, ...]
    name: str


def short(number: float) -> str:
    """A number with one decimal at most; never "-0", never an exponent."""
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def distance_words(km: float, miles: bool) -> str:
    """A length in words: whole numbers from two on, "0.5 mi" below; meters where a kilometer is too much."""
    if not miles and km < 0.95:
        return f"{round(km * 1000)} m"
    length, unit = (km / KM_A_MILE, "mi") if miles else (km, "km")
    rounded = short(round(length)) if length >= 1.95 else short(length)
    return f"{rounded} {unit}"


def word(placed: Placed, kind: str = "halo") -> str:
    """A word with a halo, so that it is read across a coast."""
    anchor = "" if placed.anchor == "start" else f' text-anchor="{placed.anchor}"'
    return (
        f'<text class="{kind}" x="{short(placed.x)}" y="{short(placed.y)}"{anchor}>{said(placed.text)}</text>'
    )


def dots(towns: Iterable[Placed]) -> str:
    """A dot for each lettered town."""
    spots = [town.dot for town in towns if town.dot]
    return "".join(f'<circle class="town" cx="{short(x)}" cy="{short(y)}" r="4"/>' for x, y in spots)


def area_shape(projection: Projection, area: Area) -> str:
    """The area as a filled shape, named for those who point at it."""
    corners = [projection.spot(lat, lon) for lat, lon in area.corners]
    points = " ".join(f"{short(x)},{short(y)}" for x, y in corners)
    return f'<polygon class="cell" points="{points}"><title>{said(area.name)}</title></polygon>'


def rings(
    projection: Projection,
    centre: LatLon,
    circles: Sequence[tuple[float, str]],
    miles: bool,
    taken: Sequence[Box],
) -> tuple[str, list[Placed]]:
    """Circles around the center, each with its length written on it where there is room.

    A circle that is far larger than the drawing is left out.
    """
    x, y = projection.spot(*centre)
    shapes, words = [], []
    full = list(taken)
    for km, kind in circles:
        radius = km / projection.km_a_unit
        if radius > 2 * (projection.width + projection.height) or radius < 3:
            continue
        shapes.append(f'<circle class="{kind}" cx="{short(x)}" cy="{short(y)}" r="{short(radius)}"/>')
        text = distance_words(km, miles)
        for angle in (90, 270, 0, 180, 60, 120, 300, 240):
            placed = _on_circle(text, (x, y), radius, angle)
            if placed.box.inside(projection.width, projection.height) and not any(
                placed.box.meets(box) for box in full
            ):
                words.append(placed)
                full.append(placed.box)
                break
    return "".join(shapes), words


def _on_circle(text: str, centre: Spot, radius: float, angle: float) -> Placed:
    x = centre[0] + radius * math.cos(math.radians(angle))
    y = centre[1] + radius * math.sin(math.radians(angle)) + LETTER * 0.3
    wide = text_width(text, LETTER) / 2
    box = Box(x - wide, y - LETTER * 0.8, x + wide, y + LETTER * 0.28)
    return Placed(text, x, y, "middle", box)


def scale_bar(projection: Projection, miles: bool, taken: Sequence[Box]) -> tuple[str, Box]:
    """The bar, the longest round length up to a quarter of the width, in a corner that no pin needs.

    Lower left first, then the other corners; when all are taken it stands lower left under the pins. A map of
    the world has none: there a length differs from place to place.
    """
    if projection.km_a_unit > 20:
        return "", Box(0, 0, 0, 0)
    unit = KM_A_MILE if miles else 1.0
    length_km = nice_length(projection.width * 0.27 * projection.km_a_unit / unit) * unit
    text, length = distance_words(length_km, miles), length_km / projection.km_a_unit
    wide = max(length, 10 + text_width(text, LETTER))
    corners = [
        (left, low)
        for low in (projection.height - 18.0, 48.0)
        for left in (18.0, projection.width - 18.0 - wide)
    ]
    boxes = [Box(left - 6, low - 10 - LETTER, left + wide + 6, low + 6) for left, low in corners]
    free = (place for place, box in enumerate(boxes) if not any(box.meets(other) for other in taken))
    corner = next(free, 0)
    left, low = corners[corner]
    svg = (
        f'<path class="scale" d="M{short(left)} {short(low - 9)}v9h{short(length)}v-9"/>'
        f'<text class="halo" x="{short(left + 10)}" y="{short(low - 9)}">{text}</text>'
    )
    return svg, boxes[corner]


def mark(group: Group, *, links: bool) -> str:
    """A pin or a soft circle with its number; as a link it leads to the first meetup of the group."""
    x, y, text = group.x, group.y, said(group.text)
    if group.approximate:
        shape = f'<rect class="pin-about" {_rounded(group, y - ABOUT, 2 * ABOUT)}/>'
        middle = y
    else:
        shape = f'<path class="pin" d="{_drop(group)}"/>'
        middle = y - STEM
    drawn = f'{shape}<text class="{_lettering(group)}" x="{short(x)}" y="{short(middle + 6)}">{text}</text>'
    if not links:
        return drawn
    first = min(pin.number for pin in group.pins)
    # Wider than the pin, so that a thumb hits it on a narrow screen too.
    reach = f'<circle class="pin-reach" cx="{short(x)}" cy="{short(middle)}" r="{short(_REACH)}"/>'
    return f'<a href="#m{first}" aria-label="{said(group.name)}">{reach}{drawn}</a>'


def _lettering(group: Group) -> str:
    return "pin-text pin-text-about" if group.approximate else "pin-text"


def _rounded(group: Group, top: float, tall: float) -> str:
    wide = group.half_width
    return (
        f'x="{short(group.x - wide)}" y="{short(top)}" width="{short(2 * wide)}"'
        f' height="{short(tall)}" rx="{short(tall / 2)}"'
    )


def _drop(group: Group) -> str:
    """A drop with its tip on the place; its head is stretched when it holds more than one number."""
    tip, more = f"M{short(group.x)} {short(group.y)}", group.half_width - HEAD
    if more < 0.05:
        return f"{tip}c-11-14-17-21-17-31a17 17 0 0 1 34 0c0 10-6 17-17 31z"
    side = short(10 - more)
    return f"{tip}c-4-6-7-10-10-14h{side}a17 17 0 0 1 0-34h{short(2 * more)}a17 17 0 0 1 0 34h{side}c-3 4-6 8-10 14z"
