"""Letters on their way to a real mail server, and what becomes of them when it refuses."""

from __future__ import annotations

import dataclasses
import logging
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import select

from meetups.foundation import clock
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.mail import delivery, outbox
from meetups.foundation.mail.delivery import Kept, Report, Smtp, deliver_due
from meetups.foundation.mail.letters import Deed, Letter, Para
from meetups.foundation.mail.outbox import OutboxLetter, State
from tests.foundation.mail.certificates import make_certificate
from tests.foundation.mail.sink import Sink, free_port, running, server_context

ICS = (
    b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:" + "Glitzer-Becher für Ana".encode() * 4
    + b"\r\n folded\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)  # fmt: skip


def note(number: int, to: str | None = None) -> Letter:
    return Letter(
        key=f"going:{number}", to=to or f"p{number}@example.org", subject=f"Number {number}", lines=(Para("Come."),)
    )


def post(*letters: Letter) -> None:
    with unit_of_work():
        outbox.post_many(letters)


def rows() -> list[OutboxLetter]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxLetter).order_by(OutboxLetter.id)))


def states() -> list[State]:
    return [letter.state for letter in rows()]


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running(Sink(), enable_SMTPUTF8=False) as sink:
        yield sink


@pytest.fixture
def smtp(sink: Sink) -> Smtp:
    return Smtp("127.0.0.1", sink.port, "none")


def test_a_letter_arrives_with_every_header(app: Flask, sink: Sink, smtp: Smtp, frozen: clock.Hands) -> None:
    post(
        Letter(
            key="moved:7", to="ana@example.org", subject="New room", lines=(Para("N239/241"),), essential=False,
            unsubscribe_url="http://localhost/stop/7-" + "x" * 120, reply_to="mo@example.org",
        )
    )  # fmt: skip
    assert deliver_due(smtp) == Report(sent=1)
    (row,) = rows()
    assert (row.state, row.sent_at, row.lease_until) == (State.SENT, clock.now(), None)
    assert sink.addresses() == ["ana@example.org"]
    headers = {name: str(value) for name, value in sink.message().items()}
    assert headers == {
        "From": "Guerrilla Storytime <storytime@localhost>",
        "To": "ana@example.org",
        "Subject": "New room",
        "Date": "Sat, 05 Dec 2026 12:00:00 +0000",
        "Message-ID": "<jfyrjed3gtyuvtyjcspan6qkjs-46bmnikpxmtnwymo@localhost>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Reply-To": "mo@example.org",
        "List-Unsubscribe": "<http://localhost/stop/7-" + "x" * 120 + ">",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "MIME-Version": "1.0",
        "Content-Type": headers["Content-Type"],
    }
    assert b"List-Unsubscribe: <http://localhost/stop/7-" + b"x" * 120 + b">\r\n" in sink.taken[0][1]


def test_text_and_html_arrive_as_they_were_written(app: Flask, sink: Sink, smtp: Smtp) -> None:
    text = "From the start: “scarves” für שרה 🎏.\n.\nA dot alone above. " + "x" * 2000
    post(Letter(key="a:1", to="ana@example.org", subject="Hello", lines=(Para(text), Deed("Go", "http://localhost/a"))))
    (row,) = rows()
    assert deliver_due(smtp).sent == 1
    plain, html = sink.message().iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert plain.get_content().replace("\r\n", "\n") == row.plain
    assert html.get_content().replace("\r\n", "\n").rstrip("\n") == row.html.rstrip("\n")
    assert max(len(line) for line in sink.taken[0][1].split(b"\r\n")) <= 998


def test_the_calendar_arrives_byte_for_byte(app: Flask, sink: Sink, smtp: Smtp) -> None:
    post(
        Letter(key="a:1", to="ana@example.org", subject="Hi", lines=(Para("Come."),), calendar=ICS, method="REQUEST"),
        Letter(key="a:2", to="ana@example.org", subject="Off", lines=(Para("No."),), calendar=ICS, method="CANCEL"),
    )
    assert deliver_due(smtp).sent == 2
    for number, method, name in ((0, "REQUEST", "meetup.ics"), (1, "CANCEL", "cancel.ics")):
        message = sink.message(number)
        parts = [part for part in message.walk() if not part.is_multipart()]
        assert [part.get_content_type() for part in parts] == [
            "text/plain", "text/html", "text/calendar", "application/ics",
        ]  # fmt: skip
        assert (parts[2].get_param("method"), parts[2].get_param("charset")) == (method, "utf-8")
        assert [parts[2].get_payload(decode=True), parts[3].get_payload(decode=True)] == [ICS, ICS]
        assert parts[3].get_filename() == name
        assert message.get_content_type() == "multipart/mixed"


@pytest.mark.parametrize(
    "subject",
    [
        "Öffentlich: " + "Rätselstäbchen und Glitzerbecher " * 5,
        "🎉" * 60,
        "שעת סיפור " * 15,
        "a" * 190,
        "Tom & Ana =?utf-8?q?x?= \"quoted\" <b>, (really)",
        "x: y; z",
    ],
)
def test_subjects_arrive_whole(app: Flask, sink: Sink, smtp: Smtp, subject: str) -> None:
    letter = Letter(key="a:1", to="ana@example.org", subject=subject, lines=(Para("Come."),))
    post(letter)
    assert deliver_due(smtp).sent == 1
    assert str(sink.message()["Subject"]) == letter.subject
    assert sink.message().defects == []


def test_a_refused_letter_stops_no_other(app: Flask, sink: Sink, smtp: Smtp) -> None:
    sink.replies = {"p2@example.org": "550 no such mailbox p2@example.org", "p4@example.org": "451 try later"}
    sink.data_replies = {"p6@example.org": "554 we do not like it", "p8@example.org": "452 full"}
    post(*(note(number) for number in range(10)))
    assert deliver_due(smtp) == Report(sent=6, later=2, dead=2)
    assert sorted(sink.addresses()) == [f"p{number}@example.org" for number in (0, 1, 3, 5, 7, 9)]
    assert sink.connections == 1
    assert [(letter.key, letter.state, letter.last_error) for letter in rows() if letter.state is not State.SENT] == [
        ("going:2", State.DEAD, "refused for good: 550"),
        ("going:4", State.WAITING, "refused for now: 451"),
        ("going:6", State.DEAD, "refused for good: 554"),
        ("going:8", State.WAITING, "refused for now: 452"),
    ]


def test_a_letter_refused_for_now_comes_again_as_the_same_message(
    app: Flask, sink: Sink, smtp: Smtp, frozen: clock.Hands
) -> None:
    post(note(1))
    sink.data_replies = {"p1@example.org": "451 greylisted"}
    assert deliver_due(smtp) == Report(later=1)
    sink.data_replies = {}
    assert deliver_due(smtp) == Report()
    frozen.pass_time(timedelta(minutes=1))
    assert deliver_due(smtp) == Report(sent=1)
    assert sink.message()["Message-ID"] == delivery.message_for(rows()[0], app.config["MEETUPS"])["Message-ID"]


def test_a_broken_connection_leaves_the_rest_waiting_and_free(app: Flask, sink: Sink, smtp: Smtp) -> None:
    sink.hang_up_on = {"p1@example.org"}
    post(*(note(number) for number in range(4)))
    report = deliver_due(smtp)
    assert (report.sent, report.later, report.released) == (1, 1, 2)
    assert report.trouble == "SMTPServerDisconnected"
    assert [(letter.state, letter.attempts) for letter in rows()] == [
        (State.SENT, 1), (State.WAITING, 1), (State.WAITING, 0), (State.WAITING, 0),
    ]  # fmt: skip
    assert deliver_due(smtp) == Report(sent=2)


def test_a_server_that_says_enough_for_now(app: Flask, sink: Sink, smtp: Smtp) -> None:
    sink.replies = {"p1@example.org": "421 enough"}
    post(*(note(number) for number in range(3)))
    report = deliver_due(smtp)
    assert (report.sent, report.later, report.released) == (1, 1, 1)
    assert deliver_due(smtp) == Report(sent=1)


def test_no_server_costs_no_attempt(app: Flask) -> None:
    post(note(1))
    nobody = Smtp("127.0.0.1", free_port(), "none")
    for _ in range(10):
        assert deliver_due(nobody) == Report(released=1, trouble="ConnectionRefusedError")
    (row,) = rows()
    assert (row.state, row.attempts, row.lease_until) == (State.WAITING, 0, None)


def test_a_sender_that_is_refused_is_no_fault_of_the_letters(app: Flask, sink: Sink, smtp: Smtp) -> None:
    sink.sender_reply = "550 who are you"
    post(note(1), note(2))
    assert deliver_due(smtp) == Report(later=2)
    assert states() == [State.WAITING, State.WAITING]


@pytest.mark.parametrize("wrong", ["Storytime <a@example.org>", "nobody", "a@example.org, b@example.org"])
def test_a_wrong_sender_setting_costs_no_letter(app: Flask, sink: Sink, smtp: Smtp, wrong: str) -> None:
    app.config["MEETUPS"] = dataclasses.replace(app.config["MEETUPS"], mail_from=wrong)
    post(note(1))
    assert deliver_due(smtp) == Report(released=1, trouble="MAIL_FROM is not one plain address")


@pytest.mark.parametrize("address", ["ana", "ana@", "@example.org", "a@example.org, b@example.org", "a b@example.org"])
def test_an_address_that_is_none_is_given_up(app: Flask, sink: Sink, smtp: Smtp, address: str) -> None:
    post(note(1, to=address), note(2))
    assert deliver_due(smtp) == Report(sent=1, dead=1)
    assert sink.addresses() == ["p2@example.org"]


def test_addresses_in_other_letters(app: Flask, sink: Sink, smtp: Smtp) -> None:
    post(note(1, to="ana@bücher.example"), note(2, to="josé@example.org"))
    with running(Sink(), enable_SMTPUTF8=True) as modern:
        assert deliver_due(Smtp("127.0.0.1", modern.port, "none")) == Report(sent=2)
        assert modern.addresses() == ["ana@xn--bcher-kva.example", "josé@example.org"]
    post(note(3, to="zoë@example.org"))
    assert deliver_due(smtp) == Report(dead=1)
    assert rows()[2].last_error == "the mail server cannot write to such an address"


def test_nothing_is_sent_before_its_time_or_after_being_withdrawn(
    app: Flask, sink: Sink, smtp: Smtp, frozen: clock.Hands
) -> None:
    with unit_of_work():
        outbox.post(note(1), not_before=clock.now() + timedelta(hours=1))
        outbox.post(note(2), not_before=clock.now() + timedelta(hours=1))
    assert deliver_due(smtp) == Report()
    with unit_of_work():
        outbox.withdraw("going:1")
    frozen.pass_time(timedelta(hours=1))
    assert deliver_due(smtp) == Report(sent=1)
    assert sink.addresses() == ["p2@example.org"]


def test_a_worker_told_to_stop_gives_back_what_it_holds(app: Flask, sink: Sink, smtp: Smtp) -> None:
    post(*(note(number) for number in range(5)))
    report = deliver_due(smtp, stopping=lambda: len(sink.taken) >= 2)
    assert (report.sent, report.released) == (2, 3)
    assert deliver_due(smtp, limit=2) == Report(sent=2)
    assert deliver_due(smtp, limit=2) == Report(sent=1)


def test_without_a_mail_server_letters_are_kept(app: Flask) -> None:
    post(note(1), note(2))
    assert isinstance(delivery.transport_for(app.config["MEETUPS"]), Kept)
    assert delivery.work_once(app) == Report(kept=2)
    assert [(letter.state, letter.plain) for letter in rows()] == [(State.KEPT, "Come.\n")] * 2
    assert delivery.work_once(app) == Report()


def test_logs_name_no_address_and_no_token(
    app: Flask, sink: Sink, smtp: Smtp, caplog: pytest.LogCaptureFixture
) -> None:
    sink.replies = {"p1@example.org": "550 p1@example.org unknown", "p2@example.org": "451 p2@example.org later"}
    post(note(1), note(2), note(3, to="p3 p3"))
    with caplog.at_level(logging.DEBUG, logger="meetups"):
        assert deliver_due(smtp) == Report(later=1, dead=2)
    assert [record.getMessage() for record in caplog.records] == [
        "letter 1 given up: refused for good: 550",
        "letter 2, attempt 1: refused for now: 451",
        "letter 3 given up: no message can be made of it: ValueError",
    ]
    assert "open sesame" not in repr(Smtp("127.0.0.1", 25, password="open sesame"))


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """A certificate for 127.0.0.1 that this process trusts, and its key."""
    certificate, key = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", certificate)
    return certificate, key


def test_starttls_and_signing_in(app: Flask, trusted: tuple[str, str]) -> None:
    post(note(1))
    sink = Sink()
    secured = {"tls_context": server_context(*trusted), "require_starttls": True}
    with running(sink, **secured, authenticator=sink.sign_in, auth_required=True):
        smtp = Smtp("127.0.0.1", sink.port, "starttls", "storytime", "wrong")
        wrong = "the mail server did not take SMTP_USER and SMTP_PASSWORD: 535"
        assert deliver_due(smtp) == Report(released=1, trouble=wrong)
        assert deliver_due(dataclasses.replace(smtp, password="open sesame")) == Report(sent=1)
    assert set(sink.names) == {b"storytime"}


def test_tls_from_the_first_byte(app: Flask, trusted: tuple[str, str]) -> None:
    post(note(1))
    with running(Sink(), ssl_context=server_context(*trusted)) as sink:
        assert deliver_due(Smtp("127.0.0.1", sink.port, "tls")) == Report(sent=1)


def test_a_server_with_a_strange_certificate_gets_nothing(app: Flask, tmp_path: Path) -> None:
    post(note(1))
    with running(Sink(), tls_context=server_context(*make_certificate(tmp_path))) as sink:
        report = deliver_due(Smtp("127.0.0.1", sink.port, "starttls"))
    assert report == Report(released=1, trouble="SSLCertVerificationError")
    assert sink.taken == []


def test_a_server_without_starttls_gets_nothing(app: Flask, sink: Sink) -> None:
    post(note(1))
    report = deliver_due(Smtp("127.0.0.1", sink.port, "starttls", "storytime", "open sesame"))
    no_tls = "the mail server offers no STARTTLS or no sign-in; see SMTP_SECURITY"
    assert report == Report(released=1, trouble=no_tls)


def test_the_loop_delivers_does_chores_and_survives(
    app: Flask, sink: Sink, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    app.config["MEETUPS"] = dataclasses.replace(
        app.config["MEETUPS"], smtp_host="127.0.0.1", smtp_port=sink.port, smtp_security="none"
    )
    monkeypatch.setattr(delivery, "POLL", 0.01)
    monkeypatch.setattr(delivery, "POLL_IDLE", 0.01)
    db.session.execute(sa.text("alter table letters rename to elsewhere"))
    db.session.commit()
    stop, done = threading.Event(), []

    def broken_chore() -> None:
        raise RuntimeError("ana@example.org")

    chores = (broken_chore, lambda: done.append(datetime.now(UTC)))
    loop = threading.Thread(target=delivery.work_forever, args=(app, stop, chores))
    with caplog.at_level(logging.INFO, logger="meetups"):
        loop.start()
        _wait_until(lambda: any("letters are waiting" in record.getMessage() for record in caplog.records))
        db.session.execute(sa.text("alter table elsewhere rename to letters"))
        db.session.commit()
        post(note(1))
        _wait_until(lambda: State.SENT in states())
        stop.set()
        loop.join(timeout=10)
    assert not loop.is_alive()
    assert len(done) == 1
    assert sink.addresses() == ["p1@example.org"]
    assert "ana@example.org" not in caplog.text


def _wait_until(true: object, seconds: float = 10) -> None:
    pause = threading.Event()
    for _ in range(int(seconds / 0.02)):
        if true():  # type: ignore[operator]
            return
        pause.wait(0.02)
    raise AssertionError("it did not happen")
