"""The invented world: believable, the same for the same seed, made once, and never among real people."""

from __future__ import annotations

import io
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image

from meetups.attendance.models import Answer, BringItem, Claim, Rsvp
from meetups.attendance.queries import seats_of
from meetups.deck.queries import decks_of, sticks_of
from meetups.demo.actions import make_world
from meetups.demo.ideas import ideas
from meetups.foundation import clock
from meetups.foundation.database import Base, db, unit_of_work
from meetups.foundation.geography import time_zone_at
from meetups.foundation.storage import store
from meetups.foundation.whereabouts import current_gazetteer
from meetups.library.models import TriedIdea
from meetups.library.queries import folder_of
from meetups.nearby.models import NearbyListing
from meetups.people.models import HomeArea, Person
from meetups.places.models import Place, PlaceKind
from meetups.planning.models import HostEvent, Meetup, Status
from meetups.recaps.models import Consent, Photo, Recap, RecapEntry, RecapStatus, Response
from meetups.recaps.terms import Category, Outcome
from tests.apps import started
from tests.conftest import NOON, settings_for
from tests.makers import make_person, make_place

NEVER_DRAWN = {  # secrets, which nobody may know who knows the seed
    ("people", "code"), ("people", "feed_version"), ("rsvps", "link_version"),
    ("meetups", "check_in_code"), ("nearby_listings", "code"),
}  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory, empty_sqlite, gazetteer_files) -> Iterator[None]:
    """Four hundred meetups, to be looked at and not changed."""
    folder = tmp_path_factory.mktemp("world")
    file = shutil.copyfile(empty_sqlite, folder / "world.sqlite")
    settings = settings_for(f"sqlite:///{file}", folder, gazetteer_files)
    with clock.frozen(NOON), started(settings) as app, app.app_context():
        make(400)
        yield


def make(how_many: int, seed: int = 1) -> bool:
    with unit_of_work():
        return make_world(how_many, seed, current_gazetteer()).new


def flask(app: Flask, *words: str):
    return app.test_cli_runner().invoke(args=list(words))


def everything() -> dict[str, list[tuple]]:
    """Every row of every table, without what no seed decides."""
    db.session.rollback()
    return {
        table.name: [
            tuple(value for column, value in zip(table.columns, row, strict=True)
                  if (table.name, column.name) not in NEVER_DRAWN)
            for row in db.session.execute(sa.select(table).order_by(*table.primary_key.columns))
        ]
        for table in Base.metadata.sorted_tables
    }  # fmt: skip


def count(*of) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(of[0]).where(*of[1:]))


def values(column) -> list:
    return list(db.session.scalars(sa.select(column)))


def test_the_world_has_what_a_meetup_site_has(world):
    now = clock.now()
    assert count(Meetup) == 400
    assert count(Meetup, Meetup.starts_at > now) == 134
    assert set(values(Place.kind)) == set(PlaceKind)
    assert set(values(Meetup.status)) == set(Status)
    assert set(values(Rsvp.answer)) == {Answer.GOING, Answer.WAITING, Answer.MAYBE, Answer.CANT}
    assert set(values(Response.consent)) == set(Consent)
    assert set(values(Recap.status)) == set(RecapStatus)
    assert set(values(RecapEntry.outcome)) == set(Outcome)
    assert set(values(RecapEntry.category)) == set(Category)
    assert {"US", "CA", "GB", "IE", "AU", "NZ", "DE", "FR", "NL", "JP"} <= set(values(Place.country))
    assert len(set(values(Meetup.time_zone))) >= 15
    assert count(Recap, Recap.status == RecapStatus.PUBLISHED) >= 60
    assert min(count(each) for each in (HomeArea, NearbyListing, BringItem, Claim, HostEvent)) >= 6
    assert count(Meetup, Meetup.hidden_at.is_not(None)) > 0
    assert count(Rsvp, Rsvp.confirmed_at.is_(None)) > 0


def test_there_is_something_to_open_for_whoever_walks_in(world):
    marisol = db.session.scalars(sa.select(Person).where(Person.address == "marisol@example.org")).one()
    (deck,) = decks_of(marisol)
    assert (len(sticks_of(deck)), deck.is_public) == (13, True)
    assert [each.challenge.source_id is not None for each in sticks_of(deck)] == [False] * 3 + [True] * 10
    photo = db.session.scalars(sa.select(Photo)).one()
    assert (photo.is_shown, photo.recap.is_public, photo.recap.entries != []) == (True, True, True)
    assert [seen_as(store().get(key)) for key in photo.keys] == [("JPEG", tuple(size)) for size in photo.sizes]
    assert max(len(store().get(key)) for key in photo.keys) < 40_000
    folder = folder_of(marisol)
    assert len(folder) == 6
    assert [row for row, idea in folder if idea is None] == []
    assert any(row.note for row, _ in folder)
    tried = db.session.scalars(sa.select(TriedIdea)).all()
    assert len({each.idea_id for each in tried}) == 12
    assert {bool(each.note) for each in tried} == {True, False}
    assert marisol.id not in {each.person_id for each in tried}


def seen_as(jpeg: bytes):
    with Image.open(io.BytesIO(jpeg)) as picture:
        return picture.format, picture.size


def test_seats_hold_and_some_meetups_are_full(world):
    meetups = db.session.scalars(sa.select(Meetup)).all()
    seats = seats_of(meetups)
    assert [meetup.code for meetup in meetups if seats[meetup.id].over_by] == []
    assert len([meetup for meetup in meetups if seats[meetup.id].waiting_parties]) >= 10
    assert [each for each in seats.values() if each.waiting_parties and each.capacity is None] == []


def test_all_times_are_in_order_and_clocks_are_those_of_the_place(world):
    for meetup in db.session.scalars(sa.select(Meetup)):
        assert meetup.starts_at < meetup.ends_at <= meetup.starts_at + timedelta(hours=2)
        assert meetup.starts_at == clock.instant(meetup.local_start, meetup.time_zone, meetup.fold)
        if meetup.published_at:
            assert meetup.created_at < meetup.published_at < min(meetup.starts_at, clock.now())
    strange = []
    for place in db.session.scalars(sa.select(Place).where(Place.latitude.is_not(None))):
        at = clock.now()
        there, said = (clock.wall_clock(at, zone) for zone in (time_zone_at(place.point), place.time_zone))
        if there.replace(tzinfo=None) != said.replace(tzinfo=None):
            strange.append((place.words, place.time_zone))
    assert strange == []


def test_nobody_has_an_address_where_mail_arrives(world):
    addresses = values(Person.address) + values(Rsvp.address) + values(Response.asked_address)
    assert [each for each in addresses if each is not None and not each.endswith("@example.org")] == []
    assert {"marisol@example.org", "ken@example.org", "noor@example.org"} <= set(addresses)


def test_every_stick_has_ideas_and_none_is_said_twice(app):
    known = ideas()
    assert {len(some) for some in known.by_stick.values()} == {5}
    assert len(known.by_stick) == 60
    texts = [idea.text for some in known.by_stick.values() for idea in some]
    assert [text for text, times in Counter(texts).items() if times > 1] == []
    assert set(known.reasons) == set(Category)


def test_the_same_seed_makes_the_same_world(app):
    make(40, seed=7)
    first = everything()
    for table in reversed(Base.metadata.sorted_tables):
        with unit_of_work():
            db.session.execute(table.delete())
    with unit_of_work():
        db.session.execute(sa.text("delete from sqlite_sequence"))  # or row numbers would go on from where they were
    make(40, seed=7)
    assert everything() == first


def test_a_second_run_changes_nothing_and_says_so(app):
    assert flask(app, "demo", "--meetups", "30").exit_code == 0
    standing = everything()
    again = flask(app, "demo", "--meetups", "90", "--seed", "2")
    assert (again.exit_code, "nothing was changed" in again.output) == (0, True)
    assert everything() == standing


def test_it_says_how_to_walk_in(app):
    said = flask(app, "demo", "--meetups", "12").output.splitlines()
    assert said[0].startswith("The invented world is made: 12 meetups in ")
    assert said[1] == "Sign in as one of its hosts: flask people sign-in-link marisol@example.org"
    assert said[2].startswith("Then open http://localhost ")
    assert flask(app, "people", "sign-in-link", "marisol@example.org").exit_code == 0


@pytest.mark.parametrize("made_before", [False, True])
def test_never_among_real_people(app, made_before):
    if made_before:
        make(12)
    make_person("Robin", address="robin@library.example")
    standing = everything()
    answer = flask(app, "demo")
    assert answer.exit_code == 1
    assert answer.output.startswith("Error: There are real people in this database")
    assert everything() == standing


def test_nor_where_something_else_stands(app):
    make_place()
    answer = flask(app, "demo")
    assert answer.exit_code == 1
    assert answer.output.startswith("Error: This database is not empty")
    assert count(Person) == 0


def test_rows_added_afterward_find_free_numbers(both_databases, app):
    make(12)
    people, places = count(Person), count(Place)
    make_person("Ana")
    make_place()
    assert (count(Person), count(Place)) == (people + 1, places + 1)
