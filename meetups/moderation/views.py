"""Reports, hiding, and what anyone may read about the house."""

from __future__ import annotations

from flask import Blueprint

moderation = Blueprint("moderation", __name__)
