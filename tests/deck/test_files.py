"""Decks as files: what goes out comes in again, no formula goes out, and no file that comes in breaks anything."""

from __future__ import annotations

import csv
import io
import json
import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetups.deck import queries
from meetups.deck.models import Challenge
from meetups.deck.notation import LARGEST, NotRead, read, to_csv, to_json_lines, to_text
from meetups.deck.terms import AgeGroup, Category, Kind, Skill
from tests import cast
from tests.deck.decks import make_deck

DEFAULTS = (Category.MISHAPS, Kind.SHARE)


def look(data):
    return read(data if isinstance(data, bytes) else data.encode(), *DEFAULTS)


def words(data):
    return [each.text for each in look(data).found]


def challenge(text, **more):
    given = {"category": Category.MISHAPS, "kind": Kind.SHARE, "ages": [], "skills": [], "warm_up": False, **more}
    return Challenge(code="abcd", text=text, **given)


@pytest.mark.parametrize("write", [to_csv, to_json_lines])
def test_the_cup_goes_out_and_comes_in_again(app, write):
    cup = queries.challenges()
    reading = look(write(cup))
    assert (reading.left_out, reading.remarks, {each.doubts for each in reading.found}) == ([], [], {()})
    told = [(f.text, f.category, f.kind, [a.value for a in f.ages], [s.value for s in f.skills], f.warm_up)
            for f in reading.found]
    assert told == [(c.text, c.category, c.kind, c.ages, c.skills, c.warm_up) for c in cup]


@pytest.mark.parametrize("text", [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(\"http://x.example\",\"y\")", "'=1", "''@x", "＝1", "%0A", "|x",
])
def test_no_cell_is_a_formula_and_the_words_come_back(text):
    sheet = to_csv([challenge(text)]).decode("utf-8-sig")
    cells = next(iter(list(csv.DictReader(io.StringIO(sheet)))))
    assert cells["text"].startswith("'")
    assert words(sheet) == [" ".join(text.split())]


@given(st.text(min_size=1, max_size=60).map(lambda text: " ".join(re.findall(r"[\w=+@'\"|,;%-]+", text))).filter(bool))
def test_any_words_survive_a_sheet(text):
    expected = look(json.dumps({"text": text})).found
    assert words(to_csv([challenge(expected[0].text)])) == [expected[0].text]


@given(st.binary(max_size=300) | st.text(max_size=200).map(
    lambda typed: f"text,ages\n{typed}".encode("utf-8", "replace"),
))
def test_no_file_breaks_the_reader(data):
    with suppress(NotRead):
        assert [each for each in look(data).found if not 0 < len(each.text) <= 220] == []


@pytest.mark.parametrize("data", [
    "text\nWie geht’s, Zoë?".encode(), "\ufefftext\nWie geht’s, Zoë?".encode(),
    "text\nWie geht’s, Zoë?".encode("utf-16"), "text\nWie geht’s, Zoë?".encode("utf-16-le"),
    "text\nWie geht’s, Zoë?".encode("utf-16-be"), "text\r\nWie geht’s, Zoë?\r\n".encode("cp1252"),
    "Text;Alter\rWie geht’s, Zoë?;\r".encode(), "sep=;\ntext;ages\n\"Wie geht’s, Zoë?\";".encode(),
    "t\0e\0xt\nWie \0geht’s, Zoë?".encode(),
], ids=["utf-8", "bom", "utf-16", "le", "be", "cp1252", "semicolon", "sep", "nul"])
def test_encodings_and_separators(data):
    assert words(data) == ["Wie geht’s, Zoë?"]


def test_odd_values_are_said_row_by_row_and_nothing_is_dropped_in_silence():
    reading = look(
        "Challenge,About,Ages,Warm-up,Color\n"
        "One,Mishaps,\"Toddlers; dragons\",yes,red\n"
        "Two,When things go sideways,\"babies, preschool\",perhaps,\n"
        ",mishaps,,,\n"
        f"{'x' * 221},,,,\n"
        "ONE!,,,,\n"
        "Three,bananas,,,,,spare\n"
    )
    assert [(each.row, each.text, each.ages, each.warm_up, each.doubts) for each in reading.found] == [
        (2, "One", (AgeGroup.TODDLER,), True, ("“dragons” is not among the ages here",)),
        (3, "Two", (AgeGroup.BABY, AgeGroup.PRESCHOOL), False, ("“perhaps” is neither yes nor no for warm_up",)),
        (7, "Three", (), False, ("“bananas” is no category here",)),
    ]
    assert [(row, why) for row, _words, why in reading.left_out] == [
        (4, "it has no words"), (5, "221 characters; 220 fit on the wood"), (6, "it stands further up already"),
    ]
    assert reading.remarks == [
        "Columns that were not read: “Color”.", "Columns that are not there: kind, skills.",
        "Row 7: more cells than columns; not read: “spare”.",
    ]


def test_a_label_with_a_comma_is_one_category():
    found = look('text,category,skills\nOne,"Songs, rhymes, fingerplays","Letter knowledge|Vocabulary"').found[0]
    assert (found.category, found.skills) == (Category.SONGS_AND_RHYMES, (Skill.LETTER_KNOWLEDGE, Skill.VOCABULARY))


def test_a_plain_list_is_a_list_of_sticks():
    reading = look("1. Sing us in.\n\n- Get the shakers back, all of them, now.\n\u2022 “Quoted”\n")
    assert [each.text for each in reading.found] == ["Sing us in.", "Get the shakers back, all of them, now.",
                                                   "“Quoted”"]
    assert reading.remarks == ["There is no row of column names, so every line was taken for a stick."]


def test_json_lines_with_broken_lines():
    reading = look('{"text": "One", "ages": ["toddler", 7], "mood": 1}\n{"text": \n[1]\n{"text": 5}\n{"text": "Two"}')
    assert [each.text for each in reading.found] == ["One", "Two"]
    assert [(row, why) for row, _words, why in reading.left_out] == [
        (2, "this line is no JSON"), (3, "this line is no object in { }"), (4, "its words are no text"),
    ]
    assert reading.remarks == ["Columns that were not read: “mood”."]
    assert words(json.dumps([{"text": "One"}, {"prompt": "Two"}])) == ["One", "Two"]


def test_an_open_quotation_mark_is_named():
    reading = look('text,ages\n"One,toddler\n' + "Two is a much longer line,toddler\n" * 20)
    assert reading.found == []
    assert [why for _row, _words, why in reading.left_out] == [
        "691 characters, over several lines: is a quotation mark missing?; 220 fit on the wood",
    ]


@pytest.mark.parametrize(("data", "sentence"), [
    (b"", "There is nothing in it."), (b"\xef\xbb\xbf \n", "There is nothing in it."),
    (b"name,ages\nx,toddler\n", "No column is called “text”. The columns are “name”, “ages”."),
    (b"x" * (LARGEST + 1), "That is more than 1 MB, which is the most. Nothing was read; split it."),
    (b"text\n" + b"x\n" * 10_001, "There are more than 10,000 rows in it. Nothing was read; split it."),
    (b"[1, 2", "It begins like a JSON list, and is none. JSON Lines has one object a line."),
    (b"[" * 5000, "It begins like a JSON list, and is none. JSON Lines has one object a line."),
    (b'text\n"' + b"x" * 200_000, "A quotation mark is opened near line 2 and never closed."),
])
def test_what_cannot_be_read_gets_a_sentence(data, sentence):
    with pytest.raises(NotRead) as wrong:
        look(data)
    assert str(wrong.value) == sentence


def test_plain_text_stays_within_76_columns(app):
    text = to_text("The Challenge Cup", queries.challenges())
    assert max(len(line) for line in text.splitlines()) <= 76
    assert " ".join(text.split()).count(queries.challenges()[59].text) == 1


def sent(member, deck, data, **more):
    """As a browser sends a file; by hand, because the test client leaves a temporary file open for large ones."""
    path = f"/cup/decks/{deck.code}/read"
    fields = {"csrf_token": member.token(), "category": "mishaps", "kind": "share", **more}
    parts = [f'name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
    if data is not None:
        parts.append(b'name="file"; filename="sticks.csv"\r\nContent-Type: text/csv\r\n\r\n' + data)
    body = b"".join(b"--zz\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts) + b"--zz--\r\n"
    return member.post(path, data=body, content_type="multipart/form-data; boundary=zz")


def test_nothing_is_saved_before_it_was_looked_at(app, signed_in):
    ana = cast.ana()
    member, deck = signed_in(ana), make_deck(ana, "One")
    page = sent(member, deck, "text\nOne\n<script>Two</script>\nDrei — \"vier\"\n".encode())
    assert page.status_code == 200
    assert "3 sticks found" in member.text(page)
    assert len(queries.sticks_of(deck)) == 1
    area = next(each for each in member.tree(page).iter("textarea"))
    saved = member.forge(f"/cup/decks/{deck.code}/read/save", {"sticks": area.text}, follow_redirects=True)
    assert "2 sticks added. 1 stood in the deck already." in saved.text
    assert [each.text for each in queries.sticks_of(deck)] == ["One", "<script>Two</script>", "Drei — \"vier\""]


@pytest.mark.parametrize("begins", [b"PK\x03\x04", b"\x89PNG\r\n", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1"])
def test_a_spreadsheet_or_a_picture_is_not_taken_for_sticks(begins):
    with pytest.raises(NotRead, match="Save it as CSV"):
        look(begins + b"\nxl/workbook.xml\nand more\n")


def test_pages_for_bad_files(app, signed_in, monkeypatch):
    ana = cast.ana()
    member, deck = signed_in(ana), make_deck(ana)
    assert sent(member, deck, b"\x00\xff" * 500).status_code == 200
    assert sent(member, deck, b"x" * (LARGEST + 1)).status_code == 400
    assert sent(member, deck, b"x" * 5_000_000).status_code == 413
    assert sent(member, deck, None).status_code == 400
    assert sent(member, deck, None, lines="One\nTwo").status_code == 200
    assert sent(member, deck, b"", category="bananas").status_code == 400
    many = sent(member, deck, b"text\n" + b"\n".join(b"stick %d" % n for n in range(1001)))
    assert "Nothing can be saved: 1000 more fit" in member.text(many)
    for nonsense in ("", "{", "x" * 400, "[[[["):
        assert member.forge(f"/cup/decks/{deck.code}/read/save", {"sticks": nonsense}).status_code in (303, 409)
    lines = "\n".join(json.dumps({"text": f"stick {n}"}) for n in range(1001))
    assert member.forge(f"/cup/decks/{deck.code}/read/save", {"sticks": lines}).status_code == 409
    assert len(queries.sticks_of(deck)) <= 1  # four hundred x do not fit, a lone brace is one


def test_files_go_to_those_who_see_the_deck(app, client, signed_in):
    ana = cast.ana()
    deck = make_deck(ana, "=1+1")
    for ending in ("csv", "jsonl", "txt"):
        assert client.get(f"/cup/decks/{deck.code}.{ending}").status_code == 404
        assert client.get(f"/cup/decks/cup.{ending}").status_code == 200
    answer = signed_in(ana).get(f"/cup/decks/{deck.code}.csv")
    assert ",'=1+1," in answer.text
    assert answer.headers["Content-Disposition"] == f'attachment; filename="sticks-{deck.code}.csv"'
