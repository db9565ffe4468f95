"""Live notes on two phones without signal, and the screen on the wall, in real Chromium."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from meetups.deck import actions as deck
from meetups.deck.terms import Category, Kind, Sharing
from meetups.foundation.database import db, unit_of_work
from meetups.notes import actions
from meetups.notes.models import Deed
from meetups.notes.views.finding import ROOM, SCRIBES, link_key
from tests import cast
from tests.makers import make_meetup

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
SENT = re.compile("Everything is sent")

# Forty ideas, a quarter of a minute apart by the clock of the phone, each typed and pressed.
FORTY = """([name, late]) => {
  const clock = Date.now, field = document.getElementById("text");
  let shift = late;
  Date.now = () => clock() + shift;
  for (let number = 0; number < 40; number += 1) {
    field.value = `${name} ${number}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.form.requestSubmit(field.form.querySelector("button"));
    shift += 15000;
  }
}"""


@pytest.fixture
def session(app, frozen):
    host = cast.marisol()
    with unit_of_work():
        deck.fill_the_cup()
    meetup = make_meetup("Fox Hollow swap", host=host)
    frozen.move_to(meetup.starts_at + timedelta(minutes=10))
    with unit_of_work():
        return actions.start(host, meetup)


@pytest.fixture
def opened(open_context, live_server, session):
    """`opened()`: a phone of its own that has read the page with signal; its context and page."""
    with live_server.app.app_context():
        path = f"/meetups/{session.meetup.code}/notes?key={link_key(SCRIBES, session)}"

    def phone():
        context = open_context(**PHONE)
        page = context.new_page()
        page.goto(path)
        expect(page.locator("[data-ready]")).to_have_count(1)
        return context, page

    yield phone
    meant = re.compile("ERR_INTERNET_DISCONNECTED|status of 502")
    live_server.complaints[:] = [each for each in live_server.complaints if not meant.search(each)]


def draw(page):
    """Draw a stick and wait until the server has it; its words."""
    before = page.locator("#prompt").inner_text()
    page.locator("#draw").click()
    expect(page.locator("#prompt")).not_to_have_text(before)
    expect(page.locator("#signal")).to_have_text(SENT)
    return page.locator("#prompt").inner_text()


def texts(session):
    db.session.rollback()
    return [[response.text for response in entry.responses] for entry in session.recap.entries]


def test_forty_ideas_each_on_two_phones_without_signal_for_ten_minutes(opened, session):
    (first, sol), (second, bea) = opened(), opened()
    prompt = draw(sol)
    bea.reload()
    expect(bea.locator("#prompt")).to_have_text(prompt)
    expect(bea.locator("[data-ready]")).to_have_count(1)
    for context, page, name, late in ((first, sol, "sol", 0), (second, bea, "bea", 7500)):
        context.set_offline(True)
        page.evaluate(FORTY, [name, late])
        expect(page.locator("#signal")).to_have_text("Waiting to send: 40. Safe on this phone.")
    assert texts(session) == [[]]
    bea.reload()  # the phone threw the page away meanwhile
    expect(bea.locator("#signal")).to_have_text("Waiting to send: 40. Safe on this phone.")
    expect(bea.locator("#last li")).to_have_count(5)
    for context, page in ((second, bea), (first, sol)):
        context.set_offline(False)
        expect(page.locator("#signal")).to_have_text(SENT)
    assert texts(session) == [[f"{name} {number}" for number in range(40) for name in ("sol", "bea")]]
    assert db.session.query(Deed).count() == 81


def test_an_answer_lost_on_the_way_back_is_asked_again(opened, session):
    context, page = opened()
    draw(page)
    lost, healed = [], []

    def swallow(route):
        if route.request.method == "GET" or "lap" not in route.request.post_data or healed:
            return route.continue_()
        lost.append(lost or route.fetch())  # the server does it
        return route.abort("internetdisconnected")  # and the phone never hears of it

    context.route("**/sync.json*", swallow)
    page.locator("#text").fill("a lap")
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Note it").click()
    expect(page.locator("#signal")).to_have_text("Waiting to send: 1. Safe on this phone.")
    assert texts(session) == [["a lap"]]
    healed.append(True)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#signal")).to_have_text(SENT)
    assert texts(session) == [["a lap"]]
    page.get_by_role("button", name="Undo a lap").click()
    expect(page.locator("#last li")).to_have_count(0)
    expect(page.locator("#signal")).to_have_text(SENT)
    assert texts(session) == [[]]


def test_the_screen_follows_and_latecomers_see_what_was_said(opened, session, open_context, live_server):
    _, page = opened()
    with live_server.app.app_context():
        path = f"/meetups/{session.meetup.code}/screen?key={link_key(ROOM, session)}"
    desk = open_context(viewport={"width": 1280, "height": 800})
    bad = iter([True])
    desk.route("**/events", lambda route: route.fulfill(status=502) if next(bad, False) else route.fallback())
    wall = desk.new_page()
    wall.goto(path)  # the proxy finds the server restarting just then
    expect(wall.locator("h1")).to_have_text("The first stick is about to be drawn.")
    first = draw(page)
    expect(wall.locator("h1")).to_have_text(first)
    page.locator("#text").fill("<b>a lap</b>")
    page.locator("#text").press("Enter")
    expect(wall.locator("#wall-ideas li")).to_have_text(["<b>a lap</b>"])
    page.get_by_text("A question from the room").click()
    page.get_by_label("What was asked").fill("How do you start on time?")
    page.get_by_role("button", name="Put it out").click()
    expect(wall.locator("h1")).to_have_text("How do you start on time?")
    expect(wall.locator("#wall-list")).to_contain_text(first)
    late = open_context(java_script_enabled=False).new_page()
    late.goto(path)
    expect(late.locator("h1")).to_have_text("How do you start on time?")
    expect(late.locator("#wall-list")).to_contain_text("<b>a lap</b>")


def test_a_deck_that_is_taken_back_leaves_the_phone(opened, session):
    ken = cast.ken()
    with unit_of_work():
        session.deck = deck.begin_deck(ken, deck.DeckWish("Felt", sharing=Sharing.PUBLIC))
        deck.write_stick(session.deck, deck.StickWish("Felt came off. Go on.", Category.MISHAPS, Kind.SHARE))
    _, page = opened()
    expect(page.locator("#left")).to_have_text("1 left in the cup")
    expect(page.locator("#taken-back")).to_be_hidden()
    with unit_of_work():
        session.deck.sharing = Sharing.PRIVATE
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#taken-back")).to_be_visible()
    expect(page.locator("#left")).to_have_text("60 left in the cup")
    assert draw(page) != "Felt came off. Go on."
