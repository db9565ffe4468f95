"""Closing an account and opening it again; the letters that moderators get."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from meetups.foundation.clock import now
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.diary import Deed
from meetups.moderation import actions
from tests import cast, makers

CLOSE = "/moderation/people/close"


@pytest.fixture
def noor(app):
    return cast.moderator()


@pytest.fixture
def desk(signed_in, noor):
    return signed_in(noor)


def deeds():
    return db.session.execute(sa.select(Deed.what, Deed.about, Deed.who, Deed.note).order_by(Deed.id)).all()


def close(desk, who, reason="was unkind"):
    return desk.submit("/moderation", {"who": who, "reason": reason}, form="close")


def make_report(about="/near"):
    with unit_of_work():
        return actions.report(about, "This is not right.", None)


@pytest.mark.parametrize("meant", ["Ken@example.org", "meetup"])
def test_a_closed_account_is_out_and_back_in(desk, noor, signed_in, meant):
    ken = cast.ken()
    path = f"/meetups/{makers.make_meetup(host=ken).code}"
    browser = signed_in(ken)
    assert close(desk, path if meant == "meetup" else meant).status_code == 303
    assert ken.suspended_at == now()
    assert browser.get("/me").status_code == 303
    assert "ken@example.org" in desk.text(desk.get("/moderation"))
    assert desk.submit("/moderation", form=f"/people/{ken.id}/open").status_code == 303
    assert browser.get("/me").status_code == 200
    assert deeds() == [
        ("closed an account", f"people/{ken.id}", noor.id, "was unkind"),
        ("opened an account again", f"people/{ken.id}", noor.id, ""),
    ]


@pytest.mark.parametrize("who, reason, status", [
    ("", "x", 400), ("ken@example.org", "", 400), ("nobody@example.org", "x", 400), ("/meetups/2222222", "x", 400),
    ("https://evil.example/", "x", 400), ("noor@example.org", "x", 409),
])
def test_what_cannot_be_closed_says_so(desk, who, reason, status):
    ken = cast.ken()
    assert close(desk, who, reason).status_code == status
    assert ken.suspended_at is None
    assert deeds() == []


def test_members_close_nobody(signed_in):
    ken = cast.ken()
    browser = signed_in(cast.ana())
    answers = [browser.forge(path, {"who": "ken@example.org", "reason": "x"}).status_code
               for path in (CLOSE, f"/moderation/people/{ken.id}/open")]
    assert answers == [404, 404]
    assert ken.suspended_at is None


def test_each_moderator_gets_one_letter_an_hour(noor, frozen, outbox):
    makers.make_person("Bo", address="bo@example.org", is_moderator=True)
    began = now()
    for number in range(4):
        make_report(f"/meetups/m{number}")
        frozen.pass_time(timedelta(minutes=10))
    due = [(letter.to_address, letter.not_before - began) for letter in outbox]
    each = [timedelta(0), timedelta(hours=1)]
    assert sorted(due) == [("bo@example.org", at) for at in each] + [("noor@example.org", at) for at in each]


def test_the_letter_does_not_repeat_what_was_written(noor, outbox):
    make_report("/meetups/k7p2m9q")
    assert "This is not right." not in outbox.last.plain
    assert "k7p2m9q" not in outbox.last.plain
    assert outbox.link("/moderation") == "/moderation"


def test_after_a_quiet_hour_the_letter_goes_at_once(noor, frozen, outbox):
    make_report()
    frozen.pass_time(timedelta(hours=3))
    make_report("/recaps")
    assert [letter.not_before for letter in outbox] == [now() - timedelta(hours=3), now()]
