"""What an address wants, kept at every posting: off, once a week, quiet hours, muted topics, one letter an occasion."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from meetups.foundation import clock
from meetups.foundation.database import unit_of_work
from meetups.foundation.mail import claims, outbox, preferences
from meetups.foundation.mail.blocks import packed, unpacked
from meetups.foundation.mail.digests import next_digest, send_digests
from meetups.foundation.mail.kinds import Kind, declare
from meetups.foundation.mail.letters import Block, Changed, Deed, Facts, Heading, Letter, Links, Note, Para, Quote
from meetups.foundation.mail.preferences import Delivery
from meetups.foundation.mail.rows import OutboxLetter, State
from tests.conftest import NOON
from tests.mailbox import Outbox

NUDGE = declare(Kind("prod", "Prods that only tests send"))
VITAL = declare(Kind("vital", "Vital things that only tests send", essential=True))
REPLY = declare(Kind("reply", "Replies that only tests send", essential=True, awaited=True))
ANA = "ana@example.org"
ALL_BLOCKS: tuple[Block, ...] = (
    Heading("News"), Para("One.\n\nTwo."), Note("Small."), Facts((("When", "Now\nor never"),)),
    Changed("Where", "N239", "N101"), Deed("Go", "http://localhost/a"), Links((("More", "http://localhost/b"),)),
    Quote("Said."),
)  # fmt: skip


def letter(key: str, kind: str = NUDGE, to: str = ANA, **more: Any) -> Letter:
    dull: dict[str, Any] = {"subject": f"About {key}", "lines": (Para("Come."),)}
    return Letter(key=key, to=to, kind=kind, essential=kind != NUDGE, **dull | more)


def post(*letters: Letter, **more: Any) -> None:
    with unit_of_work():
        outbox.post_many(letters, **more)


def choose(kind: str, delivery: Delivery, **more: Any) -> None:
    with unit_of_work():
        preferences.choose(ANA, kind, delivery, **more)


def keys() -> list[str]:
    return [each.key for each in Outbox()]


def test_a_kind_that_is_off_is_not_posted_and_its_key_stays_free(both_databases: str, app: Flask) -> None:
    choose(NUDGE, Delivery.OFF)
    post(letter("a"), letter("b", VITAL), letter("c", to="Dee@example.org"))
    assert keys() == ["b", "c"]
    choose(NUDGE, Delivery.SINGLE)
    post(letter("a"))
    assert keys() == ["b", "c", "a"]


def test_an_address_is_the_same_in_capitals(app: Flask) -> None:
    choose(NUDGE, Delivery.OFF)
    post(letter("a", to="ANA@example.org"))
    assert keys() == []


def test_essential_letters_come_whatever_was_chosen_for_their_kind(app: Flask) -> None:
    choose(VITAL, Delivery.OFF)
    post(letter("a", VITAL))
    assert keys() == ["a"]


def test_a_muted_topic_is_silent_save_for_answers(both_databases: str, app: Flask) -> None:
    post(letter("1", VITAL, topic="meetup:a"), letter("2", VITAL, topic="meetup:b"))
    with unit_of_work():
        outbox.stop(ANA, topic="meetup:a")
    assert keys() == ["2"]  # what waited is taken back
    post(letter("3", topic="meetup:a"), letter("4", VITAL, topic="meetup:a"), letter("5", REPLY, topic="meetup:a"))
    post(letter("6", VITAL, topic="meetup:b"), letter("7", VITAL, topic="meetup:a", to="dee@example.org"))
    assert keys() == ["2", "5", "6", "7"]
    assert preferences.is_muted(ANA, "meetup:a") is True
    with unit_of_work():
        preferences.unmute(ANA, "meetup:a")
    post(letter("8", VITAL, topic="meetup:a"))
    assert keys() == ["2", "5", "6", "7", "8"]


def test_a_kind_can_be_off_for_one_topic(app: Flask) -> None:
    choose(NUDGE, Delivery.OFF, topic="meetup:a")
    post(letter("1", topic="meetup:a"), letter("2", topic="meetup:b"), letter("3", VITAL, topic="meetup:a"))
    assert keys() == ["2", "3"]


def due(key: str) -> datetime:
    return {each.key: each.not_before for each in Outbox()}[key]


@pytest.mark.parametrize("at, ends", [
    (datetime(2026, 12, 6, 1, 59, tzinfo=UTC), None),  # 8:59 PM in New York
    (datetime(2026, 12, 6, 2, 0, tzinfo=UTC), datetime(2026, 12, 6, 13, 0, tzinfo=UTC)),
    (datetime(2026, 12, 6, 12, 59, tzinfo=UTC), datetime(2026, 12, 6, 13, 0, tzinfo=UTC)),
    (datetime(2026, 12, 6, 13, 0, tzinfo=UTC), None),
    (datetime(2027, 3, 14, 3, 0, tzinfo=UTC), datetime(2027, 3, 14, 12, 0, tzinfo=UTC)),  # the night of the jump
])  # fmt: skip
def test_letters_of_the_night_wait_for_the_morning(
    app: Flask, frozen: clock.Hands, at: datetime, ends: datetime | None
) -> None:
    with unit_of_work():
        preferences.keep_quiet(ANA, "America/New_York", 21 * 60, 8 * 60)
    frozen.move_to(at)
    post(letter("a"), letter("b", VITAL), letter("c", REPLY), letter("d", to="dee@example.org"))
    assert {each.key: each.not_before for each in Outbox()} == {"a": ends or at, "b": ends or at, "c": at, "d": at}


def test_hours_by_day_and_no_hours_at_all(app: Flask) -> None:
    with unit_of_work():
        preferences.keep_quiet(ANA, "UTC", 11 * 60, 13 * 60)
    post(letter("a"))
    assert due("a") == NOON + timedelta(hours=1)
    with unit_of_work():
        preferences.keep_quiet(ANA, "UTC", 0, 0)
    post(letter("b"))
    assert due("b") == NOON


def test_essential_news_of_the_next_twelve_hours_does_not_wait(app: Flask) -> None:
    with unit_of_work():
        preferences.keep_quiet(ANA, "UTC", 0, 23 * 60)
    near, far = NOON + timedelta(hours=12), NOON + timedelta(hours=12, seconds=1)
    post(letter("near", VITAL, about_at=near), letter("far", VITAL, about_at=far), letter("nudge", about_at=near))
    night_over = NOON + timedelta(hours=11)
    assert [due(key) for key in ("near", "far", "nudge")] == [NOON, night_over, night_over]


def test_essential_news_does_not_wait_until_it_is_of_no_use(app: Flask) -> None:
    with unit_of_work():
        preferences.keep_quiet(ANA, "UTC", 0, 22 * 60)
    at = NOON + timedelta(hours=13)  # 1 AM; the hours end at 10 PM
    ends = datetime(2026, 12, 6, 22, 0, tzinfo=UTC)
    with unit_of_work():
        outbox.post_many([letter(f"{minutes}", VITAL, about_at=ends + timedelta(minutes=minutes))
                          for minutes in (-60, 60, 61)], not_before=at)  # fmt: skip
    assert [due(key) for key in ("-60", "60", "61")] == [at, at, ends]


@pytest.mark.parametrize("kind", [VITAL, NUDGE])
def test_news_does_not_overtake_older_news_of_the_same_topic(
    both_databases: str, app: Flask, frozen: clock.Hands, kind: str
) -> None:
    """The old room held back for the night must not be read in the morning, after the new one."""
    with unit_of_work():
        preferences.keep_quiet(ANA, "UTC", 12 * 60, 20 * 60)
    starts, topic = NOON + timedelta(hours=13), "meetup:a"
    others = (letter("elsewhere", VITAL, topic="meetup:b"), letter("theirs", VITAL, to="dee@example.org", topic=topic))
    post(letter("old", kind, topic=topic, about_at=starts), *others)
    frozen.pass_time(timedelta(hours=2))
    post(letter("new", VITAL, topic=topic, about_at=starts))
    night_over = NOON + timedelta(hours=8)
    held = NOON + timedelta(hours=2) if kind == VITAL else night_over
    assert [due(key) for key in ("old", "new", "elsewhere", "theirs")] == [
        held, NOON + timedelta(hours=2), night_over, NOON,
    ]  # fmt: skip


def test_news_does_not_overtake_a_letter_the_mail_server_put_off(
    both_databases: str, app: Flask, frozen: clock.Hands
) -> None:
    post(letter("answer", REPLY, topic="meetup:a"))
    with unit_of_work():
        for claimed in claims.claim(10, 60):
            claims.settle_later(claimed, "greylisted")
    frozen.pass_time(timedelta(seconds=30))
    post(letter("moved", VITAL, topic="meetup:a"))
    with unit_of_work():
        assert [each.key for each in claims.claim(10, 60)] == ["answer", "moved"]


def test_news_costs_a_letter_that_was_put_off_none_of_its_attempts(
    both_databases: str, app: Flask, frozen: clock.Hands
) -> None:
    """A mailbox that is full for an hour, and a meetup much is written about: nothing is given up within the hour."""
    for number in range(12):
        post(letter(f"asks:{number}", VITAL, topic="meetup:a"))
        with unit_of_work():
            for claimed in claims.claim(50, 60):
                claims.settle_later(claimed, "refused for now: 452")
        frozen.pass_time(timedelta(seconds=30))
    rows = {row.key: row for row in outbox.newest(50)}
    assert {row.state for row in rows.values()} == {State.WAITING}
    assert rows["asks:0"].attempts <= 3
    assert rows["asks:0"].not_before > clock.now()


def test_no_courtesy_comes_when_its_moment_has_gone_by(app: Flask, frozen: clock.Hands) -> None:
    with unit_of_work():
        preferences.keep_quiet(ANA, "UTC", 0, 23 * 60)
    for key, kind in (("remind", NUDGE), ("off", VITAL)):
        post(letter(key, kind, about_at=NOON + timedelta(hours=20)))
    choose(NUDGE, Delivery.DIGEST)
    post(letter("weekly", about_at=NOON + timedelta(hours=1)))
    for hours, left in ((10, ["remind", "off", "weekly"]), (10, ["off", "weekly"])):
        frozen.pass_time(timedelta(hours=hours))
        with unit_of_work():
            outbox.purge()
        assert keys() == left


def test_a_letter_held_for_later_looks_at_the_hours_of_then(app: Flask) -> None:
    with unit_of_work():
        preferences.keep_quiet(ANA, "UTC", 21 * 60, 8 * 60)
    post(letter("a"), not_before=NOON + timedelta(hours=10))
    assert due("a") == datetime(2026, 12, 6, 8, 0, tzinfo=UTC)


def test_one_address_in_three_roles_gets_one_letter_for_an_occasion(both_databases: str, app: Flask) -> None:
    host, guest = letter("host", VITAL), letter("guest", VITAL, to="Ana@Example.org")
    post(host, guest, letter("dee", VITAL, to="dee@example.org"), occasion="changed:12:7")
    post(letter("waiting", VITAL), letter("moved", VITAL, to="lou@example.org"), occasion="changed:12:7")
    assert Outbox().subjects == [
        (ANA, "About host"), ("dee@example.org", "About dee"), ("lou@example.org", "About moved"),
    ]  # fmt: skip
    assert all(key.startswith("changed:12:7:") and "@" not in key for key in keys())
    post(letter("again", VITAL), occasion="changed:12:8")
    with unit_of_work():
        assert outbox.withdraw_all("changed:12:7:") == 3
    assert [subject for _, subject in Outbox().subjects] == ["About again"]


MONDAY = datetime(2026, 12, 7, 8, 0, tzinfo=UTC)  # NOON is a Saturday


def send() -> None:
    with unit_of_work():
        send_digests()


def test_a_weekly_letter_says_all_that_was_collected(both_databases: str, app: Flask, frozen: clock.Hands) -> None:
    choose(NUDGE, Delivery.DIGEST)
    post(letter("a", lines=ALL_BLOCKS), letter("b"), letter("c", to="dee@example.org"))
    assert [each.state for each in Outbox()] == [State.COLLECTED, State.COLLECTED, State.WAITING]
    frozen.move_to(MONDAY - timedelta(seconds=1))
    send()
    assert len(Outbox()) == 3
    frozen.move_to(MONDAY)
    send()
    send()
    assert len(Outbox()) == 4
    weekly = Outbox().last
    assert (weekly.to_address, weekly.subject, weekly.state) == (ANA, "This week: 2 things", State.WAITING)
    body = weekly.plain.split("\n\n-- \n")[0]
    assert body == (
        "This week: 2 things\n\nAbout a\n\nOne.\n\nTwo.\n\nSmall.\n\nWHEN\nNow\nor never\n\nWHERE (CHANGED)\n"
        "Now: N239\nWas: N101\n\nGo:\nhttp://localhost/a\n\nMore:\nhttp://localhost/b\n\n> Said.\n\nAbout b\n\nCome."
    )
    assert [(each.state, each.plain, each.blocks) for each in list(Outbox())[:2]] == [(State.IN_DIGEST, "", None)] * 2


def test_what_is_over_by_monday_is_left_out_and_what_was_withdrawn_too(app: Flask, frozen: clock.Hands) -> None:
    choose(NUDGE, Delivery.DIGEST)
    post(letter("a", about_at=MONDAY), letter("b"))
    with unit_of_work():
        assert outbox.withdraw("b") == 1
    frozen.move_to(MONDAY)
    send()
    assert [(each.key, each.state) for each in Outbox()] == [("a", State.IN_DIGEST)]


def test_mondays_are_those_of_the_address(app: Flask, frozen: clock.Hands) -> None:
    choose(NUDGE, Delivery.DIGEST)
    with unit_of_work():
        preferences.keep_quiet(ANA, "America/Los_Angeles", 21 * 60, 7 * 60)
    post(letter("a"))
    frozen.move_to(MONDAY + timedelta(hours=8) - timedelta(seconds=1))
    send()
    assert len(Outbox()) == 1
    frozen.pass_time(timedelta(seconds=1))
    send()
    assert len(Outbox()) == 2


@pytest.mark.parametrize("after, monday", [
    (MONDAY - timedelta(days=6), MONDAY), (MONDAY - timedelta(seconds=1), MONDAY),
    (MONDAY, MONDAY + timedelta(days=7)), (MONDAY + timedelta(hours=1), MONDAY + timedelta(days=7)),
])  # fmt: skip
def test_the_next_monday_morning(after: datetime, monday: datetime) -> None:
    assert next_digest(after, "UTC") == monday


def test_collected_letters_are_neither_claimed_nor_emptied(app: Flask, frozen: clock.Hands) -> None:
    choose(NUDGE, Delivery.DIGEST)
    post(letter("a"))
    frozen.pass_time(timedelta(days=30))
    with unit_of_work():
        outbox.purge()
    (row,) = Outbox()
    assert isinstance(row, OutboxLetter)
    assert (row.state, row.plain != "") == (State.COLLECTED, True)


def test_blocks_come_back_as_they_were() -> None:
    assert tuple(unpacked(packed(ALL_BLOCKS))) == ALL_BLOCKS


def test_a_name_of_a_kind_has_one_meaning() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        declare(Kind(NUDGE, "Something else"))


def test_a_letter_that_is_not_essential_needs_a_kind() -> None:
    with pytest.raises(ValueError, match="has a kind"):
        Letter(key="a", to=ANA, subject="Hi", lines=(Para("Come."),), essential=False)
