"""The process that decodes one picture: bytes on its standard input, JPEGs on its standard output.

It is started as a file of its own (`developing.develop` does), with no environment, so that it can neither read a
secret nor take memory, time or disk beyond its bounds, and its memory is given back whole when it ends. It answers
with one line of JSON, then the JPEGs in the order of that line. It imports nothing of ours.
"""

from __future__ import annotations

import contextlib
import io
import json
import resource
import sys
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps

try:
    import pi_heif
except ImportError:  # the extra "heic" is not installed
    pi_heif = None

KINDS = ["JPEG", "PNG", "WEBP", "GIF"]
QUALITY = 80
SECONDS = 20
MEMORY = 768 * 1024 * 1024  # of address space: a picture of 50 megapixels takes 200 MB of it when it is no JPEG
SOFTWARE_TROUBLE = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, AttributeError)


class Refused(Exception):
    """The picture cannot be taken; the word says why."""


def keep_within_bounds() -> None:
    """From here on: so much memory, so much time, no file written; and first to go when the machine runs short."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):  # macOS knows no such bound
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def opened(raw: bytes, most_pixels: int) -> Image.Image:
    """The picture, its header read and nothing decoded yet; refuses other kinds and too many dots."""
    Image.MAX_IMAGE_PIXELS = None  # our own bound stands below, before anything is decoded
    try:
        picture = Image.open(io.BytesIO(raw), formats=KINDS)
    except SOFTWARE_TROUBLE as trouble:
        raise Refused("heic" if looks_like_heic(raw) else "kind") from trouble
    if picture.width * picture.height > most_pixels:
        raise Refused("pixels")
    return picture


def looks_like_heic(raw: bytes) -> bool:
    return raw[4:8] == b"ftyp" and raw[8:12] in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


def drawn(picture: Image.Image, box: int) -> Image.Image:
    """The first frame, upright, in sRGB, on white, at most `box` dots high and wide, with nothing attached to it."""
    profile = picture.info.get("icc_profile")
    picture.thumbnail((box, box), Image.Resampling.LANCZOS, reducing_gap=1.0)  # a JPEG is decoded at a half or less
    upright = ImageOps.exif_transpose(picture)
    flat = on_white(in_srgb(upright, profile))
    bare = Image.new("RGB", flat.size)
    bare.paste(flat)
    return bare


def in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colors as every screen takes them when no profile goes along; left as they are if the profile is no good."""
    if profile and picture.mode in ("RGB", "CMYK"):
        with contextlib.suppress(ImageCms.PyCMSError, *SOFTWARE_TROUBLE):
            theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            told = ImageCms.profileToProfile(picture, theirs, ImageCms.createProfile("sRGB"), outputMode="RGB")
            return told or picture
    return picture


def on_white(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I;16"):
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    whole = picture.convert("RGBA")
    white = Image.new("RGBA", whole.size, "white")
    return Image.alpha_composite(white, whole).convert("RGB")


def printed(picture: Image.Image) -> bytes:
    paper = io.BytesIO()
    picture.save(paper, "JPEG", quality=QUALITY, progressive=True, optimize=True)
    return paper.getvalue()


def develop(raw: bytes, boxes: list[int], most_pixels: int) -> list[tuple[int, int, bytes]]:
    """(width, height, JPEG) for each box, smallest first; none larger than the picture itself."""
    try:
        large = drawn(opened(raw, most_pixels), max(boxes))
    except MemoryError as trouble:
        raise Refused("pixels") from trouble
    except SOFTWARE_TROUBLE as trouble:
        raise Refused("broken") from trouble
    longest = max(large.size)
    sides = [box for box in sorted(boxes) if box < longest] + [longest]
    copies = []
    for side in sides:
        small = large.copy()
        small.thumbnail((side, side), Image.Resampling.LANCZOS)
        copies.append((small.width, small.height, printed(small)))
    return copies


def main(argv: list[str]) -> None:
    keep_within_bounds()
    if pi_heif is not None:
        pi_heif.register_heif_opener(thumbnails=False)
        KINDS.append("HEIF")
    answer: dict[str, Any]
    copies: list[tuple[int, int, bytes]] = []
    try:
        copies = develop(sys.stdin.buffer.read(), [int(word) for word in argv[2:]], int(argv[1]))
        answer = {"copies": [(width, height, len(jpeg)) for width, height, jpeg in copies]}
    except Refused as refused:
        answer = {"refused": str(refused)}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + b"".join(jpeg for _, _, jpeg in copies))


if __name__ == "__main__":
    main(sys.argv)
