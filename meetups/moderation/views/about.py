"""What anyone may read about the house, robots too."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, render_template

from meetups.foundation import doors
from meetups.moderation.views.blueprint import moderation

# A plain "/me" would keep robots out of /meetups as well.
KEPT_FROM_ROBOTS = ("/rsvp/", "/sign-in", "/letters", "/me$", "/me/")
ROBOTS = "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in KEPT_FROM_ROBOTS)


@moderation.get("/about/conduct")
@doors.everyone
def conduct() -> Any:
    return render_template("about/conduct.html")


@moderation.get("/about/privacy")
@doors.everyone
def privacy() -> Any:
    settings = current_app.config["MEETUPS"]
    asks_outside = bool(settings.geocoder)
    return render_template("about/privacy.html", contact=settings.operator_contact, asks_outside=asks_outside)


@moderation.get("/about/feeds")
@doors.everyone
def feeds() -> Any:
    return render_template("about/feeds.html")


@moderation.get("/about/origins")
@doors.everyone
def origins() -> Any:
    return render_template("about/origins.html")


@moderation.get("/robots.txt")
@doors.everyone
def robots() -> Any:
    return Response(ROBOTS, mimetype="text/plain", headers={"Cache-Control": "public, max-age=3600"})
