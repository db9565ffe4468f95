"""Refusals: the rules say no, with a sentence fit for the person."""

from __future__ import annotations


class Refusal(Exception):
    """Nothing was changed. `sentence` says what did not happen and what to do; shown as it stands (409).

    `field` names the form field it belongs to, if any; `way_on` is a (path, text) pair to offer.
    """

    status = 409

    def __init__(self, sentence: str, *, field: str | None = None, way_on: tuple[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.way_on = way_on


class NotHere(Refusal):
    """There is no such thing, or not for this reader; the two look alike on purpose (404)."""

    status = 404


class LinkSpent(Refusal):
    """A mailed link that was used, has run out or was never ours (410)."""

    status = 410
