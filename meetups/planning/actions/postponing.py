"""One meetup, a new date: the page, its address and its calendar entry stay the same."""

from __future__ import annotations

from datetime import date

from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import lock
from meetups.foundation.refusals import Refusal
from meetups.planning.actions.changing import done_already, note_change
from meetups.planning.actions.keeping import refuse_gone
from meetups.planning.actions.refusals import NotNow
from meetups.planning.actions.restoring import remember
from meetups.planning.actions.times import agree_time, refuse_past, refuse_unlikely_day, shifted
from meetups.planning.facts import MeetupPostponed
from meetups.planning.models import LOUD, Meetup, Status, Telling


def postpone(
    meetup: Meetup, new_day: date, reason: str, *, fold: int | None = None, telling: Telling = LOUD
) -> Meetup:
    """Not on that day but on `new_day`, at the same time on the clock there. Announced, so everybody is asked again.

    Allowed until the end of the old date. The same form twice postpones once. Refuses a day gone by or too far
    ahead, the day it is on already, and an hour which the new day does not have or has twice (see `fold`).
    """
    lock(meetup)
    if done_already(meetup, telling):
        return meetup
    refuse_gone(meetup)
    if meetup.status is Status.DRAFT:
        raise NotNow("Nobody knows of this draft yet. Just change its date.",
                     way_on=(f"/meetups/{meetup.code}/edit", "Change the date"))  # fmt: skip
    if new_day == meetup.local_start.date():
        raise Refusal("That is the day it is on already. Choose another one.", field="day")
    refuse_unlikely_day(new_day, clock.now())
    before = remember(meetup)
    earlier = {"start": meetup.local_start.isoformat(), "zone": meetup.time_zone, "reason": reason,
               "at": clock.now().isoformat()}  # fmt: skip
    agree_time(meetup, shifted(meetup, new_day, fold), meetup.time_zone)
    refuse_past(meetup, clock.now())
    meetup.postponed, meetup.moved = [*meetup.postponed, earlier], None
    meetup.sequence += 1
    meetup.still_on_at, meetup.host_needed_at = None, None
    new = clock.show_when(meetup.starts_at, meetup.time_zone, meetup.place.country)
    note_change(meetup, ["local_start", "local_end"], telling, f"Postponed to {new}: {reason}")
    announce(MeetupPostponed(meetup, before, telling))
    return meetup
