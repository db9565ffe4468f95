"""S1: a pub night is proposed in Tacoma, found from the next town, and answered without an account."""

from __future__ import annotations

import json
import re

import pytest

from meetups.attendance import queries as attendance
from meetups.attendance.models import Answer
from meetups.foundation.database import db
from meetups.planning.models import Meetup
from tests import cast
from tests.browsing import words

PROPOSAL = {
    "title": "Glitter cup at the Lantern & Ladle", "kind": "pub", "day": "2027-01-21", "start": "18:30",
    "words": "The Lantern & Ladle, Tacoma, WA 98402", "contact": "Ask me at the bar, or marisol.reach@example.org",
}  # fmt: skip
FOLDED = {
    "end": "20:30", "spot": "back room left of the bar", "capacity": "16", "age_limit": "21", "id_required": "yes",
    "step_free": "yes", "noise": "medium", "how_to_spot_us": "I’m the one with the glitter cup",
    "bring": "1 parachute\n12 shakers", "cost": "own_food_drink",
}  # fmt: skip


@pytest.fixture
def marisol(app):
    return cast.marisol()


@pytest.fixture
def pub(marisol, signed_in) -> Meetup:
    answer = signed_in(marisol).submit("/propose", {**PROPOSAL, **FOLDED, "deed": "publish"})
    assert answer.status_code == 303
    return db.session.scalars(db.select(Meetup)).one()


def listed(client, area: str, within: int) -> list[str]:
    page = client.get(f"/near?area={area}&within={within}&unit=mi")
    return [link.text for link in client.tree(page).iter("a") if (link.get("href") or "").startswith("/meetups/")]


@pytest.mark.parametrize(
    ("area", "within", "found"),
    [("Puyallup, WA", 15, True), ("Olympia, WA", 15, False), ("Olympia, WA", 50, True),
     ("Portland, Oregon", 50, False), ("Portland, Oregon", 150, True)],
)  # fmt: skip
def test_the_radius_decides_who_finds_it(pub, client, area, within, found):
    assert (listed(client, area, within) == [pub.title]) is found


def test_the_page_says_when_and_the_calendar_says_it_with_its_zone(pub, client):
    page = client.text(client.get(f"/meetups/{pub.code}"))
    assert "Thu, Jan 21, 2027, 6:30 PM Pacific" in page
    calendar = client.get(f"/meetups/{pub.code}.ics").text
    assert "DTSTART;TZID=America/Los_Angeles:20270121T183000\r\n" in calendar
    assert pub.starts_at.isoformat() == "2027-01-22T02:30:00+00:00"


def test_nothing_public_tells_where_marisol_lives_or_how_to_write_to_her(pub, marisol, client):
    bodies = [client.get(f"/meetups/{pub.code}{end}").text for end in ("", ".ics", "/announcement.txt")]
    bodies += [client.get("/near?area=Tacoma").text, client.get("/").text]
    secrets = (marisol.address, "marisol.reach", str(marisol.home_area.cell), marisol.home_area.label)
    assert [secret for secret in secrets for body in bodies if secret in body] == []


def test_the_structured_data_is_an_event_without_secrets(pub, client):
    page = client.get(f"/meetups/{pub.code}").text
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert (data["@type"], data["name"], data["startDate"]) == ("Event", pub.title, "2027-01-21T18:30-08:00")


def test_the_announcement_fits_a_mailing_list(pub, client):
    text = client.get(f"/meetups/{pub.code}/announcement.txt").text
    assert len(text) < 1200
    assert f"http://localhost/m/{pub.code}" in text.split() or f"http://localhost/meetups/{pub.code}" in text.split()


def test_a_visitor_answers_by_mail_and_changes_it_later(pub, client, outbox):
    client.submit(f"/meetups/{pub.code}", {"name": "Gus", "email": "gus@example.org", "guests": "1", "answer": "going"})
    assert attendance.seats(pub).going == 1
    link = outbox.link("/rsvp/")
    for _ in range(20):  # a mail scanner opens everything
        assert client.get(link).status_code == 200
    assert attendance.seats(pub).going == 1
    client.submit(link, {"answer": "going"})
    gus = attendance.rsvp_at("gus@example.org", pub)
    assert (gus.answer, gus.party, attendance.seats(pub).going) == (Answer.GOING, 2, 3)
    client.submit(link, {"answer": "cant"})
    assert attendance.seats(pub).going == 1


def test_ken_brings_the_shakers(pub, signed_in, client):
    ken = signed_in(cast.ken())
    here = f"/meetups/{pub.code}"
    ken.submit(here, {"answer": "going"})
    shakers = next(want.item for want in attendance.bring_list(pub) if want.item.what == "shakers")
    ken.submit(here, {"claim": str(shakers.id)})
    assert [(want.item.what, want.claim is not None) for want in attendance.bring_list(pub)] == [
        ("parachute", False), ("shakers", True),
    ]
    rows = [words(row) for row in client.tree(client.get(here)).iter("tr")]
    assert rows == ["WhatHow manyWho", "parachute1Still open", "shakers12 Taken"]
