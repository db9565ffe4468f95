"""The attack: somebody moves through a thousand points, by every lever there is, to find out where a colleague lives.

Two worlds are compared whose victim typed different towns of one area. All answers are the same bytes, so nothing in
them can tell the homes of an area apart, however many there are and whatever is computed from them. (Distances rounded
to 10 km, of an exact point, give a home within a meter after a hundred questions.)
"""

from __future__ import annotations

import math
import re
import struct
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from meetups.foundation.database import db, unit_of_work
from meetups.foundation.geography import Point, cell, earth_xyz, home_cell
from meetups.foundation.whereabouts import current_gazetteer
from meetups.nearby import actions, queries
from meetups.nearby.queries import Wanted
from meetups.people.actions import block, choose_home_area, tell_of_myself, unblock
from meetups.people.terms import Age
from tests import cast, makers
from tests.conftest import NOON

ONE_HOME, OTHER_HOME = "Fife, WA", "98402"
PROBES = 1000
FILTERS = [Wanted(), Wanted(age=Age.BABY), Wanted(language="spanish"), Wanted(words="victim"), Wanted(words="nobody")]


@pytest.fixture
def world(app):
    """The victim, the attacker, and accomplices whom the attacker puts wherever it helps."""
    victim, attacker = makers.make_person("Victim", address="victim@example.org"), cast.marisol()
    accomplices = [makers.make_person(f"Accomplice {n}") for n in range(6)]
    move(victim, ONE_HOME)
    for number, each in enumerate(accomplices):
        makers.make_home_area(each, cell(Point(47.0 + number / 10, -122.4), 5), "around there", "US", "UTC")
    for each in (victim, attacker, *accomplices):
        with unit_of_work():
            actions.list_me(each, "felt", [Age.BABY], "Spanish")
            tell_of_myself(each, {"reach": "desk 4", "seen": {"name": "members"}})
    return victim, attacker


def move(person, town):
    """As often as one likes: the limit of three in 30 days is lifted for the attack."""
    gazetteer = current_gazetteer()
    with unit_of_work():
        person.area_changes = []
        choose_home_area(person, gazetteer.choices(town)[0], gazetteer)


def probe_points():
    """A thousand points, dense near the area and thinning out to 250 km."""
    random, middle = Random(4), cast.TACOMA
    for number in range(PROBES):
        km, bearing = 250 * (number / PROBES) ** 2, random.uniform(0, 2 * math.pi)
        yield Point(middle.lat + km / 111 * math.cos(bearing), middle.lon + km / 75 * math.sin(bearing))


def answers_of_the_queries(attacker):
    """What the query layer says from all points, each with a filter and a page."""
    gazetteer, seen = current_gazetteer(), []
    for number, point in enumerate(probe_points()):
        attacker.home_area.cell = home_cell(point, gazetteer.residents_within_cell)
        db.session.flush()
        rings = queries.narrowed(queries.librarians_near(attacker), FILTERS[number % len(FILTERS)])
        seen.append((rings, queries.page_of(rings, 1 + number % 2), queries.digest_of(rings, "")))
    db.session.rollback()
    return seen


def test_from_a_thousand_points_the_same_answers(world):
    victim, attacker = world
    seen = answers_of_the_queries(attacker)
    move(victim, OTHER_HOME)
    assert answers_of_the_queries(attacker) == seen
    move(victim, "Olympia, WA")
    assert answers_of_the_queries(attacker) != seen
    assert len({repr(each) for each in seen}) > 10


PAGES = [
    "/near/people", "/near/people?age=baby", "/near/people?language=spanish&q=victim", "/near/people?q=nobody",
    "/near/people?page=2", "/near/people?page=-1&age=zz", "/near/people?sort=distance&order=desc",
    "/near/people?radius=0.001&within=1&limit=1&offset=1", "/near/people?lat=47.24&lon=-122.36", "/knocks", "/me",
    "/people/{victim}", "/near/people/{listing}/knock", "/near/people/2222222222/knock", "/near?area=Tacoma",
    "/near.ics?area=Tacoma", "/near.json?area=Fife", "/near.geojson?area=98402", "/near?q=victim",
]
TOWNS = ["Tacoma, WA", "Seattle", "98402"]


def answers_of_the_pages(app, signed_in, frozen, world):
    """Every lever there is in a browser: pages, filters, paging, made-up parameters, mistakes, blocks, knocks."""
    victim, attacker = world
    frozen.move_to(NOON)
    browser, seen = signed_in(attacker), []
    values = {"victim": victim.code, "listing": queries.listing_of(victim).code}

    def look(answer):
        # what differs between two calls of the very same page
        body = re.sub(r'(name="csrf_token" value=|nonce=)"[^"]*"', "", answer.get_data(as_text=True))
        seen.append((answer.status_code, answer.headers.get("Location"), body))

    for town in TOWNS:
        move(attacker, town)
        for page in PAGES:
            look(browser.get(page.format(**values)))
        look(browser.forge("/near/people/list", {"interests": "x" * 300}))
        look(browser.forge(f"/near/people/{values['listing']}/knock", {"message": ""}))
        frozen.pass_time(timedelta(hours=2))
    for number in range(35):
        look(browser.get(f"/near/people?q={number}"))
    with unit_of_work():
        standing = block(attacker, victim)
    look(browser.get("/near/people"))
    with unit_of_work():
        unblock(standing)
    return seen


def test_by_every_lever_of_the_pages_the_same_bytes(app, signed_in, frozen, world):
    victim, _ = world
    seen = answers_of_the_pages(app, signed_in, frozen, world)
    with unit_of_work():
        db.session.execute(sa.text("delete from nearby_looks"))
    move(victim, OTHER_HOME)
    assert answers_of_the_pages(app, signed_in, frozen, world) == seen
    statuses = {status for status, *_ in seen}
    assert {200, 400, 404, 429} <= statuses
    assert any("Victim" in body for _, _, body in seen)


def bytes_of_the_database():
    """The file with all that was not moved into it yet."""
    db.session.rollback()
    file = Path(db.engine.url.database)
    return b"".join(each.read_bytes() for each in (file, file.with_name(f"{file.name}-wal")) if each.exists())


def test_no_trace_of_where_home_is(app, signed_in, settings, caplog, frozen):
    """The planted place is looked for in the database's own bytes, the letters, the log and the cookie."""
    caplog.set_level("DEBUG")
    victim = makers.make_person("Victim", address="victim@example.org")
    town = current_gazetteer().choices("Ruston, WA")[0]
    browser = signed_in(victim)
    assert browser.submit("/me", {"town": "Ruston, WA"}, form="area").status_code == 303
    browser.forge("/me/home", {"town": f"{town.point.lat}, {town.point.lon}", "asked": ""})
    browser.submit("/near/people", {"interests": "felt"})
    for page in ("/near/people", "/near", f"/near?lat={town.point.lat}&lon={town.point.lon}", "/me", "/knocks"):
        browser.get(page)
    with browser.session_transaction() as cookie:
        kept = repr(dict(cookie))
    raw = bytes_of_the_database()
    log = "\n".join(record.getMessage() for record in caplog.records)
    assert b"around Tacoma" in raw
    numbers = [struct.pack(order, value) for order in ("<d", ">d") for value in (town.point.lat, town.point.lon)]
    numbers += [struct.pack(">i", value) for value in earth_xyz(town.point)]
    numbers += [f"{value:.3f}".encode() for value in (town.point.lat, town.point.lon)]
    texts = [raw, log.encode(), kept.encode()]
    assert [(secret, n) for n, text in enumerate(texts) for secret in (*numbers, b"Ruston") if secret in text] == []
    makers.make_place("Here", at=town.point)  # so that it is known to be found where it is
    assert {secret in bytes_of_the_database() for secret in numbers[2:4]} == {True}
