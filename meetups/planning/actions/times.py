"""The time of a plan: which zone, which day, which of two equal hours; and what cannot be."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from meetups.foundation import clock
from meetups.foundation.refusals import Refusal
from meetups.people.models import Person
from meetups.planning.actions.refusals import DayIsFar, DayIsPast, NoSuchHour, WhichHour, ZoneNeeded
from meetups.planning.models import USUAL_LENGTH, Meetup, Plan

FARTHEST = timedelta(days=2 * 366)
LONGEST = timedelta(hours=18)
ANYWHERE = timedelta(hours=14)  # no clock on earth is further from UTC


def zone_for(plan: Plan, found: str, host: Person | None) -> str:
    """The zone chosen, else the place's (`found`), else for online the host's own. Refuses when there is none."""
    if plan.zone:
        return plan.zone
    if plan.kind.value == "online":
        home = host.home_area if host else None
        found = (host.time_zone if host else None) or (home.time_zone if home else "") or ""
        asked = "Online has no clock on the wall. Choose the time zone you mean."
    else:
        asked = "We could not find that place, so choose the time zone its clocks follow."
    if not found:
        raise ZoneNeeded(asked, field="zone")
    return found


def refuse_unlikely_day(day: date, now: datetime) -> None:
    """Refuse a day that is over everywhere on earth, and one more than two years ahead. `now` is an instant."""
    if day < (now - ANYWHERE).date():
        raise _past(day, (now - ANYWHERE).date())
    if day > (now + FARTHEST).date():
        raise DayIsFar(f"{show(day)} is more than two years away. Check the year.", field="day")


def refuse_past(meetup: Meetup, now: datetime) -> None:
    """Refuse a start that has gone by."""
    if not meetup.has_begun(now):
        return
    today = clock.wall_clock(now, meetup.time_zone).date()
    day = meetup.local_start.date()
    if day < today:
        raise _past(day, today)
    hour = clock.show_time(meetup.starts_at, meetup.time_zone)
    tomorrow = today + timedelta(days=1)
    raise DayIsPast(f"{hour} today has gone by there. Did you mean tomorrow, {show(tomorrow)}?", tomorrow)


def agree_time(meetup: Meetup, plan: Plan, zone: str) -> None:
    """Set the time of the plan in this zone; refuses what the clocks there do not have, or have twice."""
    fold = plan.fold
    if fold is None and (meetup.local_start, meetup.time_zone) == (plan.local_start, zone):
        fold = meetup.fold
    length = timedelta(minutes=plan.length) if plan.length else USUAL_LENGTH
    if plan.end == plan.start:
        raise Refusal("It would end as it starts. Give a later end, or leave it empty for two hours.", field="end")
    try:
        meetup.set_time(plan.local_start, plan.local_end, zone, fold, length)
    except clock.NoSuchHour as gap:
        field = "start" if gap.local == plan.local_start else "end"
        raise NoSuchHour(gap.sentence, gap.offers, field=field) from gap
    except clock.HourTwice as twice:
        raise WhichHour(twice.sentence, twice.choices) from twice
    except clock.UnknownZone as wrong:
        raise ZoneNeeded(wrong.sentence, field="zone") from wrong
    except clock.NotADate as wrong:
        raise DayIsFar(wrong.sentence, field="day") from wrong
    except ValueError as wrong:
        raise Refusal(str(wrong), field="end") from wrong
    if meetup.ends_at - meetup.starts_at > LONGEST:
        hours = (meetup.ends_at - meetup.starts_at) // timedelta(hours=1)
        raise Refusal(f"That would last {hours} hours. Check the start and the end.", field="end")


def shifted(meetup: Meetup, new_day: date, fold: int | None) -> Plan:
    """A plan of which only the times matter: the wall clock of the meetup, on another day."""
    start, end = meetup.local_start, meetup.local_end
    by_length = end.time() == start.time() or end - start >= timedelta(days=1)
    length = (meetup.ends_at - meetup.starts_at) // timedelta(minutes=1)
    return Plan(
        title=meetup.title, kind=meetup.place.kind, words=meetup.venue, contact=meetup.contact, day=new_day,
        start=start.time(), end=None if by_length else end.time(), length=length if by_length else None, fold=fold,
    )  # fmt: skip


def show(day: date) -> str:
    """A day as people read it: "Thu, Jan 21, 2027"."""
    return f"{clock.DAYS[day.weekday()]}, {clock.MONTHS[day.month - 1]} {day.day}, {day.year}"


def next_such_day(day: date, today: date) -> date | None:
    """The same day of the year, today or later; for Feb 29 the next leap year within two years, or None."""
    for year in range(today.year, today.year + 3):
        try:
            again = day.replace(year=year)
        except ValueError:
            continue
        if again >= today:
            return again if again <= today + FARTHEST else None
    return None


def _past(day: date, today: date) -> DayIsPast:
    suggestion = next_such_day(day, today)
    question = f" Did you mean {show(suggestion)}?" if suggestion else " Choose a day to come."
    return DayIsPast(f"{show(day)} has been and gone.{question}", suggestion)
