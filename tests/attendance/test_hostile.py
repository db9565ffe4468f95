"""What somebody with a keyboard and bad manners tries with answers, claims and the host's mailbox."""

from __future__ import annotations

from datetime import timedelta

import pytest

from meetups.attendance import actions, queries
from meetups.attendance.actions import Wish
from meetups.attendance.letters import seat_token
from meetups.attendance.models import Answer, TurnedDownMark
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.refusals import Refusal
from meetups.people import actions as people
from meetups.planning import actions as planning
from meetups.planning.actions import TooManyToday
from meetups.planning.models import Status
from tests.makers import make_meetup, make_person, make_rsvp

GOING = Wish(Answer.GOING)


def page_of(meetup, ending=""):
    return f"/meetups/{meetup.code}{ending}"


@pytest.mark.parametrize(("typed", "said"), [
    ({"answer": ""}, "Say whether you are coming"),
    ({}, "Say whether you are coming"),
    ({"answer": "offered"}, "Choose from the answers offered"),
    ({"answer": "going", "guests": "-1"}, "Guests are a whole number"),
    ({"answer": "going", "guests": "many"}, "Guests are a whole number"),
    ({"answer": "maybe", "guests": "٣"}, "Guests are a whole number"),
    ({"answer": "going", "guests": "9" * 5000}, "Guests are a whole number"),
    ({"answer": "going", "guests": "99"}, "The host has room for 3 guests"),
])  # fmt: skip
def test_an_answer_that_is_none_is_refused_with_a_sentence(signed_in, typed, said):
    meetup, browser = make_meetup(), signed_in(make_person("Ana"))
    answer = browser.forge(page_of(meetup, "/answer"), typed)
    assert answer.status_code in (400, 409)
    assert said in browser.text(answer)
    assert queries.seats(meetup).taken == 0


@pytest.mark.parametrize("body", [
    {"json": {"answer": "going"}}, {"data": b"\xff\xfe", "content_type": "multipart/form-data; boundary=x"},
    {"data": "answer=going", "content_type": "text/plain"}, {"data": "[" * 10_000, "content_type": "application/json"},
    {"data": b'--x\r\nContent-Disposition: form-data; name="answer"; filename="a"\r\n\r\nx\r\n--x--\r\n',
     "content_type": "multipart/form-data; boundary=x"},
])  # fmt: skip
@pytest.mark.parametrize("ending", ["/answer", "/bring", "/offer", "/here", "/here/me"])
def test_bodies_of_other_kinds_change_nothing_and_never_break(app, signed_in, body, ending):
    app.config["WTF_CSRF_ENABLED"] = False  # what is behind the check has to hold by itself
    meetup, ana = make_meetup(), make_person("Ana")
    assert signed_in(ana).post(page_of(meetup, ending), **body).status_code in (400, 404, 409)
    assert queries.rsvp_of(ana, meetup) is None


def test_nothing_is_brought_to_what_is_off_or_over_nor_without_a_seat(signed_in, frozen):
    host, ana = make_person("Iris"), make_person("Ana")
    meetup = make_meetup(host=host)
    rsvp, browser = make_rsvp(meetup, ana), signed_in(ana)
    with unit_of_work():
        actions.list_what_to_bring(meetup, [(1, "parachute")])
    item = queries.bring_list(meetup)[0].item
    with unit_of_work():
        rsvp.answer = Answer.MAYBE
    with pytest.raises(Refusal), unit_of_work():
        actions.claim_item(item, rsvp)
    with unit_of_work():
        rsvp.answer = Answer.GOING
        planning.cancel(meetup, "snow")
    press = {"claim": str(item.id)}
    assert browser.forge(page_of(meetup, "/bring"), press).status_code == 409
    with unit_of_work():
        meetup.status, meetup.cancelled_at = Status.CONFIRMED, None
    frozen.move_to(meetup.ends_at)
    assert browser.forge(page_of(meetup, "/bring"), press).status_code == 409
    assert queries.claim_on(item) is None


def test_the_bring_list_names_nobody_whom_a_block_hides(signed_in):
    ana, ben, cleo = (make_person(name) for name in ("Ana", "Zqben", "Zqcleo"))
    meetup = make_meetup()
    parties = [make_rsvp(meetup, each) for each in (ana, ben, cleo)]
    with unit_of_work():
        actions.list_what_to_bring(meetup, [(1, "parachute"), (12, "shakers")])
        for wanted, rsvp in zip(queries.bring_list(meetup), parties[1:], strict=True):
            actions.claim_item(wanted.item, rsvp)
        people.block(ben, ana)
    browser = signed_in(ana)
    for path in (page_of(meetup), f"/rsvp/{seat_token(parties[0])}"):
        text = browser.text(browser.get(path))
        assert ("Zqben" in text, "Zqcleo" in text, "Taken" in text) == (False, True, True)


def test_who_asks_again_and_again_is_one_letter_a_day_to_the_host(app, frozen, outbox):
    host, ana = make_person("Iris"), make_person("Ana")
    meetup = make_meetup(host=host, approval_required=True)
    for _ in range(10):
        for wish in (GOING, Wish(Answer.CANT)):
            with unit_of_work():
                actions.answer(meetup, ana, wish)
            frozen.pass_time(timedelta(minutes=1))
    assert len(outbox.to(host.address)) == 1
    frozen.pass_time(timedelta(days=1))
    with unit_of_work():
        actions.answer(meetup, ana, GOING)
    assert len(outbox.to(host.address)) == 2


def test_a_crowd_that_asks_is_ten_letters_and_one_for_the_rest(app, frozen, outbox):
    host = make_person("Iris")
    meetup = make_meetup(host=host, approval_required=True)
    for number in range(30):
        with unit_of_work():
            actions.answer(meetup, make_person(f"Person {number}"), GOING)
    letters = outbox.to(host.address)
    assert [letter.subject.startswith("Somebody asks") for letter in letters] == [True] * 10 + [False]
    assert letters[-1].not_before == frozen.at + timedelta(hours=1)


def test_the_hosts_no_outlives_being_forgotten(app, client, outbox, frozen):
    meetup = make_meetup(approval_required=True)
    typed = {"answer": "going", "name": "Gus", "email": "gus@example.org"}
    client.submit(page_of(meetup, "/answer"), typed)
    link = outbox.link("/rsvp/", outbox.to("gus@example.org")[-1])
    client.submit(link, {"answer": "going"})
    with unit_of_work():
        actions.turn_down(queries.rsvp_at("gus@example.org", meetup))
    client.submit(link, form="/forget")
    marks = db.session.scalars(db.select(TurnedDownMark)).all()
    assert [("gus" in each.mark, len(each.mark)) for each in marks] == [(False, 64)]
    frozen.pass_time(timedelta(hours=2))
    client.submit(page_of(meetup, "/answer"), typed)
    answer = client.submit(outbox.link("/rsvp/", outbox.to("gus@example.org")[-1]), {"answer": "going"})
    assert answer.status_code == 409
    assert "The host has no seat for you this time." in client.text(answer)
    frozen.move_to(meetup.ends_at + timedelta(days=30, seconds=1))
    with unit_of_work():
        actions.purge_replies()
    assert db.session.scalars(db.select(TurnedDownMark)).all() == []


def test_one_mailbox_in_many_spellings_is_one_answer(client, outbox):
    meetup = make_meetup(capacity=9)
    for address in ("ana@example.org", "Ana@Example.ORG", " ANA@example.org ", "ana@EXAMPLE.org"):
        client.submit(page_of(meetup, "/answer"), {"answer": "going", "name": "Ana", "email": address})
    assert {letter.to_address for letter in outbox} == {"ana@example.org"}
    assert len({outbox.link("/rsvp/", letter) for letter in outbox}) == 1


def test_who_answered_as_a_visitor_and_then_signs_in_is_one_party(client, signed_in, outbox):
    meetup, ana = make_meetup(capacity=9), make_person("Ana", address="ana@example.org")
    typed = {"answer": "going", "guests": "1", "name": "Ana", "email": ana.address}
    client.submit(page_of(meetup, "/answer"), typed)
    link = outbox.link("/rsvp/")
    client.submit(link, {"answer": "going", "guests": "1"})
    client.submit(page_of(meetup, "/answer"), typed)  # a second letter, and no second party
    signed_in(ana).submit(page_of(meetup), {"answer": "going", "guests": "2"}, form="/answer")
    seats = queries.seats(meetup)
    assert (seats.taken, queries.rsvp_of(ana, meetup).guests, len(queries.going(meetup))) == (3, 2, 1)
    client.submit(link, {"answer": "cant"})
    assert queries.seats(meetup).taken == 0


def test_a_visitor_who_signs_in_before_pressing_is_one_party(client, signed_in, outbox):
    meetup, ana = make_meetup(capacity=9), make_person("Ana", address="ana@example.org")
    client.submit(page_of(meetup, "/answer"), {"answer": "going", "name": "Ana", "email": ana.address})
    signed_in(ana).submit(page_of(meetup), {"answer": "going"}, form="/answer")
    client.submit(outbox.link("/rsvp/", outbox.to(ana.address)[0]), {"answer": "going"})
    assert (queries.seats(meetup).taken, len(queries.going(meetup))) == (1, 1)


@pytest.mark.parametrize("name", ["https://evil.example", "evil.example/win", "www evil", "ana@evil.example", "a<b>c"])
def test_a_name_carries_no_link_into_somebody_elses_letter(client, outbox, name):
    meetup = make_meetup()
    typed = {"answer": "going", "name": name, "email": "ana@example.org"}
    assert client.submit(page_of(meetup, "/answer"), typed).status_code == 400
    assert len(outbox) == 0


def test_a_link_to_what_is_gone_opens_nothing_new(app, both_databases, client):
    """Row numbers are never given again, so an old link cannot fit a later row."""
    meetup = make_meetup()
    gone = make_rsvp(meetup, "Gus")
    number, link = gone.id, f"/rsvp/{seat_token(gone)}"
    with unit_of_work():
        actions.forget(gone)
    later = make_rsvp(meetup, "Ana")
    assert later.id > number
    assert client.get(link).status_code == 410


def test_twenty_meetups_a_day_go_up_from_one_account(app, frozen):
    host = make_person("Iris")
    for number in range(20):
        make_meetup(f"Meetup {number}", host=host)
    draft = make_meetup("One more", host=host, status=Status.DRAFT)
    with pytest.raises(TooManyToday, match="keep it as a draft"), unit_of_work():
        planning.publish(draft)
    frozen.pass_time(timedelta(hours=24, seconds=1))
    with unit_of_work():
        planning.publish(draft)
    assert draft.status is Status.PROPOSED
