"""A locator map drawn on the server: `draw_locator(View.around(...), pins, ...)` returns an SVG.

Coasts, lakes and the borders of countries, states and counties ship with the app in `data/` (made by
`build.py`, licenses beside them). A map shows where things lie and how far, not how to walk there.
"""

from meetups.foundation.atlas.drawing import draw_locator
from meetups.foundation.atlas.furniture import Area
from meetups.foundation.atlas.grid import Grid
from meetups.foundation.atlas.lettering import Label, Pin
from meetups.foundation.atlas.outlines import outlines
from meetups.foundation.atlas.projection import View

__all__ = ["Area", "Grid", "Label", "Pin", "View", "draw_locator", "outlines"]
