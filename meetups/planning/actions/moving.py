"""Another place: a room down the hall, another building, or online tonight."""

from __future__ import annotations

from dataclasses import dataclass, replace

from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import lock
from meetups.places.actions import describe, look_up
from meetups.places.models import Access, Finding, PlaceKind
from meetups.planning.actions.changing import done_already, note_and_tell
from meetups.planning.actions.keeping import refuse_gone
from meetups.planning.actions.placing import place_for, put_at
from meetups.planning.actions.refusals import WhichClock
from meetups.planning.actions.restoring import INSIDE, remember
from meetups.planning.actions.times import agree_time, shifted
from meetups.planning.facts import CapacityChanged
from meetups.planning.models import LOUD, Meetup, Plan, Telling


@dataclass(frozen=True)
class NewPlace:
    """Where to now. Without `words` it is the same venue; `keep` and the choices answer questions, as in a Plan."""

    words: str = ""
    room: str = ""
    level: str = ""
    booth: str = ""
    spot: str = ""
    town_choice: str = ""
    place_choice: str = ""
    keep: str = ""


def goes_elsewhere(meetup: Meetup, place: NewPlace) -> bool:
    """Whether it is another venue, which has to be looked up."""
    return bool(place.town_choice) or place.words not in ("", meetup.venue)


def move_place(
    meetup: Meetup, place: NewPlace, *, finding: Finding | None = None, telling: Telling | None = LOUD
) -> Meetup:
    """Another room or another venue, at the same time; what was said of room, level, booth and spot is replaced.

    The same form twice moves once. Raises AskFirst when `telling` is None; WhichTown and WhichClock when the words
    leave that open; AlreadyOver or NotNow when there is nothing to move.
    """
    lock(meetup)
    if done_already(meetup, telling):
        return meetup
    refuse_gone(meetup)
    before, fields = remember(meetup), list(INSIDE[:4])
    if goes_elsewhere(meetup, place):
        finding = finding or look_up(place.words, meetup.place.kind, place.town_choice)
        new = place_for(place.words, meetup.place.kind, Access(), finding, place.place_choice, meetup.host)
        put_at(meetup, new, place.words, Access(), finding, telling.by if telling else None)
        follow_clock(meetup, new.time_zone, place.keep)
        fields.append("words")
    meetup.room, meetup.level, meetup.booth, meetup.spot = place.room, place.level, place.booth, place.spot
    if remember(meetup) != before:
        note_and_tell(meetup, fields, before, telling)
    return meetup


def move_online(meetup: Meetup, join_url: str, capacity: int | None, telling: Telling | None = LOUD) -> Meetup:
    """It happens on a screen instead, at the same time, for the same people; seats are as many as `capacity` says.

    The link goes to the people who are going only. The same form twice moves once. Refusals as `move_place`.
    """
    lock(meetup)
    if done_already(meetup, telling):
        return meetup
    refuse_gone(meetup)
    before, seats = remember(meetup), meetup.capacity
    meetup.place, meetup.place_words = describe("Online", PlaceKind.ONLINE, meetup.place.access, Finding()), "Online"
    meetup.room = meetup.level = meetup.booth = meetup.spot = ""
    meetup.join_url, meetup.capacity = join_url, capacity
    note_and_tell(meetup, ["words", "kind", "join_url", "capacity"], before, telling)
    if meetup.is_on and capacity != seats:
        announce(CapacityChanged(meetup, seats))
    return meetup


def follow_clock(meetup: Meetup, zone: str, keep: str) -> None:
    """The meetup follows the clocks of its new place. Raises WhichClock unless `keep` says what stays: the hour on
    the wall ("wall") or the instant ("moment")."""
    if not zone or zone == meetup.time_zone:
        return
    plan = _wall(meetup)
    if clock.wall_clock(meetup.starts_at, zone) != meetup.local_start:
        refuse_unclear(meetup, zone, keep)
        plan = at_same_moment(meetup, plan, zone) if keep == "moment" else plan
    agree_time(meetup, plan, zone)


def refuse_unclear(meetup: Meetup, zone: str, keep: str) -> None:
    """Ask which clock counts, unless that was answered."""
    if keep in ("wall", "moment"):
        return
    hour = clock.show_time(meetup.starts_at, meetup.time_zone, meetup.place.country)
    there = clock.show_time(meetup.starts_at, zone, meetup.place.country)
    label = clock.zone_name(zone, meetup.starts_at)
    raise WhichClock(
        f"The clocks there follow {clock.zone_label(zone, meetup.starts_at)}. What stays?",
        (("wall", f"{hour} on the wall, now {label}"), ("moment", f"The same moment, {there} {label}")),
    )


def at_same_moment(meetup: Meetup, plan: Plan, zone: str) -> Plan:
    """The plan with the wall clock that `zone` shows when the meetup starts and ends."""
    start, end = (at.astimezone(clock.zone_info(zone)) for at in (meetup.starts_at, meetup.ends_at))
    return replace(plan, day=start.date(), start=start.time(), end=end.time(), length=None, fold=start.fold)


def _wall(meetup: Meetup) -> Plan:
    return shifted(meetup, meetup.local_start.date(), None)
