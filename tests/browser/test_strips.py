"""Strips to cut, as Chromium prints them: on Letter and on A4, each whole on one sheet, nothing cut off."""

from __future__ import annotations

import re

import pytest

from meetups.deck import actions
from meetups.deck.terms import AgeGroup, Category, Kind, Sharing
from meetups.foundation.database import unit_of_work
from tests import cast
from tests.browser.looking import assert_accessible, assert_fits

LONG = "When the parachute, the shakers and the whole of the caregivers’ coffee are in one corner, " * 3
# A link at the top and at the bottom of each strip: where a link came to lie is written in a PDF in plain letters.
MARK = """() => document.querySelectorAll(".strip").forEach((strip, number) => {
  for (const [place, part] of [["top", strip.firstElementChild], ["end", strip.lastElementChild]]) {
    const link = document.createElement("a");
    link.href = `https://strips.example/${number}-${place}`;
    link.append(...part.childNodes);
    part.append(link);
  }
})"""
CUT_OFF = """() => [...document.querySelectorAll(".strip")].filter((strip) =>
  strip.scrollHeight > strip.clientHeight + 1 || strip.scrollWidth > strip.clientWidth + 1).length"""


def sheets(pdf: bytes) -> list[set[str]]:
    """The marks on each page, in order."""
    things = dict(re.findall(rb"\n(\d+) 0 obj\n(<<(?:(?!endobj).)*?>>)\nendobj", pdf, re.DOTALL))
    pages = [thing for thing in things.values() if re.search(rb"/Type\s*/Page\b", thing)]
    found = []
    for page in pages:
        listed = re.search(rb"/Annots\s*\[(.*?)\]", page, re.DOTALL)
        numbers = re.findall(rb"(\d+) 0 R", listed[1]) if listed else []
        found.append({mark.decode() for number in numbers
                      for mark in re.findall(rb"strips\.example/(\d+-\w+)", things[number])})
    return found


@pytest.fixture
def paths(app):
    marisol = cast.marisol()
    with unit_of_work():
        actions.fill_the_cup()
        deck = actions.begin_deck(marisol, actions.DeckWish("Hard ones", sharing=Sharing.PUBLIC))
        words = [f"{n}. {LONG[: 200 + n]}" for n in range(15)] + ["W" * 220, "子" * 220, "x", "ein Wort " * 24]
        actions.write_sticks(deck, [
            actions.StickWish(text.strip(), Category.ADVOCACY_AND_US, Kind.ACT_OUT, tuple(AgeGroup)) for text in words
        ])
    return {"/cup/decks/cup/print": (60, 5), f"/cup/decks/{deck.code}/print": (19, 3),
            "/cup/decks/cup/print?big=1": (60, 8), "/cup/decks/cup/print?take=c01&take=c02&take=c99": (2, 1)}


def test_each_strip_is_whole_on_one_sheet(paths, page):
    for path, (strips, most_sheets) in paths.items():
        page.emulate_media(media="screen")
        page.goto(path)
        assert_fits(page)
        if "?" not in path:
            assert_accessible(page)
        page.evaluate(MARK)
        page.emulate_media(media="print")
        for paper in ("Letter", "A4"):
            found = sheets(page.pdf(format=paper))
            ends = [{mark.split("-")[0] for mark in sheet if mark.endswith(which)}
                    for which in ("top", "end") for sheet in found]
            assert ends[: len(found)] == ends[len(found):], f"{path} on {paper}: a strip goes over two sheets"
            assert sorted(int(n) for sheet in ends[: len(found)] for n in sheet) == list(range(strips))
            assert len(found) <= most_sheets, f"{path} on {paper} takes {len(found)} sheets"
        for width in (711, 733):  # between the margins of A4 and of Letter, in CSS pixels
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(CUT_OFF) == 0
        page.set_viewport_size({"width": 1280, "height": 900})
