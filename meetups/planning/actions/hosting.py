"""Who hosts: saying that it is still on, handing over, and stepping in where nobody is there to host."""

from __future__ import annotations

from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import lock
from meetups.people.models import Person
from meetups.planning.actions.changing import note_change
from meetups.planning.actions.keeping import refuse_gone
from meetups.planning.actions.refusals import NotNow
from meetups.planning.facts import HostChanged
from meetups.planning.models import Meetup, Telling


def say_still_on(meetup: Meetup) -> None:
    """The host has answered "still on?" with yes; nobody is asked to step in any more."""
    refuse_gone(lock(meetup))
    meetup.still_on_at, meetup.host_needed_at = clock.now(), None


def need_host(meetup: Meetup) -> None:
    """Nobody is there to host: from now on whoever offered may step in. The first moment counts."""
    lock(meetup)
    if meetup.is_on and meetup.host_needed_at is None:
        meetup.host_needed_at = clock.now()


def hand_over(meetup: Meetup, to: Person, telling: Telling) -> Meetup:
    """Somebody else hosts from now on, with all a host may do; a second press changes nothing."""
    lock(meetup)
    refuse_gone(meetup)
    if meetup.host is not to:
        _change_host(meetup, to, telling)
    return meetup


def step_in(meetup: Meetup, person: Person) -> Meetup:
    """Somebody who had offered hosts from now on, with the host of before beside them. The first to press does; raises
    NotNow for the next, and when nobody is needed. The caller has seen to it that they had offered.
    """
    lock(meetup)
    refuse_gone(meetup)
    if meetup.host is person:
        return meetup
    if not meetup.needs_host:
        raise NotNow("Somebody hosts it again, so nothing was changed. Thank you for offering!")
    _change_host(meetup, person, Telling(person))
    return meetup


def _change_host(meetup: Meetup, to: Person, telling: Telling) -> None:
    before = meetup.host
    meetup.host, meetup.co_host = to, before
    meetup.still_on_at, meetup.host_needed_at = clock.now(), None
    note_change(meetup, ["host"], telling, f"Hosted by {to.name}" + (f", with {before.name}" if before else ""))
    announce(HostChanged(meetup, before))
