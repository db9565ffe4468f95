"""A map service in trouble: the meetup is saved all the same, and the worker asks again."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from meetups.commands import work_until_stopped
from meetups.discovery.queries import Search, meetups_found
from meetups.foundation import clock
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.geography import Point
from meetups.foundation.whereabouts import current_door
from meetups.places.actions import look_up
from meetups.places.later import MOST_TRIES, look_up_waiting
from meetups.places.models import PlaceKind, Precision
from meetups.planning.models import Meetup
from meetups.settings import WrongSetting
from tests import cast
from tests.mapservice import MapService

WORDS = "The Lantern & Ladle, 802 Pacific Ave, Tacoma, WA"
SPOT = Point(47.2545, -122.4405)
TACOMA = Point(47.2529, -122.4443)


@pytest.fixture
def service():
    made = MapService()
    yield made
    made.close()


@pytest.fixture
def settings(settings, service):
    return replace(settings, geocoder="nominatim", geocoder_domain=service.domain, geocoder_scheme="http",
                   operator_contact="ops@storytime.example")  # fmt: skip


@pytest.fixture
def marisol(signed_in):
    return signed_in(cast.marisol())


@pytest.fixture(autouse=True)
def _no_waiting(app):
    current_door().memory._sleep = lambda seconds: None


def propose(browser, words=WORDS, **more):
    said = {"title": "Sticks and Stouts", "day": "2026-12-12", "start": "19:00", "words": words, "kind": "pub",
            "contact": "marisol@example.org", "deed": "publish", **more}  # fmt: skip
    answer = browser.submit("/propose", said)
    assert answer.status_code == 303, browser.text(answer)
    return unescape(browser.get(answer.location).text), db.session.query(Meetup).order_by(Meetup.id.desc()).first()


def within_a_mile_of(point):
    return meetups_found(Search(clock.now(), point, radius_km=0.1)).total


TROUBLES = {
    "429": {"status": 429, "headers": {"Retry-After": "30"}},
    "down": {"status": 503},
    "a page": {"body": "<html>Welcome</html>"},
    "a wrong shape": {"body": '{"a": [1]}'},
    "elsewhere": {"status": 302, "headers": {"Location": "http://127.0.0.1:9/"}},
    "huge": {"body": "[" + " " * 1_200_000 + "]"},
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_the_meetup_is_saved_and_looked_up_later(marisol, service, frozen, trouble):
    for name, value in TROUBLES[trouble].items():
        setattr(service, name, value)
    page, meetup = propose(marisol)
    assert "We will ask again by ourselves; until then the pin stands for the town." in page
    assert (meetup.place.words, meetup.place.precision, meetup.place.point) == (WORDS, Precision.TOWN, TACOMA)
    service.status, service.headers = 200, {}
    service.knows()
    frozen.pass_time(timedelta(minutes=2))
    assert look_up_waiting() == 1
    assert (meetup.place.words, meetup.place.precision, meetup.place.point) == (WORDS, Precision.EXACT, SPOT)
    assert (within_a_mile_of(SPOT), within_a_mile_of(TACOMA), meetup.version) == (1, 0, 1)
    assert (look_up_waiting(), service.agents[0]) == (
        0, "guerrilla-storytime (+http://localhost; ops@storytime.example)"
    )  # fmt: skip


def test_a_service_that_stays_away_is_left_alone_in_the_end(marisol, service, frozen):
    service.status = 500
    _, meetup = propose(marisol)
    for _ in range(MOST_TRIES):
        frozen.pass_time(timedelta(hours=7))
        look_up_waiting()
    assert (meetup.place.look_again_at, meetup.place.precision) == (None, Precision.TOWN)
    assert service.hits == 1 + MOST_TRIES


def test_a_place_changed_meanwhile_keeps_its_new_words(marisol, service, frozen):
    service.status = 500
    _, meetup = propose(marisol)

    path = db.engine.url.database

    def change_it():
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("update places set words = 'The Anchor, Tacoma, WA', look_again_at = null")
        other.close()

    service.status, service.asked = 200, change_it
    service.knows()
    frozen.pass_time(timedelta(minutes=2))
    assert look_up_waiting() == 0
    assert (meetup.place.words, meetup.place.precision) == ("The Anchor, Tacoma, WA", Precision.TOWN)


def test_what_was_refused_is_said_and_not_asked_again(marisol, service, frozen):
    service.knows(40.7128, -74.0060, region="US-NY")
    page, meetup = propose(marisol)
    assert "The map service found it in New York, not in Washington. Your words stay as you typed them" in page
    assert (meetup.place.precision, meetup.place.look_again_at) == (Precision.TOWN, None)


def test_neither_a_home_nor_a_town_is_asked_about(marisol, service):
    service.knows()
    propose(marisol, "12 Elm St, Tacoma, WA", kind="home")
    propose(marisol, "Tacoma, WA", title="Another")
    assert (service.hits, db.session.execute(db.text("select count(*) from looked_up")).scalar()) == (0, 0)


def test_the_database_is_free_while_the_service_thinks(marisol, service):
    """The request comes in, and meanwhile somebody else writes without waiting a moment."""
    written, path = [], db.engine.url.database

    def write():
        other = sqlite3.connect(path, timeout=0, isolation_level=None)
        other.execute("begin immediate")
        other.execute("update people set display_name = display_name")
        other.execute("commit")
        other.close()
        written.append(True)

    service.asked = write
    service.knows()
    propose(marisol)
    assert (service.hits, written) == (1, [True])


def test_nothing_is_asked_inside_a_unit_of_work(app, service):
    with unit_of_work():
        finding = look_up(WORDS, PlaceKind.PUB)
    assert (service.hits, finding.look_again, finding.precision) == (0, True, Precision.TOWN)


def test_the_worker_looks_by_itself(app, marisol, service, frozen, monkeypatch):
    service.status = 500
    _, meetup = propose(marisol)
    service.status = 200
    service.knows()
    frozen.pass_time(timedelta(minutes=2))
    db.session.rollback()

    class Stop:
        def wait(self, *_):
            return True

        def is_set(self):
            return service.hits > 1

    monkeypatch.setattr("meetups.commands._until_told_to_stop", Stop)
    work_until_stopped(app)
    assert meetup.place.precision is Precision.EXACT


@pytest.mark.parametrize(
    "wrong",
    [{"geocoder": "google"}, {"geocoder": "photon"}, {"geocoder": "photon", "geocoder_domain": "a b"},
     {"geocoder": "photon", "geocoder_domain": "photon.example", "geocoder_scheme": "file"}],
)  # fmt: skip
def test_settings_that_cannot_be_used(tmp_path, settings, wrong):
    plain = {"geocoder": "", "geocoder_domain": "", "geocoder_scheme": "https"}
    with pytest.raises(WrongSetting):
        replace(settings, **{**plain, **wrong}).completed()
