"""Answering: seats, the line, letters, claims, and refusals that change nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from meetups.attendance import actions, queries
from meetups.attendance.actions import Wish
from meetups.attendance.models import Answer
from meetups.foundation import clock
from meetups.foundation.database import unit_of_work
from meetups.foundation.refusals import Refusal
from meetups.planning.models import RsvpMode, Status
from tests.makers import make_meetup, make_person, make_rsvp

GOING, CANT, MAYBE = Wish(Answer.GOING), Wish(Answer.CANT), Wish(Answer.MAYBE)


def answer(meetup, person, wish=GOING):
    with unit_of_work():
        return actions.answer(meetup, person, wish).answer


def standing(meetup):
    counts = queries.seats(meetup)
    return counts.going, [party.party for party in queries.waitlist(meetup)]


def test_a_member_is_going_at_once_and_gets_a_calendar_entry(app, outbox):
    meetup, ana = make_meetup(), make_person("Ana")
    assert answer(meetup, ana) is Answer.GOING
    assert outbox.subjects == [(ana.address, "You’re going: Storytime swap")]
    assert b"BEGIN:VEVENT" in outbox.last.calendar


def test_the_same_press_twice_is_one_answer_and_one_letter(app, outbox):
    meetup, ana = make_meetup(), make_person("Ana")
    answer(meetup, ana)
    answer(meetup, ana)
    assert standing(meetup) == (1, [])
    assert len(outbox) == 1


def test_when_full_people_wait_in_order_of_arrival(app, frozen):
    meetup = make_meetup(capacity=1)
    people = [make_person(name) for name in ("Ana", "Ben", "Cleo")]
    given = []
    for person in people:
        frozen.pass_time(timedelta(minutes=1))
        given.append(answer(meetup, person))
    assert given == [Answer.GOING, Answer.WAITING, Answer.WAITING]
    assert [party.person for party in queries.waitlist(meetup)] == people[1:]


def test_a_freed_seat_goes_to_the_first_party_that_fits(app, frozen, outbox):
    meetup = make_meetup(capacity=2)
    ana, ben, cleo, dev = (make_person(name) for name in ("Ana", "Ben", "Cleo", "Dev"))
    answer(meetup, ana)
    answer(meetup, ben)
    frozen.pass_time(timedelta(minutes=1))
    answer(meetup, cleo, Wish(Answer.GOING, guests=1))
    frozen.pass_time(timedelta(minutes=1))
    answer(meetup, dev)
    assert standing(meetup) == (2, [2, 1])
    answer(meetup, ana, CANT)
    assert [party.person for party in queries.going(meetup)] == [ben, dev]
    assert standing(meetup) == (2, [2])
    assert [s for _, s in outbox.subjects[-1:]] == ["A seat is yours: Storytime swap"]


def test_part_of_a_party_is_asked_first(app):
    meetup = make_meetup(capacity=4)
    make_rsvp(meetup, "Ben")
    ana = make_person("Ana")
    with pytest.raises(actions.FewerSeats) as refused:
        answer(meetup, ana, Wish(Answer.GOING, guests=3))
    assert refused.value.sentence == "3 seats are free, and you are 4. Come as 3, or wait for all 4?"
    assert queries.rsvp_of(ana, meetup) is None
    assert answer(meetup, ana, Wish(Answer.GOING, guests=3, waits=True)) is Answer.WAITING


def test_growing_beyond_the_seats_keeps_what_one_has(app):
    meetup, ana = make_meetup(capacity=2), make_person("Ana")
    answer(meetup, ana)
    answer(meetup, make_person("Ben"))
    with pytest.raises(actions.PartyTooLarge) as refused:
        answer(meetup, ana, Wish(Answer.GOING, guests=1))
    assert refused.value.sentence == "No seat is free. You keep your seat; nothing was changed."
    assert standing(meetup) == (2, [])


def test_lowering_the_seats_sends_nobody_away_and_raising_them_promotes(app):
    meetup = make_meetup(capacity=2)
    ana, ben, cleo = (make_person(name) for name in ("Ana", "Ben", "Cleo"))
    for person in (ana, ben):
        answer(meetup, person)
    with unit_of_work():
        meetup.capacity = 1
        actions.hand_on_seats(meetup)
    assert (standing(meetup), queries.seats(meetup).over_by) == ((2, []), 1)
    assert answer(meetup, cleo) is Answer.WAITING
    assert answer(meetup, ana) is Answer.GOING
    with unit_of_work():
        meetup.capacity = 3
        actions.hand_on_seats(meetup)
    assert standing(meetup) == (3, [])


@pytest.mark.parametrize(
    ("given", "wish", "sentence"),
    [
        ({"status": Status.CANCELLED}, GOING, "This meetup was cancelled, so there is nothing to answer."),
        ({"status": Status.DRAFT}, GOING, "This meetup is not open for answers, so there is nothing to answer."),
        ({"rsvp_mode": RsvpMode.NONE}, GOING, "No answer is needed here: just turn up."),
        ({"guests_allowed": 1}, Wish(Answer.GOING, guests=2), "The host has room for 1 guest with each person."),
        ({"capacity": 2}, Wish(Answer.GOING, guests=2), "There are 2 seats in all; a party of 3 can never fit."),
    ],
)
def test_refusals_say_why_and_change_nothing(app, outbox, given, wish, sentence):
    meetup, ana = make_meetup(**given), make_person("Ana")
    with pytest.raises(Refusal) as refused:
        answer(meetup, ana, wish)
    assert refused.value.sentence == sentence
    assert (queries.rsvp_of(ana, meetup), len(outbox)) == (None, 0)


def test_no_answers_after_the_end(app, frozen):
    meetup = make_meetup()
    frozen.move_to(meetup.ends_at)
    with pytest.raises(actions.MeetupIsOver):
        answer(meetup, make_person("Ana"))


def test_a_visitor_counts_only_after_the_press(app, outbox):
    meetup = make_meetup(capacity=1)
    with unit_of_work():
        actions.ask(meetup, "Gus", "gus@example.org", GOING)
    rsvp = queries.rsvp_at("gus@example.org", meetup)
    assert (rsvp.counts, standing(meetup)) == (False, (0, []))
    assert answer(meetup, make_person("Ana")) is Answer.GOING
    with unit_of_work():
        assert actions.confirm(rsvp, GOING).answer is Answer.WAITING


def test_asking_again_does_not_touch_an_answer_that_counts(app, outbox):
    meetup = make_meetup()
    gus = make_rsvp(meetup, "Gus", guests=2, address="gus@example.org")
    with unit_of_work():
        actions.ask(meetup, "Mallory", "gus@example.org", CANT)
    assert (gus.name, gus.answer, gus.guests) == ("Gus", Answer.GOING, 2)
    assert outbox.subjects == [("gus@example.org", "Your answer: Storytime swap")]


def test_one_address_is_not_flooded(app, frozen, outbox):
    for _ in range(9):
        frozen.pass_time(timedelta(minutes=1))
        with unit_of_work():
            actions.ask(make_meetup(), "Gus", "gus@example.org", GOING)
    assert len(outbox.to("gus@example.org")) == actions.LETTERS_AN_HOUR


def test_a_confirmed_address_of_a_member_becomes_the_members_answer(app):
    meetup, ana = make_meetup(), make_person("Ana", address="ana@example.org")
    with unit_of_work():
        actions.ask(meetup, "Ana", "ana@example.org", GOING)
    with unit_of_work():
        rsvp = actions.confirm(queries.rsvp_at("ana@example.org", meetup), GOING)
    assert (rsvp.person, rsvp.address) == (ana, None)


def test_forgetting_takes_the_row_out_and_hands_the_seat_on(app):
    meetup = make_meetup(capacity=1)
    gus = make_rsvp(meetup, "Gus", address="gus@example.org")
    answer(meetup, make_person("Ana"))
    with unit_of_work():
        actions.forget(gus)
    assert (queries.rsvp_at("gus@example.org", meetup), standing(meetup)) == (None, (1, []))


def test_of_two_claims_one_wins_and_leaving_gives_it_back(app):
    meetup, ken, ana = make_meetup(), make_person("Ken"), make_person("Ana")
    for person in (ken, ana):
        answer(meetup, person)
    with unit_of_work():
        actions.list_what_to_bring(meetup, [(12, "shakers"), (1, "parachute")])
    shakers = queries.bring_list(meetup)[0].item
    with unit_of_work():
        actions.claim_item(shakers, queries.rsvp_of(ken, meetup))
    with pytest.raises(actions.AlreadyTaken), unit_of_work():
        actions.claim_item(shakers, queries.rsvp_of(ana, meetup))
    assert [want.claim.rsvp.called if want.claim else None for want in queries.bring_list(meetup)] == ["Ken", None]
    answer(meetup, ken, MAYBE)
    assert [want.claim for want in queries.bring_list(meetup)] == [None, None]


def test_a_changed_bring_list_keeps_the_claims_on_what_stays(app):
    meetup, ken = make_meetup(), make_person("Ken")
    answer(meetup, ken)
    with unit_of_work():
        actions.list_what_to_bring(meetup, [(12, "shakers"), (1, "parachute")])
    with unit_of_work():
        actions.claim_item(queries.bring_list(meetup)[0].item, queries.rsvp_of(ken, meetup))
    with unit_of_work():
        actions.list_what_to_bring(meetup, [(12, "shakers"), (10, "scarves")])
    assert [(w.item.what, bool(w.claim)) for w in queries.bring_list(meetup)] == [("shakers", True), ("scarves", False)]


def test_nobody_is_promoted_into_a_meetup_that_has_begun(app, frozen):
    meetup = make_meetup(capacity=1)
    ana = make_person("Ana")
    answer(meetup, ana)
    answer(meetup, make_person("Ben"))
    frozen.move_to(meetup.starts_at)
    assert clock.now() == meetup.starts_at
    answer(meetup, ana, CANT)
    assert standing(meetup) == (0, [1])
