"""S2: a conference floor, moved thirty minutes before; Theo has a phone and one bar of signal."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from meetups.attendance import actions as attendance
from meetups.foundation.database import unit_of_work
from meetups.places.models import PlaceKind
from meetups.planning.models import Status
from tests.makers import make_meetup, make_person, make_place, make_rsvp

CORNER = "Hall B, Level 2, glass corner beside Registration East"
ROOM = "Room 213, Level 2, past the coffee bar"
ELEVEN = datetime(2027, 4, 17, 16, 0, tzinfo=UTC)


@pytest.fixture
def theo(app):
    return make_person("Theo", address="theo@example.org", time_zone="America/Chicago")


@pytest.fixture
def meetup(theo):
    hall = make_place(
        "Riverfront Convention Hall, Omaha, NE 68102", at=None, kind=PlaceKind.CONFERENCE_FLOOR, town="Omaha",
        country="US", time_zone="America/Chicago",
    )
    swap = make_meetup(
        "Prairie storytime swap", host=theo, place=hall, start=datetime(2027, 4, 17, 11, 30),  # noqa: DTZ001
        end=datetime(2027, 4, 17, 12, 20), status=Status.CONFIRMED, slot_minutes=60,  # noqa: DTZ001
        room="Networking Uncommons", spot=CORNER,
    )
    make_rsvp(swap, theo)
    for number in range(34):
        make_rsvp(swap, f"Guest{number}")
    return swap


def moved(browser, meetup, spot=ROOM):
    return browser.submit(f"/meetups/{meetup.code}/move", {"spot": spot, "tell": "all"})


def test_two_taps_and_a_text_tell_all_34_new_room_first(app, frozen, signed_in, theo, meetup, outbox):
    frozen.move_to(ELEVEN)
    assert moved(signed_in(theo), meetup).status_code == 303
    letters = list(outbox)
    assert len(letters) == 34
    assert {letter.subject for letter in letters} == {f"Moved: {ROOM}: Prairie storytime swap"}
    text = " ".join(letters[0].plain.split())
    parts = (ROOM, f"Networking Uncommons, {CORNER}", "Same time: Sat, Apr 17, 2027, 11:30 AM Central.")
    order = [text.index(part) for part in parts]
    assert order == sorted(order)


def test_a_retry_after_a_timeout_tells_nobody_twice(app, frozen, signed_in, theo, meetup, outbox):
    frozen.move_to(ELEVEN)
    browser = signed_in(theo)
    form = browser.forms(f"/meetups/{meetup.code}/move")[0]
    values = form.filled({"spot": ROOM, "tell": "all"})
    answers = [browser.post(form.action, data=values).status_code for _ in range(3)]
    assert (answers, len(outbox), meetup.sequence, len(meetup.changes)) == ([303, 303, 303], 34, 1, 1)


def test_the_page_for_it_is_small(app, frozen, signed_in, theo, meetup):
    frozen.move_to(ELEVEN)
    browser, path = signed_in(theo), f"/meetups/{meetup.code}/move"
    tree = browser.tree(browser.get(path))
    loaded = [each.get("href") or each.get("src") for each in tree.iter() if each.tag in ("link", "script", "img")]
    assert [path for path in loaded if path.endswith((".css", ".svg"))] == loaded
    sizes = [len(browser.get(each, headers={"Accept-Encoding": "gzip"}).data) for each in (path, *loaded)]
    assert sum(sizes) < 50_000, sizes


def test_the_banner_says_new_first_until_the_end(app, frozen, signed_in, theo, meetup, client):
    frozen.move_to(ELEVEN)
    moved(signed_in(theo), meetup)
    text = client.text(client.get(f"/meetups/{meetup.code}"))
    assert f"Moved at 11:00 AM New place: {ROOM}" in text
    assert text.index(ROOM) < text.index(CORNER)
    struck = list(client.tree(client.get(f"/meetups/{meetup.code}")).iter("s"))
    assert ["".join(each.itertext()) for each in struck] == [f"Networking Uncommons, {CORNER}"]
    frozen.move_to(meetup.ends_at)
    assert "Moved at" not in client.text(client.get(f"/meetups/{meetup.code}"))


def lines_of(calendar: bytes, *names: str) -> list[str]:
    unfolded = calendar.decode().replace("\r\n ", "")
    return [line for line in unfolded.split("\r\n") if line.split(":")[0].split(";")[0] in names]


def test_the_calendar_entry_is_the_same_one_with_another_place(app, frozen, signed_in, theo, meetup, client):
    before = lines_of(client.get(f"/meetups/{meetup.code}.ics").data, "UID", "SEQUENCE")
    frozen.move_to(ELEVEN)
    moved(signed_in(theo), meetup)
    after = lines_of(client.get(f"/meetups/{meetup.code}.ics").data, "UID", "SEQUENCE", "LOCATION")
    assert before == [f"UID:{meetup.uid}", "SEQUENCE:0"]
    place = (ROOM + ", Riverfront Convention Hall, Omaha, NE 68102").replace(",", "\\,")
    assert after == [f"UID:{meetup.uid}", "SEQUENCE:1", f"LOCATION:{place}"]


def test_the_short_link_still_leads_here_and_there_is_an_arrow_sign(app, frozen, signed_in, theo, meetup, client):
    assert client.get(f"/meetups/{meetup.code}/arrow").status_code == 404
    frozen.move_to(ELEVEN)
    moved(signed_in(theo), meetup)
    assert client.get(f"/m/{meetup.code}").location == f"/meetups/{meetup.code}"
    assert ROOM in client.text(client.get(f"/meetups/{meetup.code}/arrow"))


def test_who_and_when_is_for_the_host_only(app, frozen, signed_in, theo, meetup, client):
    frozen.move_to(ELEVEN)
    moved(signed_in(theo), meetup)
    path = f"/meetups/{meetup.code}/changes"
    text = signed_in(theo).text(signed_in(theo).get(path))
    assert f"Sat, Apr 17, 2027, 11:00 AM Central, Theo: {ROOM} (was: Networking Uncommons, {CORNER})" in text
    assert signed_in(make_person("Ana")).get(path).status_code == 404
    assert client.get(path).status_code == 303


@pytest.mark.parametrize("room", ["213", "N239/241", "W375d"])
def test_a_room_is_text(app, frozen, signed_in, theo, meetup, client, room):
    frozen.move_to(ELEVEN)
    moved(signed_in(theo), meetup, room)
    assert (meetup.spot, meetup.moved["new"]) == (room, room)


def test_a_longer_session_is_warned_about_not_refused(app, frozen, signed_in, theo, meetup):
    frozen.move_to(ELEVEN)
    browser = signed_in(theo)
    first = browser.submit(f"/meetups/{meetup.code}/edit", {"end": "12:40", "deed": "save"})
    assert "34 people will be told" in browser.text(first)
    tree = browser.tree(first)
    values = {each.get("name"): each.get("value") for each in tree.iter("input") if each.get("type") == "hidden"}
    page = browser.post(f"/meetups/{meetup.code}/edit", data={**values, "tell": "all"}, follow_redirects=True)
    assert "It lasts 70 minutes, and the slot is 60." in page.text
    assert (meetup.ends_at - meetup.starts_at).total_seconds() == 70 * 60


def test_nothing_waits_for_the_worker(app, frozen, signed_in, theo, meetup, outbox):
    frozen.move_to(ELEVEN)
    moved(signed_in(theo), meetup)
    with unit_of_work():
        attendance.send_notices()
    assert [letter.not_before for letter in outbox] == [ELEVEN] * 34
