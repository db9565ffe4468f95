"""Places have no page of their own yet; the blueprint holds their templates' home and later pages."""

from __future__ import annotations

from flask import Blueprint

places = Blueprint("places", __name__)
