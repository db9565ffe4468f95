"""The outbox's table: one row a letter, kept for ever so that its key is never posted again; texts are emptied."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from meetups.foundation.database import Model, named
from meetups.foundation.labels import Labeled
from meetups.foundation.mail.kinds import LONGEST_KIND
from meetups.foundation.mail.letters import LONGEST_ADDRESS, LONGEST_KEY, LONGEST_SUBJECT, LONGEST_TOPIC

DOOR_PREFIX = "sign-in:"
EMPTY: dict[str, Any] = {"plain": "", "html": "", "calendar": None, "headers": {}, "blocks": None}


class State(Labeled):
    WAITING = ("waiting", "Waiting")
    SENT = ("sent", "Sent")
    KEPT = ("kept", "Kept here, no mail server")
    DEAD = ("dead", "Given up")
    BOUNCED = ("bounced", "Came back")
    COLLECTED = ("collected", "For the weekly letter")
    IN_DIGEST = ("in-digest", "Said in a weekly letter")


UNSENT = (State.WAITING, State.COLLECTED)
UNDELIVERED = (State.DEAD, State.BOUNCED)


class OutboxLetter(Model):
    """A letter on its way. `attempts` counts claims; a claim holds until `lease_until`, then others may try.

    `handle` follows from the key and stands in links and on envelopes. `claimed_by` is the logbook of the worker that
    has it in hand. `blocks` is what a weekly letter will say of it, kept only while it waits for that.
    """

    __tablename__ = "letters"
    __table_args__ = (sa.Index(None, "state", "not_before"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(LONGEST_KEY), unique=True)
    to_address: Mapped[str] = mapped_column(sa.String(LONGEST_ADDRESS), index=True)
    handle: Mapped[str] = mapped_column(sa.String(26), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(LONGEST_KIND), default="")
    topic: Mapped[str] = mapped_column(sa.String(LONGEST_TOPIC), default="")
    about_at: Mapped[datetime | None]
    subject: Mapped[str] = mapped_column(sa.String(LONGEST_SUBJECT))
    plain: Mapped[str] = mapped_column(sa.Text, default="")
    html: Mapped[str] = mapped_column(sa.Text, default="")
    calendar: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    calendar_method: Mapped[str] = mapped_column(sa.String(16), default="")
    headers: Mapped[dict[str, str]] = mapped_column(sa.JSON, default=dict)
    blocks: Mapped[list[Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    state: Mapped[State] = mapped_column(named(State), default=State.WAITING)
    not_before: Mapped[datetime]
    posted_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    claimed_by: Mapped[str] = mapped_column(sa.String(60), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    bounced_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(sa.String(300), default="")


def opens_a_door(key: str) -> bool:
    """Whether the letter carries a token that signs somebody in."""
    return key.startswith(DOOR_PREFIX)
