"""What a first visit transfers, as a real Chromium counts it."""

from __future__ import annotations

import shutil
from typing import Any

from playwright.sync_api import sync_playwright

from tests.bench.servers import get


def first_visit(port: int, path: str) -> dict[str, float]:
    """Bytes over the wire by address (heads included), in an empty browser, until nothing more is loaded.

    A headless browser shows no tab and may leave the tab's icon out; then it is fetched apart and counted as well.
    """
    found: dict[str, float] = {}
    addresses: dict[str, str] = {}
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")

        def sent(event: dict[str, Any]) -> None:
            addresses[event["requestId"]] = event["request"]["url"]

        def done(event: dict[str, Any]) -> None:
            address = addresses.get(event["requestId"], "?")
            found[address] = found.get(address, 0) + event["encodedDataLength"]

        wire.on("Network.requestWillBeSent", sent)
        wire.on("Network.loadingFinished", done)
        page.goto(f"http://localhost:{port}{path}", wait_until="networkidle")
        page.mouse.wheel(0, 20_000)
        page.wait_for_timeout(500)
        icon = page.get_attribute("link[rel=icon]", "href") or "/favicon.ico"
        browser.close()
    if not any(icon in address for address in found):
        found[f"{icon} (apart)"] = get(port, icon, **{"Accept-Encoding": "gzip, deflate, br"})[2]
    return found
