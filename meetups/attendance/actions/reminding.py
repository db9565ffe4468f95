"""Reminders, the day before and two hours before, from the meetup as it is at that moment; never written ahead.

Only parties with a seat are reminded, each once a kind for each day the meetup was meant for. Who answered less than
12 hours before the first one was due, or less than an hour before the second, has just read it all and is left alone.
A worker that was away sends the first one up to 12 hours late, the second until the start. What is not delivered yet
when the meetup changes (a quiet night, a mail server that was away) is taken back and written anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from meetups.attendance import letters, queries
from meetups.attendance.actions.telling import post_to_each
from meetups.attendance.models import Reminder, Rsvp
from meetups.foundation import clock
from meetups.foundation.database import add, delete, flush, lock
from meetups.foundation.mail.outbox import withdraw, withdraw_all
from meetups.planning.models import Meetup


@dataclass(frozen=True)
class Mark:
    """A reminder is due from `ahead` until `latest` before the start, for who answered more than `fresh` earlier."""

    kind: str
    ahead: timedelta
    latest: timedelta
    fresh: timedelta

    def is_due(self, meetup: Meetup) -> bool:
        left = meetup.starts_at - clock.now()
        return self.latest < left <= self.ahead

    def is_stale_for(self, rsvp: Rsvp) -> bool:
        return rsvp.answered_at > rsvp.meetup.starts_at - self.ahead - self.fresh


DAY = Mark("day", timedelta(hours=24), timedelta(hours=12), timedelta(hours=12))
HOURS = Mark("hours", timedelta(hours=2), timedelta(0), timedelta(hours=1))
MARKS = (DAY, HOURS)


def send_reminders() -> None:
    """The worker's chore: remind whoever is due now."""
    now = clock.now()
    for mark in MARKS:
        for meetup in queries.meetups_to_remind_of(mark.kind, now + mark.latest, now + mark.ahead):
            remind(lock(meetup), mark)


def remind(meetup: Meetup, mark: Mark) -> None:
    """Post one kind of reminder for the day on which the meetup is now. The caller holds the meetup's lock."""
    day = meetup.local_start.date()
    if not meetup.is_on or not mark.is_due(meetup) or queries.was_reminded(meetup, mark.kind, day):
        return
    add(Reminder(meetup_id=meetup.id, kind=mark.kind, day=day, sent_at=clock.now()))
    flush()
    parties = [rsvp for rsvp in queries.going(meetup) if not mark.is_stale_for(rsvp)]
    post_to_each(
        parties, lambda rsvp: letters.reminder(rsvp, mark.kind), lambda rsvp: letters.reminder_key(rsvp, mark.kind)
    )


def take_back_reminders(meetup: Meetup) -> None:
    """The meetup is not as they say any more: those not delivered yet go; what is due is written anew by the chore."""
    if withdraw_all(letters.reminders_prefix(meetup)):
        for sent in queries.reminders_of(meetup):
            delete(sent)
        flush()


def spare_reminders(rsvp: Rsvp) -> None:
    """The party is out: what would still remind it is taken back."""
    withdraw(*(letters.reminder_key(rsvp, mark.kind) for mark in MARKS))
