"""Making the invented world, once, and only where nobody real lives."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import islice

import sqlalchemy as sa

from meetups.deck.actions import fill_the_cup
from meetups.deck.queries import challenges
from meetups.demo.answers import answer_all
from meetups.demo.crowd import settle_people
from meetups.demo.gatherings import gatherings
from meetups.demo.keeping import keep_things
from meetups.demo.towns import draw_towns
from meetups.demo.world import World
from meetups.demo.writeups import write_up
from meetups.foundation import clock
from meetups.foundation.database import db, flush
from meetups.foundation.diary import Deed, write_down
from meetups.foundation.gazetteer import Gazetteer
from meetups.foundation.refusals import Refusal
from meetups.library.actions import reindex
from meetups.moderation.models import Report
from meetups.people.models import Person
from meetups.places.models import Place
from meetups.planning.models import HostEvent, Meetup
from meetups.recaps.models import Recap

INVENTED = "%@example.org"
MADE = "made the demo world"
AT_ONCE = 500
ENOUGH_RECAPS = 500  # a large world is for measuring lists of meetups
MOST = 50_000


class NotForRealPeople(Refusal):
    """Somebody real lives in this database."""


class NotEmpty(Refusal):
    """There is something in this database that no demo has put there."""


@dataclass(frozen=True)
class Made:
    """What the world holds; `new` is False when it stood already and nothing was changed."""

    note: str
    new: bool


def make_world(how_many: int, seed: int, gazetteer: Gazetteer) -> Made:
    """Fill an empty database with `how_many` meetups and everything around them; a second time changes nothing.

    Refuses with NotForRealPeople a database with an address outside example.org, and with NotEmpty one that holds
    anything (the cup apart) and was not made by this. Ten thousand meetups take about half a minute.
    """
    standing = _refuse_or_find()
    if standing is not None:
        return Made(standing.note, new=False)
    fill_the_cup()
    rng = random.Random(seed)
    spots = draw_towns(rng, max(12, min(how_many // 6, 900)), gazetteer)
    world = World(rng, clock.now().replace(second=0, microsecond=0), spots, sticks=challenges())
    people = settle_people(world)
    answers = recaps = 0
    upcoming = gatherings(world, how_many)
    while batch := list(islice(upcoming, AT_ONCE)):
        answers += sum(answer_all(world, each) for each in batch)
        recaps += sum(write_up(world, each) for each in batch) if recaps < ENOUGH_RECAPS else 0
        flush()
    reindex()
    keep_things(world, seed)
    note = (f"{how_many:,} meetups in {len(spots):,} towns, {people:,} people, {answers:,} answers, "
            f"{recaps:,} recaps (seed {seed})")  # fmt: skip
    write_down(MADE, "demo", note=note)
    return Made(note, new=True)


def _refuse_or_find() -> Deed | None:
    """The deed of an earlier demo, if this database is one; a refusal if it is anything else but empty."""
    real = db.session.scalar(sa.select(Person.id).where(Person.address.not_like(INVENTED)).limit(1))
    if real is not None:
        raise NotForRealPeople(
            "There are real people in this database (an address that is not at example.org), so nothing was added. "
            "Set DATABASE_URL to an empty one for the demo."
        )
    made = db.session.scalar(sa.select(Deed).where(Deed.what == MADE).order_by(Deed.id).limit(1))
    if made is None and any(db.session.scalar(sa.select(sa.exists(sa.select(each)))) for each in _INHABITED):
        raise NotEmpty(
            "This database is not empty and was not made by the demo, so nothing was added. "
            "Set DATABASE_URL to an empty one for the demo."
        )
    return made


_INHABITED = (Person, Place, Meetup, HostEvent, Recap, Report, Deed)
