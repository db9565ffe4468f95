"""Changing a meetup, and telling the rooms above what people must hear of."""

from __future__ import annotations

from collections.abc import Mapping

from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import flush, lock
from meetups.places.actions import correct_place, look_up
from meetups.places.models import Finding
from meetups.planning import entries
from meetups.planning.actions.keeping import TAKEN_OVER, conference, refuse_gone, settle, stored
from meetups.planning.actions.refusals import StaleForm
from meetups.planning.actions.times import agree_time, refuse_past, refuse_unlikely_day, zone_for
from meetups.planning.facts import BringListGiven, CapacityChanged, MeetupChanged
from meetups.planning.models import Meetup, Plan, RsvpMode

TIME = ("local_start", "local_end", "time_zone", "fold")
WHERE = ("words", "kind", "town", "room", "level", "booth", "spot", "join_url")
MOST_REMEMBERED = 50


def edit(meetup: Meetup, plan: Plan, version: int, *, finding: Finding | None = None) -> Meetup:
    """Make the meetup what the plan says. Saving what stands already changes nothing, not even the version.

    Raises StaleForm when somebody saved after `version`; AlreadyOver and NotNow when there is nothing to change
    any more; and what `propose` refuses, as far as it is new. If it is up, announces what people must hear of.
    """
    lock(meetup)
    if version != meetup.version:
        raise StaleForm(_since(meetup, version))
    refuse_gone(meetup)
    before, told, seats = _snapshot(meetup), _as_told(meetup), _seats(meetup)
    _take_over(meetup, plan, finding)
    changed = [name for name, value in _snapshot(meetup).items() if value != before[name]]
    if changed:
        _note_change(meetup, changed)
        if "bring_list" in changed:
            announce(BringListGiven(meetup, meetup.wanted))
        if meetup.is_on:
            _tell(meetup, changed, told, seats)
    return meetup


def moves(meetup: Meetup, plan: Plan) -> bool:
    """Whether the plan names another place than the meetup has, so that it has to be looked up."""
    return bool(plan.town_choice) or (plan.words, plan.kind) != (meetup.place.words, meetup.place.kind)


def _take_over(meetup: Meetup, plan: Plan, finding: Finding | None) -> None:
    if moves(meetup, plan):
        finding = finding or look_up(plan.words, plan.kind, plan.town_choice)
        correct_place(meetup.place, plan.words, plan.kind, finding)
    meetup.place.access = plan.access
    for name in TAKEN_OVER:
        setattr(meetup, name, getattr(plan, name))
    if plan.conference != (meetup.host_event.name if meetup.host_event else ""):
        meetup.host_event = stored(conference(plan.conference))
    if plan.bring != meetup.wanted:
        meetup.bring_list = [list(item) for item in plan.bring]
    zone = zone_for(plan, meetup.place.time_zone, meetup.host)
    if _is_other_time(meetup, plan, zone):
        refuse_unlikely_day(plan.day, clock.now())
        agree_time(meetup, plan, zone)
        refuse_past(meetup, clock.now())


def _is_other_time(meetup: Meetup, plan: Plan, zone: str) -> bool:
    standing = (meetup.local_start, meetup.local_end, meetup.time_zone)
    if plan.length is not None or (plan.local_start, plan.local_end, zone) != standing:
        return True
    return plan.fold is not None and plan.fold != meetup.fold


def _tell(meetup: Meetup, changed: list[str], told: Mapping[str, str], seats: int | None) -> None:
    """Announce what people were told otherwise, and raise the calendar's sequence for it."""
    news = _news(changed, told, _as_told(meetup))
    if news:
        meetup.sequence += 1
    flush()
    if news:
        announce(MeetupChanged(meetup, news))
    if _seats(meetup) != seats:
        announce(CapacityChanged(meetup, seats))


def _news(changed: list[str], old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    news = {}
    if any(name in TIME for name in changed):
        news["time"] = (old["time"], new["time"])
    if any(name in WHERE for name in changed):
        same = f"{new['place']} (a new {'link' if new['place'] == 'Online' else 'address'})"
        news["place"] = (old["place"], new["place"] if new["place"] != old["place"] else same)
    return news


def _as_told(meetup: Meetup) -> dict[str, str]:
    return {"time": entries.when(meetup), "place": entries.where(meetup)}


def _seats(meetup: Meetup) -> int | None:
    return None if meetup.rsvp_mode is RsvpMode.NONE else meetup.capacity


def _snapshot(meetup: Meetup) -> dict[str, object]:
    """Every field of the form as it stands, by name."""
    place, event = meetup.place, meetup.host_event
    there = {"words": place.words, "kind": place.kind, "access": place.access, "town": (place.town, place.region)}
    values = {name: getattr(meetup, name) for name in (*TAKEN_OVER, *TIME)}
    return {**values, **there, "bring_list": meetup.wanted, "conference": event.name if event else ""}


def _note_change(meetup: Meetup, changed: list[str]) -> None:
    meetup.version += 1
    note = {"version": meetup.version, "fields": changed}
    meetup.changes = [*meetup.changes, note][-MOST_REMEMBERED:]
    settle(meetup)


def _since(meetup: Meetup, version: int) -> list[tuple[str, str]]:
    """What was saved after `version`, as (label, what stands now)."""
    fields = {name for change in meetup.changes if change["version"] > version for name in change["fields"]}
    return [(label, words) for label, names, words in entries.in_words(meetup) if fields & names]
