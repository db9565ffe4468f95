"""Pages for recaps: finding, reading, writing up, agreeing to be named."""

from __future__ import annotations

from flask import Blueprint

recaps = Blueprint("recaps", __name__)
