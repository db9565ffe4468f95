"""Reminding the host of the recap, ten minutes, three hours, three days and two weeks after the end; never ahead.

It stops with the first recap that goes up, with "nothing to report", and with a meetup that did not happen. A worker
that was away sends only the step whose turn it is by now; a meetup that moved is nudged about from its new end.
"""

from __future__ import annotations

from datetime import timedelta

from meetups.foundation import clock
from meetups.foundation.database import add, delete, flush, lock
from meetups.foundation.mail.outbox import post, withdraw_all
from meetups.planning.models import Meetup
from meetups.recaps import letters, queries
from meetups.recaps.models import NothingToReport, Nudge

# each step is due from so long after the end until the next one is
STEPS = {
    "minutes": timedelta(minutes=10), "hours": timedelta(hours=3),
    "days": timedelta(days=3), "weeks": timedelta(days=14),
}  # fmt: skip
GIVEN_UP = timedelta(days=21)


def send_nudges() -> None:
    """The worker's chore: write to the hosts who are due now."""
    now = clock.now()
    ends = [*STEPS.values(), GIVEN_UP]
    for number, (step, due) in enumerate(STEPS.items()):
        for meetup in queries.meetups_to_nudge(step, now - ends[number + 1], now - due):
            nudge(lock(meetup), step)


def nudge(meetup: Meetup, step: str) -> None:
    """Post one letter for the day on which the meetup ended. The caller holds the meetup's lock."""
    day = meetup.local_end.date()
    is_due = meetup.is_on and meetup.ends_at + STEPS[step] <= clock.now()
    if meetup.host is None or not is_due or queries.needs_no_nudge(meetup, step, day):
        return
    add(Nudge(meetup_id=meetup.id, step=step, day=day, sent_at=clock.now()))
    flush()
    post(letters.time_for_the_recap(meetup, meetup.host, step, queries.draft_of(meetup)))


def stop_nudging(meetup: Meetup) -> None:
    """Take the letters back that wait, for the morning or for a mail server."""
    withdraw_all(letters.nudge_key(meetup))


def nothing_to_report(meetup: Meetup) -> None:
    """The host will not write it up: no more letters. Others who were there still can."""
    lock(meetup)
    if queries.waiver_of(meetup) is None:
        add(NothingToReport(meetup_id=meetup.id, said_at=clock.now()))
        flush()
    stop_nudging(meetup)


def something_to_report(meetup: Meetup) -> None:
    """The host thought better of it; the steps that are still to come do come."""
    lock(meetup)
    standing = queries.waiver_of(meetup)
    if standing is not None:
        delete(standing)
        flush()
