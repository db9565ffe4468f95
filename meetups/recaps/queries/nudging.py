"""Which hosts are to be reminded of the recap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from meetups.foundation.database import db
from meetups.planning.models import Meetup
from meetups.recaps.models import NothingToReport, Nudge, Recap, RecapStatus

LONGEST_MEETUP = timedelta(days=31)  # so that the index on the start narrows the search for an end


def meetups_to_nudge(step: str, after: datetime, until: datetime) -> Sequence[Meetup]:
    """Meetups with a host that ended after and no later than these instants, without a recap, not nudged so far."""
    nudged = sa.exists().where(
        Nudge.meetup_id == Meetup.id, Nudge.step == step, Nudge.day == sa.func.date(Meetup.local_end)
    )
    query = (
        sa.select(Meetup)
        .where(
            Meetup.listed, Meetup.starts_at > after - LONGEST_MEETUP, Meetup.starts_at <= until,
            Meetup.ends_at > after, Meetup.ends_at <= until, Meetup.host_id.is_not(None), ~nudged, ~_was_up, ~_waived,
        )
        .options(joinedload(Meetup.host))
        .order_by(Meetup.ends_at, Meetup.id)
    )
    return db.session.scalars(query).all()


_was_up = sa.exists().where(Recap.meetup_id == Meetup.id, Recap.status != RecapStatus.DRAFT)
_waived = sa.exists().where(NothingToReport.meetup_id == Meetup.id)


def needs_no_nudge(meetup: Meetup, step: str, day: date) -> bool:
    """The same questions once more, about one meetup whose lock is held."""
    reported = sa.select(Recap.id).where(Recap.meetup_id == meetup.id, Recap.status != RecapStatus.DRAFT)
    sent = db.session.get(Nudge, (meetup.id, step, day)) is not None
    return sent or waiver_of(meetup) is not None or db.session.scalar(reported.limit(1)) is not None


def waiver_of(meetup: Meetup) -> NothingToReport | None:
    return db.session.get(NothingToReport, meetup.id)


def draft_of(meetup: Meetup) -> Recap | None:
    """The draft of a meetup that was touched last, its author's or the scribes'."""
    query = sa.select(Recap).where(
        Recap.meetup_id == meetup.id, Recap.status == RecapStatus.DRAFT, Recap.hidden_at.is_(None)
    )
    return db.session.scalar(query.order_by(Recap.updated_at.desc(), Recap.id.desc()).limit(1))
