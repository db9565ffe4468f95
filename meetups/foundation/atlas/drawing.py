"""The locator map as an SVG, for people who scan: where, how far, which number in the list.

Land, borders and lettering only; no streets. Colors come from the style sheet, so that day, night and
paper need no second drawing. Nothing in it is a style or a script, and every word is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import isfinite
from typing import TypeVar

from meetups.foundation.atlas.furniture import Area, area_shape, dots, mark, rings, scale_bar, word
from meetups.foundation.atlas.grid import Grid, squares
from meetups.foundation.atlas.ground import ground
from meetups.foundation.atlas.lettering import Label, Pin, gathered, said, thinned_labels
from meetups.foundation.atlas.projection import LatLon, Projection, Spot, View, projection_for

_MOST_LABELS = 12
Thing = TypeVar("Thing", Pin, Label)


def draw_locator(
    view: View,
    pins: Sequence[Pin],
    *,
    area: Area | None = None,
    radius_km: float | None = None,
    labels: Sequence[Label] = (),
    title: str,
    description: str,
    width: int = 640,
    height: int = 480,
    centre: LatLon | None = None,
    rings_km: Sequence[float] = (),
    miles: bool = False,
    links: bool = False,
    prefix: str = "map",
    grid: Grid | None = None,
) -> str:
    """An SVG of `view`: pins, an area, a dashed circle of `radius_km` (kilometers) around `centre` (the
    middle of the view by default), inner rings, the labels that find room, and a scale bar in km or miles.

    `prefix` begins every id, so that two maps may share a page. With `links` each pin leads to `#m1`,
    `#m2` ... and the drawing is a group instead of one image, so that the links can be reached; so it is
    with a `grid` of links laid over all of it. Pins and labels beyond the edge, or without finite
    coordinates, are left out. The same input gives the same bytes.
    Raises ValueError for a prefix that is no id, or a radius that is no positive number.
    """
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", prefix):
        raise ValueError(f"not an id: {prefix!r}")
    circles = [(km, "ring ring-soft") for km in rings_km] + ([(radius_km, "ring")] if radius_km else [])
    if not all(isfinite(km) and km > 0 for km, _ in circles):
        raise ValueError("a radius is a positive number of kilometers")
    projection = projection_for(view, width, height)
    groups = gathered(_on_paper(projection, pins))
    taken = [group.box for group in groups]
    bar, bar_box = scale_bar(projection, miles, taken)
    taken.append(bar_box)
    ring_shapes, ring_words = rings(projection, centre or (view.lat, view.lon), circles, miles, taken)
    taken += [ring_word.box for ring_word in ring_words]
    towns = thinned_labels(_on_paper(projection, labels), taken, width, height, _MOST_LABELS)
    body = [
        ground(projection),
        area_shape(projection, area) if area else "",
        ring_shapes,
        dots(towns),
        *(word(ring_word, "halo ring-text") for ring_word in ring_words),
        *(word(town) for town in towns),
        bar,
    ]
    marks = "".join(mark(group, links=links) for group in groups)
    over = squares(projection, grid) if grid else ""
    return _sheet(projection, "".join(body), marks + over, title, description, links or grid is not None, prefix)


def _on_paper(projection: Projection, things: Iterable[Thing]) -> list[tuple[Spot, Thing]]:
    """The things that lie on the drawing, with where."""
    found = []
    for thing in things:
        if isfinite(thing.lat) and isfinite(thing.lon) and abs(thing.lat) <= 90:
            x, y = projection.spot(thing.lat, thing.lon)
            if 0 <= x <= projection.width and 0 <= y <= projection.height:
                found.append(((x, y), thing))
    return found


def _sheet(
    projection: Projection, body: str, marks: str, title: str, description: str, links: bool, prefix: str
) -> str:
    """Links cannot be reached inside one image, so with links it is a group whose ground is not read."""
    role, ground_attributes = ("group", ' aria-hidden="true"') if links else ("img", "")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="locator" role="{role}"'
        f' viewBox="0 0 {projection.width} {projection.height}"'
        f' aria-labelledby="{prefix}-t {prefix}-d">'
        f'<title id="{prefix}-t">{said(title)}</title><desc id="{prefix}-d">{said(description)}</desc>'
        f"<g{ground_attributes}>{body}</g>{marks}</svg>"
    )
