"""What is no picture, or too much of one, is refused with a sentence; nothing else of the machine is touched."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import time

import pytest
from PIL import Image

from meetups.foundation import pictures
from meetups.foundation.pictures import NotAPicture, darkroom, develop
from meetups.foundation.pictures.developing import DARKROOM, SENTENCES
from tests.foundation.pictures import plants

PAGE = b"<!doctype html><script>alert(1)</script>"


@pytest.mark.parametrize(
    "raw",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', b"%PDF-1.7\n%\xe2\xe3\n1 0 obj",
        PAGE, b"GIF89a/*", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\0\0\0WEBPVP8 ", b"PK\x03\x04" + bytes(60),
        b"BM" + bytes(60), b"II*\0" + bytes(60), b"%!PS-Adobe-3.0 EPSF-3.0\n", b"\0" * 5000, b"x",
    ],
)
def test_what_is_no_photo_is_refused_by_looking_not_by_name(raw):
    with pytest.raises(NotAPicture) as refused:
        develop(raw)
    assert refused.value.why in ("kind", "broken")
    assert refused.value.sentence == SENTENCES[refused.value.why]


def test_an_empty_file_and_a_huge_one_are_not_even_looked_at():
    for raw, why in ((b"", "empty"), (bytes(pictures.LARGEST_FILE + 1), "bytes")):
        with pytest.raises(NotAPicture) as refused:
            develop(raw)
        assert refused.value.why == why


def test_a_page_inside_a_picture_does_not_come_out_again():
    paper = io.BytesIO()
    plants.scene().save(paper, "JPEG", comment=PAGE)
    shown = develop(paper.getvalue() + PAGE).largest.jpeg
    assert b"script" not in shown
    assert b"html" not in shown


@pytest.mark.parametrize("size", [(60_000, 60_000), (2_000_000_000, 1), (8_001, 8_000), (65_535, 1_000)])
def test_a_bomb_is_refused_from_its_header(size):
    began = time.monotonic()
    with pytest.raises(NotAPicture) as refused:
        develop(plants.claiming(*size))
    assert refused.value.why == "pixels"
    assert time.monotonic() - began < 5


def test_a_picture_at_the_bound_is_taken_within_the_darkrooms_memory():
    paper = io.BytesIO()
    Image.new("RGBA", (8000, 8000), (10, 200, 30, 128)).save(paper, "PNG", compress_level=1)
    assert develop(paper.getvalue()).largest.width == 1600


def test_words_that_unpack_to_gigabytes_are_refused():
    notes = plants.PngImagePlugin.PngInfo()
    notes.add_text("bomb", "x" * 80_000_000, zip=True)
    paper = io.BytesIO()
    plants.scene().save(paper, "PNG", pnginfo=notes)
    assert len(paper.getvalue()) < 200_000
    with pytest.raises(NotAPicture):
        develop(paper.getvalue())


def test_of_a_moving_picture_the_first_moment_is_kept():
    later = Image.new("RGB", (120, 80), "black")
    for raw in (
        plants.gif(save_all=True, append_images=[later] * 50), plants.webp(save_all=True, append_images=[later] * 50),
    ):
        shown = develop(raw)
        assert len(shown.copies) == 1
        assert plants.corners(shown.largest.jpeg) == ["red", "green", "blue", "white"]


@pytest.mark.parametrize("make", [plants.jpeg, plants.png, plants.webp, plants.heic])
def test_half_a_picture_is_refused(make):
    raw = make(picture=plants.scene((900, 600)))
    with pytest.raises(NotAPicture) as refused:
        develop(raw[: len(raw) // 2])
    assert refused.value.why in ("broken", "kind", "heic")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_way_to_store_dots_comes_out_as_a_photo(mode):
    gray = plants.scene().convert("L")
    deep = gray.convert("I").point(lambda value: value * 256).convert("I;16")
    paper = io.BytesIO()
    made = deep if mode == "I;16" else plants.scene().convert(mode)
    made.save(paper, "JPEG" if mode == "CMYK" else "PNG")
    with Image.open(io.BytesIO(develop(paper.getvalue()).largest.jpeg)) as shown:
        assert shown.mode == "RGB"
        drawn = [shown.convert("L").getpixel(spot) for spot in ((8, 8), (112, 8), (8, 72), (112, 72))]
    meant = [gray.getpixel(spot) for spot in ((8, 8), (112, 8), (8, 72), (112, 72))]
    if mode != "1":
        assert max(abs(a - b) for a, b in zip(drawn, meant, strict=True)) < 12


def test_what_is_see_through_stands_on_white():
    paper = io.BytesIO()
    Image.new("RGBA", (50, 50), (255, 0, 0, 0)).save(paper, "PNG")
    with Image.open(io.BytesIO(develop(paper.getvalue()).largest.jpeg)) as shown:
        assert min(shown.getpixel((25, 25))) > 250


def test_a_phones_double_picture_is_taken_by_its_first():
    paper = io.BytesIO()
    plants.scene().save(paper, "MPO", save_all=True, append_images=[Image.new("RGB", (120, 80), "black")])
    assert plants.corners(develop(paper.getvalue()).largest.jpeg) == ["red", "green", "blue", "white"]


@pytest.mark.filterwarnings("ignore::UserWarning")  # of Pillow, about broken EXIF; the darkroom's go nowhere
@pytest.mark.parametrize("make", [plants.jpeg, plants.png, plants.webp, plants.gif])
def test_damaged_bytes_are_refused_or_read_never_worse(make):
    """A hundred damaged files a kind: the decoder answers each with a picture or a refusal."""
    rng, raw = random.Random(4711), make()
    for _ in range(100):
        hurt = bytearray(raw)
        for _ in range(rng.randint(1, 8)):
            hurt[rng.randrange(len(hurt))] = rng.randrange(256)
        try:
            copies = darkroom.develop(bytes(hurt), [400], pictures.MOST_PIXELS)
        except darkroom.Refused:
            continue
        for _, _, jpeg in copies:
            assert plants.words_in(jpeg) == set()


BOUNDED = f"""
import sys
sys.path.insert(0, {str(DARKROOM.parent)!r})
import darkroom
darkroom.keep_within_bounds()
"""


@pytest.mark.parametrize(
    "deed, outcome",
    [
        ("bytearray(darkroom.MEMORY)", "MemoryError"),
        ("open(sys.argv[1], 'w').write('x' * 100000)", "File too large"),
        ("import resource; print(resource.getrlimit(resource.RLIMIT_CPU), file=sys.stderr)", "(20, 20)"),
    ],
)
def test_the_darkroom_has_walls(tmp_path, deed, outcome):
    words = [sys.executable, "-I", "-c", BOUNDED + deed, str(tmp_path / "left.txt")]
    done = subprocess.run(words, capture_output=True, text=True, timeout=20, env={}, check=False)
    assert outcome in done.stderr


def test_the_darkroom_is_told_no_secret(monkeypatch, tmp_path):
    spy = tmp_path / "spy.py"
    spy.write_text("import json, os; print(json.dumps({'refused': 'heic' if 'SECRET_KEY' in os.environ else 'kind'}))")
    monkeypatch.setenv("SECRET_KEY", "s" * 40)
    monkeypatch.setattr("meetups.foundation.pictures.developing.DARKROOM", spy)
    with pytest.raises(NotAPicture) as refused:
        develop(b"anything")
    assert refused.value.why == "kind"


def test_without_the_extra_a_heic_gets_a_way_out():
    with pytest.raises(darkroom.Refused, match="heic"):
        darkroom.opened(plants.heic(), pictures.MOST_PIXELS)  # as when pi_heif is not there to be registered
    assert "Most Compatible" in SENTENCES["heic"]
