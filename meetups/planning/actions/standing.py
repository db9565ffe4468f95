"""Publishing, confirming, cancelling, throwing away."""

from __future__ import annotations

from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import delete, flush, lock
from meetups.places.queries import is_remembered
from meetups.planning import queries
from meetups.planning.actions.changing import note_change
from meetups.planning.actions.keeping import put_up, refuse_gone, settle
from meetups.planning.actions.refusals import NotNow
from meetups.planning.actions.restoring import remember
from meetups.planning.facts import MeetupCancelled
from meetups.planning.models import LOUD, Meetup, Status, Telling


def publish(meetup: Meetup) -> Meetup:
    """Put a draft up for everybody; one that is up already stays as it is. Refuses a start gone by."""
    lock(meetup)
    refuse_gone(meetup)
    if meetup.status is Status.DRAFT:
        if meetup.has_begun(clock.now()):
            day = clock.show_date(meetup.starts_at, meetup.time_zone)
            sentence = f"{day} has been and gone, so nothing was put up. Give it a new date first."
            raise NotNow(sentence, way_on=(f"/meetups/{meetup.code}/edit", "Change the date"))
        put_up(meetup)
    return meetup


def confirm(meetup: Meetup) -> Meetup:
    """It will happen: Proposed becomes Confirmed. Confirming twice is confirming once."""
    lock(meetup)
    refuse_gone(meetup)
    if meetup.status is Status.DRAFT:
        raise NotNow("Only you can see this draft. Put it up first, then confirm it.")
    if meetup.status is Status.PROPOSED:
        meetup.status = Status.CONFIRMED
        meetup.still_on_at, meetup.host_needed_at = clock.now(), None
        meetup.sequence += 1
        settle(meetup)
    return meetup


def cancel(meetup: Meetup, reason: str, telling: Telling = LOUD) -> Meetup:
    """Call it off and announce it. Allowed until the end, also once it has begun; pressing twice cancels once."""
    lock(meetup)
    if meetup.status is Status.CANCELLED:
        return meetup
    refuse_gone(meetup)
    if meetup.status is Status.DRAFT:
        raise NotNow("Nobody knows of this draft yet, so there is nothing to cancel. You can throw it away.")
    before = remember(meetup)
    meetup.status, meetup.cancelled_at, meetup.cancel_reason = Status.CANCELLED, clock.now(), reason
    meetup.sequence += 1
    note_change(meetup, [], telling, f"Cancelled: {reason}")
    announce(MeetupCancelled(meetup, before, telling))
    return meetup


def throw_away(meetup: Meetup) -> None:
    """Delete a draft, and its place if nobody else is there. What was ever up is never deleted, only cancelled."""
    lock(meetup)
    if meetup.status is not Status.DRAFT:
        raise NotNow("This meetup is up, so it cannot be thrown away. Cancel it instead.")
    place = meetup.place
    delete(meetup)
    flush()
    if not queries.meetups_in(place) and not is_remembered(place):
        delete(place)
