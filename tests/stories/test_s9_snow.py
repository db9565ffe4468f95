"""S9: snow on the evening of the meetup; Iris postpones it from her phone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from meetups.attendance import actions as attendance
from meetups.attendance import queries
from meetups.attendance.letters import seat_token
from meetups.attendance.models import Answer
from meetups.discovery.queries import Search, meetups_found
from meetups.foundation import clock
from meetups.foundation.database import unit_of_work
from meetups.planning.models import Status
from tests.makers import make_meetup, make_person, make_place, make_rsvp
from tests.stories.test_s2_moved_room import lines_of

SNOW = datetime(2027, 1, 13, 19, 10, tzinfo=UTC)
NEW_START = datetime(2027, 1, 27, 23, 0, tzinfo=UTC)
NEW = "Wed, Jan 27, 2027, 6:00 PM Eastern"


@pytest.fixture
def iris(app):
    return make_person("Iris", address="iris@example.org", time_zone="America/Detroit")


@pytest.fixture
def meetup(iris):
    cafe = make_place("Copper Kettle Café, Marquette, MI 49855", at=None, town="Marquette", region="Michigan",
                      country="US", time_zone="America/Detroit")  # fmt: skip
    swap = make_meetup(
        "Kettle corner swap", host=iris, place=cafe, start=datetime(2027, 1, 13, 18, 0),  # noqa: DTZ001
        end=datetime(2027, 1, 13, 19, 30), status=Status.CONFIRMED, capacity=14,  # noqa: DTZ001
    )
    make_rsvp(swap, iris)
    for number in range(10):
        make_rsvp(swap, f"Guest{number}")
    make_rsvp(swap, "Two", guests=2)
    for name in ("First", "Second"):
        make_rsvp(swap, name, Answer.WAITING)
    return swap


@pytest.fixture
def snow(frozen):
    frozen.move_to(SNOW)


def postponed(browser, meetup):
    return browser.submit(f"/meetups/{meetup.code}/cancel", {"reason": "snow", "day": "2027-01-27", "deed": "postpone"})


def counts(meetup):
    seats = queries.seats(meetup)
    return seats.going, seats.asked, seats.waiting, seats.free


def test_the_date_two_weeks_later_is_offered(app, snow, signed_in, iris, meetup):
    form = signed_in(iris).forms(f"/meetups/{meetup.code}/cancel")[0]
    assert form.defaults()["day"] == "2027-01-27"


def test_going_and_waiting_are_told_reason_and_new_date_first(app, snow, signed_in, iris, meetup, outbox):
    assert postponed(signed_in(iris), meetup).status_code == 303
    letters = list(outbox)
    assert len(letters) == 13
    assert {letter.plain.split("\n\n")[0].strip("# =\n").replace("\n", " ").split("  ")[0] for letter in letters} == {
        f"Snow: postponed to {NEW}"}  # fmt: skip
    names = ("UID", "SEQUENCE", "DTSTART")
    assert {tuple(sorted(set(lines_of(letter.calendar, *names)) - {"DTSTART:20270101T000000"}))[-2:]
            for letter in letters} == {("SEQUENCE:1", f"UID:{meetup.uid}")}  # fmt: skip
    assert all("DTSTART;TZID=America/Detroit:20270127T180000" in lines_of(each.calendar, "DTSTART") for each in letters)


def test_everybody_is_asked_again_in_the_old_order(app, frozen, snow, signed_in, iris, meetup):
    assert counts(meetup) == (14, 0, 2, 0)
    line = [rsvp.called for rsvp in queries.waitlist(meetup)]
    postponed(signed_in(iris), meetup)
    assert counts(meetup) == (1, 13, 0, 0)
    assert [rsvp.called for rsvp in queries.going(meetup)] == ["Iris"]
    assert {rsvp.held_until for rsvp in queries.holding(meetup)} == {SNOW + timedelta(hours=72)}
    assert [rsvp.called for rsvp in queries.asked(meetup)][-2:] == line
    second = queries.asked(meetup)[-1]
    with unit_of_work():
        attendance.confirm(second, attendance.Wish(Answer.GOING))
    assert counts(meetup) == (1, 13, 1, 0)  # the date suits Second, who waits again
    frozen.move_to(SNOW + timedelta(hours=72) - timedelta(seconds=1))
    with unit_of_work():
        attendance.release_holds()
    assert counts(meetup) == (1, 13, 1, 0)
    frozen.pass_time(timedelta(seconds=1))
    with unit_of_work():
        attendance.release_holds()
    assert counts(meetup) == (2, 0, 0, 12)
    assert [rsvp.called for rsvp in queries.going(meetup)] == ["Iris", "Second"]


def test_a_seat_that_comes_free_meanwhile_is_held_for_the_next_in_the_old_order(
    app, snow, signed_in, iris, meetup, outbox
):
    postponed(signed_in(iris), meetup)
    seen = len(outbox)
    guest, (first, second) = queries.holding(meetup)[0], queries.asked(meetup)[-2:]
    with unit_of_work():
        attendance.confirm(second, attendance.Wish(Answer.GOING))
        attendance.withdraw(guest)
    assert (first.answer, first.held_until) == (Answer.ASKED, SNOW + timedelta(hours=72))
    assert (second.answer, counts(meetup)) == (Answer.WAITING, (1, 13, 1, 0))
    news = [subject for _, subject in outbox.subjects[seen:] if "held" in subject]
    assert news == ["A seat is held for you: Kettle corner swap"]
    with unit_of_work():
        attendance.confirm(first, attendance.Wish(Answer.CANT))
    assert (second.answer, counts(meetup)) == (Answer.GOING, (2, 12, 0, 0))


def test_a_held_seat_is_kept_by_saying_yes(app, snow, signed_in, iris, meetup, client):
    postponed(signed_in(iris), meetup)
    two = next(rsvp for rsvp in queries.holding(meetup) if rsvp.called == "Two")
    with unit_of_work():
        attendance.confirm(two, attendance.Wish(Answer.GOING, guests=2))
    assert (counts(meetup), two.answer, two.held_until) == ((4, 10, 0, 0), Answer.GOING, None)


def test_the_page_says_so_for_ever_and_search_knows_the_new_date(
    app, frozen, snow, signed_in, iris, meetup, client
):
    postponed(signed_in(iris), meetup)
    text = client.text(client.get(f"/meetups/{meetup.code}"))
    assert "Postponed from Wed, Jan 13 (snow)." in text
    assert f"New date: {NEW}" in text
    days = [clock.wall_clock(SNOW, "America/Detroit").date(), meetup.local_start.date()]
    assert [len(meetups_found(Search(SNOW, from_day=day, until_day=day)).rows) for day in days] == [0, 1]
    frozen.move_to(meetup.ends_at + timedelta(days=400))
    assert "Postponed from Wed, Jan 13 (snow)." in client.text(client.get(f"/meetups/{meetup.code}"))


def test_undo_within_ten_minutes_sends_one_correction(app, frozen, snow, signed_in, iris, meetup, outbox):
    old = meetup.starts_at
    postponed(signed_in(iris), meetup)
    frozen.pass_time(timedelta(minutes=9))
    browser = signed_in(iris)
    form = next(each for each in browser.forms(f"/meetups/{meetup.code}") if each.id == "undo")
    pressed = {**form.defaults(), "notice": form.controls[-1].get("value")}
    assert [browser.post(form.action, data=pressed).status_code for _ in range(2)] == [303, 303]
    assert (meetup.starts_at, meetup.postponed, meetup.sequence, counts(meetup)) == (old, [], 2, (14, 0, 2, 0))
    corrections = [letter for letter in outbox if letter.subject.startswith("Correction, ")]
    assert (len(outbox), len(corrections)) == (26, 13)
    assert "Not " not in corrections[0].subject
    assert "Correction: Wed, Jan 13, 2027, 6:00–7:30 PM Eastern, after all" in " ".join(corrections[0].plain.split())


def test_after_that_it_is_too_late(app, frozen, snow, signed_in, iris, meetup):
    postponed(signed_in(iris), meetup)
    number = queries.last_notice(meetup).id
    frozen.pass_time(timedelta(minutes=10))
    browser = signed_in(iris)
    assert "Undo" not in browser.text(browser.get(f"/meetups/{meetup.code}"))
    assert browser.forge(f"/meetups/{meetup.code}/undo", {"notice": str(number)}).status_code == 409
    assert meetup.starts_at == NEW_START


def test_online_tonight_for_the_same_people(app, frozen, snow, signed_in, iris, meetup, outbox, client):
    link = "https://meet.example/kettle"
    browser = signed_in(iris)
    browser.submit(f"/meetups/{meetup.code}/online", {"join_url": link, "capacity": "40", "tell": "all"})
    assert (meetup.capacity, counts(meetup)) == (40, (14, 0, 2, 24))  # the line is offered seats
    frozen.pass_time(timedelta(minutes=10))
    with unit_of_work():
        attendance.send_notices()
    moved = [letter for letter in outbox if letter.subject == "Moved: Online: Kettle corner swap"]
    assert len(moved) == 13
    going = {rsvp.mail_address for rsvp in queries.going(meetup)} - {"iris@example.org"}
    told = {letter.to_address for letter in outbox if link in letter.plain}
    assert told == going
    assert link not in client.get(f"/meetups/{meetup.code}").text


def press_undo(browser, meetup):
    form = next(each for each in browser.forms(f"/meetups/{meetup.code}") if each.id == "undo")
    return browser.post(form.action, data={**form.defaults(), "notice": form.controls[-1].get("value")})


def test_a_cancellation_taken_back_is_one_correction_and_all_is_as_it_was(
    app, frozen, snow, signed_in, iris, meetup, outbox
):
    browser, before = signed_in(iris), counts(meetup)
    browser.submit(f"/meetups/{meetup.code}/cancel", {"reason": "snow", "deed": "cancel"})
    cancelled = list(outbox)
    assert {letter.subject for letter in cancelled} == {"Cancelled: Kettle corner swap"}
    frozen.pass_time(timedelta(minutes=9))
    with unit_of_work():
        attendance.forget(next(rsvp for rsvp in queries.going(meetup) if rsvp.called == "Guest3"))
    assert press_undo(browser, meetup).status_code == 303
    assert (meetup.status, meetup.cancelled_at, meetup.cancel_reason) == (Status.CONFIRMED, None, "")
    assert (before, counts(meetup)) == ((14, 0, 2, 0), (13, 0, 2, 0))  # the seat freed meanwhile is offered
    news = [letter for letter in outbox if letter not in cancelled]
    assert sorted({letter.subject.split(":")[0].split(",")[0] for letter in news}) == ["Correction", "Yours until 4"]
    corrections = [letter for letter in news if letter.subject.startswith("Correction")]
    assert len(corrections) == 12
    assert {line for each in corrections for line in lines_of(each.calendar, "SEQUENCE", "STATUS")} == {
        "SEQUENCE:2", "STATUS:CONFIRMED"}  # fmt: skip


def test_ten_minutes_later_a_cancellation_stands(app, frozen, snow, signed_in, iris, meetup):
    browser = signed_in(iris)
    browser.submit(f"/meetups/{meetup.code}/cancel", {"reason": "snow", "deed": "cancel"})
    number = queries.last_notice(meetup).id
    frozen.pass_time(timedelta(minutes=10))
    assert browser.forge(f"/meetups/{meetup.code}/undo", {"notice": str(number)}).status_code == 409
    assert meetup.status is Status.CANCELLED


def test_the_partys_own_page_says_what_happened_first(app, frozen, snow, signed_in, iris, meetup, client):
    guest = queries.going(meetup)[3]
    path, browser = f"/rsvp/{seat_token(guest)}", signed_in(iris)
    browser.submit(f"/meetups/{meetup.code}/move", {"spot": "Room 213", "tell": "all"})
    assert "Moved at 2:10 PM New place: Room 213" in client.text(client.get(path))
    postponed(browser, meetup)
    text = client.text(client.get(path))
    assert text.startswith(f"Postponed New date: {NEW} Postponed from Wed, Jan 13 (snow).")
    assert "Your seat is held until Sat, Jan 16, 2027, 2:10 PM Eastern." in text
    assert "Yes, still coming" in text
    browser.submit(f"/meetups/{meetup.code}/cancel", {"reason": "ice", "deed": "cancel"})
    said = "Cancelled Kettle corner swap is off. ice Your seat at Kettle corner swap Nothing to answer any more"
    assert client.text(client.get(path)).startswith(said)


def test_cancelled_after_the_start_reads_differently(app, frozen, signed_in, iris, meetup, outbox):
    frozen.move_to(meetup.starts_at + timedelta(minutes=10))
    signed_in(iris).submit(f"/meetups/{meetup.code}/cancel", {"reason": "snow", "deed": "cancel"})
    assert meetup.status is Status.CANCELLED
    texts = [" ".join(letter.plain.split()) for letter in outbox]
    says = "Wed, Jan 13, 2027, 6:00 PM Eastern: it had begun, and it does not go on."
    assert [says in text for text in texts] == [True] * 13


def test_no_reminder_for_a_day_that_is_no_more(app, frozen, snow, signed_in, iris, meetup, outbox):
    postponed(signed_in(iris), meetup)
    frozen.move_to(datetime(2027, 1, 13, 21, 0, tzinfo=UTC))
    with unit_of_work():
        attendance.send_reminders()
    assert [letter for letter in outbox if "postponed" not in letter.plain] == []
