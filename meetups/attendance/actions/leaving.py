"""Somebody goes altogether, or keeps out of somebody's way: their seats go to whoever waits."""

from __future__ import annotations

from meetups.attendance import letters, queries
from meetups.attendance.actions.seating import hand_on_seats
from meetups.attendance.models import Answer
from meetups.foundation import clock
from meetups.foundation.database import delete, flush, lock
from meetups.foundation.mail.outbox import withdraw_about
from meetups.people.models import Person


def give_up_all(person: Person, *, host: Person | None = None) -> None:
    """Take a member's answers to meetups to come out and hand their seats on; with `host`, to that host's meetups only.
    Letters about them that wait are taken back: they may say where a home is.

    Meetups are locked in the order of their numbers. Answers to past meetups stay.
    """
    answers = [each for each in queries.answers_of(person) if host is None or each.meetup.host_id == host.id]
    for rsvp in sorted(answers, key=lambda each: each.meetup_id):
        if rsvp.meetup.is_over(clock.now()):
            continue
        meetup = lock(rsvp.meetup)
        fresh = lock(rsvp).answer is not Answer.OFFERED
        withdraw_about(letters.topic(meetup), rsvp.mail_address)
        delete(rsvp)
        flush()
        hand_on_seats(meetup, fresh=fresh)
