"""I would come near here: counted without names, shown from three on, told once, gone when taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from meetups.discovery.actions import tell_of_new
from meetups.foundation import clock
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.gazetteer import open_gazetteer
from meetups.nearby import actions, queries
from meetups.nearby.models import WouldCome
from meetups.people.actions import block, leave
from meetups.planning import actions as planning
from meetups.planning.models import Status
from tests import cast, makers


@pytest.fixture(scope="session")
def gazetteer(tmp_path_factory):
    return open_gazetteer(tmp_path_factory.mktemp("gazetteer"))


@pytest.fixture(autouse=True)
def _unpacked_already(app, gazetteer):
    app.extensions["gazetteer"] = gazetteer


@pytest.fixture
def say(gazetteer):
    def would_come(person, area="Tacoma, WA"):
        (town,) = gazetteer.choices(area)
        with unit_of_work():
            return actions.say_would_come(person, town, gazetteer)

    return would_come


@pytest.fixture
def crowd(app, say):
    def made(number, area="Tacoma, WA"):
        people = [makers.make_person(f"Wisher {n}") for n in range(number)]
        for person in people:
            say(person, area)
        return people

    return made


@pytest.fixture
def goes_up(app, frozen):
    def put_up(**given):
        meetup = makers.make_meetup(status=Status.DRAFT, **given)
        with unit_of_work():
            planning.publish(meetup)
        frozen.pass_time(timedelta(minutes=3))
        with unit_of_work():
            tell_of_new()
        return meetup

    return put_up


def count(gazetteer, reader=None, point=cast.TACOMA):
    return queries.count_would_come(queries.area_of(point, gazetteer), reader)


def told(outbox):
    return sorted(letter.to_address for letter in outbox if letter.kind == "would-come")


def test_pressing_it_and_taking_it_back(app, signed_in, outbox):
    ken = cast.ken()
    his = signed_in(ken)
    page = his.submit("/near?area=Tacoma,+WA", form="/near/would-come", follow_redirects=True)
    assert "You said you would come to one around " in his.text(page)
    path = f"/near/would-come/{queries.wishes_of(ken)[0].id}/take-back"
    assert his.submit("/near/alerts", form=path).status_code == 303
    assert (list(queries.wishes_of(ken)), len(outbox)) == ([], 0)
    assert his.forge(path).status_code == 404


def test_a_count_from_three_people_on_and_never_a_name(client, crowd, gazetteer):
    crowd(2)
    assert count(gazetteer) == 0
    assert "would come to a meetup" not in client.text(client.get("/near?area=Tacoma,+WA"))
    crowd(1)
    page = client.get("/near?area=Tacoma,+WA").text
    assert "<b>3 people would come</b>" in page
    assert "Wisher" not in page


def test_ones_own_word_changes_nothing_of_what_one_sees(crowd, say, gazetteer):
    ken = cast.ken()
    crowd(2)
    say(ken)
    assert (count(gazetteer, ken), count(gazetteer)) == (0, 3)
    crowd(1)
    before = count(gazetteer, ken)
    with unit_of_work():
        actions.take_back(queries.wishes_of(ken)[0])
    assert (before, count(gazetteer, ken)) == (3, 3)


def test_areas_do_not_overlap_and_hold_no_town(crowd, gazetteer):
    (ken, *_) = crowd(3, "Puyallup, WA")
    (wish,) = queries.wishes_of(ken)
    assert (wish.cell >> 52) & 15 <= 4
    counts = {count(gazetteer, point=point) for point in (cast.TACOMA, cast.PUYALLUP, cast.SEATTLE, cast.CHICAGO)}
    assert counts <= {0, 3}
    assert count(gazetteer, point=cast.PUYALLUP) == 3


@pytest.mark.parametrize("people", [3, 4])
@pytest.mark.parametrize("blocker", [0, 1])
def test_a_block_changes_no_count_so_nobody_learns_where_the_other_is(crowd, gazetteer, people, blocker):
    ken = cast.ken()
    one, *_ = crowd(people)
    with unit_of_work():
        block((one, ken)[blocker], (ken, one)[blocker])
    assert (count(gazetteer, ken), count(gazetteer)) == (people, people)


def test_a_proposal_tells_everybody_once_and_answers_the_wish(crowd, goes_up, outbox, gazetteer):
    people = crowd(4)
    meetup = goes_up(host=people[0])
    assert told(outbox) == sorted(person.address for person in people[1:])
    assert "Somebody proposes: Storytime swap" in outbox.last.subject
    assert [queries.wishes_of(person)[0].told_of for person in people] == ["", *[meetup.code] * 3]
    goes_up(host=people[0])
    assert (len(told(outbox)), count(gazetteer)) == (3, 0)


def test_not_across_a_block_and_not_far_away(crowd, goes_up, outbox):
    host = makers.make_person("Host")
    apart, _near = crowd(2)
    crowd(1, "Chicago, IL")
    with unit_of_work():
        block(apart, host)
    goes_up(host=host)
    assert told(outbox) == [_near.address]
    assert queries.wishes_of(apart)[0].told_of == ""


def test_one_letter_for_who_also_asked_to_hear_of_new_ones(app, signed_in, goes_up, outbox):
    his = signed_in(cast.ken())
    for form in ("/near/would-come", "/near/alerts"):
        his.submit("/near?area=Tacoma,+WA", form=form)
    goes_up()
    assert [letter.kind for letter in outbox] == ["would-come"]


def test_when_the_meetup_is_off_they_would_still_come(crowd, goes_up, gazetteer):
    crowd(3)
    meetup = goes_up()
    assert count(gazetteer) == 0
    with unit_of_work():
        planning.cancel(meetup, "snow")
    assert count(gazetteer) == 3


def test_gone_after_a_year_and_with_the_person(crowd, gazetteer, frozen):
    people = crowd(4)
    with unit_of_work():
        leave(people[0])
    assert count(gazetteer) == 3
    frozen.pass_time(timedelta(days=366))
    assert count(gazetteer) == 0
    with unit_of_work():
        actions.forget_old_wishes()
    assert db.session.query(WouldCome).count() == 0


def test_five_areas_are_the_most(app, say):
    ken = cast.ken()
    for area in ("Tacoma, WA", "Chicago, IL", "Omaha, NE", "Worcester, MA", "Marquette, MI"):
        say(ken, area)
    say(ken, "Tacoma, WA")
    with pytest.raises(actions.TooManyWishes):
        say(ken, "Halifax, Nova Scotia")


@pytest.mark.parametrize("area", ["", "Portland", "Nowhereville", "47.2,-122.4", "\x00", "x" * 10_000])
def test_without_a_town_nothing_is_noted(app, signed_in, area):
    ken = cast.ken()
    answer = signed_in(ken).forge("/near/would-come", {"area": area})
    assert (answer.status_code, list(queries.wishes_of(ken))) == (409, [])


def test_the_one_who_proposes_reads_how_many_would_come(crowd, signed_in):
    crowd(3)
    hers = signed_in(cast.marisol())
    said = {"title": "Sticks", "day": f"{clock.now() + timedelta(days=9):%Y-%m-%d}", "start": "19:00",
            "words": "The Lantern, Tacoma, WA", "kind": "pub", "contact": "me", "deed": "preview"}  # fmt: skip
    assert "3 people would come" in hers.text(hers.submit("/propose", said))
