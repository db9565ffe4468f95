"""Who comes to the invented meetups, who waits, and who brings what; the house's rule for seats is kept."""

from __future__ import annotations

from datetime import timedelta

from meetups.attendance.models import Answer, BringItem, Claim, Rsvp
from meetups.demo.gatherings import Gathering
from meetups.demo.words import NOTES
from meetups.demo.world import World
from meetups.foundation.database import add
from meetups.people.models import Person
from meetups.planning.models import Meetup, RsvpMode, Status

USUAL_PARTIES = 5.5


def answer_all(world: World, gathering: Gathering) -> int:
    """Answers to one meetup, in order of arrival; returns how many. Nobody answers a draft."""
    meetup = gathering.meetup
    items = _bring_list(meetup)
    if meetup.status is Status.DRAFT or meetup.published_at is None:
        return 0
    parties: list[Person | None] = [meetup.host]
    if meetup.rsvp_mode is not RsvpMode.NONE:
        parties += _members(world, gathering)
        parties += [None] * min(40, int(world.rng.expovariate(1 / USUAL_PARTIES)))
    last = min(meetup.starts_at, world.at) - timedelta(minutes=5)
    moments = sorted(world.between(meetup.published_at, last) for _ in parties[1:])
    taken, rsvps = 0, []
    for person, moment in zip(parties, [meetup.published_at, *moments], strict=True):
        rsvp = _rsvp(world, meetup, person, taken)
        rsvp.asked_at = rsvp.answered_at = moment
        rsvp.confirmed_at = moment if person is not None or world.chance(0.93) else None
        if rsvp.answer is Answer.GOING and rsvp.counts:
            taken += rsvp.party
        rsvps.append(add(rsvp))
    _claim(world, items, rsvps)
    return len(rsvps)


def _members(world: World, gathering: Gathering) -> list[Person | None]:
    """Some of the members who live there."""
    near = [person for person in world.neighbors[gathering.number] if person is not gathering.meetup.host]
    return list(world.rng.sample(near, world.rng.randint(0, len(near))))


def _rsvp(world: World, meetup: Meetup, person: Person | None, taken: int) -> Rsvp:
    rng = world.rng
    host = person is not None and person is meetup.host
    wish = Answer.GOING if host else rng.choices((Answer.GOING, Answer.MAYBE, Answer.CANT), (82, 11, 7))[0]
    alone = host or wish is Answer.CANT
    guests = 0 if alone else min(rng.choices((0, 1, 2, 3), (74, 18, 6, 2))[0], meetup.guests_allowed)
    if wish is Answer.GOING and meetup.capacity is not None and taken + 1 + guests > meetup.capacity:
        wish = Answer.WAITING
    name, address = ("", None) if person is not None else world.visitor()
    return Rsvp(
        meetup=meetup, person=person, name=name, address=address, answer=wish, guests=guests, link_version=1,
        note=world.either(NOTES, chance=0.08, otherwise=""), opener=not host and world.chance(0.12),
        can_step_in=not host and person is not None and world.chance(0.15),
    )  # fmt: skip


def _bring_list(meetup: Meetup) -> list[BringItem]:
    return [add(BringItem(meetup=meetup, what=what, quantity=quantity)) for quantity, what in meetup.wanted]


def _claim(world: World, items: list[BringItem], rsvps: list[Rsvp]) -> None:
    """About half of the things find somebody who has a seat."""
    going = [rsvp for rsvp in rsvps if rsvp.answer is Answer.GOING and rsvp.counts]
    for item in items if going else ():
        if world.chance(0.5):
            rsvp = world.rng.choice(going)
            add(Claim(item=item, rsvp=rsvp, claimed_at=rsvp.asked_at))
