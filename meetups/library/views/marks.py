"""What stands beside ideas in lists: keeping them, and how many people tried them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import request

from meetups.foundation.doors import person_here
from meetups.library import queries
from meetups.library.views.room import library
from meetups.recaps.models import Response


@dataclass(frozen=True)
class Marks:
    """`saved`: the ideas this reader keeps, and whether there is a note beside them; `tried`: how many people did.

    `back` is the address of the page, to come back to when a button was pressed. Visitors get counts alone.
    """

    member: bool
    saved: Mapping[int, bool]
    tried: Mapping[int, int]
    back: str


@library.app_template_global()
def idea_marks(ideas: Iterable[Response]) -> Marks:
    """For a page of ideas, in two queries at most."""
    person, numbers = person_here(), [each.id for each in ideas]
    saved = queries.saved_among(person, numbers) if person else {}
    return Marks(person is not None, saved, queries.tried_counts(numbers), request.full_path.rstrip("?"))
