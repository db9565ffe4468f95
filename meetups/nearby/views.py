"""Librarians near me."""

from __future__ import annotations

from flask import Blueprint

nearby = Blueprint("nearby", __name__)
