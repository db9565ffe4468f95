from __future__ import annotations

from flask import Blueprint

deck = Blueprint("deck", __name__)
