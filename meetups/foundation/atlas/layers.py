"""The shapes that ship with the app: read once a process, and only the level of detail that is asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from meetups.foundation.atlas.packing import Layer, unpack

DATA = Path(__file__).parent / "data"

#: How far a line of each level may be from the truth, in degrees of latitude (1 degree is 111 km).
TOLERANCES = (0.0025, 0.009, 0.03, 0.1, 0.3)

KM_A_DEGREE = 111.195


def level_for(km_a_unit: float) -> int:
    """The coarsest level whose error is not seen when one unit of the drawing is `km_a_unit` kilometers.

    Maps of whole countries hold so many coasts that they are thinned further for their size anyway.
    """
    seen = 0.9 * km_a_unit if km_a_unit < 2 else 1.5 * km_a_unit
    fits = [level for level, degrees in enumerate(TOLERANCES) if degrees * KM_A_DEGREE <= seen]
    return max(fits, default=0)


@cache
def layer(name: str, level: int) -> Layer:
    """The named layer; the first call reads and unpacks the file (up to 0.2 s), later ones are free."""
    return unpack((DATA / f"{name}-{level}.xz").read_bytes())
