"""Drawing where there is no script: the server picks the stick, once a press."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from meetups.deck import actions as deck
from meetups.deck.models import Stick
from meetups.deck.queries import sticks_of
from meetups.foundation.database import lock
from meetups.foundation.refusals import Refusal
from meetups.notes import queries
from meetups.notes.actions.lending import deck_of
from meetups.notes.actions.merging import Taken, take
from meetups.notes.models import Session
from meetups.notes.notation import DeedWish
from meetups.notes.terms import DeedKind
from meetups.recaps.terms import Outcome


class CupIsEmpty(Refusal):
    """Every stick of the meetup's deck has been drawn."""


def sticks(session: Session) -> Sequence[Stick]:
    """The cup of this meetup, drawn ones included; the public one when its own deck was taken back."""
    return sticks_of(deck_of(session), session.age)


def draw(session: Session, id: str) -> Taken:
    """A stick that is not out yet, warm-ups first. The same press again draws no second one. Raises CupIsEmpty."""
    lock(session)
    if queries.deed_by_client_id(session, id) is not None:
        return Taken(done=[id])
    drawn, skipped = queries.sticks_out(session)
    try:
        stick = deck.draw(sticks(session), drawn, skipped)
    except deck.DeckIsEmpty:
        raise CupIsEmpty("Every stick has been drawn. Ask a question of your own.") from None
    return take(session, [DeedWish(id, DeedKind.DRAW, stick=stick.code, text=stick.text)])


def skip(session: Session, id: str, target: str) -> Taken:
    """Lay the stick aside, kept as skipped, and draw another if there is one."""
    taken = take(session, [DeedWish(id, DeedKind.OUTCOME, target=target, outcome=Outcome.SKIPPED)])
    try:
        return draw(session, str(uuid.uuid5(uuid.UUID(id), "draw")))
    except CupIsEmpty:
        return taken
