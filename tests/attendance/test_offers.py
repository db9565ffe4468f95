"""How a freed seat travels: at once, by an offer that ends, or to the first who presses; what is gone stays gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from meetups.attendance import actions, queries
from meetups.attendance.actions import Wish
from meetups.attendance.actions.seating import offer_ends
from meetups.attendance.letters import seat_token
from meetups.attendance.models import Answer
from meetups.foundation.database import unit_of_work
from meetups.planning import actions as planning
from tests.makers import make_meetup, make_person, make_rsvp

GOING, CANT = Wish(Answer.GOING), Wish(Answer.CANT)
START = datetime(2027, 2, 25, 23, 0, tzinfo=UTC)


@pytest.fixture
def cafe(app, frozen):
    """Two seats, taken by Ana and Ben; Gus +1, Jo and Kim wait."""
    meetup = make_meetup(capacity=2)
    party = {}
    for name, guests in (("Ana", 0), ("Ben", 0), ("Gus", 1), ("Jo", 0), ("Kim", 0)):
        frozen.pass_time(timedelta(minutes=1))
        with unit_of_work():
            party[name] = actions.answer(meetup, make_person(name), Wish(Answer.GOING, guests, waits=True))
    return meetup, party


def leave(meetup, rsvp):
    with unit_of_work():
        actions.answer(meetup, rsvp.person, CANT)


def at(frozen, meetup, **before_start):
    frozen.move_to(meetup.starts_at - timedelta(**before_start))


def answers(party):
    return {name: rsvp.answer.value for name, rsvp in party.items()}


@pytest.mark.parametrize(
    ("before", "lasts"),
    [
        (timedelta(hours=23, minutes=59), timedelta(hours=1, minutes=59)),
        (timedelta(hours=4), timedelta(hours=2)),
        (timedelta(hours=3), timedelta(minutes=90)),
        (timedelta(hours=2, minutes=7), timedelta(minutes=62)),
        (timedelta(hours=2), timedelta(hours=1)),
    ],
)
def test_an_offer_lasts_two_hours_or_half_the_time_left_cut_to_five_minutes(before, lasts):
    assert offer_ends(START - before, START) - (START - before) == lasts


def test_a_day_before_the_first_that_fits_has_the_seat_at_once(cafe, frozen, outbox):
    meetup, party = cafe
    at(frozen, meetup, hours=24)
    leave(meetup, party["Ana"])
    assert answers(party) == {"Ana": "cant", "Ben": "going", "Gus": "waiting", "Jo": "going", "Kim": "waiting"}


def test_on_the_last_day_the_seat_is_held_and_told_with_its_end(cafe, frozen, outbox):
    meetup, party = cafe
    at(frozen, meetup, hours=5)
    leave(meetup, party["Ana"])
    assert answers(party) == {"Ana": "cant", "Ben": "going", "Gus": "waiting", "Jo": "offered", "Kim": "waiting"}
    counts = queries.seats(meetup)
    assert (counts.going, counts.offered, counts.free, counts.waiting_parties) == (1, 1, 0, 3)
    assert outbox.to(party["Jo"].mail_address)[-1].subject == "Yours until 3:30 PM: Storytime swap"
    with unit_of_work():
        assert actions.answer(meetup, make_person("Lea"), GOING).answer is Answer.WAITING


def test_taking_the_offer_twice_is_taking_it_once(cafe, frozen):
    meetup, party = cafe
    at(frozen, meetup, hours=5)
    leave(meetup, party["Ana"])
    for _ in range(2):
        with unit_of_work():
            assert actions.accept_offer(party["Jo"]).answer is Answer.GOING
    assert queries.seats(meetup).going == 2


def test_an_offer_that_ran_out_goes_to_the_next_and_does_not_come_back(both_databases, cafe, frozen):
    meetup, party = cafe
    at(frozen, meetup, hours=5)
    leave(meetup, party["Ana"])
    frozen.pass_time(timedelta(hours=2))
    with pytest.raises(actions.OfferGone) as gone, unit_of_work():
        actions.accept_offer(party["Jo"])
    assert gone.value.sentence == (
        "That offer ended at 3:30 PM and is gone: the seat goes to the next in line. You keep your place in the line; "
        "nothing was changed."
    )
    with unit_of_work():
        actions.expire_offers()
    assert answers(party) == {"Ana": "cant", "Ben": "going", "Gus": "waiting", "Jo": "waiting", "Kim": "offered"}
    with pytest.raises(actions.OfferGone), unit_of_work():
        actions.accept_offer(party["Jo"])
    assert [rsvp.called for rsvp in queries.in_line(meetup)] == ["Gus", "Jo", "Kim"]


def test_an_offer_nobody_noticed_holds_nothing_and_the_next_in_line_comes_before_a_newcomer(cafe, frozen):
    meetup, party = cafe
    at(frozen, meetup, hours=5)
    leave(meetup, party["Ana"])
    frozen.pass_time(timedelta(hours=2))
    assert queries.seats(meetup).free == 1
    with unit_of_work():
        assert actions.answer(meetup, make_person("Lea"), GOING).answer is Answer.WAITING
    assert answers(party)["Kim"] == "offered"


def test_the_same_seat_is_not_offered_twice_to_one_party_but_the_next_one_is(cafe, frozen):
    meetup, party = cafe
    at(frozen, meetup, hours=10)
    leave(meetup, party["Ana"])
    with unit_of_work():
        actions.decline_offer(party["Jo"], leave=False)
    with unit_of_work():
        actions.decline_offer(party["Kim"], leave=True)
    assert answers(party) == {"Ana": "cant", "Ben": "going", "Gus": "waiting", "Jo": "waiting", "Kim": "cant"}
    with unit_of_work():
        actions.expire_offers()
    assert answers(party)["Jo"] == "waiting"
    leave(meetup, party["Ben"])
    assert answers(party) == {"Ana": "cant", "Ben": "cant", "Gus": "offered", "Jo": "waiting", "Kim": "cant"}
    with unit_of_work():
        actions.decline_offer(party["Gus"], leave=False)
    assert answers(party) == {"Ana": "cant", "Ben": "cant", "Gus": "waiting", "Jo": "offered", "Kim": "cant"}


def test_in_the_last_two_hours_who_fits_is_told_and_the_first_press_has_it(both_databases, cafe, frozen, outbox):
    meetup, party = cafe
    at(frozen, meetup, minutes=119)
    leave(meetup, party["Ana"])
    assert [subject for _, subject in outbox.subjects[-3:]] == [
        "1 seat is free: Storytime swap", "A seat is free now: Storytime swap", "A seat is free now: Storytime swap"
    ]
    assert queries.seats(meetup).free == 1
    with unit_of_work():
        actions.answer(meetup, party["Kim"].person, GOING)
    with unit_of_work():
        actions.answer(meetup, party["Jo"].person, GOING)
    assert answers(party) == {"Ana": "cant", "Ben": "going", "Gus": "waiting", "Jo": "waiting", "Kim": "going"}


def test_a_cancelled_meetup_kills_its_offers(cafe, frozen):
    meetup, party = cafe
    at(frozen, meetup, hours=5)
    leave(meetup, party["Ana"])
    with unit_of_work():
        planning.cancel(meetup, "snow")
    assert answers(party)["Jo"] == "waiting"
    with pytest.raises(actions.MeetupIsOff), unit_of_work():
        actions.accept_offer(party["Jo"])


def test_the_old_letters_press_is_refused_with_a_sentence(cafe, frozen, client):
    meetup, party = cafe
    at(frozen, meetup, hours=5)
    leave(meetup, party["Ana"])
    page = f"/rsvp/{seat_token(party['Jo'])}"
    assert "Yours until 3:30 PM" in client.text(client.get(page))
    forms = {form.action: form.defaults() for form in client.forms(page)}
    frozen.pass_time(timedelta(hours=2))
    answer = client.post(f"{page}/offer", data={**forms[f"{page}/offer"], "offer": "take"})
    assert answer.status_code == 409
    assert "That offer ended at 3:30 PM and is gone" in client.text(answer)
    assert "Yours until" not in client.text(client.get(page))


def test_taking_letting_go_and_leaving_from_the_page(cafe, frozen, client, signed_in):
    meetup, party = cafe
    at(frozen, meetup, hours=20)
    leave(meetup, party["Ana"])
    page = f"/rsvp/{seat_token(party['Jo'])}"
    assert client.submit(page, {"offer": "wait"}).status_code == 303
    assert client.submit(f"/rsvp/{seat_token(party['Kim'])}", {"offer": "take"}).status_code == 303
    assert answers(party) == {"Ana": "cant", "Ben": "going", "Gus": "waiting", "Jo": "waiting", "Kim": "going"}
    leave(meetup, party["Kim"])
    browser = signed_in(party["Jo"].person)
    assert browser.submit(f"/meetups/{meetup.code}", {"offer": "leave"}).status_code == 303
    assert answers(party)["Jo"] == "cant"


def test_a_waiting_party_is_asked_to_come_as_fewer_on_its_own_page(cafe, frozen, client):
    meetup, party = cafe
    at(frozen, meetup, hours=1)
    leave(meetup, party["Ana"])
    page = f"/rsvp/{seat_token(party['Gus'])}"
    assert "You asked for 2." in client.text(client.get(page))
    assert client.submit(page, {"seats": "1"}).status_code == 303
    assert (party["Gus"].answer, party["Gus"].guests) == (Answer.GOING, 0)


def test_asking_for_more_while_waiting_begins_a_new_turn(cafe, frozen):
    meetup, party = cafe
    frozen.pass_time(timedelta(minutes=1))
    with unit_of_work():
        actions.answer(meetup, party["Jo"].person, Wish(Answer.GOING, 1, waits=True))
    assert [rsvp.called for rsvp in queries.waitlist(meetup)] == ["Gus", "Kim", "Jo"]


def test_a_visitors_offer_is_freed_when_they_are_forgotten(app, frozen):
    meetup = make_meetup(capacity=1)
    ana = make_rsvp(meetup, make_person("Ana"))
    gus, jo = make_rsvp(meetup, "Gus", Answer.WAITING), make_rsvp(meetup, "Jo", Answer.WAITING)
    at(frozen, meetup, hours=5)
    leave(meetup, ana)
    assert (gus.answer, jo.answer) == (Answer.OFFERED, Answer.WAITING)
    with unit_of_work():
        actions.forget(gus)
    assert jo.answer is Answer.OFFERED
