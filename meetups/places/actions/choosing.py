"""Whether the words mean a place that somebody entered before."""

from __future__ import annotations

from collections.abc import Collection

from meetups.foundation.refusals import Refusal
from meetups.places import queries
from meetups.places.entries import stated
from meetups.places.models import Finding, Place, PlaceKind, Precision

ANOTHER = "another"


class WhichPlace(Refusal):
    """It may be one of these; `choices` are (value of the field `place_choice`, words) to ask with."""

    def __init__(self, places: list[Place], sentence: str = "Is it one of these?") -> None:
        super().__init__(f"{sentence} Then what others found out about it is on your page at once.", field="words")
        self.choices = [(place.code, _in_a_line(place)) for place in places]
        self.choices.append((ANOTHER, "No, it is another place"))


def known_place(
    words: str, kind: PlaceKind, finding: Finding, choice: str = "", *, own: Collection[int] = (),
    conditions: Collection[queries.Condition] = (),
) -> Place | None:  # fmt: skip
    """The place the words mean; None for a new one. Never one for a home or online.

    `choice` answers the question that WhichPlace raises. Nobody is asked when the very words are those of a place
    known to its postal code or better, or of one where the host was before (`own`, row numbers).
    """
    if choice == ANOTHER or kind in (PlaceKind.HOME, PlaceKind.ONLINE):
        return None
    picked = queries.place_by_code(choice) if choice else None
    if picked is not None and queries.is_shared(queries.where_now(picked), *conditions):
        return queries.where_now(picked)
    likely = [place for place in queries.likely_same(words, finding, *conditions) if _fits(place, kind, words)]
    sure = [place for place in likely if _says_so(place, words) and (place.id in own or _is_precise(place))]
    if len(sure) == 1:
        return sure[0]
    if likely:
        gone = "That place is not there any more. Is it one of these?" if choice else "Is it one of these?"
        raise WhichPlace(likely, gone)
    return None


def _fits(place: Place, kind: PlaceKind, words: str) -> bool:
    """A floor and a room of one conference building are two places that look alike."""
    conference = (PlaceKind.CONFERENCE_FLOOR, PlaceKind.CONFERENCE_ROOM)
    return place.kind is kind or not (place.kind in conference or kind in conference)


def _says_so(place: Place, words: str) -> bool:
    return " ".join(place.words.casefold().split()) == " ".join(words.casefold().split())


def _is_precise(place: Place) -> bool:
    return place.precision in (Precision.EXACT, Precision.POSTAL)


def _in_a_line(place: Place) -> str:
    there = "" if not place.town or place.town in place.words else f", {place.town}"
    known = "; ".join(stated(place.access)[:3])
    return f"{place.words}{there}{f' ({known})' if known else ''}"
