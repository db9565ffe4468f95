"""How the post is doing, for moderators and for operators; dead letters tried again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from meetups.foundation import clock
from meetups.foundation.database import unit_of_work
from meetups.foundation.mail import claims, health, outbox
from meetups.foundation.mail.letters import Letter, Para
from meetups.foundation.mail.rows import State
from meetups.people.models import Person
from tests import cast
from tests.browsing import Browser
from tests.mailbox import Outbox

PAGE = "/moderation/letters"


def post(*addresses: str) -> None:
    with unit_of_work():
        outbox.post_many(Letter(key=f"a:{to}", to=to, subject="A secret", lines=(Para("Come."),)) for to in addresses)


def give_up(*addresses: str) -> None:
    post(*addresses)
    with unit_of_work():
        for letter in claims.claim(100, 60):
            claims.settle_dead(letter, "refused for good: 550")


@pytest.fixture
def moderator(signed_in: Callable[[Person], Browser]) -> Browser:
    return signed_in(cast.moderator())


def test_moderators_see_counts_workers_and_dead_letters_but_no_address(
    moderator: Browser, frozen: clock.Hands
) -> None:
    give_up("ana@example.org")
    post("dee@example.org")
    with unit_of_work():
        health.beat("old-1")
        frozen.pass_time(timedelta(minutes=12))
        health.beat("new-2", "OSError")
    page = moderator.get(PAGE)
    text = moderator.text(page)
    assert "Letters are waiting" in text
    assert "12 min oldest letter that is due" in text
    assert "1 Waiting" in text
    assert "1 Given up" in text
    assert "a…@example.org no. 1refused for good: 550" in text
    assert text.index("new-2 at work") < text.index("Letters wait: OSError") < text.index("old-1 Silent")
    for hidden in ("ana@", "dee@", "A secret", "Come."):
        assert hidden not in page.text


def test_without_a_worker_the_page_says_so_first(moderator: Browser) -> None:
    assert moderator.text(moderator.get(PAGE)).startswith("Moderators’ desk No worker is running")


def test_a_dead_letter_is_tried_again(moderator: Browser) -> None:
    give_up("ana@example.org", "dee@example.org")
    number = Outbox().to("ana@example.org")[0].id
    assert moderator.submit(PAGE, {"letter": str(number)}).status_code == 303
    assert [letter.state for letter in Outbox()] == [State.WAITING, State.DEAD]
    assert moderator.submit(PAGE, {"letter": "all"}).status_code == 303
    assert [letter.state for letter in Outbox()] == [State.WAITING, State.WAITING]


@pytest.mark.parametrize("nonsense", ["", "-1", "²", "9" * 18, "1 or 1=1"])
def test_nonsense_revives_nothing(moderator: Browser, nonsense: str) -> None:
    give_up("ana@example.org")
    assert moderator.forge(f"{PAGE}/retry", {"letter": nonsense}).status_code == 404
    assert Outbox().last.state is State.DEAD


def test_the_command_says_the_same_and_tries_again(app: Flask) -> None:
    give_up("ana@example.org")
    run = app.test_cli_runner().invoke
    said = run(args=["letters"]).output
    assert "      1 Given up\n" in said
    assert "Letter 1 to a…@example.org: refused for good: 550\n" in said
    assert "ana@example.org" not in said
    assert run(args=["letters", "retry", "some"]).exit_code == 1
    assert run(args=["letters", "retry", "1"]).output == "1 will be tried again.\n"
    assert run(args=["letters", "retry", "all"]).output == "0 will be tried again.\n"


def test_workers_silent_for_a_day_are_forgotten(app: Flask, frozen: clock.Hands) -> None:
    with unit_of_work():
        health.beat("old-1")
    frozen.pass_time(timedelta(days=1, seconds=1))
    with unit_of_work():
        health.beat("new-2")
    assert [worker.name for worker in health.health().workers] == ["new-2"]
    with unit_of_work():
        health.gone("new-2")
    assert list(health.health().workers) == []
