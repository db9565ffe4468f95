"""Keeping an idea and saying that one tried it, on a phone without JavaScript; the folder on paper."""

from __future__ import annotations

from playwright.sync_api import expect

from tests import cast
from tests.library.conftest import entry, idea, make_recap


def test_an_idea_is_kept_noted_and_tried(app, open_context):
    make_recap("Fox Hollow", entry("Scarves back?", idea("Popcorn"), idea("The bin is hungry"), category="transitions"))
    page = open_context(
        person=cast.ken(), java_script_enabled=False, viewport={"width": 360, "height": 740}
    ).new_page()
    page.goto("/ideas?q=popcorn")
    page.get_by_role("button", name="Save (Popcorn)").click()
    expect(page.get_by_role("button", name="Saved. Take it out (Popcorn)")).to_be_visible()
    page.get_by_role("link", name="My storytime folder").click()
    page.get_by_text("Write a note").click()
    page.get_by_label("Your own note").fill("The blue box")
    page.get_by_role("button", name="Save the note on Popcorn").click()
    expect(page.get_by_text("My note The blue box")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text("My note The blue box")).to_be_visible()
    for gone in (page.get_by_role("navigation"), page.get_by_role("button"), page.get_by_role("textbox")):
        expect(gone).to_have_count(0)
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Tried it?").click()
    page.get_by_label("How did it go?").fill("Took two rounds")
    page.get_by_role("button", name="I tried it").click()
    expect(page.get_by_role("heading", name="1 person tried it")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Took two rounds")).to_be_visible()
