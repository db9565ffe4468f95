"""A recap on paper: nothing on top of anything, and nothing to press."""

from __future__ import annotations

from tests import cast
from tests.makers import make_meetup
from tests.recaps.written import make_recap


def test_a_printed_recap_has_the_words_and_nothing_to_press(page, app, frozen):
    recap = make_recap(meetup=make_meetup("Fox Hollow swap", host=cast.marisol()))
    page.goto(f"/recaps/{recap.code}")
    page.set_viewport_size({"width": 720, "height": 1000})  # a sheet of paper
    page.emulate_media(media="print")
    logo = page.locator(".masthead svg").first.bounding_box()
    first = page.locator("main p").first.bounding_box()
    assert first["y"] >= logo["y"] + logo["height"]
    read = page.locator("main").inner_text()
    assert "hungry bin" in read
    assert [words for words in ("Were you there?", "No comment yet", "Are you named here") if words in read] == []
