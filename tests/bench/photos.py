"""A photo of 12 megapixels in, all its sizes out: seconds, and megabytes at the peak."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 5
MAKE = """
import random, sys
from PIL import Image
random.seed(12)
rough = Image.frombytes("RGB", (400, 300), random.randbytes(400 * 300 * 3)).resize((4000, 3000), 3)
grain = Image.effect_noise((4000, 3000), 24).convert("RGB")
Image.blend(rough, grain, 0.3).save(sys.argv[1], quality=92)
"""
# The kernel counts what a process held before it became another, so the peak is asked of one that held little.
MEASURE = """
import resource, sys, time
from pathlib import Path
from meetups.foundation.pictures import develop
raw = Path(sys.argv[1]).read_bytes()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.perf_counter()
found = develop(raw)
took = time.perf_counter() - began
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
darkroom = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
assert [copy.width for copy in found.copies] == [400, 800, 1600]
print(took, (grown + darkroom) / 1024)
"""


def figures() -> dict[str, float]:
    """`photo_12mp_s`: the median of five; `photo_12mp_mb`: the darkroom whole and what its caller grew, at worst."""
    with tempfile.TemporaryDirectory() as folder:
        photo = str(Path(folder) / "photo.jpg")
        subprocess.run([sys.executable, "-c", MAKE, photo], check=True)
        runs = [_run(photo) for _ in range(ROUNDS)]
    return {
        "photo_12mp_s": round(sorted(seconds for seconds, _ in runs)[ROUNDS // 2], 2),
        "photo_12mp_mb": round(max(megabytes for _, megabytes in runs), 1),
    }


def _run(photo: str) -> tuple[float, float]:
    told = subprocess.run([sys.executable, "-c", MEASURE, photo], check=True, capture_output=True, text=True)
    seconds, megabytes = told.stdout.split()
    return float(seconds), float(megabytes)


if __name__ == "__main__":
    for name, value in figures().items():
        print(f"{name:24} {value}")
