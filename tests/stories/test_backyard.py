"""A backyard: the town for everybody, the house for who is going, from the hour the host chose; and then forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from meetups.attendance import actions as attendance
from meetups.attendance.letters import seat_token
from meetups.attendance.models import Answer
from meetups.attendance.views.feeds import feed_address
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.mail.outbox import OutboxLetter
from meetups.places.actions import look_up
from meetups.places.models import Place, PlaceKind
from meetups.planning import actions
from meetups.planning.models import Meetup, Telling
from tests import cast
from tests.makers import make_rsvp
from tests.planning.plans import a_plan

HOUR = timedelta(hours=1)
SECRETS = {
    "words": "77 Zqsecret Lane, Olympia, WA 98501", "room": "Zqsecret kitchen", "level": "zqsecret porch",
    "booth": "zqsecret gate", "spot": "past the zqsecret shed", "how_to_spot_us": "the zqsecret flag",
}  # fmt: skip
ELSEWHERE = actions.NewPlace("88 Zqsecret Road, Olympia, WA", spot="zqsecret attic")


def tells(text: str) -> bool:
    return "zqsecret" in text.replace("\r\n ", "").casefold()


@pytest.fixture
def porch(app) -> Meetup:
    plan = a_plan(title="Porch songs", kind=PlaceKind.HOME, reveal_hours=6, conference="Prairie", **SECRETS)
    host = cast.marisol()
    with unit_of_work():
        return actions.propose(host, plan, True)


@pytest.fixture
def parties(porch) -> dict[str, object]:
    """Whoever answered, by how."""
    answers = {
        "going": (cast.ken(), Answer.GOING), "visitor": ("Ben", Answer.GOING), "maybe": (cast.lou(), Answer.MAYBE),
        "waiting": (cast.dee(), Answer.WAITING), "not": ("Kai", Answer.CANT),
    }  # fmt: skip
    return {name: make_rsvp(porch, who, answer) for name, (who, answer) in answers.items()}


def public_bytes(browser, meetup: Meetup) -> list[str]:
    """Everything about it that needs no key."""
    page, area = f"/meetups/{meetup.code}", "area=Olympia%2C+WA&within=50"
    conference = f"/conferences/{meetup.host_event.code}"
    paths = [
        page, f"{page}.ics", f"{page}/announcement.txt", f"/m/{meetup.code}", conference, "/", f"/near?{area}",
        f"/near/embed?{area}", f"/near/take?{area}", "/places", "/near?q=kitchen",
        *(f"/near.{kind}?{area}" for kind in ("ics", "atom", "json", "geojson")),
    ]  # fmt: skip
    if meetup.moved:
        paths.append(f"{page}/arrow")
    answers = [browser.get(path, follow_redirects=True) for path in paths]
    assert {answer.status_code for answer in answers} == {200}
    return [answer.text for answer in answers]


def own_bytes(signed_in, client, rsvp) -> dict[str, bool]:
    """Which of a party's own pages and files tell."""
    link = f"/rsvp/{seat_token(rsvp)}"
    told = {"link": tells(client.get(link).text), "file": tells(client.get(f"{link}.ics").text)}
    if rsvp.person:
        told["page"] = tells(signed_in(rsvp.person).get(f"/meetups/{rsvp.meetup.code}").text)
        told["mine"] = tells(signed_in(rsvp.person).get("/mine").text)
        told["feed"] = tells(client.get(feed_address(rsvp.person).removeprefix("http://localhost")).text)
    return told


def whom_letters_told() -> set[str]:
    """The addresses of all letters, calendar files and all, that tell."""
    rows = db.session.execute(sa.select(OutboxLetter.__table__)).mappings()
    return {row["to_address"] for row in rows if tells(" ".join(str(value) for value in row.values()))}


def test_before_its_hour_nobody_but_the_host_learns_the_address(porch, parties, client, signed_in, frozen):
    host = porch.host
    with unit_of_work():
        actions.move_place(porch, ELSEWHERE, telling=Telling(host))
    frozen.move_to(porch.starts_at - 24 * HOUR)
    for chore in (attendance.send_notices, attendance.send_reminders):
        with unit_of_work():
            chore()
    browsers = [client, *(signed_in(each.person) for each in parties.values() if each.person)]
    for browser in browsers:
        assert [text[:200] for text in public_bytes(browser, porch) if tells(text)] == []
    for rsvp in parties.values():
        assert set(own_bytes(signed_in, client, rsvp).values()) == {False}, rsvp.called
    assert whom_letters_told() == set()
    assert len(list(db.session.scalars(sa.select(OutboxLetter)))) >= 4
    assert tells(signed_in(host).get(f"/meetups/{porch.code}").text)


def test_from_its_hour_whoever_is_going_learns_it_and_nobody_else(porch, parties, client, signed_in, frozen):
    frozen.move_to(porch.starts_at - 6 * HOUR)
    with unit_of_work():
        actions.move_place(porch, ELSEWHERE, telling=Telling(porch.host))
    frozen.move_to(porch.starts_at - 2 * HOUR)
    for chore in (attendance.send_notices, attendance.send_reminders):
        with unit_of_work():
            chore()
    assert [text[:200] for text in public_bytes(client, porch) if tells(text)] == []
    told = {name: own_bytes(signed_in, client, rsvp) for name, rsvp in parties.items()}
    assert told["going"] == {"link": True, "file": True, "page": True, "mine": False, "feed": True}
    assert told["visitor"] == {"link": True, "file": True}
    assert {seen for name in ("maybe", "waiting", "not") for seen in told[name].values()} == {False}
    guests = {parties["going"].mail_address, parties["visitor"].mail_address}
    assert whom_letters_told() == guests | {porch.host.address}


def test_a_home_is_never_pinned_nor_in_the_directory(porch):
    found = look_up(SECRETS["words"], PlaceKind.HOME)
    assert (porch.place.point, porch.place.precision.value) == (found.point, "town")
    assert (porch.place.name_folded, porch.place.search_words) == ("", "")
    assert not tells(porch.search_words)


def test_thirty_days_later_the_address_is_forgotten_everywhere(porch, parties, signed_in, frozen):
    with unit_of_work():
        actions.move_place(porch, ELSEWHERE, telling=Telling(porch.host))
    frozen.move_to(porch.ends_at + timedelta(days=29))
    purge = (attendance.purge_replies, attendance.forget_what_was_told, actions.forget_addresses)
    for chore in purge:
        with unit_of_work():
            chore()
    assert tells(porch.venue)
    assert [place.words for place in db.session.scalars(sa.select(Place))] == [porch.place.words]
    frozen.move_to(porch.ends_at + timedelta(days=31))
    for chore in purge:
        with unit_of_work():
            chore()
    left = {
        table.name for table in db.metadata.sorted_tables
        for row in db.session.execute(sa.select(table)) if tells(str(tuple(row)))
    }  # fmt: skip
    assert left == set()
    assert porch.place.public_words == "A home in Olympia"
    assert "deleted" in signed_in(porch.host).get(f"/meetups/{porch.code}").text


@pytest.mark.parametrize("field", ["title", "description"])
def test_the_street_of_a_home_in_public_words_is_refused(app, signed_in, field):
    plan = {"kind": "home", "title": "Porch", "day": "2027-05-15", "start": "16:00", "contact": "ask",
            "words": "12 Elm Street, Olympia, WA", "description": "Come along", "deed": "publish"}  # fmt: skip
    browser = signed_in(cast.marisol())
    answer = browser.submit("/propose", {**plan, field: "Songs at 12 elm STREET!"})
    assert answer.status_code == 409
    assert "which everybody reads" in browser.text(answer)
    assert browser.submit("/propose", plan).status_code == 303
