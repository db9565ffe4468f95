"""Of a picture nothing is kept but its dots: shown on files with something planted in every block."""

from __future__ import annotations

import io

import pillow_heif
import pytest
from PIL import ExifTags, Image

from meetups.foundation.pictures import develop
from tests.foundation.pictures import plants

# start, quantization, a progressive frame, Huffman tables, scans, end; and the 14 bytes that say "JFIF"
LAWFUL = {0xDB, 0xC2, 0xC4, 0xDA, 0xD9, 0xE0}
EVERYWHERE = {"EXIFWORD", "XMPWORD", "IPTCWORD", "THUMBWORD", "AFTERWORD", plants.WHERE, plants.NAME}
MADE = {
    "jpeg": (plants.jpeg, EVERYWHERE | {"ICCWORD", "NOTEWORD"}),
    "png": (plants.png, EVERYWHERE | {"NOTEWORD"}),  # its profile is there, too, but compressed
    "webp": (plants.webp, EVERYWHERE | {"ICCWORD"}),
    "gif": (plants.gif, EVERYWHERE | {"ICCWORD", "NOTEWORD"}),
    "heic": (plants.heic, EVERYWHERE | {"ICCWORD"}),
}


@pytest.mark.parametrize("kind", MADE)
def test_every_block_is_gone_from_every_size(kind):
    make, planted = MADE[kind]
    raw = make(picture=plants.scene((1000, 700)))
    assert plants.words_in(raw) == planted, "the file must hold what is to vanish"
    copies = develop(raw).copies
    assert [(copy.width, copy.height) for copy in copies] == [(400, 280), (800, 560), (1000, 700)]
    for copy in copies:
        assert plants.words_in(copy.jpeg) == set()
        assert_bare(copy.jpeg)
        assert plants.corners(copy.jpeg) == ["red", "green", "blue", "white"]


def assert_bare(jpeg: bytes) -> None:
    """Read by our own reader of segments, and by Pillow: no block that could say anything."""
    found = plants.segments(jpeg)
    assert {marker for marker, _ in found} == LAWFUL
    assert [body for marker, body in found if marker == 0xE0] == [b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"]
    with Image.open(io.BytesIO(jpeg)) as picture:
        assert dict(picture.getexif()) == {}
        frame = {"jfif", "jfif_density", "jfif_unit", "jfif_version", "progression", "progressive"}
        assert set(picture.info) == frame


def test_the_planted_thumbnail_and_gps_are_what_real_readers_find():
    """Otherwise the test above would prove little."""
    with Image.open(io.BytesIO(plants.jpeg(orientation=6))) as picture:
        blocks = picture.getexif()
        assert blocks[0x0112] == 6
        assert blocks.get_ifd(0x8825)[1] == "N"
        assert blocks.get_ifd(ExifTags.IFD.IFD1)[0x0202] > 300
    heic = pillow_heif.open_heif(io.BytesIO(plants.heic()))
    assert b"THUMBWORD" in heic.info["exif"]


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_stands_upright_whichever_way_the_camera_was_held(kind, orientation):
    back = {
        1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
    }[orientation]
    held = plants.scene() if back is None else plants.scene().transpose(back)
    shown = develop(MADE[kind][0](orientation, held)).largest
    assert (shown.width, shown.height) == (120, 80)
    assert plants.corners(shown.jpeg) == ["red", "green", "blue", "white"]


def test_a_heic_stands_upright_too():
    shown = develop(plants.heic(6, plants.scene().transpose(Image.Transpose.ROTATE_90))).largest
    assert (shown.width, shown.height) == (120, 80)
    assert plants.corners(shown.jpeg) == ["red", "green", "blue", "white"]


def test_a_small_picture_is_not_blown_up():
    assert [(copy.width, copy.height) for copy in develop(plants.png()).copies] == [(120, 80)]


def test_wide_colors_are_drawn_in_the_ones_every_screen_has():
    """A profile that swaps nothing but says "wide" must change the dots before it is dropped."""
    lab = Image.new("RGB", (64, 64), (200, 60, 60))
    paper = io.BytesIO()
    lab.save(paper, "JPEG", quality=95, icc_profile=_wide())
    with Image.open(io.BytesIO(develop(paper.getvalue()).largest.jpeg)) as shown:
        red, green, blue = shown.getpixel((32, 32))
    assert red > 215
    assert abs(green - blue) < 40


def _wide() -> bytes:
    """The sRGB profile with its red primary moved outwards, as Display P3 has it (an XYZ tag, s15Fixed16)."""
    raw = bytearray(plants.icc())
    count = int.from_bytes(raw[128:132], "big")
    for number in range(count):
        at = 132 + 12 * number
        if raw[at : at + 4] == b"rXYZ":
            where = int.from_bytes(raw[at + 4 : at + 8], "big") + 8
            raw[where : where + 12] = b"".join(
                int(value * 65536).to_bytes(4, "big", signed=True) for value in (0.5151, 0.2412, -0.0011)
            )
    return bytes(raw)
