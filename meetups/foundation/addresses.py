"""Absolute addresses of our own pages, for letters, calendars and feeds."""

from __future__ import annotations

from flask import current_app


def absolute(path: str) -> str:
    """`/meetups/k7p2m9q` as people outside type it, on the site's own address."""
    return f"{current_app.config['MEETUPS'].site_url}{path}"


def site_name() -> str:
    return str(current_app.config["MEETUPS"].site_name)
