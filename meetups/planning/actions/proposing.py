"""A new meetup: from a plan, or the same again on another day."""

from __future__ import annotations

from datetime import date

from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import lock
from meetups.foundation.tokens import new_code
from meetups.people.models import Person
from meetups.places.actions import describe, know, look_up, same_place
from meetups.places.models import Finding
from meetups.planning import queries
from meetups.planning.actions.keeping import TAKEN_OVER, conference, keep, put_up, refuse_address_in_public
from meetups.planning.actions.placing import place_for, still_there
from meetups.planning.actions.times import agree_time, refuse_past, refuse_unlikely_day, shifted, zone_for
from meetups.planning.facts import BringListGiven
from meetups.planning.models import Meetup, Plan, Status, new_uid


def propose(
    host: Person, plan: Plan, publish: bool, *, finding: Finding | None = None, form_key: str | None = None
) -> Meetup:
    """A new meetup, a draft or up straight away. The same form pressed twice returns the first one's meetup.

    Refuses a day gone by or more than two years ahead, an hour that does not exist or happens twice, a town that
    could be several, and a place without a known zone when none was chosen.
    """
    lock(host)
    earlier = queries.meetup_with_form_key(host, form_key)
    if earlier is not None:
        return earlier
    finding = finding or look_up(plan.words, plan.kind, plan.town_choice)
    meetup = draft_of(host, plan, finding)
    meetup.place = still_there(meetup.place, finding)
    meetup.form_key = form_key or None
    keep(meetup)
    know(meetup.place, plan.access.over(meetup.place.access), host)
    _give_bring_list(meetup)
    if publish:
        put_up(meetup)
    return meetup


def draft_of(host: Person, plan: Plan, finding: Finding | None = None) -> Meetup:
    """The meetup a plan describes, not yet added anywhere. Refuses like `propose`."""
    now = clock.now()
    refuse_unlikely_day(plan.day, now)
    finding = finding or look_up(plan.words, plan.kind, plan.town_choice)
    place = place_for(plan.words, plan.kind, plan.access, finding, plan.place_choice, host)
    meetup = Meetup(
        **_fresh(host), **{name: getattr(plan, name) for name in TAKEN_OVER},
        place=place, place_words=plan.words, host_event=conference(plan.conference),
        bring_list=[list(item) for item in plan.bring],
    )  # fmt: skip
    agree_time(meetup, plan, zone_for(plan, place.time_zone, host))
    refuse_past(meetup, now)
    refuse_address_in_public(meetup)
    return meetup


def preview_of(host: Person, plan: Plan) -> Meetup:
    """What the page would show; nothing is added or changed, not even what is known of the place."""
    meetup = draft_of(host, plan)
    place = meetup.place
    meetup.place = describe(place.words, place.kind, plan.access.over(place.access), place.finding)
    return meetup


def copy(
    meetup: Meetup, host: Person, new_day: date, *, fold: int | None = None, form_key: str | None = None
) -> Meetup:
    """Same again: a draft of `host` on another day, with the wall clock, zone, place and bring list, without answers.

    Refuses a day gone by or too far ahead, and an hour which that day does not have or has twice (see `fold`).
    """
    lock(host)
    earlier = queries.meetup_with_form_key(host, form_key)
    if earlier is not None:
        return earlier
    refuse_unlikely_day(new_day, clock.now())
    again = Meetup(
        **_fresh(host), **{name: getattr(meetup, name) for name in TAKEN_OVER}, place=same_place(meetup.place),
        place_words=meetup.venue,
        host_event=meetup.host_event, bring_list=[list(item) for item in meetup.bring_list], copied_from_id=meetup.id,
    )  # fmt: skip
    again.form_key = form_key or None
    agree_time(again, shifted(meetup, new_day, fold), meetup.time_zone)
    refuse_past(again, clock.now())
    keep(again)
    _give_bring_list(again)
    return again


def _fresh(host: Person) -> dict[str, object]:
    """What every new meetup starts with; set at once, because a preview never reaches the database."""
    now = clock.now()
    return {
        "code": new_code(), "uid": new_uid(), "status": Status.DRAFT, "sequence": 0, "version": 1, "changes": [],
        "postponed": [],
        "host": host, "created_at": now, "updated_at": now, "listed": False, "cancel_reason": "",
    }  # fmt: skip


def _give_bring_list(meetup: Meetup) -> None:
    if meetup.bring_list:
        announce(BringListGiven(meetup, meetup.wanted))
