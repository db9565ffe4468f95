"""The blueprint of the room, and how its pages find the recap they are about."""

from __future__ import annotations

from flask import Blueprint

from meetups.foundation.doors import person_here
from meetups.foundation.refusals import NotHere
from meetups.recaps import permissions, queries
from meetups.recaps.models import Recap

recaps = Blueprint("recaps", __name__)


def find_readable(code: str) -> Recap:
    """The recap, if whoever is here may read it."""
    recap = queries.recap_by_code(code)
    if recap is None or not permissions.may_see(person_here(), recap):
        raise NotHere("There is no such recap.")
    return recap


def find_own(code: str) -> Recap:
    """The recap, if whoever is here may change it."""
    recap = queries.recap_by_code(code)
    if recap is None or not permissions.may_edit(person_here(), recap):
        raise NotHere("There is no such recap.")
    return recap
