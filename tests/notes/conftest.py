"""A meetup under way, its host, its notes just started; phones as plain lists of taps."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from meetups.deck import actions as deck
from meetups.foundation import clock
from meetups.foundation.database import unit_of_work
from meetups.notes import actions
from meetups.notes.notation import DeedWish, milliseconds
from meetups.notes.terms import DeedKind
from tests import cast
from tests.makers import make_meetup, make_rsvp


@pytest.fixture
def bea(app):
    with unit_of_work():
        deck.fill_the_cup()
    return cast.marisol()


@pytest.fixture
def meetup(bea, frozen):
    """Begun ten minutes ago."""
    meetup = make_meetup("Fox Hollow swap", host=bea)
    frozen.move_to(meetup.starts_at + timedelta(minutes=10))
    return meetup


@pytest.fixture
def sol(meetup):
    sol = cast.sol()
    make_rsvp(meetup, sol)
    return sol


@pytest.fixture
def session(meetup, bea):
    with unit_of_work():
        return actions.start(bea, meetup)


@dataclass
class Phone:
    """What notes.js does, in a few lines: ids, places, a list that waits for signal."""

    device: str
    last: int = 0
    waiting: list[DeedWish] = field(default_factory=list)

    def tap(self, kind: DeedKind, **more) -> str:
        self.last = max(milliseconds(clock.now()), self.last + 1)
        id = str(uuid.uuid4())
        self.waiting.append(DeedWish(id, kind, f"{self.last:015d}-{self.device:0>8}", **more))
        return id

    def sees(self, place: str) -> None:
        self.last = max(self.last, int(place[:15]))

    def sync(self, session) -> actions.Taken:
        with unit_of_work():
            taken = actions.take(session, self.waiting)
        self.waiting = [each for each in self.waiting if each.id not in taken.done]
        return taken


@pytest.fixture
def phone():
    return Phone


def prompts(session) -> list[str]:
    return [entry.prompt for entry in session.recap.entries]


def ideas(session) -> list[list[str]]:
    return [[response.text for response in entry.responses] for entry in session.recap.entries]
