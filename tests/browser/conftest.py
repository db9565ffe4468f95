"""Real Chromium against the app, served in this process so that both share the stopped clock.

    def test_on_a_phone(phone): ...            # a Page 360 px wide; also: page, dark, no_script
    phone.goto("/near"); assert_accessible(phone)          # tests/browser/looking.py

The app lives on http://localhost:PORT (a passkey needs that name). Whatever a page asks of another host fails the test,
and so does an error in its console. What the pages wrote is read inside `with live_server.app.app_context():`.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask, session
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from meetups.foundation.database import db
from meetups.people.models import Person
from meetups.people.signing_in import let_in
from meetups.settings import Settings

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
PATIENCE_MS = 10_000


class NoChromium(Exception):
    """An error on purpose: a skipped test proves nothing."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise NoChromium("chromium is not on the PATH: install the package chromium (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@dataclass
class LiveServer:
    """The served app, and what pages tried to get elsewhere or complained about."""

    app: Flask
    url: str
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def server() -> Iterator[Any]:
    """A server on a free port for all tests of the session, one app after the other: an app has to know its address."""
    os.environ.pop("WERKZEUG_SERVER_FD", None)
    server = make_server("localhost", 0, _nobody_home, threaded=True)
    server.log = lambda *_args, **_kwargs: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()


def _nobody_home(_environ: Any, start_response: Any) -> list[bytes]:
    start_response("503 Service Unavailable", [])
    return []


@pytest.fixture
def settings(settings: Settings, server: Any) -> Settings:
    """As everywhere, but at home on the port of the live server, which `app` and the tests' client use as well."""
    port = server.server_port
    return replace(settings, port=port, site_url=f"http://localhost:{port}")


@pytest.fixture
def live_server(app: Flask, server: Any) -> Iterator[LiveServer]:
    server.app = app
    live = LiveServer(app, app.config["MEETUPS"].site_url)
    yield live
    server.app = _nobody_home
    assert live.strangers == [], "pages asked other hosts"
    assert live.complaints == [], "the console of the browser complained"


MakeContext = Callable[..., BrowserContext]


@pytest.fixture
def open_context(chromium: Browser, live_server: LiveServer) -> Iterator[MakeContext]:
    """`open_context(java_script_enabled=False, ...)`: a browser profile of its own, watched for other hosts."""
    contexts: list[BrowserContext] = []

    def opened(*, person: Person | None = None, **options: Any) -> BrowserContext:
        usual = {"base_url": live_server.url, "locale": "en-US", "timezone_id": "America/Chicago"}
        context = chromium.new_context(**{**usual, **options})
        context.set_default_timeout(PATIENCE_MS)
        context.route("**/*", lambda route: _only_home(route, live_server))
        context.on("page", lambda page: _listen(page, live_server))
        if person is not None:
            context.add_cookies([signed_in_cookie(live_server, person)])
        contexts.append(context)
        return context

    yield opened
    for context in contexts:
        context.close()


def _only_home(route: Any, live: LiveServer) -> None:
    parts = urlsplit(route.request.url)
    if parts.scheme in ("data", "blob") or f"{parts.scheme}://{parts.netloc}" == live.url:
        return route.continue_()
    live.strangers.append(route.request.url)
    return route.abort()


def _listen(page: Page, live: LiveServer) -> None:
    def heard(message: Any) -> None:
        # A refused form answers 4xx on purpose; Chromium notes every such answer as an error.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            live.complaints.append(f"{page.url}: {message.text}")

    page.on("console", heard)
    page.on("pageerror", lambda error: live.complaints.append(f"{page.url}: {error}"))


def signed_in_cookie(live: LiveServer, person: Person) -> Any:
    """The cookie of a session in which this person has signed in."""
    with live.app.app_context(), live.app.test_request_context(base_url=live.url):
        let_in(db.session.merge(person))
        response = live.app.response_class()
        live.app.session_interface.save_session(live.app, session, response)
    name, value = response.headers["Set-Cookie"].split(";")[0].split("=", 1)
    return {"name": name, "value": value, "url": live.url, "httpOnly": True, "sameSite": "Lax"}


@pytest.fixture
def page(open_context: MakeContext) -> Page:
    """A page on a desk, 1280 px wide, light."""
    return open_context(viewport={"width": 1280, "height": 900}).new_page()


@pytest.fixture
def phone(open_context: MakeContext) -> Page:
    """A page on a phone, 360 px wide, with touch."""
    return open_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True).new_page()


@pytest.fixture
def dark(open_context: MakeContext) -> Page:
    """A page at night."""
    return open_context(color_scheme="dark", viewport={"width": 1280, "height": 900}).new_page()


@pytest.fixture
def no_script(open_context: MakeContext) -> Page:
    """A page without JavaScript, on a phone."""
    return open_context(java_script_enabled=False, viewport={"width": 360, "height": 740}).new_page()


@pytest.fixture
def screenshots(tmp_path: Path) -> Path:
    """Where a test may put pictures to be looked at."""
    folder = tmp_path / "screenshots"
    folder.mkdir()
    return folder
