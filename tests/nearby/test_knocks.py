"""Knocking: relayed, hidden until both say yes, five a day, one at a time, and a no that nobody hears."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from meetups.foundation.database import db, unit_of_work
from meetups.foundation.mail.preferences import Delivery, choose
from meetups.foundation.refusals import NotHere
from meetups.nearby import actions, queries
from meetups.nearby.models import Knock
from meetups.people.actions import block, leave, tell_of_myself
from tests import cast, makers


@pytest.fixture
def pair(app):
    return listed(cast.marisol()), listed(cast.ken())


def listed(person, reach="zqreach"):
    with unit_of_work():
        actions.list_me(person, "felt")
        if reach:
            tell_of_myself(person, {"reach": f"{reach} {person.name}"})
    return person


def code_of(person):
    return queries.listing_of(person).code


def knocked(person, other, message="Shall we swap songs?"):
    code = code_of(other)
    with unit_of_work():
        return actions.knock(person, code, message)


def neighbors(number):
    made = []
    for n in range(number):
        person = makers.make_person(f"Robin {n}")
        makers.make_home_area(person, cast.cell(cast.TACOMA, 5), "around Tacoma", "US", "America/Los_Angeles")
        made.append(listed(person))
    return made


def test_from_the_list_to_an_open_door(pair, signed_in, outbox):
    marisol, ken = pair
    hers, his = signed_in(marisol), signed_in(ken)
    path = f"/near/people/{code_of(ken)}/knock"
    assert path in hers.get("/near/people").text
    assert hers.submit(path, {"message": "Shall we swap songs?", "reach": "the Lantern"}).status_code == 303
    assert outbox.subjects == [("ken@example.org", "Marisol knocks: Guerrilla Storytime")]
    assert "Shall we swap songs?" in outbox.last.plain
    for secret in ("marisol@example.org", "the Lantern", marisol.code):
        assert secret not in outbox.last.plain + outbox.last.html + his.get("/knocks").text
    assert "Ken" in hers.text(hers.get("/knocks"))
    assert his.submit(outbox.link("/knocks/"), {"reach": "desk 4", "shares_address": True}).status_code == 303
    assert [to for to, _ in outbox.subjects[1:]] == ["marisol@example.org", "ken@example.org"]
    hers_now, his_now = hers.text(hers.get("/knocks")), his.text(his.get("/knocks"))
    assert all(words in hers_now for words in ("desk 4", "ken@example.org"))
    assert "the Lantern" in his_now
    assert "marisol@example.org" not in his_now + outbox.last.plain
    assert f"/people/{marisol.code}" in his.get("/knocks").text


def test_both_have_met_then(pair, signed_in):
    marisol, ken = pair
    with unit_of_work():
        tell_of_myself(marisol, {"seen": {"name": "met"}})
    browser = signed_in(ken)
    made = knocked(marisol, ken)
    assert browser.get(f"/people/{marisol.code}").status_code == 404
    with unit_of_work():
        actions.open_door(ken, made)
    assert browser.get(f"/people/{marisol.code}").status_code == 200


def test_a_no_looks_like_silence(pair, signed_in, outbox, frozen):
    marisol, ken = pair
    browser = signed_in(marisol)
    made = knocked(marisol, ken)

    def all_she_sees():
        path, typed = f"/near/people/{code_of(ken)}/knock", {"message": "Hello?", "reach": "x"}
        again = browser.forge(path, typed)
        return browser.text(browser.get("/knocks")), again.status_code, browser.text(again), len(outbox)

    before = all_she_sees()
    assert before[1] == 409
    signed_in(ken).submit("/knocks", form=f"/knocks/{made.id}/decline")
    assert queries.knocks_at(ken) == []
    assert all_she_sees() == before
    frozen.pass_time(timedelta(days=30, seconds=1))
    assert queries.knocks_by(marisol) == []
    assert knocked(marisol, ken).id != made.id


def test_one_at_a_time_between_two(pair):
    marisol, ken = pair
    made = knocked(marisol, ken)
    with pytest.raises(actions.TooManyKnocks, match="You knocked there already"):
        knocked(marisol, ken)
    with pytest.raises(actions.TooManyKnocks, match="They knocked at your door first"):
        knocked(ken, marisol)
    with unit_of_work():
        actions.open_door(ken, made)
    for one, other in ((marisol, ken), (ken, marisol)):
        with pytest.raises(actions.TooManyKnocks, match="open already"):
            knocked(one, other)


def test_five_a_day(pair, frozen):
    marisol, ken = pair
    for each in neighbors(5):
        knocked(marisol, each)
    with pytest.raises(actions.TooManyKnocks, match="Five knocks a day"):
        knocked(marisol, ken)
    frozen.pass_time(timedelta(days=1, seconds=1))
    knocked(marisol, ken)


def test_who_shares_nothing_cannot_be_answered(app, signed_in):
    marisol, ken = listed(cast.marisol(), reach=""), listed(cast.ken(), reach="")
    browser = signed_in(marisol)
    answer = browser.submit(f"/near/people/{code_of(ken)}/knock", {"message": "Hello"})
    assert answer.status_code == 409
    assert "Say how they can reach you" in browser.text(answer)
    assert db.session.scalars(sa.select(Knock)).all() == []
    browser.submit(f"/near/people/{code_of(ken)}/knock", {"message": "Hello", "shares_address": True})
    [made] = queries.knocks_at(ken)
    answer = signed_in(ken).submit(f"/knocks/{made.id}/open", {}, form="open")
    assert answer.status_code == 409
    assert queries.open_doors(ken) == []


def test_only_who_is_listed_knocks_and_is_knocked_at(pair, signed_in):
    marisol, ken = pair
    code = code_of(ken)
    with unit_of_work():
        actions.hide_me(marisol)
    with pytest.raises(actions.NotListed), unit_of_work():
        actions.knock(marisol, code, "Hello")
    assert signed_in(marisol).get(f"/near/people/{code}/knock").status_code == 404
    listed(marisol)
    with unit_of_work():
        actions.hide_me(ken)
    with pytest.raises(NotHere), unit_of_work():
        actions.knock(marisol, code, "Hello")
    with pytest.raises(NotHere):
        knocked(marisol, marisol)


@pytest.mark.parametrize("blocker", [0, 1])
def test_a_block_shuts_every_door_in_silence(pair, signed_in, blocker):
    marisol, ken = pair
    other = neighbors(1)[0]
    browsers = [signed_in(each) for each in (marisol, ken)]
    waiting = knocked(marisol, ken)
    opened = knocked(ken, other)
    with unit_of_work():
        actions.open_door(other, opened)
        block((marisol, ken)[blocker], (ken, marisol)[blocker])
        block((other, ken)[blocker], (ken, other)[blocker])
    assert queries.knocks_at(ken) == queries.open_doors(ken) == queries.open_doors(other) == []
    assert "Ken" in browsers[0].text(browsers[0].get("/knocks"))
    assert browsers[1].get(f"/knocks/{waiting.id}/open").status_code == 404
    for person, target in ((marisol, ken), (ken, marisol)):
        with pytest.raises(NotHere):
            knocked(person, target)


@pytest.mark.parametrize("blocker", [0, 1])
def test_what_was_written_and_still_waits_is_not_delivered_across_a_block(pair, outbox, blocker):
    """In the weekly letter, say: the words of somebody who was blocked on Tuesday must not come on Monday."""
    marisol, ken = pair
    with unit_of_work():
        for each in (marisol, ken):
            choose(each.address, "knocks", Delivery.DIGEST)
    opened, other = knocked(ken, marisol), knocked(neighbors(1)[0], ken)
    with unit_of_work():
        actions.open_door(marisol, opened)
    assert len(outbox) == 4
    with unit_of_work():
        block((marisol, ken)[blocker], (ken, marisol)[blocker])
    assert [each.key for each in outbox] == [f"knock:{other.id}"]


def test_blocking_whoever_knocks(pair, signed_in):
    marisol, ken = pair
    made = knocked(marisol, ken)
    assert signed_in(ken).submit("/knocks", form=f"/knocks/{made.id}/block").status_code == 303
    assert ken.out_of_sight == {marisol.id}
    assert "Marisol" in signed_in(ken).text(signed_in(ken).get("/me"))


@pytest.mark.parametrize("deed", ["open", "decline", "block"])
def test_only_at_ones_own_door(pair, signed_in, deed):
    marisol, ken = pair
    made = knocked(marisol, ken)
    for stranger in (cast.ana(), marisol):
        answer = signed_in(stranger).forge(f"/knocks/{made.id}/{deed}", {"reach": "x"})
        assert answer.status_code == 404
    assert (made.opened_at, made.declined_at) == (None, None)


@pytest.mark.parametrize("message", ["", "x" * 301])
def test_a_message_that_will_not_do(pair, signed_in, message):
    marisol, ken = pair
    path = f"/near/people/{code_of(ken)}/knock"
    assert signed_in(marisol).forge(path, {"message": message, "reach": "x"}).status_code == 400
    assert db.session.scalars(sa.select(Knock)).all() == []


def test_the_letter_can_be_stopped(pair, outbox):
    marisol, ken = pair
    knocked(marisol, ken)
    assert "List-Unsubscribe" in outbox.last.headers


def test_leaving_takes_the_knocks_along(pair):
    marisol, ken = pair
    knocked(marisol, ken)
    with unit_of_work():
        leave(marisol)
    assert queries.knocks_at(ken) == []
