"""The outbox: posted with the deed, once a key, claimed by one worker at a time."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from meetups.foundation import clock
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.mail import claims, health, outbox
from meetups.foundation.mail.letters import Letter, Para
from meetups.foundation.mail.outbox import OutboxLetter, State
from tests.conftest import NOON


def note(key: str, to: str = "ana@example.org", text: str = "Come.") -> Letter:
    return Letter(key=key, to=to, subject=f"About {key}", lines=(Para(text),))


def rows() -> list[OutboxLetter]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxLetter).order_by(OutboxLetter.id)))


def keys() -> list[str]:
    return [letter.key for letter in rows()]


def claimed(limit: int = 10, lease: int = 60) -> list[str]:
    with unit_of_work():
        letters = claims.claim(limit, lease)
    return [letter.key for letter in letters]


def test_a_posted_letter_waits_with_all_it_says(app: Flask) -> None:
    with unit_of_work():
        outbox.post(
            Letter(
                key="going:1", to="ana@example.org", subject="You are going", lines=(Para("Come."),), calendar=b"ICS",
                method="REQUEST", essential=False, unsubscribe_url="http://localhost/stop/1", reply_to="mo@example.org",
            ),
            not_before=NOON + timedelta(minutes=10),
        )  # fmt: skip
    (row,) = rows()
    assert (row.key, row.to_address, row.subject, row.plain) == (
        "going:1",
        "ana@example.org",
        "You are going",
        "Come.\n\n-- \nStop letters of this kind:\nhttp://localhost/stop/1\n",
    )
    assert row.html.startswith("<!doctype html>")
    assert (row.calendar, row.calendar_method, row.state, row.attempts) == (b"ICS", "REQUEST", State.WAITING, 0)
    assert (row.posted_at, row.not_before) == (NOON, NOON + timedelta(minutes=10))
    assert row.headers == {
        "Reply-To": "mo@example.org",
        "List-Unsubscribe": "<http://localhost/stop/1>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def test_a_rolled_back_deed_takes_its_letter_along(both_databases: str, app: Flask) -> None:
    class Broken(Exception):
        pass

    def deed() -> None:
        with unit_of_work():
            outbox.post(note("going:1"))
            raise Broken

    with pytest.raises(Broken):
        deed()
    assert keys() == []


def test_the_same_key_twice_is_one_letter(both_databases: str, app: Flask) -> None:
    with unit_of_work():
        outbox.post(note("going:1", text="first"))
        outbox.post(note("going:1", text="second"))
        outbox.post(note("going:2"))  # the transaction still works
    with unit_of_work():
        outbox.post_many([note("going:2"), note("going:1"), note("going:3"), note("going:3")])
    assert [(letter.key, letter.plain) for letter in rows()] == [
        ("going:1", "first\n"),
        ("going:2", "Come.\n"),
        ("going:3", "Come.\n"),
    ]


def test_two_deeds_at_once_post_one_letter(both_databases: str, app: Flask) -> None:
    start = threading.Barrier(2)

    def deed() -> None:
        with app.app_context():
            start.wait()
            with unit_of_work():
                outbox.post_many([note(f"going:{number}") for number in range(20)])

    threads = [threading.Thread(target=deed) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(keys()) == sorted(f"going:{number}" for number in range(20))


def test_thousands_are_posted_with_one_statement(both_databases: str, app: Flask) -> None:
    with unit_of_work():
        outbox.post_many([])
        outbox.post_many(note(f"moved:{number}", to=f"p{number}@example.org") for number in range(3000))
    assert db.session.scalar(select(func.count()).select_from(OutboxLetter)) == 3000


def test_withdrawing_takes_back_what_still_waits(both_databases: str, app: Flask) -> None:
    with unit_of_work():
        outbox.post_many([note("reminder:a:1"), note("reminder:a:2"), note("reminder:a_:3"), note("going:1")])
    with unit_of_work():
        (first,) = claims.claim(1, 60)
    with unit_of_work():
        claims.settle_sent(first)
    with unit_of_work():
        assert outbox.withdraw("going:1", "reminder:a:1", "unknown") == 1
        assert outbox.withdraw_all("reminder:a_:") == 1
        assert outbox.withdraw_all("reminder:a:") == 1
    assert keys() == ["reminder:a:1"]
    with unit_of_work():
        outbox.post_many([note("reminder:a:1"), note("reminder:a:2")])  # sent stays sent; withdrawn may come again
    assert [(letter.key, letter.state) for letter in rows()] == [
        ("reminder:a:1", State.SENT),
        ("reminder:a:2", State.WAITING),
    ]


def test_a_claim_holds_until_its_lease_is_over(both_databases: str, app: Flask, frozen: clock.Hands) -> None:
    with unit_of_work():
        outbox.post(note("later"), not_before=NOON + timedelta(seconds=61))
        outbox.post_many([note("b"), note("a")])
        outbox.post(note("early"), not_before=NOON - timedelta(hours=1))
    assert claimed(limit=2) == ["early", "b"]
    assert claimed() == ["a"]
    assert claimed() == []
    assert claims.anything_due() is False
    frozen.pass_time(timedelta(seconds=61))
    assert claims.anything_due() is True
    assert claimed() == ["early", "b", "a", "later"]
    assert [(letter.key, letter.attempts) for letter in rows()] == [("later", 1), ("b", 2), ("a", 2), ("early", 2)]


@pytest.mark.postgresql
def test_a_claim_passes_over_rows_that_another_worker_holds(app: Flask) -> None:
    with unit_of_work():
        outbox.post_many([note("a"), note("b"), note("c")])
    others: list[str] = []

    def other_worker() -> None:
        with app.app_context(), unit_of_work():
            others.extend(letter.key for letter in claims.claim(2, 60))

    with unit_of_work():
        mine = [letter.key for letter in claims.claim(2, 60)]
        thread = threading.Thread(target=other_worker)
        thread.start()
        thread.join(timeout=10)
        assert others == ["c"]
    assert mine == ["a", "b"]


def test_waiting_longer_each_time_and_dead_after_eight(app: Flask, frozen: clock.Hands) -> None:
    with unit_of_work():
        outbox.post(note("going:1"))
    waits = []
    for _ in range(8):
        with unit_of_work():
            (letter,) = claims.claim(1, 60)
        with unit_of_work():
            claims.settle_later(letter, "refused for now: 451")
        (row,) = rows()
        waits.append((row.not_before - clock.now()).total_seconds() / 60)
        frozen.move_to(max(row.not_before, clock.now()))
    assert waits == [1, 5, 30, 120, 480, 480, 480, 0]
    assert (row.state, row.attempts, row.last_error) == (State.DEAD, 8, "refused for now: 451")
    assert [letter.key for letter in health.dead_letters(10)] == ["going:1"]
    with unit_of_work():
        assert outbox.revive(row.id) == 1
        assert outbox.revive(row.id) == 0
    assert claimed() == ["going:1"]


def test_a_worker_that_overslept_changes_nothing(app: Flask, frozen: clock.Hands) -> None:
    with unit_of_work():
        outbox.post(note("going:1"))
    with unit_of_work():
        (stale,) = claims.claim(1, 60)
    frozen.pass_time(timedelta(seconds=61))
    assert claimed() == ["going:1"]
    with unit_of_work():
        claims.settle_dead(stale, "no")
        claims.release([stale])
    (row,) = rows()
    assert (row.state, row.attempts, row.lease_until) == (State.WAITING, 2, clock.now() + timedelta(seconds=60))


def sent(*letters: Letter) -> None:
    with unit_of_work():
        outbox.post_many(letters)
    with unit_of_work():
        for letter in claims.claim(100, 60):
            claims.settle_sent(letter)


def contents(row: OutboxLetter) -> tuple[str, str, bytes | None, dict[str, str]]:
    return row.plain, row.html, row.calendar, row.headers


def test_a_sign_in_letter_is_empty_as_soon_as_it_is_sent(app: Flask) -> None:
    sent(note("sign-in:1"), note("going:1"))
    sign_in, going = rows()
    assert contents(sign_in) == ("", "", None, {})
    assert going.plain == "Come.\n"


def test_letters_are_emptied_a_week_after_they_went_out(both_databases: str, app: Flask, frozen: clock.Hands) -> None:
    sent(note("going:1"))
    with unit_of_work():
        outbox.post_many([note("sign-in:1"), note("going:2")])
        claims.keep(claims.claim(10, 60))
    with unit_of_work():
        outbox.post(note("waiting"), not_before=NOON)
    seen = []
    for span in (timedelta(hours=1), timedelta(seconds=1), timedelta(days=7) - timedelta(hours=1)):
        frozen.pass_time(span)
        with unit_of_work():
            outbox.purge()
        seen.append([letter.key for letter in rows() if letter.plain])
    assert seen == [["going:1", "sign-in:1", "going:2", "waiting"], ["going:1", "going:2", "waiting"], ["waiting"]]
    with unit_of_work():
        outbox.post(note("going:1"))
    assert keys() == ["going:1", "sign-in:1", "going:2", "waiting"]


def test_who_leaves_leaves_no_letters(app: Flask) -> None:
    sent(note("going:1"), note("going:2", to="bo@example.org"))
    with unit_of_work():
        outbox.post(note("reminder:1"))
        outbox.forget("ana@example.org")
    assert [(letter.key, letter.to_address, letter.subject, letter.plain) for letter in rows()] == [
        ("going:1", "", "", ""),
        ("going:2", "bo@example.org", "About going:2", "Come.\n"),
    ]
