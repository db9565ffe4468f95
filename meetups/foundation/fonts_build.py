"""Cuts the three typefaces down to what pages need. Run by hand when a typeface changes; needs the `data` extra.

    python -m meetups.foundation.fonts_build FOLDER_OF_FULL_FONTS

Each face becomes a core file (Latin letters and the punctuation people use) and a small one for the rest, which
browsers fetch only when a page has such a letter. Hinting and unused features go; outlines are redrawn
with fewer points on a coarser grid, as fine as a screen shows. Two of the faces have reserved names under the SIL Open
Font License, so the cut versions carry other names (see the notes beside the files).
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = Path(__file__).resolve().parent.parent / "static" / "fonts"

# Basic Latin, the letters of Latin-1 and its commoner signs, dashes, quotation marks, bullet, ellipsis, minus.
# tokens.css names the same code points in `unicode-range`.
CORE = {
    *range(0x20, 0x7F), 0xA0, 0xA1, 0xA3, 0xA9, 0xAB, 0xAD, 0xAE, 0xB0, 0xB7, 0xBB, 0xBD, 0xBF, *range(0xC0, 0xD0),
    *range(0xD1, 0xD7), *range(0xD8, 0xDE), *range(0xDF, 0xF0), *range(0xF1, 0xF7), *range(0xF8, 0xFE), 0xFF,
    0x2009, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x2212,
}  # fmt: skip

Point = tuple[float, float]
Curve = tuple[Point, Point, Point]  # quadratic: start, control, end


@dataclass(frozen=True)
class Face:
    source: str
    target: str
    family: str  # the name inside the file
    slack: float  # how far a simplified outline may stray, in thousandths of the em; 0 keeps every point
    weights: tuple[int, int] | None = None


GRID = 500  # units of the em square: 0.03 px in running text, 0.1 px in the largest heading
FAINT = 8  # kerning below this many units is less than a third of a pixel in running text

FACES = (
    Face("atkinson-hyperlegible-next-latin-wght-normal.woff2", "text", "GS Text", 0, (400, 800)),
    Face("londrina-solid-latin-400-normal.woff2", "voice", "GS Voice", 4),
    Face("gochi-hand-latin-400-normal.woff2", "hand", "GS Hand", 6),
)


def cut(face: Face, folder: Path, letters: set[int]) -> TTFont:
    """The face with only these code points, its own name and no hinting."""
    font = TTFont(folder / face.source, recalcTimestamp=False)
    options = Options(layout_features=["kern"], hinting=False, notdef_outline=True, name_IDs=[])
    options.drop_tables += ["gasp", "DSIG", "MVAR"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    if face.weights:
        instantiateVariableFont(font, {"wght": face.weights}, inplace=True)
        del font["STAT"]
    if face.slack:
        simplify(font, face.slack * font["head"].unitsPerEm / 1000)
    scale_upem(font, GRID)
    thin_kerning(font)
    rename(font, face.family)
    return font


def thin_kerning(font: TTFont) -> None:
    """Sets kerning nobody sees to nothing."""
    lookups = font["GPOS"].table.LookupList.Lookup if "GPOS" in font and font["GPOS"].table.LookupList else []
    for table in (getattr(table, "ExtSubTable", table) for lookup in lookups for table in lookup.SubTable):
        if table.LookupType != 2:
            continue
        rows = table.PairSet if table.Format == 1 else table.Class1Record
        pairs = [pair for row in rows for pair in (row.PairValueRecord if table.Format == 1 else row.Class2Record)]
        for value in (pair.Value1 for pair in pairs if pair.Value1):
            if abs(getattr(value, "XAdvance", 0)) < FAINT:
                value.XAdvance = 0
                if hasattr(value, "XAdvDevice"):
                    value.XAdvDevice = None


def simplify(font: TTFont, slack: float) -> None:
    """Redraws every outline with as few curves as stay within `slack` units of the old one."""
    glyphs = font["glyf"]
    for name in font.getGlyphOrder():
        glyph = glyphs[name]
        if glyph.numberOfContours > 0:
            contours = [redrawn(list(curves_of(points)), slack) for points in contours_of(glyph)]
            write_outline(glyph, contours)
            glyph.recalcBounds(glyphs)


def contours_of(glyph: Glyph) -> Iterator[list[tuple[Point, bool]]]:
    """The points of each contour with whether they lie on the curve."""
    start = 0
    for end in glyph.endPtsOfContours:
        yield [(glyph.coordinates[i], bool(glyph.flags[i] & 1)) for i in range(start, end + 1)]
        start = end + 1


def curves_of(points: list[tuple[Point, bool]]) -> Iterator[Curve]:
    """A closed TrueType contour as curves; two controls in a row have a point halfway between them."""
    first = next(i for i, (_, on) in enumerate(points) if on)
    turned = points[first + 1 :] + points[: first + 1]
    here = points[first][0]
    control: Point | None = None
    for point, on in turned:
        if on or control is not None:
            end = point if on else between(control or here, point, 0.5)
            yield (here, control or between(here, end, 0.5), end)
            here = end
        control = None if on else point


def between(a: Point, b: Point, t: float) -> Point:
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)


def at(curve: Curve, t: float) -> Point:
    return between(between(curve[0], curve[1], t), between(curve[1], curve[2], t), t)


def redrawn(curves: list[Curve], slack: float) -> list[Curve]:
    """The same contour, each curve replacing as many old ones in a row as it can."""
    kept: list[Curve] = []
    start = 0
    while start < len(curves):
        best, end = curves[start], start + 1
        while end < len(curves):
            longer = one_for(curves[start : end + 1], slack)
            if longer is None:
                break
            best, end = longer, end + 1
        kept.append(best)
        start = end
    return kept


def one_for(curves: list[Curve], slack: float) -> Curve | None:
    """The curve nearest to all of these by least squares; None if it strays further than `slack` from a sample."""
    samples = [curves[0][0]] + [at(curve, t) for curve in curves for t in (0.25, 0.5, 0.75, 1)]
    lengths = [0.0]
    for a, b in pairwise(samples):
        lengths.append(lengths[-1] + far(a, b))
    if not lengths[-1]:
        return None
    first, last = samples[0], samples[-1]
    pull = [0.0, 0.0]
    weight = 0.0
    for point, length in zip(samples, lengths, strict=True):
        t = length / lengths[-1]
        bend = 2 * t * (1 - t)
        weight += bend * bend
        for axis in (0, 1):
            pull[axis] += bend * (point[axis] - (1 - t) ** 2 * first[axis] - t * t * last[axis])
    found = (first, (pull[0] / weight, pull[1] / weight), last)
    strays = (far(point, at(found, length / lengths[-1])) for point, length in zip(samples, lengths, strict=True))
    return found if all(stray <= slack for stray in strays) else None


def far(a: Point, b: Point) -> float:
    return abs(complex(b[0] - a[0], b[1] - a[1]))


def write_outline(glyph: Glyph, contours: list[list[Curve]]) -> None:
    """Puts the curves back as points; a curve that is nearly straight needs no control."""
    points: list[Point] = []
    flags = bytearray()
    ends = []
    for curves in contours:
        for start, control, end in curves:
            points.append(start)
            flags.append(1)
            if far(control, between(start, end, 0.5)) > 2:
                points.append(control)
                flags.append(0)
        ends.append(len(points) - 1)
    glyph.coordinates = GlyphCoordinates([(round(x), round(y)) for x, y in points])
    glyph.flags, glyph.endPtsOfContours = flags, ends


def rename(font: TTFont, family: str) -> None:
    """Writes the family's new name wherever a font says its name; the license travels in the files beside it."""
    names = font["name"]
    names.names = []
    for number, words in ((1, family), (2, "Regular"), (3, family), (4, family), (6, family.replace(" ", ""))):
        names.setName(words, number, 3, 1, 0x409)
    names.setName("SIL Open Font License 1.1; see the license beside this file", 13, 3, 1, 0x409)


def build(folder: Path) -> dict[str, int]:
    """Writes all files and returns their sizes in bytes."""
    sizes = {}
    for face in FACES:
        there = set(TTFont(folder / face.source).getBestCmap())
        for part, letters in (("core", there & CORE), ("more", {c for c in there - CORE if c > 0xA0})):
            font = cut(face, folder, letters)
            font.flavor = "woff2"
            path = TARGET / f"{face.target}-{part}.woff2"
            font.save(path)
            sizes[path.name] = path.stat().st_size
    return sizes


if __name__ == "__main__":
    for name, size in build(Path(sys.argv[1])).items():
        print(f"{name}: {size} bytes")
