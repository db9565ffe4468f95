"""The meetups of the invented world: where, when, in what state, and what their hosts wrote."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from meetups.demo import words
from meetups.demo.towns import Spot
from meetups.demo.world import World
from meetups.foundation import clock
from meetups.foundation.database import add, flush
from meetups.places.models import Access, Noise, Place, PlaceKind, Precision, YesNo
from meetups.planning.models import Cost, HostEvent, Meetup, RsvpMode, Status
from meetups.planning.queries import name_folded

KINDS = tuple(PlaceKind)
LIKELY = {
    PlaceKind.COFFEE_SHOP: 20, PlaceKind.LIBRARY_ROOM: 21, PlaceKind.CONFERENCE_FLOOR: 5, PlaceKind.CONFERENCE_ROOM: 5,
    PlaceKind.RESTAURANT: 10, PlaceKind.PUB: 13, PlaceKind.HOTEL_LOBBY: 5, PlaceKind.OUTDOORS: 9, PlaceKind.HOME: 5,
    PlaceKind.ONLINE: 7,
}  # fmt: skip
EVENINGS = ((17, 30), (18, 0), (18, 30), (19, 0))
HOURS = {
    PlaceKind.COFFEE_SHOP: ((9, 30), (10, 0), (16, 0), (18, 0)),
    PlaceKind.LIBRARY_ROOM: ((9, 30), (13, 0), (18, 0), (18, 30)),
    PlaceKind.CONFERENCE_FLOOR: ((8, 0), (11, 30), (12, 30), (16, 0)),
    PlaceKind.CONFERENCE_ROOM: ((9, 0), (13, 30), (15, 15)),
    PlaceKind.RESTAURANT: ((12, 0), (12, 30), (18, 0)),
    PlaceKind.OUTDOORS: ((10, 0), (11, 0), (14, 0)),
}
WITH_A_TILL = (PlaceKind.COFFEE_SHOP, PlaceKind.PUB, PlaceKind.RESTAURANT, PlaceKind.HOTEL_LOBBY)
AT_CONFERENCES = (PlaceKind.CONFERENCE_FLOOR, PlaceKind.CONFERENCE_ROOM)


@dataclass(frozen=True)
class Conference:
    """A host event with the town and the first of the three days on which its meetups hang."""

    event: HostEvent
    number: int
    day: date


@dataclass(frozen=True)
class Gathering:
    """A meetup and the number of its town, whose members come to it."""

    meetup: Meetup
    number: int


def gatherings(world: World, how_many: int) -> Iterator[Gathering]:
    """So many meetups, every third still to come; not yet flushed."""
    to_come, gone_by = _conferences(world, how_many)
    for n in range(how_many):
        ahead = n % 3 == 0
        kind = KINDS[(n // 3) % 10] if n < 30 else world.rng.choices(list(LIKELY), list(LIKELY.values()))[0]
        conference = world.rng.choice(to_come if ahead else gone_by) if kind in AT_CONFERENCES else None
        number = conference.number if conference else 0 if n in (0, 12, 30) else world.rng.randrange(len(world.spots))
        day = conference.day + timedelta(days=world.rng.randint(0, 2)) if conference else _day(world, ahead, number)
        yield Gathering(_meetup(world, n, number, kind, day, conference.event if conference else None), number)


def _conferences(world: World, how_many: int) -> tuple[list[Conference], list[Conference]]:
    """A few to come and a few gone by; each year's has the year in its name."""
    sides: tuple[list[Conference], list[Conference]] = ([], [])
    taken = set()
    for n in range(max(6, how_many // 25)):
        ahead = n % 3 == 0
        number = world.rng.randrange(len(world.spots))
        day = _day(world, ahead, number) + timedelta(days=3 if ahead else -3)
        name = f"{world.spots[number].town.name}: {words.CONFERENCES[n % len(words.CONFERENCES)]} {day.year}"
        if name not in taken:
            taken.add(name)
            event = add(HostEvent(code=world.code(), name=name, name_folded=name_folded(name)))
            sides[0 if ahead else 1].append(Conference(event, number, day))
    flush()
    return sides


def _day(world: World, ahead: bool, number: int) -> date:
    """Within weeks to come, mostly soon; or within the last two years. A day on the calendar of the town."""
    today = clock.wall_clock(world.at, world.spots[number].town.time_zone).date()
    if ahead:
        return today + timedelta(days=2 + min(200, int(world.rng.expovariate(1 / 28))))
    return today - timedelta(days=2 + int(700 * world.rng.random() ** 1.5))


def _meetup(world: World, n: int, number: int, kind: PlaceKind, day: date, event: HostEvent | None) -> Meetup:
    rng, spot = world.rng, world.spots[number]
    host = world.neighbors[number][0] if n in (0, 12, 30) else rng.choice(world.neighbors[number])
    starts = datetime.combine(day, time(*rng.choice(HOURS.get(kind, EVENINGS))))
    place = _place(world, kind, spot)
    zone = place.time_zone or spot.town.time_zone
    ahead = clock.instant(starts, zone, 0) > world.at
    status = Status.CONFIRMED if n in (0, 12) else _status(world, ahead)
    meetup = Meetup(
        code=world.code(), uid=f"urn:uuid:{uuid.UUID(int=rng.getrandbits(128), version=4)}", sequence=0, version=1,
        changes=[], status=status, host=host, still_on_at=world.at, place=place, place_words=place.words,
        host_event=event, reveal_hours=24,
        **_words(world, kind, spot, event), **_terms(world, kind),
    )  # fmt: skip
    meetup.set_time(starts, None, zone, 0, timedelta(minutes=rng.choice((60, 60, 90, 120))))
    _date_paperwork(world, meetup)
    meetup.settle(meetup.public_venue)
    return add(meetup)


def _status(world: World, ahead: bool) -> Status:
    draft, cancelled, proposed = (0.04, 0.06, 0.50) if ahead else (0.01, 0.07, 0.15)
    thrown = world.rng.random()
    if thrown < draft:
        return Status.DRAFT
    if thrown < draft + cancelled:
        return Status.CANCELLED
    return Status.PROPOSED if thrown < draft + cancelled + proposed else Status.CONFIRMED


def _date_paperwork(world: World, meetup: Meetup) -> None:
    """When it was written, put up, called off or hidden: in that order, and never in the future."""
    lead = timedelta(days=world.rng.choice((1, 8, 9, 14, 18, 20, 30, 48)))
    made = min(meetup.starts_at - lead, world.at - timedelta(hours=world.rng.randint(2, 400)))
    meetup.created_at, meetup.updated_at, meetup.cancel_reason = made, made, ""
    if meetup.status is Status.DRAFT:
        return
    meetup.published_at = made + timedelta(minutes=20)
    if meetup.status is Status.CANCELLED:
        meetup.cancelled_at = meetup.updated_at = world.between(meetup.published_at, min(meetup.starts_at, world.at))
        meetup.cancel_reason, meetup.sequence = world.rng.choice(words.CANCEL_REASONS), 1
    elif world.chance(0.01):
        meetup.hidden_at = world.between(meetup.published_at, world.at)


def _place(world: World, kind: PlaceKind, spot: Spot) -> Place:
    """An invented venue in a real town; some with a pin of their own, some known to the town, a few not found."""
    rng, town = world.rng, spot.town
    venue = rng.choice(words.VENUES[kind])
    words_there = venue if kind is PlaceKind.ONLINE else f"{venue}, {spot.line}"
    place = Place(code=world.code(), kind=kind, words=words_there, added_at=world.at, town="",
                  region="", country="", time_zone="", precision=Precision.NONE)  # fmt: skip
    place.access = _access(world, kind)
    if kind is PlaceKind.ONLINE or world.chance(0.01):
        return place
    place.town, place.region, place.country = town.name, town.region, town.country
    place.time_zone = town.time_zone
    place.latitude, place.longitude, place.precision = town.lat, town.lon, Precision.TOWN
    if kind is not PlaceKind.HOME and world.chance(0.6):
        place.latitude, place.longitude = (round(rng.gauss(at, 0.01), 5) for at in (town.lat, town.lon))
        place.precision = Precision.EXACT
    return place


def _access(world: World, kind: PlaceKind) -> Access:
    """About half of it stated, as hosts do."""
    pub = kind is PlaceKind.PUB
    yes_or_no = (YesNo.YES, YesNo.YES, YesNo.NO)
    return Access(
        step_free=world.either(yes_or_no, chance=0.6, otherwise=None),
        seating=world.either(("Chairs with backs", "Stools, a few chairs", "Rugs and cushions", "Benches"), chance=0.4,
                             otherwise=""),
        noise=world.either((Noise.MEDIUM, Noise.LOUD) if pub else (Noise.QUIET, Noise.MEDIUM), chance=0.5,
                           otherwise=None),
        alcohol=YesNo.YES if pub else world.either((YesNo.NO,), chance=0.5, otherwise=None),
        children_welcome=world.either((YesNo.NO,) if pub else (YesNo.YES, YesNo.YES, YesNo.NO), chance=0.5,
                                      otherwise=None),
        age_limit=world.either((18, 21), chance=0.5, otherwise=None) if pub else None,
        id_required=world.either((YesNo.YES,), chance=0.5, otherwise=None) if pub else None,
    )  # fmt: skip


def _words(world: World, kind: PlaceKind, spot: Spot, event: HostEvent | None) -> dict[str, str]:
    rng = world.rng
    parts = [rng.choice(words.OPENINGS), rng.choice(words.MIDDLES)]
    parts += [rng.choice(words.LISTS)] if world.chance(0.4) else []
    parts += [rng.choice(words.CLOSINGS)] if world.chance(0.7) else []
    spots = words.SPOTS[kind]
    return {
        "title": rng.choice(words.MEETUP_TITLES).format(town=spot.town.name)[:120],
        "description": "\n\n".join(parts) if world.chance(0.92) else "",
        "contact": rng.choice(words.CONTACTS),
        "room": world.either(words.ROOMS, chance=0.8 if kind is PlaceKind.CONFERENCE_ROOM else 0.0, otherwise=""),
        "level": world.either(("Level 1", "Level 2", "Mezzanine"), chance=0.7 if event else 0.0, otherwise=""),
        "booth": "", "spot": rng.choice(spots),
        "how_to_spot_us": "" if kind is PlaceKind.ONLINE else world.either(words.SPOT_US, chance=0.75, otherwise=""),
        "join_url": f"https://example.org/call/{world.code()}" if kind is PlaceKind.ONLINE else "",
        "hashtag": world.either(("#guerrillastorytime", "#storytimeswap"), chance=0.35, otherwise=""),
    }  # fmt: skip


def _terms(world: World, kind: PlaceKind) -> dict[str, object]:
    """Answers, seats, cost and what to bring."""
    rng = world.rng
    mode = rng.choices(tuple(RsvpMode), (15, 60, 25))[0]
    limited = mode is RsvpMode.REQUIRED or (mode is RsvpMode.HELPFUL and world.chance(0.45))
    cost = Cost.BADGE if kind in AT_CONFERENCES else Cost.OWN if kind in WITH_A_TILL else Cost.FREE
    wanted = rng.sample(words.THINGS_TO_BRING, rng.randint(1, 4)) if world.chance(0.4) else []
    return {
        "rsvp_mode": mode, "capacity": rng.choice((6, 8, 10, 12, 12, 14, 16, 20)) if limited else None,
        "guests_allowed": rng.choice((0, 1, 2, 3, 3, 3)), "cost": cost if world.chance(0.8) else None, "cost_note": "",
        "bring_list": [list(each) for each in wanted],
    }  # fmt: skip
