"""A block is silent and holds everywhere, in both directions."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from meetups.attendance import actions as attendance
from meetups.attendance.actions.wishes import NotAvailable
from meetups.attendance.models import Answer, Rsvp
from meetups.attendance.queries import seats
from meetups.foundation.database import db, unit_of_work
from meetups.nearby import actions as nearby
from meetups.nearby import queries as near
from meetups.people import actions, queries
from meetups.people.models import Block
from meetups.planning.models import HostEvent
from meetups.planning.queries import meetups_at
from tests import cast, makers


def keep_apart(person, other, called="R."):
    with unit_of_work():
        return actions.block(person, other, called)


@pytest.fixture
def pair(app):
    return cast.marisol(), cast.ken()


@pytest.fixture(params=["host blocks guest", "guest blocks host"])
def apart(request, pair):
    """(host, guest), and who made the block."""
    host, guest = pair

    def block():
        keep_apart(*((host, guest) if request.param == "host blocks guest" else (guest, host)))

    return host, guest, block


def test_both_are_out_of_each_others_sight(pair):
    one, other = pair
    third = cast.ana()
    keep_apart(one, other)
    keep_apart(third, one)
    assert queries.blocked_either_way(one) == {other.id, third.id}
    assert queries.blocked_either_way(other) == {one.id}
    assert queries.blocked_either_way(None) == frozenset()


def test_twice_is_once_and_nobody_blocks_themselves(pair):
    one, other = pair
    keep_apart(one, other, "R.")
    keep_apart(one, other, "Rob")
    assert db.session.scalars(sa.select(Block.called)).all() == ["Rob"]
    with pytest.raises(actions.NotOneself):
        keep_apart(one, one)


def test_no_page_of_the_others_meetups(apart, signed_in, client):
    host, guest, block = apart
    path = f"/meetups/{makers.make_meetup('Parachute night', host=host).code}"
    browser = signed_in(guest)
    pages = [path, f"{path}.ics", f"{path}/announcement.txt", f"{path}/answer"]
    assert {browser.get(each).status_code for each in pages} == {200}
    block()
    nothing = browser.get("/meetups/2222222")
    assert {browser.get(each).status_code for each in pages} == {404}
    assert browser.get(path).data == nothing.data
    assert client.get(path).status_code == 200
    assert signed_in(host).get(path).status_code == 200


@pytest.mark.parametrize("page", ["/", "/near?area=Tacoma", "/near?q=parachute"])
def test_no_list_has_the_others_meetups(apart, signed_in, client, page):
    host, guest, block = apart
    makers.make_meetup("Parachute night", host=host)
    browser = signed_in(guest)
    assert "Parachute night" in browser.get(page).text
    block()
    assert "Parachute night" not in browser.get(page).text
    assert "Parachute night" in signed_in(host).get(page).text
    assert "Parachute night" in client.get(page).text


def test_nor_has_the_page_of_a_conference(apart, signed_in):
    host, guest, block = apart
    with unit_of_work():
        event = actions.add(HostEvent(name="Prairie", name_folded="prairie"))
    makers.make_meetup("Parachute night", host=host, host_event=event)
    makers.make_meetup("Another", host=cast.sol(), host_event=event)
    block()
    assert "Parachute night" not in signed_in(guest).get(f"/conferences/{event.code}").text
    assert [each.title for each in meetups_at(event)] == ["Parachute night", "Another"]


def test_an_answer_is_refused_with_a_neutral_word(apart):
    host, guest, block = apart
    meetup = makers.make_meetup(host=host)
    block()
    with pytest.raises(NotAvailable, match=r"^This meetup is not available. Nothing was changed.$"), unit_of_work():
        attendance.answer(meetup, guest, attendance.Wish(Answer.GOING))
    assert db.session.scalars(sa.select(Rsvp)).all() == []


def test_a_visitors_link_does_not_help(apart, client, outbox):
    host, guest, block = apart
    meetup = makers.make_meetup(host=host)
    client.submit(f"/meetups/{meetup.code}/answer", {"answer": "going", "name": "Somebody", "email": guest.address})
    link = outbox.link("/rsvp/")
    block()
    answer = client.submit(link, {"answer": "going"})
    assert answer.status_code == 409
    assert "This meetup is not available." in client.text(answer)
    assert seats(meetup).going == 0


def test_standing_answers_to_each_other_are_taken_back_and_others_stay(apart, signed_in, outbox):
    host, guest, block = apart
    theirs = makers.make_meetup("Parachute night", host=host, capacity=1)
    mine = makers.make_meetup("Felt night", host=guest)
    other = makers.make_meetup("Another", host=cast.sol())
    for meetup, person in ((theirs, guest), (mine, host), (other, guest), (other, host)):
        makers.make_rsvp(meetup, person)
    waiting = makers.make_rsvp(theirs, cast.ana(), Answer.WAITING)
    block()
    left = db.session.execute(sa.select(Rsvp.meetup_id, Rsvp.person_id).order_by(Rsvp.id)).all()
    assert left == [(other.id, guest.id), (other.id, host.id), (theirs.id, waiting.person_id)]
    assert waiting.answer is Answer.GOING
    assert [to for to, _ in outbox.subjects] == ["ana@example.org"]


def said_of_seats(page: str) -> list[str]:
    return re.findall(r"\d+ of \d+|\d+ going", page)


def test_at_somebody_elses_meetup_neither_sees_that_the_other_comes(apart, signed_in, client):
    """Nor by arithmetic: the counts are those a visitor sees, so comparing them tells nobody who is coming."""
    host, guest, block = apart
    meetup = makers.make_meetup("Another", host=cast.sol(), capacity=16)
    for person in (host, guest):
        makers.make_rsvp(meetup, person, guests=1)
    seen_before = said_of_seats(client.text(client.get(f"/meetups/{meetup.code}")))
    assert set(seen_before) >= {"12 of 16"}
    block()
    for reader, other in ((guest, host), (host, guest)):
        browser = signed_in(reader)
        page = browser.text(browser.get(f"/meetups/{meetup.code}"))
        assert f" {other.name} " not in page
        assert "Sol" in page
        assert said_of_seats(page) == seen_before


def test_off_each_others_list_of_people_and_doors(apart):
    host, guest, block = apart
    for each in (host, guest):
        with unit_of_work():
            nearby.list_me(each, "felt")
    assert [[one.name for ring in near.librarians_near(each) for one in ring.people] for each in (host, guest)] == [
        ["Ken"], ["Marisol"],
    ]
    block()
    assert [near.librarians_near(each) for each in (host, guest)] == [[], []]


@pytest.mark.parametrize("path", ["/people/{code}", "/people/{code}/block"])
def test_no_page_of_each_other(apart, signed_in, path):
    host, guest, block = apart
    for each in (host, guest):
        with unit_of_work():
            actions.tell_of_myself(each, {"seen": {"name": "everybody"}})
    block()
    for reader, other in ((guest, host), (host, guest)):
        assert signed_in(reader).get(path.format(code=other.code)).status_code == 404


def test_moderators_see_all_the_same(app, signed_in):
    noor, ken = cast.moderator(), cast.ken()
    meetup = makers.make_meetup(host=ken)
    keep_apart(ken, noor)
    assert signed_in(noor).get(f"/meetups/{meetup.code}").status_code == 200


def test_blocking_and_unblocking_by_hand(pair, signed_in, outbox):
    one, other = pair
    browser = signed_in(one)
    path = f"/people/{other.code}/block?called=R."
    page = browser.text(browser.get(path))
    assert "Ken" not in page
    assert browser.submit(path, {}, form="block").status_code == 303
    assert "R. since" in browser.text(browser.get("/me"))
    number = db.session.scalar(sa.select(Block.id))
    assert signed_in(other).forge(f"/me/blocks/{number}/remove").status_code == 404
    assert browser.submit("/me", form=f"/me/blocks/{number}/remove").status_code == 303
    assert queries.blocked_either_way(db.session.merge(one)) == frozenset()
    assert len(outbox) == 0


def test_nobody_reads_on_their_page_that_they_were_blocked(pair, signed_in):
    one, other = pair
    browser = signed_in(other)
    before = browser.text(browser.get("/me"))
    keep_apart(one, other)
    assert browser.text(browser.get("/me")) == before


@pytest.mark.parametrize("code", ["own", "2222222222", "%00", "x" * 300])
def test_there_is_nobody_to_block(pair, signed_in, code):
    one, _ = pair
    assert signed_in(one).get(f"/people/{one.code if code == 'own' else code}/block").status_code == 404
