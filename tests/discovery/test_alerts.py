"""Tell me of new ones: one letter a meetup; not of drafts, not of one's own, not across a block."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from meetups.attendance import actions as attendance
from meetups.attendance.queries import last_notice
from meetups.discovery.actions import MOST_ALERTS, tell_of_new
from meetups.discovery.models import Alert
from meetups.discovery.queries import alerts_of
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.geography import Point
from meetups.foundation.mail import claims
from meetups.foundation.mail.preferences import Delivery, choose
from meetups.people.actions import block, leave
from meetups.places.facts import PlaceFound
from meetups.places.models import PlaceKind, Precision
from meetups.planning import actions as planning
from meetups.planning import entries
from meetups.planning.models import Status, Telling
from meetups.reactions import TABLE
from tests import cast, makers

TACOMA_SEARCH = "/near?area=Tacoma%2C+Washington&within=35&unit=mi"
SUBJECT = "New near you: Storytime swap"


@pytest.fixture
def ken(app):
    return cast.ken()


@pytest.fixture
def his(ken, signed_in):
    return signed_in(ken)


@pytest.fixture
def goes_up(app, frozen):
    """A draft is put up, and the worker comes by."""

    def put_up(meetup=None, **given):
        meetup = meetup or makers.make_meetup(status=Status.DRAFT, **given)
        with unit_of_work():
            planning.publish(meetup)
        the_worker_comes(frozen)
        return meetup

    return put_up


def the_worker_comes(frozen):
    frozen.pass_time(timedelta(minutes=3))
    with unit_of_work():
        tell_of_new()


def ask(browser, search="/near?area=Tacoma,+WA", **filters):
    return browser.submit(search, filters, form="/near/alerts", follow_redirects=True)


def told(outbox):
    return [letter.to_address for letter in outbox if letter.kind == "alert"]


def test_from_the_list_to_the_letter(ken, his, goes_up, outbox):
    page = his.text(ask(his))
    assert "within 35 mi of Tacoma, WA" in page
    goes_up()
    assert outbox.subjects == [("ken@example.org", SUBJECT)]
    letter = outbox.last
    assert "Lantern & Ladle" in letter.plain
    assert "/near/alerts" in letter.plain
    assert "List-Unsubscribe" in letter.headers
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_letter_however_many_searches_fit_and_never_a_second(ken, his, goes_up, outbox, frozen):
    for search in ("/near?area=Tacoma,+WA", "/near?area=Seattle,+WA", "/near?area=Tacoma,+WA&within=100"):
        ask(his, search)
    assert len(alerts_of(ken)) == 3
    meetup = goes_up()
    with unit_of_work():
        planning.move_place(meetup, planning.NewPlace("Anchor, Seattle, WA"), telling=Telling())
    the_worker_comes(frozen)
    assert told(outbox) == ["ken@example.org"]


def test_the_same_search_twice_is_kept_once(ken, his):
    for _ in range(2):
        ask(his)
    ask(his, "/near?area=Tacoma,+WA&order=distance&unit=mi&within=35")
    assert [alert.address for alert in alerts_of(ken)] == [TACOMA_SEARCH]


@pytest.mark.parametrize(
    ("filters", "place", "heard"),
    [
        ("kind=coffee_shop", {}, True),
        ("kind=pub", {}, False),
        ("q=swap", {}, True),
        ("q=felt", {}, False),
        ("alcohol_free=yes", {}, False),
        ("age=all", {"age_limit": 21}, False),
        ("until=2026-12-24", {}, False),
        ("from=2026-12-24&after=17:00", {}, True),
        ("after=19:00", {}, False),
    ],
)
def test_what_narrows_the_list_narrows_the_letters(his, goes_up, outbox, filters, place, heard):
    ask(his, f"/near?area=Tacoma,+WA&{filters}")
    goes_up(place=makers.make_place(**place))
    assert told(outbox) == (["ken@example.org"] if heard else [])


def test_far_away_online_or_without_a_pin_nobody_is_told(his, goes_up, outbox):
    ask(his)
    goes_up(place=makers.make_place("Far", at=Point(45.5231, -122.6765), time_zone="America/Los_Angeles"))
    goes_up(place=makers.make_place("Lost", at=None, time_zone="America/Los_Angeles"))
    goes_up(place=makers.make_place("Online", at=None, kind=PlaceKind.ONLINE, time_zone="America/Los_Angeles"))
    assert told(outbox) == []


def test_not_of_ones_own_and_not_across_a_block(ken, his, goes_up, outbox):
    ask(his)
    goes_up(host=ken)
    one, other = makers.make_person("One"), makers.make_person("Other")
    with unit_of_work():
        block(ken, one)
        block(other, ken)
    goes_up(host=one)
    goes_up(host=other)
    assert told(outbox) == []


def test_neither_drafts_nor_what_is_off_or_hidden_by_then(his, app, frozen, outbox):
    ask(his)
    makers.make_meetup(status=Status.DRAFT)
    off, hidden = makers.make_meetup(status=Status.DRAFT), makers.make_meetup(status=Status.DRAFT)
    with unit_of_work():
        planning.publish(off)
        planning.publish(hidden)
        planning.cancel(off, "snow")
        hidden.hidden_at = hidden.created_at
        hidden.settle("")
    the_worker_comes(frozen)
    assert told(outbox) == []


def test_a_letter_that_waits_is_taken_back_when_the_meetup_is_off(his, goes_up, outbox):
    ask(his)
    choose("ken@example.org", "alert", Delivery.DIGEST)
    db.session.commit()
    meetup = goes_up()
    assert told(outbox) == ["ken@example.org"]
    with unit_of_work():
        planning.cancel(meetup, "snow")
    assert told(outbox) == []


def test_a_letter_that_waits_is_taken_back_when_a_block_comes_between(his, ken, goes_up, outbox):
    ask(his)
    choose("ken@example.org", "alert", Delivery.DIGEST)
    db.session.commit()
    host = cast.marisol()
    goes_up(host=host)
    goes_up(host=cast.sol())
    assert told(outbox) == ["ken@example.org"] * 2
    with unit_of_work():
        block(host, ken)
    assert told(outbox) == ["ken@example.org"]


@pytest.mark.parametrize("how", ["room", "quietly", "postponed"])
def test_a_letter_that_waits_for_the_week_says_what_is_so_by_then(his, ken, signed_in, goes_up, outbox, frozen, how):
    ask(his)
    ask(signed_in(cast.lou()))
    choose("ken@example.org", "alert", Delivery.DIGEST)
    db.session.commit()
    meetup = goes_up(spot="Corner table")
    with unit_of_work():
        claims.keep(claims.claim(10, 60))  # Lou has read hers
    with unit_of_work():
        if how == "postponed":
            planning.postpone(meetup, meetup.local_start.date() + timedelta(days=7), "snow")
        else:
            planning.move_place(meetup, planning.NewPlace(spot="Room 213"), telling=Telling(quiet=how == "quietly"))
    the_worker_comes(frozen)
    told_now = {each.to_address: each.plain for each in outbox if each.kind == "alert"}
    now = entries.when(meetup) if how == "postponed" else "Room 213"
    assert {to: now in plain for to, plain in told_now.items()} == {"lou@example.org": False, "ken@example.org": True}
    assert told(outbox) == ["lou@example.org", "ken@example.org"]


@pytest.mark.parametrize("how", ["moved", "postponed", "cancelled"])
def test_a_letter_that_waits_says_what_is_so_after_a_change_was_taken_back(his, goes_up, outbox, frozen, how):
    ask(his)
    choose("ken@example.org", "alert", Delivery.DIGEST)
    db.session.commit()
    meetup = goes_up(spot="Corner table")
    day = entries.when(meetup)
    with unit_of_work():
        if how == "postponed":
            planning.postpone(meetup, meetup.local_start.date() + timedelta(days=7), "snow")
        elif how == "moved":
            planning.move_place(meetup, planning.NewPlace(spot="Room 213"), telling=Telling())
        else:
            planning.cancel(meetup, "snow")
    the_worker_comes(frozen)
    with unit_of_work():
        attendance.undo(meetup, last_notice(meetup).id, Telling())
    the_worker_comes(frozen)
    (letter,) = [each for each in outbox if each.kind == "alert"]
    assert (day in letter.plain, "Corner table" in letter.plain) == (True, True)


def test_a_pin_that_comes_later_is_news_too(his, goes_up, outbox, frozen):
    ask(his)
    meetup = goes_up(place=makers.make_place("Lost", at=None, time_zone="America/Los_Angeles"))
    assert told(outbox) == []
    with unit_of_work():
        place = meetup.place
        place.latitude, place.longitude, place.precision = 47.25, -122.44, Precision.EXACT
        for reaction in TABLE[PlaceFound]:
            reaction(PlaceFound(place))
    the_worker_comes(frozen)
    assert told(outbox) == ["ken@example.org"]


def test_a_home_is_said_to_be_in_its_town(his, goes_up, outbox):
    ask(his)
    goes_up(place=makers.make_place("99 Zqhome Lane, Tacoma", kind=PlaceKind.HOME), spot="zqattic")
    assert "A home in Tacoma" in outbox.last.plain
    assert "zq" not in outbox.last.plain.lower()


def test_neither_a_position_nor_a_postal_code_is_kept(ken, his):
    for area in ("47.25123,-122.44456", "98402"):
        ask(his, f"/near?area={area}")
    assert [(alert.label, alert.address) for alert in alerts_of(ken)] == [("within 35 mi of Tacoma, WA", TACOMA_SEARCH)]
    with db.engine.connect() as connection:
        kept = str(connection.execute(sa.text("select * from alerts")).all())
    assert not any(part in kept for part in ("47.2", "122.4", "98402"))


@pytest.mark.parametrize("area", ["", "Portland", "Nowhereville", "0,0", "x" * 10_000, "\x00'; drop table alerts", "‮"])
def test_what_cannot_be_saved_is_said(ken, his, area):
    for within in ("35", "-1", "1e9", "nan"):
        answer = his.forge("/near/alerts", {"area": area, "within": within}, follow_redirects=True)
        assert answer.status_code == 200
    assert alerts_of(ken) == []


def test_twenty_are_the_most_and_each_can_be_dropped(ken, his):
    for miles in range(10, 10 + MOST_ALERTS):
        his.forge("/near/alerts", {"area": "Tacoma, WA", "within": str(miles)})
    assert his.forge("/near/alerts", {"area": "Tacoma, WA", "within": "99"}).status_code == 409
    number = alerts_of(ken)[0].id
    assert his.submit("/near/alerts", form=f"/near/alerts/{number}/drop").status_code == 303
    assert len(alerts_of(ken)) == MOST_ALERTS - 1
    assert his.forge(f"/near/alerts/{number}/drop").status_code == 404
    assert his.forge(f"/near/alerts/{10**30}/drop").status_code == 404


def test_nobody_drops_anothers(ken, his, signed_in):
    ask(his)
    (alert,) = alerts_of(ken)
    path = f"/near/alerts/{alert.id}/drop"
    assert signed_in(cast.ana()).forge(path).status_code == 404
    assert len(alerts_of(ken)) == 1


def test_whoever_leaves_is_forgotten(ken, his):
    ask(his)
    with unit_of_work():
        leave(ken)
    assert db.session.query(Alert).count() == 0


def test_visitors_are_asked_to_sign_in(client):
    assert "Sign in to get a letter" in client.text(client.get("/near?area=Tacoma,+WA"))
    assert client.get("/near/alerts").status_code == 303


def test_on_both_databases(app, both_databases, signed_in, goes_up, outbox):
    ask(signed_in(cast.ken()))
    goes_up()
    assert told(outbox) == ["ken@example.org"]
