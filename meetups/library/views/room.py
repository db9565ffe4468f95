"""The blueprint of the room, and what all its pages ask."""

from __future__ import annotations

from flask import Blueprint, request

from meetups.foundation.whereabouts import current_gazetteer
from meetups.library.forms import Chosen, chosen_in

library = Blueprint("library", __name__)


def chosen_here() -> Chosen:
    """The search in the address of this request."""
    return chosen_in(request.args, country_name)


def country_name(code: str) -> str:
    return current_gazetteer().countries.get(code, code)
