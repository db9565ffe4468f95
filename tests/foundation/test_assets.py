"""Static files: addresses that change with the content, caching, packing, and style sheets that survive stripping."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from fontTools.ttLib import TTFont

from meetups.foundation.assets import FOLDER, MINUTE, YEAR, Shelf, init_assets, point_addresses, strip_css

SHEETS = {"css/all.css": ("css/one.css", "css/two.css")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "css/one.css": '/* first */ @font-face { src: url("../fonts/f.woff2") }\n',
        "css/two.css": "p { color: red; }\n" * 40,
        "fonts/f.woff2": "not a font",
        "secret.key": "a kind of file that is not served",
    }.items():
        path = tmp_path / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "outside.css").write_text("p{}")
    return tmp_path / "static"


@pytest.fixture
def shelf(folder: Path) -> Shelf:
    return Shelf(folder, SHEETS)


@pytest.fixture
def client(shelf: Shelf) -> FlaskClient:
    app = Flask("bare", static_folder=None)
    init_assets(app, shelf)
    return app.test_client()


def test_the_address_changes_with_the_content(folder: Path, shelf: Shelf) -> None:
    before = shelf.address("css/two.css")
    (folder / "css/two.css").write_text("p { color: blue; }")
    assert shelf.address("css/two.css") == before
    assert Shelf(folder, SHEETS).address("css/two.css") != before


def test_a_style_sheet_changes_when_its_font_does(folder: Path, shelf: Shelf) -> None:
    (folder / "fonts/f.woff2").write_text("another font")
    after = Shelf(folder, SHEETS)
    assert f'url("{after.address("fonts/f.woff2")}")' in after.find("css/all.css").body.decode()
    (folder / "fonts/f.woff2").write_text("a third")
    assert Shelf(folder, SHEETS).address("css/all.css") != after.address("css/all.css")


def test_joined_sheets_are_one_response(shelf: Shelf) -> None:
    font = shelf.address("fonts/f.woff2")
    expected = f'@font-face{{src:url("{font}")}}' + "p{color:red}" * 40
    assert shelf.find("css/all.css").body.decode() == expected


def test_a_page_may_not_name_a_file_that_is_not_there(shelf: Shelf) -> None:
    with pytest.raises(LookupError, match=r"no static file 'css/none\.css'"):
        shelf.address("css/none.css")


def test_kept_for_a_year_and_packed(client: FlaskClient, shelf: Shelf) -> None:
    answer = client.get(shelf.address("css/all.css"), headers={"Accept-Encoding": "gzip, br"})
    assert answer.headers["Cache-Control"] == YEAR
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data) == shelf.find("css/all.css").body


@pytest.mark.parametrize("wish", ["", "br", "gzip;q=0"])
def test_unpacked_for_those_who_cannot_unpack(client: FlaskClient, shelf: Shelf, wish: str) -> None:
    answer = client.get(shelf.address("css/all.css"), headers={"Accept-Encoding": wish})
    assert "Content-Encoding" not in answer.headers
    assert answer.data == shelf.find("css/all.css").body


def test_fonts_are_packed_already(client: FlaskClient, shelf: Shelf) -> None:
    answer = client.get(shelf.address("fonts/f.woff2"), headers={"Accept-Encoding": "gzip"})
    assert (answer.headers["Content-Type"], answer.data) == ("font/woff2", b"not a font")
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("wish", ["", "gzip"])
def test_a_browser_that_has_it_gets_304(client: FlaskClient, shelf: Shelf, wish: str) -> None:
    first = client.get(shelf.address("css/all.css"), headers={"Accept-Encoding": wish})
    again = client.get(
        shelf.address("css/all.css"), headers={"Accept-Encoding": wish, "If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.data, again.headers["Cache-Control"]) == (304, b"", YEAR)


def test_an_outdated_tag_gets_the_file_for_a_minute(client: FlaskClient, shelf: Shelf) -> None:
    answer = client.get("/static/00000000/css/all.css")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, MINUTE)
    assert answer.data == shelf.find("css/all.css").body


@pytest.mark.parametrize(
    "path",
    [
        "00000000/css/none.css", "00000000/secret.key", "00000000/../outside.css", "00000000/%2e%2e/outside.css",
        "00000000/css/../css/two.css", "00000000/css", "zzzzzzzz/css/all.css", "css/all.css", "00000000/",
        "00000000/css/a%00.css", "00000000/./css/two.css",
    ],
)  # fmt: skip
def test_anything_else_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404


@pytest.mark.parametrize(
    "written, sent",
    [
        ("a  >  b { color : red ; }", "a > b{color :red}"),
        ("p :focus-visible, i { top: calc(1px + -2px) }", "p :focus-visible,i{top:calc(1px + -2px)}"),
        ("p::before { content: \"/* a  { b ; */\" }", "p::before{content:\"/* a  { b ; */\"}"),
        ("p { content: 'it\\'s  ;' }", "p{content:'it\\'s  ;'}"),
        ("p { src: url( data:image/png;base64,AA//BB== ) }", "p{src:url( data:image/png;base64,AA//BB== )}"),
        ("@media (width: 1px) and (height: 2px) { p { x: y } }", "@media (width:1px) and (height:2px){p{x:y}}"),
        ("@supports not selector(:has(a)) { p { x: y; } }", "@supports not selector(:has(a)){p{x:y}}"),
        ("a/**/b { x: 1px/* gap */2px }", "a b{x:1px 2px}"),
    ],
)  # fmt: skip
def test_stripping(written: str, sent: str) -> None:
    assert strip_css(written) == sent


def test_only_relative_addresses_are_replaced() -> None:
    css = 'a{b:url(x.png)}c{d:url("data:x")}e{f:url(#g)}h{i:url(/k)}l{m:url(https://n.example/o)}'
    replaced = 'a{b:url("X.PNG")}c{d:url("data:x")}e{f:url(#g)}h{i:url(/k)}l{m:url(https://n.example/o)}'
    assert point_addresses(css, str.upper) == replaced


# The files themselves


def test_every_icon_a_template_names_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (FOLDER / "icons.svg").read_text()))
    names = re.compile(r"<use href=\"[^\"]*}}#([a-z][a-z_-]+)\"|\bicon\('([a-z_-]+)'\)")
    used: set[str] = set()
    for page in (FOLDER.parent.parent / "templates").rglob("*.html"):
        used |= {a or b for a, b in names.findall(page.read_text())}
    assert used
    assert used - drawn == set()


def test_fonts_hold_what_the_style_sheet_promises() -> None:
    sheet = (FOLDER / "css/tokens.css").read_text()
    faces = re.findall(r"fonts/([a-z-]+\.woff2).*?unicode-range: ([^;]+);", sheet, re.DOTALL)
    assert sorted(name for name, _ in faces) == sorted(path.name for path in (FOLDER / "fonts").glob("*.woff2"))
    for name, ranges in faces:
        promised: set[int] = set()
        for part in ranges.replace("U+", "").split(", "):
            first, _, last = part.partition("-")
            promised |= set(range(int(first, 16), int(last or first, 16) + 1))
        held = set(TTFont(FOLDER / "fonts" / name).getBestCmap())
        assert held - promised == set(), name
        if name == "text-core.woff2":
            assert promised - held == {0xAD}  # browsers draw a soft hyphen as a hyphen


@pytest.mark.parametrize("face, reserved", [("voice", "Londrina"), ("hand", "Gochi"), ("text", "Atkinson")])
def test_cut_fonts_do_not_carry_reserved_names(face: str, reserved: str) -> None:
    for part in ("core", "more"):
        names = [str(record) for record in TTFont(FOLDER / "fonts" / f"{face}-{part}.woff2")["name"].names]
        assert names
        assert [name for name in names if reserved in name] == []
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "fonts" / f"{face}-OFL.txt").read_text().upper()


def test_the_weight_of_a_first_visit() -> None:
    shelf = Shelf()
    kilobytes = {
        name: len(shelf.find(name).packed or shelf.find(name).body) / 1000
        for name in ("css/house.css", "icons.svg", "js/house.js", "fonts/text-core.woff2", "fonts/voice-core.woff2",
                     "fonts/hand-core.woff2")
    }  # fmt: skip
    assert sum(kilobytes.values()) < 52, kilobytes
