"""The link and the first sign-in, on each database: one press of many wins, one account is made."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
import sqlalchemy as sa

from meetups.foundation.database import db, unit_of_work
from meetups.foundation.refusals import LinkSpent
from meetups.people import actions
from meetups.people.models import Person


def at_once(app, deeds):
    """What each deed came to, all of them begun at the same moment in threads of their own."""
    ready, came = Barrier(len(deeds)), []

    def do(deed):
        with app.app_context():
            ready.wait()
            try:
                with unit_of_work():
                    came.append(deed())
            except LinkSpent:
                came.append("spent")
            finally:
                db.session.remove()

    threads = [Thread(target=do, args=[deed]) for deed in deeds]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return came


def new_link(address="ken@example.org"):
    with unit_of_work():
        return actions.new_link(address)


@pytest.mark.parametrize("presses", [8])
def test_of_many_presses_one_wins(both_databases, app, presses):
    token = new_link()
    came = at_once(app, [lambda: actions.redeem(token).address] * presses)
    assert sorted(came) == ["ken@example.org"] + ["spent"] * (presses - 1)


def test_two_first_sign_ins_make_one_account(both_databases, app):
    tokens = [new_link() for _ in range(6)]
    came = at_once(app, [lambda token=token: actions.redeem(token).address for token in tokens])
    assert came == ["ken@example.org"] * 6
    db.session.rollback()
    assert db.session.scalars(sa.select(Person.address)).all() == ["ken@example.org"]
