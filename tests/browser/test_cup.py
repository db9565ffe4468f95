"""Drawing on a phone: without script, with it, and with the network cut."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from meetups.deck import actions, queries
from meetups.foundation.database import unit_of_work
from tests import cast
from tests.browser.looking import assert_accessible, assert_fits


@pytest.fixture(autouse=True)
def full_cup(app):
    with unit_of_work():
        actions.fill_the_cup()


def said(page):
    return page.locator("[data-cup-text]").inner_text()


def press(page, name):
    page.get_by_role("link", name=name, exact=True).click()


DRAW_ALL = """() => {
  const at = (name) => document.querySelector(`[data-cup-${name}]`);
  return Array.from({ length: 60 }, (_, turn) => {
    at(turn % 3 === 1 ? "skip" : "draw").click();
    const shown = at("text").textContent;
    at("pass").click();
    return at("text").textContent === shown && at("origin").textContent.startsWith("Passed to") ? shown : "";
  });
}"""


def test_the_whole_cup_without_a_network(live_server, open_context):
    texts = sorted(each.text for each in queries.challenges())
    warm = {each.text for each in queries.challenges() if each.warm_up}
    context = open_context(person=cast.marisol(), viewport={"width": 360, "height": 740}, has_touch=True)
    phone = context.new_page()
    phone.goto("/cup")
    expect(phone.locator("[data-cup-kept]")).to_have_count(1)
    context.set_offline(True)
    seen = phone.evaluate(DRAW_ALL)  # drawn, skipped and passed in turn, by pressing the links
    assert sorted(seen) == texts
    assert {seen[0], seen[2]} <= warm  # the second one was skipped
    press(phone, "Put them all back")
    expect(phone.get_by_text("60 left")).to_be_visible()

    # opened again from scratch, in the same address, with filters, and by the links of the page without script
    phone.goto("/cup?age=baby&out=c01-c02")
    expect(phone.get_by_text("Stick 2", exact=False)).to_be_visible()
    expect(phone.get_by_role("link", name="Babies")).to_have_attribute("aria-current", "true")
    phone.goto("/cup/draw?out=c01")
    expect(phone).to_have_url(re.compile(r"/cup\?out=c01-c\d\d$"))
    expect(phone.get_by_role("link", name="Sign in")).to_be_visible()  # what is kept says nothing of Marisol
    assert "Marisol" not in phone.content()
    assert_fits(phone)
    assert_accessible(phone)

    # and nothing else is kept or touched
    kept = phone.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) =>"
        "(await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname)))).flat()"
    )
    assert {path for path in kept if not path.startswith("/static/")} == {"/cup/offline", "/cup/decks/cup.json"}
    context.set_offline(False)
    phone.goto("/cup")
    expect(phone.get_by_role("link", name="Marisol")).to_be_visible()
    phone.goto("/near")
    assert phone.evaluate("navigator.serviceWorker.controller") is None


def test_with_script_the_address_says_what_the_links_would(page):
    page.goto("/cup?age=toddler&skipped=c06")
    expect(page.locator("[data-cup-ready]")).to_have_count(1)
    press(page, "Draw a stick")
    press(page, "Draw the next stick")
    address, shown = page.url, said(page)
    assert "age=toddler" in address
    assert "skipped=c06" in address
    page.reload()
    assert said(page) == shown
    page.go_back()
    expect(page.get_by_text("Stick 1 ·")).to_be_visible()


def test_without_script(no_script):
    no_script.goto("/cup")
    press(no_script, "Draw a stick")
    first = said(no_script)
    press(no_script, "Skip it")
    assert said(no_script) != first
    press(no_script, "Pass to the group")
    expect(no_script.get_by_text("Passed to the group")).to_be_visible()
    press(no_script, "Draw the next stick")
    expect(no_script.get_by_text("Earlier sticks (1)")).to_be_visible()
