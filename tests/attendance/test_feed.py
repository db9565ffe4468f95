"""A member's own calendar feed: what is in it, for whom, how it changes, and how its address is switched off."""

from __future__ import annotations

import re
from datetime import timedelta

import icalendar
import pytest
import vobject

from meetups.attendance.models import Answer
from meetups.attendance.views.feeds import feed_address
from meetups.foundation.database import db, unit_of_work
from meetups.places.models import PlaceKind
from meetups.planning import actions as planning
from meetups.planning.models import Status
from tests import cast
from tests.house.test_queries import counted
from tests.makers import make_meetup, make_person, make_place, make_rsvp


def path_of(person) -> str:
    return feed_address(person).removeprefix("http://localhost")


def events(response) -> dict[str, icalendar.Event]:
    """The events of a feed by title, after a second reader took it, too."""
    assert (response.status_code, response.mimetype) == (200, "text/calendar")
    vobject.readOne(response.text).validate(raiseException=True)
    return {str(each["SUMMARY"]): each for each in icalendar.Calendar.from_ical(response.data).walk("VEVENT")}


def test_it_has_what_one_goes_to_and_nothing_else(app, client):
    ken = cast.ken()
    for title, answer in (("Sure", Answer.GOING), ("Perhaps", Answer.MAYBE), ("In line", Answer.WAITING),
                          ("Not me", Answer.CANT)):  # fmt: skip
        make_rsvp(make_meetup(title), ken, answer)
    make_rsvp(make_meetup("Somebody else’s"), cast.ana())
    make_rsvp(make_meetup("Hidden", hidden_at=ken.joined_at), ken)
    make_rsvp(make_meetup("Long ago", start=ken.joined_at - timedelta(days=400)), ken)
    make_rsvp(make_meetup("Last month", start=ken.joined_at - timedelta(days=30)), ken)
    found = events(client.get(path_of(ken)))
    assert {title: str(each["STATUS"]) for title, each in found.items()} == {
        "Last month": "TENTATIVE", "Sure": "TENTATIVE", "Perhaps": "TENTATIVE"}  # fmt: skip
    assert [len(found[title].walk("VALARM")) for title in ("Sure", "Perhaps")] == [2, 0]


def test_it_asks_to_be_fetched_hourly_and_names_nobody(app, client):
    ken, host = cast.ken(), cast.marisol()
    make_rsvp(make_meetup(host=host), ken)
    response = client.get(path_of(ken))
    assert {"REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-WR-CALNAME:Guerrilla Storytime: my meetups",
            "METHOD:PUBLISH"} <= set(response.text.split("\r\n"))  # fmt: skip
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert not re.search(r"ORGANIZER|ATTENDEE|@", response.text)
    assert host.address not in response.text


def test_nothing_new_is_said_in_one_line(app, client, frozen):
    ken = cast.ken()
    meetup = make_meetup()
    make_rsvp(meetup, ken)
    first = client.get(path_of(ken))
    frozen.pass_time(timedelta(hours=1))
    again = client.get(path_of(ken), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    with unit_of_work():
        db.session.merge(meetup).title = "Another name"
    changed = client.get(path_of(ken), headers={"If-None-Match": first.headers["ETag"]})
    assert (changed.status_code, list(events(changed))) == (200, ["Another name"])


def test_a_cancelled_meetup_stays_and_says_so(app, client, outbox):
    ken, meetup = cast.ken(), make_meetup("Swap", status=Status.CONFIRMED)
    make_rsvp(meetup, ken)
    before = events(client.get(path_of(ken)))["Swap"]
    with unit_of_work():
        planning.cancel(meetup, "snow")
    after = events(client.get(path_of(ken)))["Cancelled: Swap"]
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert (before["UID"], after["SEQUENCE"]) == (after["UID"], before["SEQUENCE"] + 1)
    assert after.walk("VALARM") == []


def test_a_postponed_meetup_stays_until_one_has_answered(app, client):
    ken, meetup = cast.ken(), make_meetup("Parachute night")
    make_rsvp(meetup, ken)
    with unit_of_work():
        planning.postpone(meetup, (meetup.local_start + timedelta(days=7)).date(), "snow")
    found = events(client.get(path_of(ken)))
    starts = {title: each.decoded("DTSTART") for title, each in found.items()}
    assert starts == {"Asked again: Parachute night": meetup.starts_at}


def test_a_moved_meetup_changes_in_place(app, client):
    ken, meetup = cast.ken(), make_meetup("Swap")
    make_rsvp(meetup, ken)
    before = events(client.get(path_of(ken)))["Swap"]
    with unit_of_work():
        meetup.set_time(meetup.local_start + timedelta(days=7), None, meetup.time_zone)
        meetup.sequence += 1
    after = events(client.get(path_of(ken)))
    assert list(after) == ["Swap"]
    assert (after["Swap"]["UID"], after["Swap"].start - before.start) == (before["UID"], timedelta(days=7))


def test_a_home_is_named_from_its_hour_to_who_goes_and_always_to_the_host(app, client, frozen):
    host, ken, lou = cast.marisol(), cast.ken(), cast.lou()
    meetup = make_meetup("Porch", host=host, place=make_place("99 Elm Street", kind=PlaceKind.HOME), reveal_hours=24)
    for person, answer in ((host, Answer.GOING), (ken, Answer.GOING), (lou, Answer.MAYBE)):
        make_rsvp(meetup, person, answer)

    def told() -> list[bool]:
        return ["Elm" in str(events(client.get(path_of(person)))["Porch"]["LOCATION"]) for person in (host, ken, lou)]

    assert told() == [True, False, False]
    frozen.move_to(meetup.starts_at - timedelta(hours=24))
    assert told() == [True, True, False]


def test_a_new_address_switches_the_old_one_off(app, client, signed_in):
    ken = cast.ken()
    browser, old = signed_in(ken), path_of(ken)
    assert old in browser.get("/mine").text
    assert browser.submit("/mine", form="/mine/feed").status_code == 303
    new = path_of(db.session.merge(ken))
    assert new != old
    assert [client.get(path).status_code for path in (old, new)] == [410, 200]
    assert new in browser.get("/mine").text


@pytest.mark.parametrize("token", ["x", "1-", "1-AAAAAAAAAAAAAAAAAAAAAAAAAAA", "99999999999999999999-x", "-1", "é"])
def test_guessing_leads_nowhere(app, client, token):
    make_person("Ken")
    assert client.get(f"/feeds/{token}.ics").status_code == 410


def test_who_is_suspended_has_no_feed(app, client):
    ken = make_person("Ken")
    path = path_of(ken)
    with unit_of_work():
        ken.suspended_at = ken.joined_at
    assert client.get(path).status_code == 410


def test_thirty_meetups_cost_as_many_queries_as_one(app, client):
    ken, numbers = cast.ken(), []
    for more in (1, 29):
        for number in range(more):
            make_rsvp(make_meetup(f"Swap {more}-{number}", host=make_person()), ken)
        db.session.expire_all()
        path = path_of(ken)
        with counted() as sent:
            assert len(events(client.get(path))) == (1 if more == 1 else 30)
        numbers.append(len(sent))
    assert numbers[0] == numbers[1] <= 4
