"""Librarians near me: opt-in, mutual, by band and name, and nothing that tells homes of one area apart."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from h3.api import basic_int as h3

from meetups.foundation.clock import now
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.geography import Band, cell
from meetups.nearby import actions, queries
from meetups.nearby.models import Look, NearbyListing
from meetups.nearby.queries import Neighbor, Ring, Wanted, narrowed, page_of, widened
from meetups.people.terms import Age
from tests import cast
from tests.makers import make_home_area, make_person

LIST = "/near/people/list"


def at_home(name, point, interests=""):
    """Somebody listed, living in the area around a point."""
    person = make_person(name)
    make_home_area(person, cell(point, 5), "around somewhere", "US", "America/Los_Angeles")
    listed(person, interests)
    return person


def listed(person, interests=""):
    with unit_of_work():
        actions.list_me(person, interests)
    return person


def ring(low, high, *names):
    return Ring(low, high, tuple(Neighbor(name, "") for name in names))


def names(person):
    return [(each.low, each.high, [one.name for one in each.people]) for each in queries.librarians_near(person)]


@pytest.mark.parametrize("counts, expected", [
    ((0, 0, 0, 0), []),
    ((3, 3, 3, 3), [(0, 10, 3), (10, 25, 3), (25, 50, 3), (50, 100, 3)]),
    ((2, 1, 3, 3), [(0, 25, 3), (25, 50, 3), (50, 100, 3)]),
    ((1, 0, 0, 2), [(0, 100, 3)]),
    ((1, 0, 0, 0), [(0, 100, 1)]),
    ((0, 0, 0, 2), [(0, 100, 2)]),
    ((4, 0, 0, 1), [(0, 100, 5)]),
    ((3, 3, 0, 2), [(0, 10, 3), (10, 100, 5)]),
    ((0, 0, 5, 0), [(0, 50, 5)]),
])
def test_no_ring_holds_fewer_than_three_unless_there_are_no_more(counts, expected):
    found = zip(Band, counts, strict=True)
    bands = [(band, [Neighbor(f"{band.name}{n}", "") for n in range(count)]) for band, count in found]
    assert [(each.low, each.high, len(each.people)) for each in widened(bands)] == expected


def test_by_name_within_a_ring():
    bands = [(Band.UNDER_10, [Neighbor(name, "") for name in ("bo", "Ana", "Zed", "Émile", "ana")])]
    assert widened(bands) == [ring(0, 10, "Ana", "ana", "bo", "Zed", "Émile")]


def test_the_bands_of_the_sound(app):
    marisol = listed(cast.marisol())
    for number in range(3):
        at_home(f"Tacoma {number}", cast.TACOMA)
        at_home(f"Seattle {number}", cast.SEATTLE)
        at_home(f"Portland {number}", cast.PORTLAND)  # 123 miles
    assert names(marisol) == [
        (0, 10, ["Tacoma 0", "Tacoma 1", "Tacoma 2"]),
        (10, 50, ["Seattle 0", "Seattle 1", "Seattle 2"]),
    ]


def test_off_until_turned_on_and_mutual(signed_in):
    marisol, ken = cast.marisol(), cast.ken()
    browser, other = signed_in(marisol), signed_in(ken)
    listed(ken, "shakers")
    page = browser.get("/near/people")
    assert "You are hidden" in page.text
    assert "shakers" not in page.text
    assert "Marisol" not in other.text(other.get("/near/people"))
    assert browser.submit("/near/people", {"interests": "felt"}).status_code == 303
    assert "shakers" in browser.text(browser.get("/near/people"))
    assert "Marisol felt" in other.text(other.get("/near/people"))
    browser.submit("/near/people", form="hide")
    assert "Marisol" not in other.text(other.get("/near/people"))
    assert "shakers" not in browser.text(browser.get("/near/people"))


def test_visitors_are_asked_in(client):
    assert client.get("/near/people").headers["Location"] == "/sign-in?next=/near/people"


def test_without_an_area_nobody_is_near(signed_in):
    browser = signed_in(cast.ana())
    assert "First, roughly where you are" in browser.text(browser.get("/near/people"))
    answer = browser.forge(LIST, {"interests": "felt"})
    assert answer.status_code == 409
    assert "Choose your area first" in browser.text(answer)
    assert db.session.scalars(sa.select(NearbyListing)).all() == []


def test_what_is_typed_too_long_is_kept_and_not_saved(signed_in):
    browser = signed_in(cast.marisol())
    answer = browser.forge(LIST, {"interests": "x" * 201})
    assert answer.status_code == 400
    assert "x" * 201 in answer.text
    assert db.session.scalars(sa.select(NearbyListing)).all() == []


def test_who_forgets_their_area_or_is_suspended_is_gone(signed_in, frozen):
    marisol, ken, lou = cast.marisol(), cast.ken(), cast.sol()
    make_home_area(lou, cell(cast.TACOMA, 5), "around Tacoma", "US", "America/Los_Angeles")
    for each in (marisol, ken, lou):
        listed(each)
    signed_in(ken).submit("/me", form="/me/home/forget")
    lou.suspended_at = now()
    db.session.commit()
    assert names(marisol) == []


def test_no_address_number_pin_or_cell_in_any_byte(signed_in):
    marisol = listed(cast.marisol())
    people = [at_home(f"Colleague {letter}", cast.PUYALLUP, "felt") for letter in "abc"]
    page = signed_in(marisol).get("/near/people").text
    assert "Colleague a" in page
    for person in people:
        assert person.address not in page
        assert str(person.home_area.cell) not in page
    assert not re.search(r"\d+(\.\d+)? ?(km|mi)\b", page)
    assert not re.search(r"-?\d{1,3}\.\d{2,}", page)


def test_the_number_of_questions_does_not_grow(app):
    marisol = listed(cast.marisol())
    asked = []
    engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    at_home("One", cast.TACOMA)

    def questions():
        db.session.rollback()
        marisol.home_area.cell  # noqa: B018 read again after the rollback, as on every page
        asked.clear()
        found = queries.librarians_near(marisol)
        return len(asked), sum(len(each.people) for each in found)

    assert questions() == (3, 1)
    for number, area in enumerate(h3.grid_disk(cell(cast.TACOMA, 5), 3)):
        person = make_person(f"Robin {number}")
        make_home_area(person, area, "around somewhere", "US", "America/Los_Angeles")
        listed(person)
    assert questions() == (3, 38)


def test_narrowed_by_what_is_shown_anyway(signed_in):
    marisol = listed(cast.marisol())
    for name, ages, languages in (("Ana", [Age.BABY], "Spanish"), ("Bo", [Age.TODDLER], "ASL, Español"),
                                  ("Cy", [Age.BABY, Age.TODDLER], "")):
        person = make_person(name)
        make_home_area(person, cell(cast.TACOMA, 5), "around Tacoma", "US", "America/Los_Angeles")
        with unit_of_work():
            actions.list_me(person, "felt boards", ages, languages)
    browser = signed_in(marisol)

    def found(query):
        page = browser.text(browser.get(f"/near/people?{query}"))
        return [name for name in ("Ana", "Bo", "Cy") if f"{name} felt" in page]

    assert found("") == ["Ana", "Bo", "Cy"]
    assert found("age=baby") == ["Ana", "Cy"]
    assert found("language=espanol") == ["Bo"]
    assert found("age=toddler&language=asl") == ["Bo"]
    assert found("q=boards+cy") == ["Cy"]
    assert found("age=teens&page=x") == ["Ana", "Bo", "Cy"]
    assert "Nobody near you fits" in browser.get("/near/people?q=nothing").text


def test_a_filter_never_draws_the_rings_anew(app):
    rings = [ring(0, 10, "Ana", "Bo", "Cy"), ring(10, 100, "Dee", "Eve", "Fay")]
    assert narrowed(rings, Wanted(words="e")) == [ring(10, 100, "Eve")]
    assert narrowed(rings, Wanted()) == rings


def test_a_hundred_a_page_in_their_rings():
    rings = [ring(0, 10, *(f"A{n:03}" for n in range(150))), ring(10, 25, *(f"B{n:03}" for n in range(80)))]
    pages = [page_of(rings, number) for number in (1, 2, 3, 4)]
    assert [[(each.low, len(each.people)) for each in page] for page in pages] == [
        [(0, 100)], [(0, 50), (10, 50)], [(10, 30)], [],
    ]
    assert [one for page in pages for each in page for one in each.people] == [one for r in rings for one in r.people]


def test_thirty_different_answers_an_hour(signed_in, frozen):
    marisol, ken = listed(cast.marisol()), listed(cast.ken())
    browser, other = signed_in(marisol), signed_in(marisol)
    for number in range(30):
        assert browser.get(f"/near/people?q=word{number}").status_code == 200
    assert browser.get("/near/people?q=word3").status_code == 200
    answer = other.get("/near/people?q=another")
    assert answer.status_code == 429
    assert "come back a little later" in other.text(answer).lower()
    assert "Ken" not in other.text(answer)
    assert signed_in(ken).get("/near/people").status_code == 200
    frozen.pass_time(timedelta(hours=1))
    assert browser.get("/near/people?q=another").status_code == 200
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Look).where(Look.person_id == marisol.id)) == 1
