"""Mail brought in over real sockets: LMTP and SMTP to our own server, IMAP from dovecot; nothing lost or twice."""

from __future__ import annotations

import logging
import smtplib
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from meetups.attendance.entries import reply_to
from meetups.attendance.models import Answer, Rsvp
from meetups.foundation import announce
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.mail.intake import mailbox, taking, watching
from meetups.foundation.mail.intake.facts import ReplyCame
from meetups.foundation.mail.intake.mailbox import NoMailbox, empty, mailbox_at
from meetups.foundation.mail.intake.rows import MailSetAside, MailTaken
from meetups.foundation.mail.intake.taking import NotNow, Outcome, forget_old_mail, take, try_again
from meetups.foundation.mail.intake.watching import taking_mail
from meetups.settings import Settings, WrongSetting
from tests.foundation.mail import clients
from tests.foundation.mail.certificates import make_certificate
from tests.foundation.mail.dovecot import Dovecot, dovecot
from tests.foundation.mail.sink import free_port
from tests.makers import make_meetup, make_rsvp

BROKEN = "this one breaks"


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    scheme = getattr(request, "param", "lmtp")
    return replace(settings, reply_address="reply@storytime.example", mail_intake=f"{scheme}://127.0.0.1:{free_port()}")


@pytest.fixture
def gus(app: Flask) -> Rsvp:
    return make_rsvp(make_meetup(), "Gus")


def words(rsvp: Rsvp, text: str, number: int = 1) -> bytes:
    return clients.plain(text, to=reply_to(rsvp), headers=f"Message-ID: <{number}@example.org>\n")


def stands(rsvp: Rsvp) -> Answer:
    db.session.rollback()  # see what others have committed
    return rsvp.answer


def rows(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


@pytest.fixture
def breaking(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """One kind of reply meets a fault of ours, after it has changed something already."""
    (usual,) = announce._reactions[ReplyCame]

    def stumble(reply: ReplyCame) -> None:
        usual(reply)
        if BROKEN in reply.text:
            raise ZeroDivisionError(BROKEN)

    monkeypatch.setitem(announce._reactions, ReplyCame, (stumble,))


# Taking


def test_a_message_that_meets_a_fault_is_set_aside_whole_and_the_rest_goes_on(app, gus, breaking, caplog):
    bad = words(gus, f"no\nKen, {BROKEN}")
    with caplog.at_level(logging.WARNING):
        assert [take(bad), take(bad), take(words(gus, "maybe", 2))] == [
            Outcome.SET_ASIDE, Outcome.SET_ASIDE, Outcome.TAKEN]  # fmt: skip
    assert (stands(gus), rows(MailSetAside), rows(MailTaken)) == (Answer.MAYBE, 1, 1)
    assert BROKEN not in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_what_was_set_aside_can_be_tried_again(app, gus, breaking, monkeypatch):
    take(words(gus, f"no\nKen, {BROKEN}"))
    take(b"x" * 2_000_000)
    assert (try_again(), stands(gus)) == ((0, 2), Answer.GOING)
    monkeypatch.undo()
    assert (try_again(), stands(gus), rows(MailSetAside)) == ((1, 1), Answer.CANT, 1)


def test_one_message_to_two_parties_answers_for_both(app, gus):
    other = make_rsvp(make_meetup("Another"), "Ivy")
    assert take(words(gus, "no"), [reply_to(gus), reply_to(other)]) is Outcome.TAKEN
    assert [stands(gus), stands(other)] == [Answer.CANT, Answer.CANT]


def test_a_copy_that_comes_later_changes_nothing(app, gus):
    take(words(gus, "no", 1))
    take(words(gus, "yes", 2))
    assert take(words(gus, "no", 1)) is Outcome.AGAIN
    assert stands(gus) is Answer.GOING


def test_of_two_that_bring_the_same_message_at_once_one_takes_it(both_databases, app, gus):
    raw, outcomes = words(gus, "no"), []

    def bring() -> None:
        with app.app_context():
            outcomes.append(take(raw))

    threads = [threading.Thread(target=bring) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.value for each in outcomes) == sorted(["taken", *["taken before"] * 7])


def test_what_is_kept_of_old_mail_goes(app, gus, frozen):
    take(words(gus, "no"))
    take(b"x" * 2_000_000)
    kept = []
    for days in (13, 2, 74, 2):
        frozen.pass_time(timedelta(days=days))
        with unit_of_work():
            forget_old_mail()
        kept.append((rows(MailSetAside), rows(MailTaken)))
    assert kept == [(1, 1), (0, 1), (0, 1), (0, 0)]


# LMTP and SMTP


def client(settings: Settings) -> smtplib.SMTP:
    port = int(settings.mail_intake.rpartition(":")[2])
    kind = smtplib.LMTP if settings.mail_intake.startswith("lmtp") else smtplib.SMTP
    return kind("127.0.0.1", port, "mail.example")


@pytest.mark.parametrize("settings", ["lmtp", "smtp"], indirect=True)
def test_a_mail_server_hands_over_what_is_for_us(app, settings, gus):
    with taking_mail(app), client(settings) as server:
        assert server.sendmail("ken@example.org", [reply_to(gus)], words(gus, "no")) == {}
        assert stands(gus) is Answer.CANT
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            server.sendmail("ken@example.org", ["marisol@storytime.example"], words(gus, "yes", 2))
    with pytest.raises(OSError):
        client(settings)


def test_every_recipient_gets_a_word_in_lmtp(app, settings, gus):
    other = make_rsvp(make_meetup("Another"), "Ivy")
    with taking_mail(app), client(settings) as server:
        server.ehlo_or_helo_if_needed()
        server.mail("ken@example.org")
        for each in (gus, other):
            assert server.rcpt(reply_to(each))[0] == 250
        server.putcmd("data")
        assert server.getreply()[0] == 354
        server.send(words(gus, "no") + b"\r\n.\r\n")
        assert [server.getreply(), server.getreply()] == [(250, b"2.6.0 taken")] * 2
        assert server.noop()[0] == 250


def test_mail_from_nobody_is_a_machines(app, settings, gus):
    with taking_mail(app), client(settings) as server:
        server.sendmail("", [reply_to(gus)], words(gus, "no"))
    assert stands(gus) is Answer.GOING


def test_what_is_too_large_is_refused_at_the_door(app, settings, gus):
    with taking_mail(app), client(settings) as server, pytest.raises(smtplib.SMTPResponseException) as refused:
        server.sendmail("ken@example.org", [reply_to(gus)], words(gus, "no") + b"x" * 1_200_000)
    assert refused.value.smtp_code == 552


def test_while_the_database_is_away_the_mail_server_keeps_the_mail(app, settings, gus, monkeypatch):
    with taking_mail(app), client(settings) as server:
        with monkeypatch.context() as away:
            away.setattr(taking, "_take", _no_database)
            with pytest.raises(smtplib.SMTPDataError) as later:
                server.sendmail("ken@example.org", [reply_to(gus)], words(gus, "no"))
            assert later.value.smtp_code == 451
        server.sendmail("ken@example.org", [reply_to(gus)], words(gus, "no"))
    assert stands(gus) is Answer.CANT


def _no_database(*_: object) -> Outcome:
    raise sa.exc.OperationalError("select", {}, Exception("gone"))


def test_a_port_that_is_taken_stops_nothing_else(app, settings, caplog):
    port = int(settings.mail_intake.rpartition(":")[2])
    with socket.create_server(("127.0.0.1", port)), taking_mail(app):
        pass
    assert "MAIL_INTAKE cannot be opened" in caplog.text


# IMAP, from a real server


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


@pytest.fixture
def inbox(server: Dovecot) -> Dovecot:
    """The server with nothing in its mailbox."""
    with mailbox_at(server.url()).opened() as connection:  # type: ignore[union-attr]
        for folder in ("Taken", "INBOX"):
            if connection.select(folder)[0] == "OK":
                connection.uid("STORE", "1:*", "+FLAGS", r"(\Deleted)")
                connection.expunge()
    return server


def put(inbox: Dovecot, *messages: bytes) -> None:
    with mailbox_at(inbox.url()).opened() as connection:  # type: ignore[union-attr]
        for message in messages:
            connection.append("INBOX", "", "", message)  # type: ignore[arg-type]


def lying(inbox: Dovecot, folder: str, criterion: str = "ALL") -> int:
    with mailbox_at(inbox.url(f"/{folder}")).opened() as connection:  # type: ignore[union-attr]
        return len(connection.search(None, criterion)[1][0].split())


def test_the_mailbox_is_emptied_of_what_is_unread(app, gus, inbox):
    put(inbox, words(gus, "maybe"), clients.plain("Lunch?", to="reply@storytime.example"), words(gus, "no", 2))
    box = mailbox_at(inbox.url())
    assert dict(empty(box)) == {Outcome.TAKEN: 2, Outcome.PASSED_OVER: 1}
    assert (stands(gus), lying(inbox, "INBOX", "UNSEEN"), lying(inbox, "INBOX")) == (Answer.CANT, 0, 3)
    assert dict(empty(box)) == {}


def test_what_was_taken_is_moved_if_wished(app, gus, inbox):
    put(inbox, words(gus, "no"), clients.plain("Lunch?", to="reply@storytime.example"))
    empty(mailbox_at(inbox.url("/INBOX?taken=Taken")))
    assert [lying(inbox, "Taken"), lying(inbox, "INBOX")] == [1, 1]


def test_a_crash_between_taking_and_marking_takes_nothing_twice(app, gus, inbox, monkeypatch):
    put(inbox, words(gus, "no"))
    box = mailbox_at(inbox.url("/INBOX?taken=Taken"))
    with monkeypatch.context() as crash:
        crash.setattr(mailbox, "_take_one", _and_die(mailbox._take_one))
        with pytest.raises(KeyboardInterrupt):
            empty(box)
    assert (stands(gus), lying(inbox, "INBOX", "UNSEEN"), rows(MailTaken)) == (Answer.CANT, 1, 1)
    take(words(gus, "yes", 2))
    assert dict(empty(box)) == {Outcome.AGAIN: 1}
    assert (stands(gus), lying(inbox, "INBOX"), lying(inbox, "Taken")) == (Answer.GOING, 0, 1)


def _and_die(usual):
    def take_and_die(*given):
        usual(*given)
        raise KeyboardInterrupt

    return take_and_die


def test_while_the_database_is_away_the_mailbox_keeps_the_mail(app, gus, inbox, monkeypatch):
    put(inbox, words(gus, "no"))
    with monkeypatch.context() as away:
        away.setattr(taking, "_take", _no_database)
        with pytest.raises(NotNow):
            empty(mailbox_at(inbox.url()))
    assert (lying(inbox, "INBOX", "UNSEEN"), stands(gus)) == (1, Answer.GOING)
    empty(mailbox_at(inbox.url()))
    assert stands(gus) is Answer.CANT


def test_bad_mail_in_the_box_is_set_aside_and_the_rest_is_taken(app, gus, inbox, breaking):
    large = b"To: x@example.org\r\n\r\n" + b"x" * 1_200_000
    put(inbox, words(gus, f"no\nKen, {BROKEN}"), large, words(gus, "maybe", 2))
    assert dict(empty(mailbox_at(inbox.url()))) == {Outcome.SET_ASIDE: 2, Outcome.TAKEN: 1}
    assert (stands(gus), rows(MailSetAside), lying(inbox, "INBOX", "UNSEEN")) == (Answer.MAYBE, 2, 0)


def test_the_watcher_looks_by_itself(app, gus, inbox, settings, monkeypatch):
    monkeypatch.setattr(watching, "LOOK_EVERY", 0.05)
    app.config["MEETUPS"] = replace(settings, mail_intake="", imap_url=inbox.url())
    looked = threading.Event()
    monkeypatch.setattr(watching, "empty", lambda *given: (empty(*given), looked.set()))
    put(inbox, words(gus, "no"))
    with taking_mail(app):
        assert looked.wait(10)
    assert stands(gus) is Answer.CANT


@pytest.mark.parametrize("wrong", ["password", "folder", "port"])
def test_a_mailbox_that_cannot_be_opened_says_so_without_the_password(app, inbox, wrong):
    url = {"password": inbox.url().replace("p%2Bss", "pass"), "folder": inbox.url("/Nowhere"),
           "port": inbox.url().replace(str(inbox.port), str(free_port()))}[wrong]  # fmt: skip
    with pytest.raises(NoMailbox) as trouble:
        empty(mailbox_at(url))
    assert "ss:w" not in str(trouble.value)


def test_tls_and_a_certificate_that_is_trusted(app, tmp_path: Path, monkeypatch):
    certificate, key = map(Path, make_certificate(tmp_path))
    with dovecot(certificate, key) as running:
        url = running.url().replace("imap://", "imaps://").replace(str(running.port), str(running.safe_port))
        with pytest.raises(NoMailbox, match="SSLCertVerificationError"):
            empty(mailbox_at(url))
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert dict(empty(mailbox_at(url))) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"REPLY_ADDRESS": "reply"}, {"REPLY_ADDRESS": "re+ply@x.example"},
        {"REPLY_ADDRESS": "much-too-long-a-name@x.example"},
        {"MAIL_INTAKE": "lmtp://0.0.0.0:24"}, {"MAIL_INTAKE": "lmtp://127.0.0.1"}, {"MAIL_INTAKE": "http://127.0.0.1:1"},
        {"IMAP_URL": "imap://a:b@mail.example/INBOX"}, {"IMAP_URL": "imaps://mail.example"}, {"IMAP_URL": "pop://a@b"},
    ],
)  # fmt: skip
def test_settings_that_cannot_work_are_refused(wrong, tmp_path):
    with pytest.raises(WrongSetting, match=next(iter(wrong))):
        Settings.from_environment({"INSTANCE": str(tmp_path), **wrong})
