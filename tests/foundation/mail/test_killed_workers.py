"""Workers killed with SIGKILL at random moments lose no letter and send none twice, and hold up none (logbook.py)."""

from __future__ import annotations

import dataclasses
import os
import random
import time
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from meetups.foundation import clock
from meetups.foundation.database import unit_of_work
from meetups.foundation.mail import claims, outbox
from meetups.foundation.mail.claims import UNCONFIRMED
from meetups.foundation.mail.delivery import Report, deliver_due, logbook_folder
from meetups.foundation.mail.letters import Letter, Para
from meetups.foundation.mail.logbook import Logbook, dead_logbooks
from meetups.foundation.mail.rows import State
from meetups.foundation.mail.transport import Kept, Smtp
from meetups.settings import Settings
from tests.foundation.mail.killing import Toll, kill_workers
from tests.foundation.mail.sink import Sink, running
from tests.mailbox import Outbox


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return dataclasses.replace(settings, site_url="http://localhost")


def test_twenty_kills(app: Flask, settings: Settings, tmp_path: Path) -> None:
    cost = kill_workers(settings, tmp_path, 20, random.Random(time.time_ns()), seconds=60)
    assert cost == Toll(kills=20, letters=cost.letters, lost=0, twice=0, unconfirmed=cost.unconfirmed)
    assert cost.unconfirmed > 0  # workers did die in the one moment that matters


def post(*keys: str) -> None:
    with unit_of_work():
        outbox.post_many(Letter(key=key, to=f"{key}@example.org", subject="Hi", lines=(Para("Come."),)) for key in keys)


def die_with(book: Logbook) -> None:
    """What SIGKILL leaves of a worker: the file stays, the lock goes."""
    os.close(book._file)


def begin(app: Flask, *handed: int, refused: tuple[int, ...] = ()) -> Logbook:
    """A worker claims all there is and hands some of it over."""
    book = Logbook(logbook_folder())
    with unit_of_work():
        claims.claim(50, 300, book.name)
    for number in handed:
        book.handed_over(number)
    for number in refused:
        book.refused(number)
    return book


def test_what_a_dead_worker_handed_over_counts_as_sent_and_the_rest_is_free_at_once(
    both_databases: str, app: Flask, frozen: clock.Hands
) -> None:
    post("a", "b", "c")
    die_with(begin(app, 1, 2, refused=(2,)))
    with running(Sink()) as sink:
        assert deliver_due(Smtp("127.0.0.1", sink.port, "none")) == Report(sent=2)
        assert sink.addresses() == ["b@example.org", "c@example.org"]
    assert [(each.state, each.last_error, each.attempts) for each in Outbox()] == [
        (State.SENT, UNCONFIRMED, 1), (State.SENT, "", 1), (State.SENT, "", 1),
    ]  # fmt: skip
    assert list(logbook_folder().iterdir()) == []


def test_what_a_living_worker_holds_is_left_to_it(app: Flask) -> None:
    post("a", "b")
    book = begin(app, 1)
    assert deliver_due(Kept()) == Report()
    assert [each.state for each in Outbox()] == [State.WAITING, State.WAITING]
    assert [path.name for path in logbook_folder().iterdir()] == [f"{book.name}.log"]
    book.close()
    assert list(logbook_folder().iterdir()) == []


def test_claims_of_a_dead_worker_that_another_has_taken_over_stay_there(app: Flask, frozen: clock.Hands) -> None:
    post("a")
    dead = begin(app, 1)
    frozen.pass_time(timedelta(seconds=301))
    second = begin(app)  # the lease is over: somebody else tries
    die_with(dead)
    with dead_logbooks(logbook_folder()) as found, unit_of_work():
        assert found == [(dead.name, {1})]
        assert claims.settle_orphans(*found[0]) == 0
    assert (Outbox().last.state, Outbox().last.claimed_by) == (State.WAITING, second.name)
    second.close()


def test_an_error_while_settling_keeps_the_logbook_for_next_time(app: Flask, tmp_path: Path) -> None:
    book = Logbook(tmp_path)
    book.handed_over(7)
    die_with(book)
    with pytest.raises(RuntimeError), dead_logbooks(tmp_path):
        raise RuntimeError
    with dead_logbooks(tmp_path) as found:
        assert found == [(book.name, {7})]
    with dead_logbooks(tmp_path) as found:
        assert found == []


def test_a_line_cut_short_says_nothing(tmp_path: Path) -> None:
    book = Logbook(tmp_path)
    book.handed_over(12)
    os.write(book._file, b"+1")
    assert book.unsettled() == {12}
    book.clear()
    assert book.unsettled() == set()
    book.close()


def test_a_letter_withdrawn_after_it_was_claimed_is_not_sent(app: Flask) -> None:
    post("a", "b")

    class Withdrawing(Sink):
        async def handle_DATA(self, server, session, envelope) -> str:  # type: ignore[no-untyped-def]
            with app.app_context(), unit_of_work():
                outbox.withdraw("b")
            return await super().handle_DATA(server, session, envelope)

    with running(Withdrawing()) as sink:
        assert deliver_due(Smtp("127.0.0.1", sink.port, "none")).sent == 1
        assert sink.addresses() == ["a@example.org"]
