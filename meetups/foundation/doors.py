"""Who may enter a page. Every view names its door; a view without one lets nobody in."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from meetups.foundation.pages import sent_signed_out, trouble, typed_here, wants_data
from meetups.foundation.refusals import NotHere

View = TypeVar("View", bound=Callable[..., object])


class Door(Enum):
    EVERYONE = "everyone"
    LINK_HOLDER = "whoever holds the mailed link; the view checks the token"
    MEMBER = "whoever is signed in"
    MODERATOR = "moderators"
    OWN_MACHINE = "a browser on the server's own machine, while no mail server is set"


def _door(door: Door) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.door = door  # type: ignore[attr-defined]
        return view

    return mark


everyone = _door(Door.EVERYONE)
link_holder = _door(Door.LINK_HOLDER)
member = _door(Door.MEMBER)
moderator = _door(Door.MODERATOR)
own_machine = _door(Door.OWN_MACHINE)

LOOPBACK = ("localhost", "127.0.0.1", "::1")
PROXY_TALK = ("x-forwarded", "forwarded", "x-real", "x-client", "x-original", "cf-", "true-client", "via")
NO_DOOR_NEEDED = frozenset({"asset"})


def door_of(app: Flask, endpoint: str) -> Door | None:
    """The door of a view, or None where nobody named one."""
    if endpoint in NO_DOOR_NEEDED:
        return Door.EVERYONE
    return getattr(app.view_functions.get(endpoint), "door", None)


def person_here() -> Any:
    """The person signed in (their own object, not Flask-Login's proxy), or None for a visitor."""
    return current_user._get_current_object() if current_user.is_authenticated else None


def me_here() -> Any:
    """Who is signed in, behind a door that lets nobody else in."""
    person = person_here()
    if person is None:
        raise NotHere("Nobody is signed in.")
    return person


def init_doors(app: Flask) -> None:
    app.after_request(keep_out_of_caches)

    @app.before_request
    def keep_the_door() -> Response | None:
        if request.endpoint is None:
            return None  # no such page; the router says so
        door = door_of(app, request.endpoint)
        if door in (Door.EVERYONE, Door.LINK_HOLDER):
            return None
        if door is Door.OWN_MACHINE and on_own_machine():
            return None
        if door in (Door.MEMBER, Door.MODERATOR):
            if not current_user.is_authenticated and wants_data():
                return trouble(401, "Sign in first", "Nothing was changed. Sign in on the page, then try again.")
            if not current_user.is_authenticated and typed_here():
                return sent_signed_out()
            if not current_user.is_authenticated:
                back = request.full_path.rstrip("?") if request.method == "GET" else None
                return redirect(url_for("people.sign_in", next=back), 303)
            if door is Door.MEMBER or current_user.is_moderator:
                return None
        abort(404)


def keep_out_of_caches(response: Response) -> Response:
    """What a person signed in or a link's holder sees is written to no disk on a shared desk."""
    personal = door_of(current_app, request.endpoint or "") is Door.LINK_HOLDER or current_user.is_authenticated
    if personal and "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def on_own_machine() -> bool:
    """True only for a direct loopback connection to a loopback name: no proxy, no rebound host name.

    A site with an address of its own is served through some proxy, which may say nothing of itself: there it is
    never true.
    """
    settings = current_app.config["MEETUPS"]
    if settings.smtp_host or settings.behind_proxy or urlsplit(settings.site_url).hostname not in LOOPBACK:
        return False
    if any(name.lower().startswith(PROXY_TALK) for name in request.headers.keys()):  # noqa: SIM118 not a dict
        return False
    host = request.host.rsplit(":", 1)[0].strip("[]")
    try:
        near = ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
    return near and host in LOOPBACK
