"""Cuts the three typefaces down to what pages need. Run by hand when a typeface changes; needs the `data` extra.

    python -m meetups.foundation.fonts_build FOLDER_OF_FULL_FONTS

Each face becomes a core file (Latin letters and the punctuation people use) and a small one for the rest, which
browsers fetch only when a page has such a letter. Hinting and unused features go; outlines are put on a coarser
grid where they were drawn far finer than a screen shows. Two of the faces have reserved names under the SIL Open
Font License, so the cut versions carry other names (see the notes beside the files).
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = Path(__file__).resolve().parent.parent / "static" / "fonts"

# Basic Latin, Latin-1, dashes, quotation marks, bullet, ellipsis, euro, trade mark, arrow, minus, check mark.
CORE = {
    *range(0x20, 0x7F), *range(0xA0, 0x100), 0x2009, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D,
    0x2022, 0x2026, 0x2192, 0x2212, 0x2713,
}  # fmt: skip


@dataclass(frozen=True)
class Face:
    source: str
    target: str
    family: str  # the name inside the file
    features: tuple[str, ...]
    grid: int  # units of the em square
    weights: tuple[int, int] | None = None


FACES = (
    Face("atkinson-hyperlegible-next-latin-wght-normal.woff2", "text", "GS Text", ("kern",), 1000, (400, 800)),
    Face("londrina-solid-latin-400-normal.woff2", "voice", "GS Voice", ("kern",), 500),
    Face("gochi-hand-latin-400-normal.woff2", "hand", "GS Hand", ("kern",), 500),
)


def cut(face: Face, folder: Path, letters: set[int]) -> TTFont:
    """The face with only these code points, its own name and no hinting."""
    font = TTFont(folder / face.source, recalcTimestamp=False)
    options = Options(layout_features=list(face.features), hinting=False, notdef_outline=True, name_IDs=[])
    options.drop_tables += ["gasp", "DSIG", "MVAR"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    if face.weights:
        instantiateVariableFont(font, {"wght": face.weights}, inplace=True)
        del font["STAT"]
    if font["head"].unitsPerEm != face.grid:
        scale_upem(font, face.grid)
    rename(font, face.family)
    return font


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
        for part, letters in (("core", there & CORE), ("more", {c for c in there - CORE if c > 0xFF})):
            font = cut(face, folder, letters)
            font.flavor = "woff2"
            path = TARGET / f"{face.target}-{part}.woff2"
            font.save(path)
            sizes[path.name] = path.stat().st_size
    return sizes


if __name__ == "__main__":
    for name, size in build(Path(sys.argv[1])).items():
        print(f"{name}: {size} bytes")
