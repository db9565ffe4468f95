"""What is kept no longer."""

from __future__ import annotations

from datetime import timedelta

from meetups.attendance import queries
from meetups.foundation import clock
from meetups.foundation.database import delete, flush

REPLIES_KEPT = timedelta(days=30)


def purge_replies() -> None:
    """Forget what people replied to the host's questions, and whom the host declined, 30 days after the end."""
    for rsvp in queries.with_old_replies(clock.now() - REPLIES_KEPT):
        rsvp.replies = None
    for mark in queries.old_marks(clock.now() - REPLIES_KEPT):
        delete(mark)
    flush()


def forget_what_was_told() -> None:
    """Forget what notices remember of time and place, homes and links included, 30 days after the end."""
    for notice in queries.old_notices(clock.now() - REPLIES_KEPT):
        notice.old, notice.before = {}, {}
    flush()
