"""What every page has to stand in a browser."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


def assert_accessible(page: Page) -> None:
    """axe finds nothing wrong with the page as it stands (WCAG 2.2 AA and best practice); needs JavaScript on."""
    page.wait_for_load_state()
    found = Axe().run(page, options=WCAG).response["violations"]
    said = [f"{each['id']}: {each['help']}: {[node['html'][:160] for node in each['nodes']][:4]}" for each in found]
    assert found == [], "\n".join([page.url, *said])


def assert_fits(page: Page) -> None:
    """Nothing sticks out sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"
