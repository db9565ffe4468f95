"""How a meetup looks in a list: the card, with counts and never names."""

from __future__ import annotations

from dataclasses import dataclass, field

from meetups.attendance.queries import Seats
from meetups.discovery.queries import Near
from meetups.foundation import clock
from meetups.foundation.geography import distance_in, usual_unit
from meetups.places.models import Noise, Precision, YesNo
from meetups.planning.models import Meetup, RsvpMode


@dataclass(frozen=True)
class Due:
    """The date-due slip."""

    iso: str
    dow: str
    day: str
    mon: str


@dataclass(frozen=True)
class Card:
    """What `pieces/show.html: meet` shows. `number` is the pin's on the map beside the list."""

    url: str
    title: str
    status: str
    status_label: str
    due: Due
    when: str
    where: str
    kind: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    number: int | None = None
    off: bool = False


def card(near: Near, seats: Seats, *, number: int | None = None, unit: str | None = None) -> Card:
    """A meetup on its way into a list. `unit` is "mi" or "km"; otherwise as people at the place say it."""
    meetup, place = near.meetup, near.meetup.place
    zone, country = meetup.time_zone, place.country
    dow, day, month = clock.show_day_parts(meetup.starts_at, zone)
    status, label = _status(meetup, seats)
    spot = "" if place.is_private or place.is_online else meetup.where_exactly
    return Card(
        url=f"/meetups/{meetup.code}",
        title=meetup.title,
        status=status,
        status_label=label,
        due=Due(clock.iso_local(meetup.starts_at, zone), dow, day, month),
        when=clock.show_span(meetup.starts_at, meetup.ends_at, zone, country),
        where=", ".join(part for part in (meetup.public_venue, spot) if part),
        kind=place.kind.value,
        facts=_facts(near, seats, unit),
        number=number,
    )


def _status(meetup: Meetup, seats: Seats) -> tuple[str, str]:
    at = clock.now()
    if meetup.is_over(at):
        return "over", "Over"
    if meetup.is_under_way(at):
        return "now", "Under way"
    if seats.is_full:
        return "full", "Full"
    return meetup.status.value, meetup.status.label


def _facts(near: Near, seats: Seats, unit: str | None) -> list[tuple[str, str]]:
    place, meetup = near.meetup.place, near.meetup
    facts = []
    if near.km is not None:
        far = distance_in(near.km, unit or usual_unit(place.country))
        sure = place.precision is Precision.EXACT or far.startswith("under")
        facts.append(("pin", far if sure else f"about {far}"))
    if place.step_free is not None:
        facts.append(("step", "Step-free") if place.step_free is YesNo.YES else ("stairs", "Not step-free"))
    if place.noise is Noise.QUIET:
        facts.append(("ear", "Quiet"))
    if place.age_limit:
        proof = ", bring ID" if place.id_required is YesNo.YES else ""
        facts.append(("idcard", f"{place.age_limit}+{proof}"))
    if place.children_welcome is YesNo.YES:
        facts.append(("kid", "Children welcome"))
    facts.append(("people", _seats(meetup, seats)))
    return facts


def _seats(meetup: Meetup, seats: Seats) -> str:
    if meetup.rsvp_mode is RsvpMode.NONE:
        return "Just turn up"
    if seats.is_full:
        line = f", waitlist {seats.waiting_parties}" if seats.waiting_parties else ""
        return f"{seats.going} going, full{line}"
    if seats.capacity is not None:
        return f"{seats.free} of {seats.capacity} seats free"
    return f"{seats.going} going"
