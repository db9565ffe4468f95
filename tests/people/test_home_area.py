"""The home area: what is typed never reaches the database, only the area does."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from meetups.foundation.database import db, unit_of_work
from meetups.foundation.whereabouts import current_gazetteer
from meetups.people import actions
from meetups.people.models import HomeArea
from tests import cast


def choose(browser, town, **more):
    return browser.submit("/me", {"town": town, **more}, form="area")


def areas():
    table = HomeArea.__table__.c
    return db.session.execute(sa.select(table.label, table.country, table.time_zone)).all()


@pytest.fixture
def ana(app):
    return cast.ana()


@pytest.fixture
def browser(signed_in, ana):
    return signed_in(ana)


def test_a_town_becomes_the_area_around_its_largest_town(browser):
    assert choose(browser, "Fife, WA").status_code == 303
    assert areas() == [("around Tacoma, WA", "US", "America/Los_Angeles")]


def test_two_towns_of_one_area_leave_the_very_same_row(signed_in):
    rows = []
    for person, town in ((cast.ana(), "Fife, WA"), (cast.sol(), "Ruston, WA")):
        assert choose(signed_in(person), town).status_code == 303
        row = db.session.execute(sa.select(HomeArea.__table__).where(HomeArea.person_id == person.id)).mappings().one()
        rows.append({name: value for name, value in row.items() if name != "person_id"})
        db.session.rollback()
    assert rows[0] == rows[1]


def test_nothing_typed_is_anywhere_in_the_database(browser, settings):
    choose(browser, "Ruston, WA")
    db.session.rollback()
    dump = "\n".join(db.engine.raw_connection().driver_connection.iterdump())
    assert "around Tacoma" in dump
    assert "Ruston" not in dump


def test_the_page_shows_no_coordinates_and_no_cell(browser, ana):
    choose(browser, "Ruston, WA")
    page = browser.get("/me").text
    assert "around Tacoma, WA" in page
    assert "Ruston" not in page
    assert str(ana.home_area.cell) not in page
    assert "47.2" not in page


def test_a_name_of_several_towns_is_asked_back(browser):
    answer = choose(browser, "Portland")
    assert answer.status_code == 400
    words = browser.text(answer)
    assert "Portland, Oregon" in words
    assert "Portland, Maine" in words
    assert areas() == []
    typed = {"town": "Portland", "asked": "Portland"}
    assert browser.forge("/me/home", {**typed, "which": "1"}).status_code == 303
    assert areas() == [("around Portland, ME", "US", "America/New_York")]


@pytest.mark.parametrize("odd", [{"which": "7"}, {"which": "-1"}, {"which": "x"}, {"asked": "Springfield"}])
def test_an_answer_that_was_not_offered_is_asked_again(browser, odd):
    answer = browser.forge("/me/home", {"town": "Portland", "asked": "Portland", "which": "0", **odd})
    assert answer.status_code == 400
    assert areas() == []


@pytest.mark.parametrize("town", ["", "Narnia", "0,0", "91.5, 300", "' or 1=1 --", "🎤", "x" * 121])
def test_a_town_that_is_none_gets_a_sentence(browser, town):
    answer = browser.forge("/me/home", {"town": town, "asked": ""})
    assert answer.status_code == 400
    assert areas() == []


def test_a_whole_state_keeps_its_name(browser):
    answer = browser.forge("/me/home", {"town": "Idaho", "asked": "", "which": ""})
    assert answer.status_code == 303
    assert areas() == [("Idaho", "US", "America/Boise")]


def test_three_changes_in_thirty_days(browser, frozen):
    towns = ["Tacoma, WA", "Olympia, WA", "Chicago", "South Bend, IN"]
    assert [choose(browser, town).status_code for town in towns] == [303] * 4
    answer = choose(browser, "Omaha, NE")
    assert answer.status_code == 409
    assert "three times in 30 days" in browser.text(answer)
    assert [label for label, *_ in areas()] == ["around South Bend, IN"]
    frozen.pass_time(timedelta(days=30, seconds=1))
    assert choose(browser, "Omaha, NE").status_code == 303


def test_the_same_area_again_is_no_change(browser):
    towns = ["Tacoma, WA", "Fife, WA", "Ruston, WA", "Tacoma, WA", "Fife, WA", "Olympia, WA"]
    assert [choose(browser, town).status_code for town in towns] == [303] * 6


def test_forgetting_does_not_wind_the_limit_back(browser):
    answers = []
    for town in ("Tacoma, WA", "Olympia, WA", "Chicago", "Omaha, NE", "Boston, MA", "Seattle"):
        answers.append(choose(browser, town).status_code)
        if answers[-1] == 303:
            assert browser.submit("/me", form="/me/home/forget").status_code == 303
            assert areas() == []
    assert answers == [303, 303, 303, 303, 409, 409]


def test_the_limit_holds_in_the_action_itself(app, ana):
    gazetteer = current_gazetteer()
    for name in ("Tacoma, WA", "Olympia, WA", "Chicago", "Omaha, NE"):
        with unit_of_work():
            actions.choose_home_area(ana, gazetteer.choices(name)[0], gazetteer)
    with pytest.raises(actions.TooManyMoves), unit_of_work():
        actions.choose_home_area(ana, gazetteer.choices("Boston")[0], gazetteer)
