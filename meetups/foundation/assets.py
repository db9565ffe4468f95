"""Static files under addresses that carry the hash of their content, so browsers may keep them for a year.

`asset('css/house.css')` in a template gives `/static/1a2b3c4d/css/house.css`. Files are read once, style sheets
are joined, stripped and pointed at the hashed addresses of what they load, and packed copies stay in memory.
While debugging, a changed file is noticed at the next page.
"""

import gzip
import hashlib
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import Flask, Response, abort, request
from markupsafe import Markup

FOLDER = Path(__file__).resolve().parent.parent / "static"

# What is served under one name and made of several files, in this order.
JOINED = {"css/house.css": ("css/tokens.css", "css/house.css", "css/rooms.css")}

KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
SHRINKS = {".css", ".js", ".svg", ".txt"}

YEAR = "public, max-age=31536000, immutable"
MINUTE = "public, max-age=60"


@dataclass(frozen=True)
class Asset:
    """One file as it is sent. `tag` is the first eight hex digits of its SHA-256."""

    name: str
    body: bytes
    tag: str

    @property
    def content_type(self) -> str:
        return KINDS[Path(self.name).suffix]

    @property
    def address(self) -> str:
        return f"/static/{self.tag}/{self.name}"

    @cached_property
    def packed(self) -> bytes | None:
        """The gzipped body, made at first use; None where packing gains nothing."""
        if Path(self.name).suffix not in SHRINKS:
            return None
        packed = gzip.compress(self.body, 9, mtime=0)
        return packed if len(packed) < len(self.body) else None


class Shelf:
    """All static files by name, read from `folder` when first asked for."""

    def __init__(self, folder: Path = FOLDER, joined: dict[str, tuple[str, ...]] | None = None) -> None:
        self.folder = folder.resolve()
        self.joined = JOINED if joined is None else joined
        self._assets: dict[str, Asset] = {}
        self._addresses: dict[str, Markup] = {}
        self._read_at = 0.0

    def find(self, name: str) -> Asset | None:
        """The asset of that name; None when there is no such file or its kind is not served."""
        if name not in self._assets:
            if name not in self.joined and not self._is_ours(name):
                return None
            body = self._body(name)
            self._assets[name] = Asset(name, body, hashlib.sha256(body).hexdigest()[:8])
        return self._assets[name]

    def address(self, name: str) -> Markup:
        """The address to write into a page. Refuses (LookupError) a name that is not there: a page must not ship it."""
        if name not in self._addresses:
            found = self.find(name)
            if found is None:
                raise LookupError(f"no static file {name!r}")
            self._addresses[name] = Markup(found.address)  # noqa: S704 our own file names, hex digits and slashes
        return self._addresses[name]

    def forget_if_changed(self) -> None:
        """Starts over when any file is newer than what was read. For debugging: it looks at every file."""
        newest = max(path.stat().st_mtime for path in self.folder.rglob("*"))
        if newest > self._read_at:
            self._read_at = newest
            self._assets.clear()
            self._addresses.clear()

    def _is_ours(self, name: str) -> bool:
        """Names come from the address line: nothing outside the folder, and each file under one spelling only."""
        if "\0" in name or Path(name).suffix not in KINDS:
            return False
        path = (self.folder / name).resolve()
        return path.is_relative_to(self.folder) and path.relative_to(self.folder).as_posix() == name and path.is_file()

    def _body(self, name: str) -> bytes:
        if not name.endswith(".css"):
            return (self.folder / name).read_bytes()
        parts = self.joined.get(name, (name,))
        return "".join(self._style_sheet(part) for part in parts).encode()

    def _style_sheet(self, name: str) -> str:
        text = (self.folder / name).read_text(encoding="utf-8")
        return point_addresses(strip_css(text), lambda target: self._hashed(name, target))

    def _hashed(self, sheet: str, target: str) -> str:
        name = posixpath.normpath(posixpath.join(posixpath.dirname(sheet), target))
        return str(self.address(name))


# Strings and url(...) are matched first and kept as they are, so nothing inside them is taken for a comment or a gap.
_CSS_PIECES = re.compile(
    r"""(?P<kept>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|url\(\s*[^"'\s)][^)]*\))"""
    r"""|(?P<comment>/\*.*?\*/)|(?P<gap>\s+)""",
    re.DOTALL,
)
_CSS_URL = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<target>[^"')]+)(?P=quote)\s*\)""")


def strip_css(text: str) -> str:
    """The same style sheet without comments and needless white space.

    Careful rather than thorough: gaps are dropped only beside `{ } ; ,`, after `:` and `(` and before `)`, where they
    never separate anything. `+` and `-` in calc(), combinators and the gap before `:` keep theirs.
    """
    kept: list[str] = []

    def shorten(piece: re.Match[str]) -> str:
        if piece["kept"]:
            kept.append(piece["kept"])
            return f"\0{len(kept) - 1}\0"
        return " "

    squeezed = re.sub(r" +", " ", _CSS_PIECES.sub(shorten, text))
    squeezed = re.sub(r" ?([{};,]) ?", r"\1", squeezed)
    squeezed = re.sub(r"([:(]) ", r"\1", squeezed).replace(" )", ")").replace(";}", "}")
    return re.sub("\0([0-9]+)\0", lambda hole: kept[int(hole[1])], squeezed).strip()


def point_addresses(css: str, hashed: Callable[[str], str]) -> str:
    """Replaces the target of each relative `url(...)` by `hashed(target)`; data, absolute and fragment ones stay."""

    def replace(found: re.Match[str]) -> str:
        target = found["target"]
        if target.startswith(("data:", "/", "#")) or "://" in target:
            return found[0]
        return f'url("{hashed(target)}")'

    return _CSS_URL.sub(replace, css)


def respond(found: Asset, tag: str) -> Response:
    """The asset for the current request: packed if the browser can unpack it, 304 if it has it already.

    Under an outdated tag (a page from before a deployment) it is sent with one minute to live instead of a year.
    """
    packed = found.packed if request.accept_encodings["gzip"] > 0 else None
    response = Response(found.body if packed is None else packed, content_type=found.content_type)
    response.headers["Cache-Control"] = YEAR if tag == found.tag else MINUTE
    if found.packed is not None:
        response.headers["Vary"] = "Accept-Encoding"
    if packed is not None:
        response.headers["Content-Encoding"] = "gzip"
    response.set_etag(found.tag if packed is None else f"{found.tag}-gz")
    response.make_conditional(request)
    return response


def init_assets(app: Flask, shelf: Shelf | None = None) -> None:
    """Registers `/static/<tag>/<name>` (endpoint `asset`) and the template global `asset(name)`."""
    shelf = shelf or Shelf()

    def address(name: str) -> Markup:
        if app.debug:
            shelf.forget_if_changed()
        return shelf.address(name)

    def send(tag: str, name: str) -> Response:
        found = shelf.find(name) if re.fullmatch("[0-9a-f]{8}", tag) else None
        if found is None:
            abort(404)
        return respond(found, tag)

    app.add_url_rule("/static/<tag>/<path:name>", "asset", send)
    app.jinja_env.globals["asset"] = address
