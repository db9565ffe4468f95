"""Pictures with words planted in every block that can hold some, and a reader of JPEGs that is not Pillow."""

from __future__ import annotations

import io
import struct
import zlib

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

WHERE = "44.8667N 65.2167W"  # an invented home, in Paradise, Nova Scotia
NAME = "IMG_Wren_at_home_4711"
_PLANTED = ("EXIFWORD", "XMPWORD", "IPTCWORD", "ICCWORD", "THUMBWORD", "NOTEWORD", "AFTERWORD", WHERE, NAME)


def words_in(raw: bytes) -> set[str]:
    """The planted words that can be read in these bytes, plain or in UTF-16."""
    forms = ("ascii", "utf-16-le", "utf-16-be")
    return {word for word in _PLANTED if any(word.encode(form) in raw for form in forms)}


def scene(size: tuple[int, int] = (120, 80)) -> Image.Image:
    """Red above left, green above right, blue below left, white below right."""
    picture = Image.new("RGB", size, "white")
    half = size[0] // 2, size[1] // 2
    for color, corner in (("red", (0, 0)), ("green", (half[0], 0)), ("blue", (0, half[1]))):
        picture.paste(color, (*corner, corner[0] + half[0], corner[1] + half[1]))
    return picture


def corners(jpeg: bytes) -> list[str]:
    """The colors of the four corners, row by row."""
    picture = Image.open(io.BytesIO(jpeg)).convert("RGB")
    width, height = picture.size
    spots = [(8, 8), (width - 8, 8), (8, height - 8), (width - 8, height - 8)]
    return [_nearest(picture.getpixel(spot)) for spot in spots]


def _nearest(found: tuple[int, ...]) -> str:
    known = {"red": (255, 0, 0), "green": (0, 128, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}
    return min(known, key=lambda name: sum((a - b) ** 2 for a, b in zip(known[name], found, strict=True)))


def exif(orientation: int = 1) -> bytes:
    """A TIFF block with words, GPS, IPTC, the orientation and, in its second directory, an embedded thumbnail."""
    thumb = _jpeg(scene((32, 24)), comment=b"THUMBWORD")
    gps = [(1, 2, b"N\0"), (2, 5, struct.pack("<6L", 44, 1, 52, 1, 0, 1)), (28, 7, b"ASCII\0\0\0" + WHERE.encode())]
    first = [
        (0x010E, 2, b"EXIFWORD " + NAME.encode() + b"\0"), (0x0112, 3, struct.pack("<H", orientation)),
        (0x83BB, 7, iptc()), (0x8825, 4, b"GPS!"),
    ]
    start = 8
    gps_at = start + _length(first)
    second = [(0x0201, 4, b"HERE"), (0x0202, 4, struct.pack("<L", len(thumb)))]
    second_at = gps_at + _length(gps)
    thumb_at = second_at + _length(second)
    first[-1] = (0x8825, 4, struct.pack("<L", gps_at))
    second[0] = (0x0201, 4, struct.pack("<L", thumb_at))
    blocks = _directory(first, start, second_at) + _directory(gps, gps_at, 0) + _directory(second, second_at, 0)
    return b"Exif\0\0" + b"II*\0" + struct.pack("<L", start) + blocks + thumb


_SIZES = {2: 1, 3: 2, 4: 4, 5: 8, 7: 1}


def _length(entries: list[tuple[int, int, bytes]]) -> int:
    return 6 + 12 * len(entries) + sum(len(value) + len(value) % 2 for _, _, value in entries if len(value) > 4)


def _directory(entries: list[tuple[int, int, bytes]], at: int, following: int) -> bytes:
    table, beyond, room = struct.pack("<H", len(entries)), b"", at + 6 + 12 * len(entries)
    for tag, kind, value in entries:
        count = len(value) // _SIZES[kind]
        if len(value) > 4:
            table += struct.pack("<HHLL", tag, kind, count, room + len(beyond))
            beyond += value + b"\0" * (len(value) % 2)
        else:
            table += struct.pack("<HHL", tag, kind, count) + value.ljust(4, b"\0")
    return table + struct.pack("<L", following) + beyond


def xmp() -> bytes:
    told = f"<dc:title>XMPWORD {NAME} {WHERE}</dc:title>"
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/" xmlns:dc="dc">{told}</x:xmpmeta>'.encode()


def iptc() -> bytes:
    word = b"IPTCWORD " + WHERE.encode()
    return b"\x1c\x02\x78" + struct.pack(">H", len(word)) + word


def photoshop() -> bytes:
    """IPTC as cameras' programs put it into JPEG: a resource block of Photoshop's."""
    inner = iptc() + b"\0" * (len(iptc()) % 2)
    return b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">L", len(iptc())) + inner


def icc() -> bytes:
    """An sRGB profile whose description is ours."""
    raw = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    theirs = "sRGB built-in".encode("utf-16-be")
    assert theirs in raw
    return raw.replace(theirs, "ICCWORD".ljust(13).encode("utf-16-be"))


def _jpeg(picture: Image.Image, **more: object) -> bytes:
    paper = io.BytesIO()
    picture.save(paper, "JPEG", quality=95, **more)
    return paper.getvalue()


def jpeg(orientation: int = 1, picture: Image.Image | None = None) -> bytes:
    raw = _jpeg(picture or scene(), exif=exif(orientation), xmp=xmp(), icc_profile=icc(), comment=b"NOTEWORD")
    segment = b"\xff\xed" + struct.pack(">H", len(photoshop()) + 2) + photoshop()
    return raw[:2] + segment + raw[2:] + b"AFTERWORD" + scene_zip()


def scene_zip() -> bytes:
    return b"PK\x05\x06" + bytes(18)


def png(orientation: int = 1, picture: Image.Image | None = None) -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "NOTEWORD")
    notes.add_itxt("XML:com.adobe.xmp", xmp().decode())
    notes.add_text("Raw profile type iptc", "\niptc\n" + str(len(iptc())) + "\n" + iptc().decode("latin-1"))
    paper = io.BytesIO()
    (picture or scene()).save(paper, "PNG", pnginfo=notes, exif=exif(orientation), icc_profile=icc())
    return paper.getvalue() + b"AFTERWORD"


def webp(orientation: int = 1, picture: Image.Image | None = None, **more: object) -> bytes:
    paper = io.BytesIO()
    blocks = {"exif": exif(orientation), "xmp": xmp(), "icc_profile": icc()}
    (picture or scene()).save(paper, "WEBP", quality=95, **blocks, **more)
    return paper.getvalue() + b"AFTERWORD"


def gif(picture: Image.Image | None = None, **more: object) -> bytes:
    paper = io.BytesIO()
    (picture or scene()).save(paper, "GIF", comment=b"NOTEWORD", **more)
    raw = paper.getvalue()
    for word in (xmp(), iptc(), exif(), icc()):
        blocks = b"".join(bytes([len(word[at : at + 255])]) + word[at : at + 255] for at in range(0, len(word), 255))
        raw = raw[:-1] + b"\x21\xff\x0bXMP DataXMP" + blocks + b"\0" + raw[-1:]
    return raw + b"AFTERWORD"


def heic(orientation: int = 1, picture: Image.Image | None = None) -> bytes:
    file = pillow_heif.from_pillow(picture or scene())
    paper = io.BytesIO()
    file.save(paper, quality=90, exif=exif(orientation), xmp=xmp(), icc_profile=icc())
    return paper.getvalue() + b"AFTERWORD"


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it is this large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))

    head = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    dots = zlib.compress(bytes(100_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dots) + chunk(b"IEND", b"")


def segments(raw: bytes) -> list[tuple[int, bytes]]:
    """(marker, body) of every segment of a JPEG, what follows the end as marker 0; refuses anything else."""
    assert raw[:2] == b"\xff\xd8"
    at, found = 2, []
    while True:
        assert raw[at] == 0xFF, f"no marker at {at}"
        marker = raw[at + 1]
        if marker == 0xD9:
            return [*found, (marker, b""), *([(0, raw[at + 2 :])] if raw[at + 2 :] else [])]
        length = struct.unpack(">H", raw[at + 2 : at + 4])[0]
        found.append((marker, raw[at + 4 : at + 2 + length]))
        at += 2 + length
        if marker == 0xDA:  # dots until the next marker that is not part of them
            while not (raw[at] == 0xFF and raw[at + 1] != 0 and not 0xD0 <= raw[at + 1] <= 0xD7):
                at += 1
