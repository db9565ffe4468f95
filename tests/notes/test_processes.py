"""Two server processes take in the same phones' deeds at once and are killed meanwhile: eighty ideas, each once."""

from __future__ import annotations

import os
import signal
from datetime import datetime, timedelta

from meetups.foundation import clock
from meetups.foundation.database import db, unit_of_work
from meetups.notes import actions
from meetups.notes.models import Deed, Session
from meetups.notes.notation import DeedWish
from meetups.notes.terms import DeedKind
from meetups.settings import Settings
from tests.notes.conftest import ideas
from tests.processes import together


def _take(settings: Settings, at: datetime, number: int, pieces: list[list[DeedWish]], start, told) -> None:
    """What one process does: a piece after the other, without end, until it is killed or has been through all."""
    from meetups.app import create_app  # noqa: PLC0415 a process of its own

    app = create_app(settings, serving=True)
    with app.app_context(), clock.frozen(at):
        db.session.execute(db.select(Session.id)).all()
        start.wait()
        for piece in pieces:
            with unit_of_work():
                actions.take(db.session.get(Session, number), piece)
            told.put(len(piece))
        db.session.remove()
        db.engine.dispose()


def test_eighty_ideas_through_two_processes_that_are_killed(app, both_databases, settings, session, phone, frozen):
    sol, bea = phone("a"), phone("b")
    question = sol.tap(DeedKind.ASK, text="Whose turn?")
    sol.sync(session)
    for number in range(40):
        for each, name in ((sol, "sol"), (bea, "bea")):
            frozen.pass_time(timedelta(seconds=7))
            each.tap(DeedKind.IDEA, target=question, text=f"{name} {number}")
    # each process gets both phones' taps, four at a time, from the other end: every tap is sent to both
    pieces = [phone.waiting[at : at + 4] for at in range(0, 40, 4) for phone in (sol, bea)]
    where = session.id
    db.session.remove()
    start, told = together.Barrier(2), together.Queue()
    workers = [together.Process(target=_take, args=(settings, clock.now(), where, order, start, told))
               for order in (pieces, pieces[::-1])]
    for worker in workers:
        worker.start()
    for _ in range(8):
        told.get(timeout=60)
    for worker in workers:
        os.kill(worker.pid, signal.SIGKILL)
    for worker in workers:
        worker.join(30)
    session = db.session.get(Session, where)
    for each in (bea, sol):  # no answer came: everything is sent again
        each.sync(session)
    assert ideas(session) == [[f"{name} {number}" for number in range(40) for name in ("sol", "bea")]]
    assert db.session.query(Deed).count() == 81
