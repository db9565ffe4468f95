"""Whose names wait for a yes."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from meetups.foundation.database import db
from meetups.recaps.models import Consent, Recap, RecapEntry, Response


def response_by_number(number: int) -> Response | None:
    """An idea with its recap, for the person whose name it may carry."""
    way = joinedload(Response.entry).joinedload(RecapEntry.recap)
    return db.session.scalar(sa.select(Response).where(Response.id == number).options(way))


def asked_since(recap: Recap, since: datetime) -> int:
    """How many people were asked on behalf of this recap's author since then, in all their recaps."""
    query = (
        sa.select(sa.func.count(Response.id))
        .join(Response.entry)
        .join(RecapEntry.recap)
        .where(Recap.author_id == recap.author_id, Response.asked_address.is_not(None), Response.consent_at >= since)
    )
    return db.session.scalar(query) or 0


def consents_pending(recap: Recap) -> list[Response]:
    """Ideas whose names wait for a yes, in order; from what is loaded, no query."""
    ideas = [response for entry in recap.entries for response in entry.responses]
    return [idea for idea in ideas if idea.credit.consent is Consent.PENDING]
