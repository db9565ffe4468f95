"""Asking the darkroom, and saying in plain words what it would not take."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from meetups.foundation.refusals import Refusal

LARGEST_FILE = 20 * 1024 * 1024
MOST_PIXELS = 64_000_000
BOXES = (400, 800, 1600)
LONGEST_SECONDS = 30
DARKROOM = Path(__file__).with_name("darkroom.py")

# One picture at a time in each process: the memory of several large ones would add up.
_one_at_a_time = threading.Lock()

SENTENCES = {
    "kind": "That is no photo we can read. JPEG, PNG, WebP and GIF are fine; a page, a PDF or a drawing in SVG is not.",
    "heic": "That photo is in HEIC, as iPhones save them, and this site cannot read it. On the phone: Settings, "
            "Camera, Formats, Most Compatible; then take or send it again as JPEG.",
    "pixels": "That photo has too many dots to be read here. 64 megapixels are the most; save it smaller and send it "
              "again.",
    "bytes": "That photo is larger than 20 MB. Save it smaller and send it again.",
    "empty": "That file is empty. Choose it again.",
    "broken": "That photo seems to be cut short or damaged. Choose it again, or save it anew first.",
}


class NotAPicture(Refusal):
    """What came cannot be decoded as a photo within bounds. `why` is a key of SENTENCES."""

    def __init__(self, why: str) -> None:
        super().__init__(SENTENCES[why])
        self.why = why


@dataclass(frozen=True)
class Copy:
    """One size of a picture: width and height in pixels, and the JPEG."""

    width: int
    height: int
    jpeg: bytes


@dataclass(frozen=True)
class Developed:
    """A picture in its sizes, smallest first; all have the same shape."""

    copies: tuple[Copy, ...]

    @property
    def largest(self) -> Copy:
        return self.copies[-1]


@cache
def kinds_taken() -> tuple[str, ...]:
    """What a file field may offer. A phone turns HEIC into JPEG by itself as long as HEIC is not among them."""
    kinds = ("image/jpeg", "image/png", "image/webp", "image/gif")
    return (*kinds, ".heic", ".heif") if find_spec("pi_heif") else kinds


def develop(raw: bytes) -> Developed:
    """Decode, turn upright, drop everything that is not a dot, and draw at most 400, 800 and 1600 pixels large.

    Takes about half a second for 12 megapixels, in a process of its own; one at a time in each process of ours.
    Refuses with NotAPicture what is no JPEG, PNG, WebP or GIF (HEIC where that can be read), is larger than
    20 MB or 64 megapixels, broken, or cannot be decoded within the darkroom's bounds.
    """
    if not raw or len(raw) > LARGEST_FILE:
        raise NotAPicture("bytes" if raw else "empty")
    command = [sys.executable, "-I", str(DARKROOM), str(MOST_PIXELS), *map(str, BOXES)]
    with _one_at_a_time:
        try:
            done = subprocess.run(  # noqa: S603 our own words
                command, input=raw, capture_output=True, timeout=LONGEST_SECONDS, env={}, check=False
            )
        except subprocess.TimeoutExpired as trouble:
            raise NotAPicture("pixels") from trouble
    if done.returncode:  # it was stopped at its bounds, or the decoder fell over
        raise NotAPicture("broken")
    head, _, body = done.stdout.partition(b"\n")
    answer = json.loads(head)
    if "refused" in answer:
        raise NotAPicture(answer["refused"])
    return Developed(tuple(_cut(answer["copies"], body)))


def _cut(sizes: list[tuple[int, int, int]], body: bytes) -> list[Copy]:
    copies, at = [], 0
    for width, height, length in sizes:
        copies.append(Copy(width, height, body[at : at + length]))
        at += length
    return copies
