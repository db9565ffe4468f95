"""Setting a pin: by squares without a script, and by a press on the map that moves."""

from __future__ import annotations

import pytest

from meetups.places.models import Place, Precision
from tests import cast
from tests.browser.looking import assert_accessible, assert_fits
from tests.makers import make_meetup, make_place


@pytest.fixture
def place(app) -> Place:
    place = make_place(precision=Precision.TOWN)
    make_meetup(place=place)
    return place


def test_by_squares_without_a_script(place, open_context):
    page = open_context(person=cast.ken(), viewport={"width": 360, "height": 740}, java_script_enabled=False).new_page()
    page.goto(f"/places/{place.code}/pin")
    assert_fits(page)
    for way in ("1 north and 1 east of the middle", "the middle", "2 south of the middle", "the middle", "the middle"):
        page.get_by_role("link", name=f"Closer: {way}", exact=True).click()
    page.get_by_text("Each square is 5 m wide").wait_for()
    page.get_by_role("button", name="Put the pin here").click()
    page.get_by_text("The pin is set").wait_for()
    page.get_by_text("The pin was set by hand").wait_for()


def test_by_a_press_on_the_map_that_moves(place, open_context):
    page = open_context(person=cast.ken(), viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"/places/{place.code}/pin")
    assert_accessible(page)
    page.get_by_role("button", name="Pan, zoom and press").click()
    box = page.locator(".panmap")
    box.click(position={"x": 200, "y": 150})
    assert page.locator("#pin-said").inner_text().startswith("The pin stands where you pressed")
    lat, lon = (float(part) for part in page.get_by_label("Latitude, longitude").input_value().split(","))
    assert abs(lat - 47.25) < 0.3
    assert abs(lon + 122.44) < 0.3
    assert_accessible(page)
    page.get_by_role("button", name="Put the pin here").click()
    page.get_by_text("The pin is set").wait_for()
