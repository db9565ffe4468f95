"""Letters that come back: reported by mail or by webhook, or refused at the door. Only our own seal is believed."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from flask import Flask

from meetups.foundation import clock
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.mail import outbox
from meetups.foundation.mail.bounces import take_bounce
from meetups.foundation.mail.delivery import deliver_due
from meetups.foundation.mail.letters import Letter, Para
from meetups.foundation.mail.rows import OutboxLetter, State
from meetups.foundation.mail.transport import Smtp
from meetups.settings import Settings
from tests.browsing import Browser
from tests.foundation.mail.sink import Sink, running
from tests.mailbox import Outbox
from tests.makers import make_meetup, make_rsvp

SECRET = "tell me what came back"

REPORT = """\
From: MAILER-DAEMON@mx.example
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; ana@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such user

--x
Content-Type: {kind}

From: Guerrilla Storytime <storytime@localhost>
To: ana@example.org
Subject: Hello
Message-ID: {message_id}

--x--
"""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return dataclasses.replace(settings, bounce_address="bounce@storytime.example", bounce_secret=SECRET)


def report(to: str = "storytime@localhost", **more: str) -> EmailMessage:
    dull = {"action": "failed", "status": "5.1.1", "message_id": "<1@elsewhere.example>", "kind": "text/rfc822-headers"}
    message = message_from_bytes(REPORT.format(to=to, **dull | more).encode(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


class Posted:
    """A letter about a meetup that the mail server took, and how it went over the wire."""

    def __init__(self) -> None:
        self.rsvp = make_rsvp(make_meetup(), "Ana", address="ana@example.org")
        topic = f"meetup:{self.rsvp.meetup.code}"
        letter = Letter(key="a:1", to="ana@example.org", subject="Hello", lines=(Para("Come."),), topic=topic)
        with unit_of_work():
            outbox.post(letter)
        with running(Sink()) as sink:
            assert deliver_due(Smtp("127.0.0.1", sink.port, "none")).sent == 1
            self.sender = sink.senders[0]
            self.message_id = str(sink.message()["Message-ID"])

    @property
    def row(self) -> OutboxLetter:
        db.session.rollback()
        return Outbox().last

    @property
    def unreachable(self) -> bool:
        db.session.rollback()
        return self.rsvp.unreachable_at is not None


@pytest.fixture
def posted(app: Flask) -> Posted:
    return Posted()


def test_every_letter_has_a_return_address_of_its_own(posted: Posted) -> None:
    local, _, host = posted.sender.partition("@")
    assert (local[:7], len(local), host) == ("bounce+", 50, "storytime.example")
    assert posted.message_id == f"<{local[7:]}@localhost>"


@pytest.mark.parametrize("how", ["envelope", "header", "capitals", "quoted headers", "quoted letter"])
def test_a_report_marks_the_letter_and_tells_the_host(posted: Posted, how: str) -> None:
    taken = {
        "envelope": lambda: take_bounce(report(), [posted.sender]),
        "header": lambda: take_bounce(report(posted.sender)),
        "capitals": lambda: take_bounce(report(), [posted.sender.upper()]),
        "quoted headers": lambda: take_bounce(report(message_id=posted.message_id)),
        "quoted letter": lambda: take_bounce(report(message_id=posted.message_id, kind="message/rfc822")),
    }[how]()
    assert taken is True
    assert (posted.row.state, posted.row.last_error) == (State.BOUNCED, "came back: 5.1.1")
    assert posted.row.bounced_at == clock.now()
    assert posted.unreachable is True


@pytest.mark.parametrize("forged", [
    {}, {"to": "bounce+aaaaaaaaaaaaaaaaaaaaaaaaaa-aaaaaaaaaaaaaaaa@storytime.example"},
    {"message_id": "<aaaaaaaaaaaaaaaaaaaaaaaaaa-aaaaaaaaaaaaaaaa@localhost>"}, {"message_id": "ana@example.org"},
])  # fmt: skip
def test_a_report_that_only_names_the_address_is_not_believed(posted: Posted, forged: dict[str, str]) -> None:
    assert take_bounce(report(**forged)) is False
    assert (posted.row.state, posted.unreachable) == (State.SENT, False)


@pytest.mark.parametrize("said", [{"action": "delayed", "status": "4.4.1"}, {"action": "delivered", "status": "2.0.0"}])
def test_a_delay_changes_nothing(posted: Posted, said: dict[str, str]) -> None:
    assert take_bounce(report(**said), [posted.sender]) is True
    assert (posted.row.state, posted.unreachable) == (State.SENT, False)


def test_ordinary_mail_to_the_return_address_is_left_to_others(posted: Posted) -> None:
    message = EmailMessage()
    message["To"] = posted.sender
    message.set_content("I am on vacation.")
    assert take_bounce(message, [posted.sender]) is False
    assert posted.row.state is State.SENT


def test_the_same_report_twice_is_one_deed(posted: Posted, frozen: clock.Hands) -> None:
    first = clock.now()
    assert take_bounce(report(), [posted.sender]) is True
    frozen.pass_time(timedelta(hours=1))
    assert take_bounce(report(), [posted.sender]) is True
    assert posted.row.bounced_at == first


def test_a_refusal_at_the_door_tells_the_host_as_well(app: Flask) -> None:
    rsvp = make_rsvp(make_meetup(), "Ana", address="ana@example.org")
    topic = f"meetup:{rsvp.meetup.code}"
    with unit_of_work():
        outbox.post(Letter(key="a:1", to="ana@example.org", subject="Hi", lines=(Para("Come."),), topic=topic))
    with running(Sink(replies={"ana@example.org": "550 no such user"})) as sink:
        assert deliver_due(Smtp("127.0.0.1", sink.port, "none")).dead == 1
    db.session.rollback()
    assert rsvp.unreachable_at == clock.now()


def hook(client: Browser, reports: object, secret: str = SECRET) -> tuple[int, int | None]:
    answer = client.post("/letters/bounced", json=reports, headers={"Authorization": f"Bearer {secret}"})
    return answer.status_code, answer.json.get("found") if answer.json else None


def test_a_mail_service_reports_with_the_secret(client: Browser, posted: Posted) -> None:
    reports = [{"message_id": posted.message_id, "status": "5.7.1"}, {"token": "x"}, "nonsense", None]
    assert hook(client, reports) == (200, 1)
    assert (posted.row.last_error, posted.unreachable) == ("came back: 5.7.1", True)


def test_the_token_of_the_return_address_does_as_well(client: Browser, posted: Posted) -> None:
    assert hook(client, {"token": posted.sender.split("+")[1].split("@")[0]}) == (200, 1)
    assert posted.row.state is State.BOUNCED


@pytest.mark.parametrize("secret", ["", "tell me", SECRET + "x", "é"])
def test_nobody_else_reports(client: Browser, posted: Posted, secret: str) -> None:
    assert hook(client, {"message_id": posted.message_id}, secret)[0] == 404
    assert posted.row.state is State.SENT


def test_a_delay_by_the_hook_changes_nothing(client: Browser, posted: Posted) -> None:
    assert hook(client, {"message_id": posted.message_id, "status": "4.2.2"}) == (200, 1)
    assert posted.row.state is State.SENT
