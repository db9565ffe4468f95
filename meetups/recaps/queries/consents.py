"""Whose names wait for a yes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from meetups.foundation.database import db
from meetups.people.models import Person
from meetups.recaps.models import Consent, ConsentAsk, Recap, RecapEntry, Response


def response_by_number(number: int) -> Response | None:
    """An idea with its recap, for the person whose name it may carry."""
    way = joinedload(Response.entry).joinedload(RecapEntry.recap)
    query = sa.select(Response).where(Response.id == number, Response.entry_id.is_not(None))
    return db.session.scalar(query.options(way))


def asks_since(since: datetime, *, by: Person | None = None, recap: Recap | None = None) -> int:
    """How many people were asked since then at this person's press, or on behalf of this recap."""
    whose = ConsentAsk.recap_id == recap.id if recap else ConsentAsk.by_id == (by.id if by else None)
    query = sa.select(sa.func.count()).where(whose, ConsentAsk.asked_at >= since)
    return db.session.scalar(query) or 0


def responses_tied_to(person: Person) -> Sequence[Response]:
    """Ideas about whose name this member was asked, or which they said were theirs."""
    theirs = sa.or_(Response.asked_address == person.address, Response.claimed_by_id == person.id)
    return db.session.scalars(sa.select(Response).where(theirs).order_by(Response.id)).all()


def named_beside(response: Response) -> Sequence[Response]:
    """Other ideas, in any recap, about whose names the same address was asked and has not said no."""
    if response.asked_address is None:
        return []
    query = sa.select(Response).where(
        Response.asked_address == response.asked_address, Response.id != response.id,
        Response.consent.in_((Consent.PENDING, Consent.GIVEN)),
    )
    return db.session.scalars(query.order_by(Response.id)).all()


def consents_pending(recap: Recap) -> list[Response]:
    """Ideas whose names wait for a yes, in order; from what is loaded, no query."""
    ideas = [response for entry in recap.entries for response in entry.responses]
    return [idea for idea in ideas if idea.credit.consent is Consent.PENDING]
