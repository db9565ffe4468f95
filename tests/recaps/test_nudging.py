"""Time for the recap: four letters at most, each once, that stop by themselves."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from meetups.foundation.database import unit_of_work
from meetups.foundation.mail import outbox as post
from meetups.foundation.mail.preferences import keep_quiet
from meetups.planning import actions as planning
from meetups.planning.models import Status
from meetups.recaps import actions
from meetups.recaps.letters import host_token
from tests import cast
from tests.makers import make_meetup, make_person
from tests.recaps.written import make_recap

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
STEPS = (10 * MINUTE, 3 * HOUR, 3 * DAY, 14 * DAY)


@pytest.fixture
def meetup(app):
    noon = datetime(2027, 2, 4, 12, 0)  # noqa: DTZ001 a wall clock; quiet hours are far
    return make_meetup("Lantern swap", host=cast.marisol(), start=noon, end=noon + HOUR)


def work() -> None:
    with unit_of_work():
        actions.send_nudges()


def letters(outbox) -> list[str]:
    return [letter.key.split(":")[2] for letter in outbox if letter.key.startswith("recap-due:")]


def live_through(frozen, meetup, until=30 * DAY) -> None:
    """A worker that looks at every moment that matters, twice."""
    for mark in STEPS:
        for moment in (mark - timedelta(seconds=1), mark, mark + MINUTE):
            if moment <= until:
                frozen.move_to(meetup.ends_at + moment)
                work()
                work()


def test_four_letters_each_once_and_to_the_second(both_databases, frozen, meetup, outbox):
    for number, mark in enumerate(STEPS):
        frozen.move_to(meetup.ends_at + mark - timedelta(seconds=1))
        work()
        assert len(letters(outbox)) == number
        frozen.move_to(meetup.ends_at + mark)
        work()
        work()
        assert len(letters(outbox)) == number + 1
    assert letters(outbox) == ["minutes", "hours", "days", "weeks"]
    assert {letter.to_address for letter in outbox} == {"marisol@example.org"}
    assert outbox.link("/recaps/new") == f"/recaps/new?meetup={meetup.code}"
    frozen.pass_time(30 * DAY)
    work()
    assert len(letters(outbox)) == 4


@pytest.mark.parametrize(("away_until", "expected"), [
    (HOUR, ["minutes"]), (5 * HOUR, ["hours"]), (4 * DAY, ["days"]), (15 * DAY, ["weeks"]), (22 * DAY, []),
])  # fmt: skip
def test_a_worker_that_was_away_sends_one_letter(frozen, meetup, outbox, away_until, expected):
    frozen.move_to(meetup.ends_at + away_until)
    work()
    work()
    assert letters(outbox) == expected


def test_a_recap_stops_them_whoever_wrote_it_even_one_taken_down(frozen, meetup, outbox):
    frozen.move_to(meetup.ends_at + MINUTE)
    recap = make_recap(author=cast.ken(), meetup=meetup)
    with unit_of_work():
        actions.withdraw(recap)
    live_through(frozen, meetup)
    assert letters(outbox) == []


def test_a_draft_does_not_stop_them_and_is_what_the_letter_opens(frozen, meetup, outbox):
    draft = make_recap(author=cast.ken(), meetup=meetup, public=False)
    frozen.move_to(meetup.ends_at + 10 * MINUTE)
    work()
    assert outbox.link("/recaps/") == f"/recaps/{draft.code}/edit"
    assert "2 ideas so far" in outbox.last.plain


def test_what_waits_for_the_morning_is_taken_back(frozen, app, outbox):
    late = datetime(2027, 2, 4, 22, 0)  # noqa: DTZ001
    meetup = make_meetup("Late swap", host=cast.marisol(), start=late, end=late + HOUR)
    frozen.move_to(meetup.ends_at + 10 * MINUTE)
    with unit_of_work():
        keep_quiet("marisol@example.org", "America/Los_Angeles", 21 * 60, 7 * 60)
    work()
    assert outbox.last.not_before > meetup.ends_at + HOUR, "quiet hours hold it"
    make_recap(author=meetup.host, meetup=meetup)
    assert letters(outbox) == []
    work()
    assert letters(outbox) == []


@pytest.mark.parametrize("happening", ["cancelled", "hidden", "draft", "no host"])
def test_none_for_what_did_not_happen(frozen, app, outbox, happening):
    status = {"cancelled": Status.CANCELLED, "draft": Status.DRAFT}.get(happening, Status.PROPOSED)
    meetup = make_meetup(status=status)
    with unit_of_work():
        if happening == "no host":
            meetup.host_id = None
        if happening == "hidden":
            meetup.hidden_at = meetup.created_at
            meetup.settle(meetup.place.public_words)
    live_through(frozen, meetup)
    assert letters(outbox) == []


def test_a_postponed_meetup_is_asked_about_after_its_new_end(frozen, meetup, outbox):
    frozen.move_to(meetup.starts_at - HOUR)
    with unit_of_work():
        old = meetup.ends_at
        planning.postpone(meetup, date(2027, 3, 4), "snow")
    assert meetup.ends_at > old + 20 * DAY
    frozen.move_to(old + 10 * MINUTE)
    work()
    assert letters(outbox) == []
    live_through(frozen, meetup)
    assert letters(outbox) == ["minutes", "hours", "days", "weeks"]


def test_the_new_host_gets_the_next_one(frozen, meetup, outbox):
    frozen.move_to(meetup.ends_at + 10 * MINUTE)
    work()
    old = host_token(meetup)
    ben = make_person("Ben", address="ben@example.org")
    with unit_of_work():
        meetup.host_id = ben.id
    frozen.move_to(meetup.ends_at + 3 * HOUR)
    work()
    assert [letter.to_address for letter in outbox] == ["marisol@example.org", "ben@example.org"]
    assert host_token(meetup) != old


def test_nothing_to_report_stops_them_and_can_be_taken_back(frozen, meetup, outbox, client):
    frozen.move_to(meetup.ends_at + 10 * MINUTE)
    work()
    link = outbox.link("/nothing-to-report/")
    assert "Then we stop asking" in client.text(client.get(link))
    work()
    client.submit(link, {"do": "nothing"})
    frozen.move_to(meetup.ends_at + 3 * HOUR)
    work()
    assert len(letters(outbox)) <= 1
    client.submit(link, {"do": "again"})
    work()
    assert letters(outbox)[-1:] == ["hours"]


@pytest.mark.parametrize("token", ["x", "1-x", "999999999-x", "1-" + "a" * 3000])
def test_no_other_link_says_so(client, app, meetup, token):
    assert client.get(f"/nothing-to-report/{token}").status_code == 410


def test_who_wants_no_such_letters_gets_none(frozen, meetup, outbox):
    with unit_of_work():
        post.stop("marisol@example.org", kind="recaps")
    live_through(frozen, meetup)
    assert letters(outbox) == []


def test_two_workers_send_one(frozen, meetup, outbox):
    frozen.move_to(meetup.ends_at + 10 * MINUTE)
    with unit_of_work():
        due = [meetup]  # what the second worker has found before the first one committed
    work()
    with unit_of_work():
        for each in due:
            actions.nudge(each, "minutes")
    assert letters(outbox) == ["minutes"]
