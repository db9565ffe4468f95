"""S3: a coffee shop with twelve seats and guests, step by step."""

from __future__ import annotations

from datetime import timedelta

import pytest

from meetups.attendance import actions, queries
from meetups.attendance.actions import Wish
from meetups.attendance.models import Answer
from meetups.foundation.database import unit_of_work
from tests import cast
from tests.makers import make_meetup, make_person


class Room:
    """The long table upstairs, and what people press."""

    def __init__(self, frozen) -> None:
        self.frozen = frozen
        self.people = {"Priya": cast.priya()}
        self.meetup = make_meetup("Long table swap", host=self.people["Priya"], capacity=12)

    def press(self, name: str, guests: int = 0, answer: Answer = Answer.GOING, waits: bool = False) -> Answer:
        self.frozen.pass_time(timedelta(seconds=1))
        person = self.people.setdefault(name, None) or make_person(name)
        self.people[name] = person
        with unit_of_work():
            return actions.answer(self.meetup, person, Wish(answer, guests, waits=waits)).answer

    def state(self) -> tuple[int, list[tuple[str, int]]]:
        line = [(party.called, party.party) for party in queries.waitlist(self.meetup)]
        return queries.seats(self.meetup).going, line


def test_twelve_seats_and_nobody_is_split(app, both_databases, frozen, outbox, client):
    room = Room(frozen)
    for name, guests in (("Priya", 0), ("Ana", 0), ("Ben", 1), ("Cleo", 0), ("Dev", 0), ("Ed", 1), ("Fay", 0)):
        room.press(name, guests)
    assert room.state() == (9, [])

    with pytest.raises(actions.FewerSeats, match="3 seats are free, and you are 4"):
        room.press("Gus", 3)
    assert room.press("Gus", 3, waits=True) is Answer.WAITING
    assert room.state() == (9, [("Gus", 4)])

    assert room.press("Hana") is Answer.GOING
    assert room.state() == (10, [("Gus", 4)])

    assert (room.press("Ivy", 1), room.press("Jo", 1)) == (Answer.GOING, Answer.WAITING)
    assert room.state() == (12, [("Gus", 4), ("Jo", 2)])

    room.press("Ben", 0)
    assert room.state() == (11, [("Gus", 4), ("Jo", 2)])
    assert sorted(subject for _, subject in outbox.subjects if "1 seat is free" in subject) == [
        "1 seat is free: Long table swap", "1 seat is free: Long table swap",
    ]

    assert room.press("Jo", 0) is Answer.GOING
    assert room.state() == (12, [("Gus", 4)])

    room.press("Ed", answer=Answer.CANT)
    assert room.state() == (10, [("Gus", 4)])
    assert outbox.last.subject == "2 seats are free: Long table swap"

    with unit_of_work():
        room.meetup.capacity = 9
        actions.hand_on_seats(room.meetup)
    seats = queries.seats(room.meetup)
    assert (seats.going, seats.is_full, seats.over_by) == (10, True, 1)
    assert room.press("Kim") is Answer.WAITING

    page = client.get(f"/meetups/{room.meetup.code}").get_data(as_text=True)
    assert "Full · waitlist 2 parties" in page
    assert [name for name in ("Gus", "Kim", "Ana", "Over by") if name in page] == []
