"""The weekly letter: what an address wanted collected, said in one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

import sqlalchemy as sa

from meetups.foundation import clock
from meetups.foundation.database import db
from meetups.foundation.mail.blocks import unpacked
from meetups.foundation.mail.kinds import DIGEST
from meetups.foundation.mail.letters import Block, Deed, Heading, Letter, Links, handle
from meetups.foundation.mail.outbox import post
from meetups.foundation.mail.preferences import quiet_hours_of
from meetups.foundation.mail.rows import EMPTY, OutboxLetter, State

MONDAY, HOUR = 0, time(8)


def send_digests() -> None:
    """Post the weekly letter of every address whose Monday, 8:00 has come since its first letter was collected.

    By the address's own clock where its quiet hours name one, otherwise UTC. What is about a moment gone by is left
    out; an address with nothing left gets no letter. A chore of the worker.
    """
    for address in _addresses(clock.now()):
        _send_digest(address)


def next_digest(after: datetime, zone: str) -> datetime:
    """The first Monday, 8:00 on this zone's clock later than `after`."""
    here = clock.wall_clock(after, zone)
    monday = here.date() + timedelta(days=(MONDAY - here.weekday()) % 7)
    while (at := datetime.combine(monday, HOUR, clock.zone_info(zone))) <= after:
        monday += timedelta(days=7)
    return at.astimezone(after.tzinfo)


def _addresses(now: datetime) -> list[str]:
    first = sa.func.min(OutboxLetter.posted_at, type_=OutboxLetter.posted_at.type)
    query = sa.select(OutboxLetter.to_address, first).where(OutboxLetter.state == State.COLLECTED)
    found = db.session.execute(query.group_by(OutboxLetter.to_address).order_by(OutboxLetter.to_address)).all()
    return [address for address, since in found if next_digest(since, _zone(address)) <= now]


def _zone(address: str) -> str:
    hours = quiet_hours_of(address)
    return hours.time_zone if hours else "UTC"


def _send_digest(address: str) -> None:
    now = clock.now()
    theirs = (OutboxLetter.state == State.COLLECTED, OutboxLetter.to_address == address)
    collected = db.session.scalars(sa.select(OutboxLetter).where(*theirs).order_by(OutboxLetter.id)).all()
    fresh = [each for each in collected if each.about_at is None or each.about_at > now]
    if fresh:
        post(_digest(address, fresh))
    done = sa.update(OutboxLetter).where(OutboxLetter.id.in_([each.id for each in collected]))
    db.session.execute(done.values(state=State.IN_DIGEST, sent_at=now, **EMPTY))


def _digest(address: str, collected: Sequence[OutboxLetter]) -> Letter:
    news = "1 thing" if len(collected) == 1 else f"{len(collected)} things"
    lines: list[Block] = [Heading(f"This week: {news}")]
    for each in collected:
        lines += [Heading(each.subject), *_body(unpacked(each.blocks or []))]
    return Letter(
        key=f"digest:{handle(address.lower())}:{collected[0].id}",
        to=address,
        subject=f"This week: {collected[0].subject}" if len(collected) == 1 else f"This week: {news}",
        lines=tuple(lines),
        why="You get this once a week because you chose one letter instead of several.",
        kind=DIGEST,
        essential=False,
    )


def _body(blocks: Iterable[Block]) -> list[Block]:
    """A letter within a letter: its subject stands above it already, and only whole letters have a big button."""
    rest = [block for block in blocks if not isinstance(block, Heading)]
    return [Links(((block.text, block.url),)) if isinstance(block, Deed) else block for block in rest]
