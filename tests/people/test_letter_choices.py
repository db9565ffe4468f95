"""Which letters come, and when: by the link in any letter, with one POST of a mail program, or on one's own page."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from meetups.foundation.database import unit_of_work
from meetups.foundation.mail import outbox
from meetups.foundation.mail.digests import send_digests
from meetups.foundation.mail.kinds import Kind, declare
from meetups.foundation.mail.letters import Deed, Letter, Para
from meetups.foundation.mail.preferences import Delivery, choices_of, quiet_hours_of
from meetups.foundation.mail.rows import OutboxLetter, State
from tests import cast
from tests.mailbox import Outbox

NUDGE = declare(Kind("test-nudge", "Nudges that only tests send"))
NEWS = declare(Kind("test-news", "News that only tests send", essential=True))


def nudge(key: str = "nudge:1", to: str = "ana@example.org", **more) -> Letter:
    lines = (Para("Come."), Deed("Go", "http://localhost/go"))
    return Letter(key=key, to=to, subject=f"About {key}", lines=lines, **{"kind": NUDGE, "essential": False} | more)


def post(*letters: Letter) -> None:
    with unit_of_work():
        outbox.post_many(letters)


@pytest.fixture
def letter(app) -> OutboxLetter:
    post(nudge())
    return Outbox().last


def stop_path(letter: OutboxLetter) -> str:
    return Outbox().link("/letters/stop/", letter)


def test_a_letter_that_is_not_essential_says_how_to_stop_it_in_head_and_foot(letter):
    url = f"http://localhost{stop_path(letter)}"
    assert letter.headers == {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    assert re.findall(r'href="(http[^"]+)"', letter.html) == ["http://localhost/go", url, url.replace("stop", "choose")]


def test_an_essential_letter_says_only_how_to_choose(app):
    post(nudge(kind=NEWS, essential=True))
    assert Outbox().last.headers == {}
    assert "/letters/stop/" not in Outbox().last.plain
    assert Outbox().link("/letters/choose/").startswith("/letters/choose/")


def test_one_post_of_a_mail_program_stops_the_kind(client, letter):
    path = stop_path(letter)
    answer = client.post(path, data={"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (200, False)
    assert choices_of("ana@example.org")[NUDGE] is Delivery.OFF
    assert list(Outbox()) == []  # the letter that waited is taken back
    post(nudge("nudge:2"), nudge("nudge:3", to="dee@example.org"), nudge("news:1", kind=NEWS, essential=True))
    assert Outbox().subjects == [("dee@example.org", "About nudge:3"), ("ana@example.org", "About news:1")]


def test_whatever_a_mail_scanner_does_with_get_and_head_changes_nothing(client, letter):
    for method in ("GET", "HEAD", "OPTIONS"):
        for path in (stop_path(letter), Outbox().link("/letters/choose/", letter)):
            assert client.open(path, method=method, query_string={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert choices_of("ana@example.org")[NUDGE] is Delivery.SINGLE
    assert [each.key for each in Outbox()] == ["nudge:1"]


def test_the_page_has_a_button_that_does_the_same(client, letter):
    page = client.get(stop_path(letter))
    assert "ana@example.org" not in page.text
    assert client.text(page).startswith("Stop these letters? Nudges that only tests send, to a…@example.org.")
    (form,) = [each for each in client.forms(stop_path(letter)) if "/letters/stop/" in each.action]
    answer = client.post(form.action, data=form.defaults())
    assert client.text(answer).startswith("Stopped")
    assert choices_of("ana@example.org")[NUDGE] is Delivery.OFF


def test_no_other_token_opens_anything(client, letter):
    path = stop_path(letter)
    forged = [f"{path[:-1]}{'a' if path[-1] != 'a' else 'b'}", path.replace("-", ""), "/letters/stop/é-x"]
    statuses = {client.post(each, data={"List-Unsubscribe": "One-Click"}).status_code for each in forged}
    assert statuses == {client.get("/letters/choose/1-x").status_code} == {410}
    assert choices_of("ana@example.org")[NUDGE] is Delivery.SINGLE


def test_people_without_an_account_choose_by_the_link(client, letter, frozen):
    path = Outbox().link("/letters/choose/", letter)
    chosen = {"kind_test-nudge": "digest", "quiet": True, "begins": "1260", "ends": "480", "zone": "America/New_York"}
    assert client.submit(path, chosen).status_code == 303
    assert choices_of("ana@example.org")[NUDGE] is Delivery.DIGEST
    hours = quiet_hours_of("Ana@example.org")
    assert hours is not None
    assert (hours.time_zone, hours.begins, hours.ends) == ("America/New_York", 1260, 480)
    assert client.submit(path, {"quiet": None}).status_code == 303
    assert (choices_of("ana@example.org")[NUDGE], quiet_hours_of("ana@example.org")) == (Delivery.DIGEST, None)


def test_members_choose_on_their_own_page_and_quiet_hours_follow_their_clock(signed_in):
    dee = cast.dee()
    browser = signed_in(dee)
    assert browser.submit("/me", {"kind_test-nudge": "off", "quiet": True}, form="choices").status_code == 303
    assert choices_of(dee.address)[NUDGE] is Delivery.OFF
    hours = quiet_hours_of(dee.address)
    assert hours is not None
    assert hours.time_zone == "America/Indiana/Indianapolis"
    browser.submit("/me", {"time_zone": "America/Denver"})
    assert (quiet_hours_of(dee.address) or hours).time_zone == "America/Denver"


def test_who_leaves_leaves_no_choices(signed_in):
    ana = cast.ana()
    address = ana.address
    browser = signed_in(ana)
    browser.submit("/me", {"kind_test-nudge": "off", "quiet": True}, form="choices")
    browser.submit("/me/leave", {"sure": "goodbye"})
    assert (choices_of(address)[NUDGE], quiet_hours_of(address)) == (Delivery.SINGLE, None)


def test_the_weekly_letter_is_stopped_with_all_that_was_in_it(client, app, frozen):
    with unit_of_work():
        outbox.preferences.choose("ana@example.org", NUDGE, Delivery.DIGEST)
    post(nudge())
    frozen.move_to(datetime(2026, 12, 7, 8, 0, tzinfo=UTC))
    with unit_of_work():
        send_digests()
    weekly = Outbox().last
    assert (weekly.kind, weekly.state) == ("digest", State.WAITING)
    post(nudge("nudge:2"))  # collected for the next one
    client.post(stop_path(weekly), data={"List-Unsubscribe": "One-Click"})
    assert choices_of("ana@example.org")[NUDGE] is Delivery.OFF
    assert [(each.key, each.state) for each in Outbox()] == [("nudge:1", State.IN_DIGEST)]
