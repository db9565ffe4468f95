"""Many presses at the same moment, from several processes: capacity holds, whoever wins."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from meetups.attendance import actions, queries
from meetups.attendance.actions import Wish
from meetups.attendance.models import Answer, Notice, NoticeState, Rsvp
from meetups.foundation import clock
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.mail.outbox import OutboxLetter
from meetups.people.models import Person
from meetups.planning import actions as planning
from meetups.planning.models import Meetup
from meetups.settings import Settings
from tests.makers import make_meetup, make_person, make_rsvp
from tests.processes import together

PROCESSES = 5


def _press(settings: Settings, meetup_id: int, people: list[int], guests: int, start, told) -> None:
    """What one process does: its people press as soon as everybody is ready."""
    from meetups.app import create_app  # noqa: PLC0415 a process of its own

    app = create_app(settings, serving=True)
    with app.app_context():
        db.session.execute(db.select(Meetup.id)).all()
        start.wait()
        for number in people:
            with unit_of_work():
                meetup, person = db.session.get(Meetup, meetup_id), db.session.get(Person, number)
                answer = actions.answer(meetup, person, Wish(Answer.GOING, guests, waits=True))
            told.put(answer.answer.value)
        db.session.remove()
        db.engine.dispose()


def contend(settings: Settings, meetup: Meetup, people: list[Person], guests: int = 0) -> list[str]:
    """Everybody answers from one of five processes; returns what each was told."""
    start, told = together.Barrier(PROCESSES), together.Queue()
    numbers = [person.id for person in people]
    where = meetup.id
    db.session.remove()
    workers = [
        together.Process(target=_press, args=(settings, where, numbers[n::PROCESSES], guests, start, told))
        for n in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    answers = [told.get(timeout=60) for _ in people]
    for worker in workers:
        worker.join(30)
    assert [worker.exitcode for worker in workers] == [0] * PROCESSES
    return answers


@pytest.mark.parametrize(("guests", "going"), [(0, 10), (2, 9)], ids=["one by one", "parties of three"])
def test_fifty_presses_on_ten_seats(app, both_databases, settings, tmp_path: Path, guests, going):
    meetup = make_meetup(capacity=10, guests_allowed=3)
    people = [make_person(f"Person {n}") for n in range(50)]
    answers = contend(settings, meetup, people, guests)
    seated = going // (guests + 1)
    assert (answers.count("going"), answers.count("waiting")) == (seated, 50 - seated)
    meetup = db.session.get(Meetup, meetup.id)
    counts = queries.seats(meetup)
    assert (counts.going, counts.waiting_parties) == (going, 50 - seated)


def test_two_hundred_presses_on_the_last_seat(app, both_databases, settings):
    meetup = make_meetup(capacity=1)
    people = [make_person(f"Person {n}") for n in range(200)]
    answers = contend(settings, meetup, people)
    assert (answers.count("going"), answers.count("waiting")) == (1, 199)
    counts = queries.seats(db.session.get(Meetup, meetup.id))
    assert (counts.going, counts.waiting_parties) == (1, 199)


def _at_the_last_moment(settings: Settings, number: int, at: datetime, accepts: bool, start, told) -> None:
    """One process: it accepts the offer a moment before it ends, or takes it back a moment after."""
    from meetups.app import create_app  # noqa: PLC0415 a process of its own

    app = create_app(settings, serving=True)
    with app.app_context(), clock.frozen(at):
        rsvp = db.session.get(Rsvp, number)
        start.wait()
        try:
            with unit_of_work():
                if accepts:
                    actions.accept_offer(rsvp)
                else:
                    actions.expire_offers()
            told.put("accepted" if accepts else "swept")
        except actions.OfferGone:
            told.put("refused")
        db.session.remove()
        db.engine.dispose()


def test_an_offer_taken_at_the_moment_it_ends_has_one_outcome(app, frozen, both_databases, settings):
    meetup = make_meetup(capacity=1)
    ana = make_rsvp(meetup, make_person("Ana"))
    waiting = [make_rsvp(meetup, make_person(name), Answer.WAITING) for name in ("Gus", "Jo")]
    frozen.move_to(meetup.starts_at - timedelta(hours=6))
    with unit_of_work():
        actions.withdraw(ana)
    gus, ends = waiting[0].id, waiting[0].offer_until
    db.session.remove()
    start, told = together.Barrier(2), together.Queue()
    moment = timedelta(seconds=1)
    workers = [
        together.Process(target=_at_the_last_moment, args=(settings, gus, ends + delay, accepts, start, told))
        for accepts, delay in ((True, -moment), (False, moment))
    ]
    for worker in workers:
        worker.start()
    said = {told.get(timeout=60) for _ in workers}
    for worker in workers:
        worker.join(30)
    answers = [rsvp.answer.value for rsvp in db.session.scalars(db.select(Rsvp).order_by(Rsvp.id))][1:]
    assert (said, answers) in (
        ({"accepted", "swept"}, ["going", "waiting"]), ({"refused", "swept"}, ["waiting", "offered"]),
    )


def _a_worker(settings: Settings, at: datetime, start, told) -> None:
    """One worker process: its chores at one moment, as soon as the other is ready."""
    from meetups.app import create_app  # noqa: PLC0415 a process of its own

    app = create_app(settings, serving=True)
    with app.app_context(), clock.frozen(at):
        db.session.execute(db.select(Meetup.id)).all()
        db.session.rollback()
        start.wait()
        for chore in (actions.send_notices, actions.send_reminders, actions.expire_offers, actions.release_holds):
            with unit_of_work():
                chore()
        told.put("done")
        db.session.remove()
        db.engine.dispose()


def test_two_workers_at_once_tell_nobody_twice(app, frozen, both_databases, settings):
    """A notice, a reminder and an offer that are due at the same moment: one letter each, and one offer passed on."""
    moved, due = make_meetup("Moved", spot="A"), make_meetup("Due", capacity=6)
    for number in range(5):
        make_rsvp(moved, f"Ana{number}")
        make_rsvp(due, f"Ben{number}")
    gus, jo = (make_rsvp(due, name, Answer.WAITING) for name in ("Gus", "Jo"))
    with unit_of_work():
        planning.move_place(moved, planning.NewPlace(spot="B"))
    frozen.move_to(due.starts_at - timedelta(hours=5))
    with unit_of_work():
        gus.answer, gus.offer_until = Answer.OFFERED, clock.now() + timedelta(hours=1)
    at, line = due.starts_at - timedelta(hours=2), [gus.id, jo.id]
    seen = {letter.id for letter in db.session.scalars(db.select(OutboxLetter))}
    db.session.remove()
    start, told = together.Barrier(2), together.Queue()
    workers = [together.Process(target=_a_worker, args=(settings, at, start, told)) for _ in range(2)]
    for worker in workers:
        worker.start()
    assert [told.get(timeout=60) for _ in workers] == ["done"] * 2
    for worker in workers:
        worker.join(30)
    letters = [each for each in db.session.scalars(db.select(OutboxLetter)) if each.id not in seen]
    subjects = Counter(letter.subject.split(":")[0] for letter in letters)
    assert subjects == {"Moved": 5, "Today, 6": 10, "Yours until 5": 1}
    assert len({(letter.to_address, letter.subject) for letter in letters}) == len(letters)
    (notice,) = db.session.scalars(db.select(Notice)).all()
    assert (notice.state, notice.told) == (NoticeState.SENT, 5)
    assert [db.session.get(Rsvp, number).answer for number in line] == [Answer.WAITING, Answer.OFFERED]
