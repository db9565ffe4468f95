"""Putting a recap up and taking it down."""

from __future__ import annotations

from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.recaps import queries
from meetups.recaps.actions.holding import hold, keep
from meetups.recaps.actions.nudging import stop_nudging
from meetups.recaps.actions.refusals import ConsentMissing, NothingInIt
from meetups.recaps.actions.singing import refuse_song_words
from meetups.recaps.facts import RecapPublished
from meetups.recaps.models import Recap, RecapStatus


def publish(recap: Recap, *, group_credit_for_the_rest: bool = False) -> Recap:
    """Everybody can read and find it from now on. Pressing twice changes nothing.

    Refuses ConsentMissing while a name waits for a yes, unless those ideas shall read "the group" for now (a yes
    that comes later shows the name at once); SongWords; NothingInIt for an empty recap.
    """
    hold(recap)
    if recap.status is RecapStatus.PUBLISHED:
        return recap
    if not recap.shown_entries and not recap.head:
        raise NothingInIt("Not published: there is nothing in it yet. Paste your notes, or add a challenge.")
    refuse_song_words(recap)
    waiting = queries.consents_pending(recap)
    if waiting and not group_credit_for_the_rest:
        raise ConsentMissing(len(waiting))
    recap.status = RecapStatus.PUBLISHED
    recap.published_at = recap.published_at or clock.now()
    keep(recap)
    if recap.meetup is not None:
        stop_nudging(recap.meetup)
    announce(RecapPublished(recap))
    return recap


def withdraw(recap: Recap) -> Recap:
    """Take it down: page, text, list and search have it no more; its writers still do, and may put it up again."""
    hold(recap)
    if recap.status is RecapStatus.PUBLISHED:
        recap.status = RecapStatus.WITHDRAWN
        keep(recap)
    return recap
