"""Any sequence of answers, changes, offers and moving clocks: seats hold, the line keeps its order, nobody is lost."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from meetups.attendance import actions, queries
from meetups.attendance.actions import Wish
from meetups.attendance.models import Answer
from meetups.foundation import clock
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.refusals import Refusal
from meetups.settings import Settings
from tests.conftest import NOON, SECRET, started
from tests.makers import make_meetup, make_person

PEOPLE, FULL = 7, 5
template: Path | None = None


@pytest.fixture(autouse=True)
def _template(empty_sqlite):
    global template  # the machine is built by Hypothesis, out of reach of fixtures
    template = empty_sqlite


class Seats(RuleBasedStateMachine):
    """Seven people and a meetup of a few seats, from a day before until it is over."""

    people = Bundle("people")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copyfile(str(template), self.folder / "seats.sqlite")
        self.clock = clock.frozen(NOON)
        self.hands = self.clock.__enter__()
        made = Settings(testing=True, instance=self.folder, database_url=f"sqlite:///{self.folder / 'seats.sqlite'}",
                        secret_key=SECRET, site_url="http://localhost")
        self.app = started(made.completed())
        self.context = self.app.__enter__().app_context()
        self.context.push()

    @initialize(target=people, capacity=st.integers(1, 3), hours=st.sampled_from([3, 12, 26]))
    def meet(self, capacity, hours):
        start = clock.wall_clock(NOON + timedelta(hours=hours), "America/Los_Angeles")
        self.meetup = make_meetup(capacity=capacity, start=start, guests_allowed=3)
        self.allowed = capacity  # how many may be taken: grows above the capacity only when the host lowers it
        self.confirmed: set[int] = set()
        crowd = [make_person(f"Person {n}") for n in range(PEOPLE)]
        for person in crowd[:FULL]:  # so that there is a line from the beginning
            self.do(partial(actions.answer, self.meetup, person, Wish(Answer.GOING)), person)
        return multiple(*crowd)

    @rule(person=people, guests=st.sampled_from([0, 0, 0, 1, 1, 2, 3]), waits=st.sampled_from([True, True, False]))
    def answer_going(self, person, guests, waits):
        self.do(lambda: actions.answer(self.meetup, person, Wish(Answer.GOING, guests, waits=waits)), person)

    @rule(person=people, answer=st.sampled_from([Answer.CANT, Answer.MAYBE]))
    def answer_otherwise(self, person, answer):
        self.do(lambda: actions.answer(self.meetup, person, Wish(answer)), person)

    @rule(person=people)
    def accept(self, person):
        rsvp = queries.rsvp_of(person, self.meetup)
        if rsvp is None:
            return
        before, stood = rsvp.answer, rsvp.offer_stands(clock.now())
        done = self.do(lambda: actions.accept_offer(rsvp), person)
        after = queries.rsvp_of(person, self.meetup).answer
        assert done == (stood or before is Answer.GOING) or not self.open
        assert (after is Answer.GOING) == (before is Answer.GOING or (stood and done))

    @rule(person=people, leave=st.booleans())
    def decline(self, person, leave):
        rsvp = queries.rsvp_of(person, self.meetup)
        if rsvp is not None:
            self.do(lambda: actions.decline_offer(rsvp, leave=leave), person)

    @rule(capacity=st.integers(1, 5))
    def change_capacity(self, capacity):
        def change():
            self.meetup.capacity = capacity
            db.session.flush()
            actions.hand_on_seats(self.meetup)

        self.do(change)

    @rule(minutes=st.sampled_from([5, 31, 60, 125]), notice=st.booleans())
    def time_passes(self, minutes, notice):
        self.hands.pass_time(timedelta(minutes=minutes))
        if notice:
            self.do(actions.expire_offers)

    @property
    def open(self) -> bool:
        return not self.meetup.is_over(clock.now())

    def do(self, deed, person=None) -> bool:
        """One unit of work, watched: who was seated by it, and who stood before them in the line."""
        line = {r.id: (r.asked_at, r.id) for r in queries.in_line(self.meetup)}
        before = {r.id: r.answer for r in self.everybody()}
        mine = person and queries.rsvp_of(person, self.meetup)
        mine = mine.id if mine else None
        try:
            with unit_of_work():
                deed()
        except Refusal:
            assert {r.id: r.answer for r in self.everybody()} == before
            return False
        finally:
            self.allowed = max(self.meetup.capacity, min(self.allowed, self.taken()))
        if person is not None:
            row = queries.rsvp_of(person, self.meetup)
            self.confirmed |= {row.id} if row else set()
        self.nobody_was_overtaken(line, before, mine)
        comes = (Answer.GOING, Answer.OFFERED, Answer.WAITING)
        out = [r for r in self.everybody() if r.id != mine and before.get(r.id) in comes and r.answer not in comes]
        assert out == []  # nobody is out of it by what somebody else does, or by time
        return True

    def nobody_was_overtaken(self, line, before, mine):
        """Of those in the line, whoever got seats (without asking just then) had nobody before them who needed as
        little, had not let a seat go by, and got none."""
        now = {r.id: r for r in self.everybody()}
        got = [now[i] for i in line if i != mine and before[i] is Answer.WAITING
               and now[i].answer in (Answer.GOING, Answer.OFFERED)]
        left = [now[i] for i in line if i != mine and now[i].answer is Answer.WAITING and not now[i].passed]
        for winner in got:
            assert [r for r in left if line[r.id] < line[winner.id] and r.party <= winner.party] == []

    def taken(self) -> int:
        """Seats taken and held, counted row by row."""
        at = clock.now()
        return sum(r.party for r in self.everybody() if r.answer is Answer.GOING or r.offer_stands(at))

    def everybody(self):
        return db.session.scalars(db.select(queries.Rsvp).where(queries.Rsvp.meetup_id == self.meetup.id)).all()

    @invariant()
    def seats_hold(self):
        if hasattr(self, "meetup"):
            assert self.taken() <= self.allowed

    @invariant()
    def nobody_is_lost(self):
        if hasattr(self, "meetup"):
            assert self.confirmed <= {rsvp.id for rsvp in self.everybody() if rsvp.counts}
            counts = queries.seats(self.meetup)
            line = sum(rsvp.party for rsvp in queries.in_line(self.meetup))
            assert (counts.going, counts.waiting) == (sum(r.party for r in queries.going(self.meetup)), line)

    @invariant()
    def no_seat_lies_idle_while_somebody_fits_who_never_let_one_go(self):
        if hasattr(self, "meetup") and self.meetup.starts_at - clock.now() >= actions.seating.BY_OFFER:
            lapsed = any(not r.offer_stands(clock.now()) for r in queries.offered(self.meetup))
            free = queries.seats(self.meetup).free
            if not lapsed:
                assert [r for r in queries.waitlist(self.meetup) if r.party <= free and not r.passed] == []

    def teardown(self) -> None:
        self.context.pop()
        self.app.__exit__(None, None, None)
        self.clock.__exit__(None, None, None)
        shutil.rmtree(self.folder)


class TestSeats(Seats.TestCase):
    settings = settings(
        max_examples=12, stateful_step_count=25, deadline=None, database=None, derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
