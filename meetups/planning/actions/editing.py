"""Changing a meetup, and telling the rooms above what people must hear of."""

from __future__ import annotations

from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import lock
from meetups.people.models import Person
from meetups.places.actions import know, look_up
from meetups.places.models import Access, Finding
from meetups.planning import entries
from meetups.planning.actions.changing import all_of_one_page, done_already, note_and_tell
from meetups.planning.actions.keeping import TAKEN_OVER, conference, refuse_address_in_public, refuse_gone, stored
from meetups.planning.actions.moving import at_same_moment, refuse_unclear
from meetups.planning.actions.placing import place_for, put_at
from meetups.planning.actions.refusals import StaleForm
from meetups.planning.actions.restoring import remember
from meetups.planning.actions.times import agree_time, refuse_past, refuse_unlikely_day, zone_for
from meetups.planning.facts import ApprovalDropped, BringListGiven, CapacityChanged
from meetups.planning.models import LOUD, Meetup, Plan, RsvpMode, Telling

TIME = ("local_start", "local_end", "time_zone", "fold")


def edit(
    meetup: Meetup, plan: Plan, version: int, *, finding: Finding | None = None, telling: Telling | None = LOUD
) -> Meetup:
    """Make the meetup what the plan says. Saving what stands already changes nothing, not even the version.

    Raises StaleForm when somebody saved after `version`; AlreadyOver and NotNow when there is nothing to change
    any more; and what `propose` refuses, as far as it is new. If it is up, announces what people must hear of;
    raises AskFirst instead when `telling` is None. Raises WhichClock when a new place follows another clock and the
    plan does not say what to keep. The same form twice saves once; the page it came from, sent again with other words,
    is not stale if only that page has saved since.
    """
    lock(meetup)
    if done_already(meetup, telling):
        return meetup
    refuse_gone(meetup)
    if version != meetup.version and not all_of_one_page(meetup, version, telling):
        raise StaleForm(_since(meetup, version))
    before, told, seats = _snapshot(meetup), remember(meetup), _seats(meetup)
    _take_over(meetup, plan, finding, telling.by if telling else None)
    refuse_address_in_public(meetup)
    changed = [name for name, value in _snapshot(meetup).items() if value != before[name]]
    if changed:
        note_and_tell(meetup, changed, told, telling)
        if "bring_list" in changed:
            announce(BringListGiven(meetup, meetup.wanted))
        if meetup.is_on and _seats(meetup) != seats:
            announce(CapacityChanged(meetup, seats))
        if "approval_required" in changed and not meetup.approval_required:
            announce(ApprovalDropped(meetup))
    return meetup


def moves(meetup: Meetup, plan: Plan) -> bool:
    """Whether the plan names another place than the meetup has, so that it has to be looked up."""
    return bool(plan.town_choice) or (plan.words, plan.kind) != (meetup.venue, meetup.place.kind)


def _take_over(meetup: Meetup, plan: Plan, finding: Finding | None, by: Person | None) -> None:
    if moves(meetup, plan):
        _go_elsewhere(meetup, plan, finding, by)
    else:
        know(meetup.place, plan.access, by)
    for name in TAKEN_OVER:
        setattr(meetup, name, getattr(plan, name))
    if plan.conference != (meetup.host_event.name if meetup.host_event else ""):
        meetup.host_event = stored(conference(plan.conference))
    if plan.bring != meetup.wanted:
        meetup.bring_list = [list(item) for item in plan.bring]
    zone = zone_for(plan, meetup.place.time_zone, meetup.host)
    if not plan.zone and _only_the_clock_differs(meetup, plan, zone):
        refuse_unclear(meetup, zone, plan.keep)
        plan = at_same_moment(meetup, plan, zone) if plan.keep == "moment" else plan
    if _is_other_time(meetup, plan, zone):
        refuse_unlikely_day(plan.day, clock.now())
        agree_time(meetup, plan, zone)
        refuse_past(meetup, clock.now())


def _go_elsewhere(meetup: Meetup, plan: Plan, finding: Finding | None, by: Person | None) -> None:
    """At a place known already, what the form showed of the old one says nothing about it."""
    finding = finding or look_up(plan.words, plan.kind, plan.town_choice)
    place = place_for(plan.words, plan.kind, plan.access, finding, plan.place_choice, meetup.host)
    untouched = place.id is not None and plan.access == meetup.place.access
    put_at(meetup, place, plan.words, Access() if untouched else plan.access, finding, by)


def _only_the_clock_differs(meetup: Meetup, plan: Plan, zone: str) -> bool:
    """The hour typed is the one that stood, but a new place makes it another moment."""
    same_hour = (plan.local_start, zone != meetup.time_zone) == (meetup.local_start, True)
    return same_hour and clock.wall_clock(meetup.starts_at, zone) != meetup.local_start


def _is_other_time(meetup: Meetup, plan: Plan, zone: str) -> bool:
    standing = (meetup.local_start, meetup.local_end, meetup.time_zone)
    if plan.length is not None or (plan.local_start, plan.local_end, zone) != standing:
        return True
    return plan.fold is not None and plan.fold != meetup.fold


def _seats(meetup: Meetup) -> int | None:
    return None if meetup.rsvp_mode is RsvpMode.NONE else meetup.capacity


def _snapshot(meetup: Meetup) -> dict[str, object]:
    """Every field of the form as it stands, by name."""
    place, event = meetup.place, meetup.host_event
    there = {"words": meetup.venue, "kind": place.kind, "access": place.access, "town": (place.town, place.region)}
    values = {name: getattr(meetup, name) for name in (*TAKEN_OVER, *TIME)}
    return {**values, **there, "bring_list": meetup.wanted, "conference": event.name if event else ""}


def _since(meetup: Meetup, version: int) -> list[tuple[str, str]]:
    """What was saved after `version`, as (label, what stands now)."""
    fields = {name for change in meetup.changes if change["version"] > version for name in change["fields"]}
    return [(label, words) for label, names, words in entries.in_words(meetup) if fields & names]
