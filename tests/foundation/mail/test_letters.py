"""What a letter says, and that text and HTML say the same."""

from __future__ import annotations

import re
import warnings
from itertools import pairwise

import html5lib
import pytest
from flask import Flask

from meetups.foundation.mail.letters import (
    Changed,
    Deed,
    Facts,
    Heading,
    Letter,
    Links,
    Note,
    Para,
    Quote,
    clean,
    one_line,
    shortened,
)
from meetups.foundation.mail.paper import render_html
from meetups.foundation.mail.plain import render_plain

SITE = "http://localhost"
LONG = f"{SITE}/answers/" + "4nq8-" * 40
XHTML = "{http://www.w3.org/1999/xhtml}"


def moved(**other: object) -> Letter:
    given = {
        "key": "moved:k7p2m9q:2:17",
        "to": "ana@example.org",
        "subject": "New room: Glitter cup",
        "lines": (
            Heading("Glitter cup is in another room, Ana"),
            Changed("Where", "N239/241", "The Lantern & Ladle"),
            Facts([("When", "Thu, Jan 21, 2027, 6:30\u00a0PM Pacific\nuntil 8:30\u00a0PM"), ("Cost", "Free")]),
            Deed("Change or cancel", LONG),
            Note("This link is yours alone."),
            Para("One.\nTwo.\n\n" + "Bring scarves and a state-of-the-art parachute. " * 5),
            Quote("<script>alert('hi')</script> שלום"),
            Links([("I can bring that", f"{SITE}/meetups/k7p2m9q#bring"), ("Odd", "javascript:alert(1)")]),
        ),
        "why": "You get this because you are going.",
    } | other
    return Letter(**given)  # type: ignore[arg-type]


def test_plain_text_is_this() -> None:
    letter = moved(essential=False, unsubscribe_url=f"{SITE}/stop/17-x")
    assert render_plain(letter) == (
        "Glitter cup is in another room, Ana\n\n"
        "WHERE (CHANGED)\nNow: N239/241\nWas: The Lantern & Ladle\n\n"
        "WHEN\nThu, Jan 21, 2027, 6:30\u00a0PM Pacific\nuntil 8:30\u00a0PM\n\nCOST\nFree\n\n"
        f"Change or cancel:\n{LONG}\n\n"
        "This link is yours alone.\n\n"
        "One.\nTwo.\n\n"
        "Bring scarves and a state-of-the-art parachute. Bring scarves and a\n"
        "state-of-the-art parachute. Bring scarves and a state-of-the-art parachute.\n"
        "Bring scarves and a state-of-the-art parachute. Bring scarves and a\n"
        "state-of-the-art parachute.\n\n"
        "> <script>alert('hi')</script> שלום\n\n"
        f"I can bring that:\n{SITE}/meetups/k7p2m9q#bring\n\nOdd:\njavascript:alert(1)\n\n"
        "-- \nYou get this because you are going.\n"
        f"Stop letters of this kind:\n{SITE}/stop/17-x\n"
    )


def test_lines_are_short_unless_they_are_one_word(app: Flask) -> None:
    letter = moved(lines=(Heading("h" * 90), Para("word " * 60), Quote("word " * 60), Deed("Go", LONG)))
    too_long = [line for line in render_plain(letter).split("\n") if len(line) > 76]
    assert too_long == ["h" * 90, LONG]


def page(letter: Letter) -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return html5lib.HTMLParser(strict=True).parse(render_html(letter))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def test_html_says_the_same_as_the_text(app: Flask) -> None:
    letter = moved(essential=False, unsubscribe_url=f"{SITE}/stop/17-x")
    body = page(letter).find(f"{XHTML}body")  # type: ignore[attr-defined]
    said = " ".join(body.itertext())  # a <br> parts words
    plain = render_plain(letter)
    for url in (LONG, f"{SITE}/meetups/k7p2m9q#bring", f"{SITE}/stop/17-x"):
        plain = plain.replace(url, "")  # in HTML it is behind the words
    assert words(said) == words("Guerrilla Storytime") + words(plain)


def test_html_leads_to_the_same_addresses_and_fetches_nothing(app: Flask) -> None:
    letter = moved(essential=False, unsubscribe_url=f"{SITE}/stop/17-x")
    tree = page(letter)
    pressed = [a.get("href") for a in tree.iter(f"{XHTML}a")]  # type: ignore[attr-defined]
    assert pressed == [LONG, f"{SITE}/meetups/k7p2m9q#bring", f"{SITE}/stop/17-x"]
    names = {element.tag.removeprefix(XHTML) for element in tree.iter()}  # type: ignore[attr-defined]
    assert names & {"img", "link", "script", "iframe", "object", "embed", "video", "audio", "base", "form"} == set()
    html = render_html(letter)
    assert set(re.findall(r"https?://[^/\"'\s<>]+", html)) == {SITE}
    assert re.findall(r"url\(|@import|src=|background=", html) == []


def test_headings_go_down_one_step_at_a_time(app: Flask) -> None:
    letter = moved(lines=(Para("First."), Heading("The news"), Facts([("When", "now")]), Heading("More")))
    levels = [int(name) for name in re.findall(r"<h(\d)", render_html(letter))]
    assert levels == [1, 2, 2]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_text_of_members_is_escaped_everywhere(app: Flask) -> None:
    nasty = "<img src=x onerror=alert(1)>\"'&"
    letter = moved(
        subject=nasty, why=nasty, essential=False, unsubscribe_url="https://localhost/\"><img src=x>",
        lines=(
            Heading(nasty), Heading(nasty), Para(nasty), Note(nasty), Facts([(nasty, f"{nasty}\n{nasty}")]),
            Changed(nasty, nasty, nasty), Deed(nasty, f"https://localhost/{nasty}"), Quote(nasty),
            Deed(nasty, nasty), Links([(nasty, "https://localhost/\"onclick=\"x"), (nasty, nasty)]),
        ),
    )  # fmt: skip
    tree = page(letter)
    names = {element.tag.removeprefix(XHTML) for element in tree.iter()}  # type: ignore[attr-defined]
    assert "img" not in names
    attributes = {name for element in tree.iter() for name in element.attrib}  # type: ignore[attr-defined]
    assert {name for name in attributes if name.startswith("on")} == set()
    assert "<img" not in render_html(letter)


def test_no_header_can_be_smuggled_in() -> None:
    letter = moved(subject="Hello\r\nBcc: all@example.org\x00\u2028\u202egnp", to="ana@example.org\nBcc: x")
    assert letter.subject == "Hello Bcc: all@example.org gnp"
    assert letter.to == "ana@example.org Bcc: x"


def test_text_is_cleaned_and_cut_at_words() -> None:
    assert clean("\n a\r\nb\rc\td\x07\ud800\x00\n") == " a\nb\nc d"
    assert one_line(" a \t b\u200d ") == "a b\u200d"
    assert shortened("one two three", 13) == "one two three"
    assert shortened("one two three", 12) == "one two…"
    assert shortened("x" * 30, 10) == "x" * 9 + "…"
    assert moved(subject="word " * 100).subject == "word " * 39 + "word…"


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": ""},
        {"key": "k" * 201},
        {"to": " \n"},
        {"to": "a" * 321},
        {"essential": False},
        {"calendar": b"BEGIN:VCALENDAR"},
        {"method": "REQUEST"},
        {"calendar": b"x", "method": "ADD\r\nBcc: x"},
    ],
)
def test_a_letter_that_cannot_go_out_is_refused_when_written(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        moved(**wrong)
