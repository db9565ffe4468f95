"""The front page in real Chromium: on a phone, on a desk at night, without JavaScript."""

from urllib.parse import urlsplit

from tests import cast, makers
from tests.browser.looking import assert_accessible, assert_fits


def test_it_fits_a_phone_and_axe_finds_nothing(phone):
    makers.make_meetup("Parachute night", host=cast.marisol())
    phone.goto("/")
    assert phone.title()
    assert phone.get_by_role("main").is_visible()
    assert_fits(phone)
    assert_accessible(phone)


def test_it_reads_well_at_night(dark):
    makers.make_meetup("Parachute night", host=cast.marisol())
    dark.goto("/")
    assert_accessible(dark)


def test_everything_is_there_without_javascript(no_script):
    no_script.goto("/")
    no_script.get_by_role("link", name="Propose").first.click()
    assert urlsplit(no_script.url).path != "/"
    assert no_script.get_by_role("main").is_visible()


def test_somebody_signed_in_is_greeted_by_name(open_context):
    page = open_context(person=cast.marisol()).new_page()
    page.goto("/")
    assert page.get_by_role("link", name="Marisol").is_visible()
