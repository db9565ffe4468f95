"""Kept letters can be read on the operator's own machine, and nowhere else."""

from __future__ import annotations

import dataclasses

import pytest
from flask import Flask

from meetups.foundation.database import unit_of_work
from meetups.foundation.mail import delivery, outbox
from meetups.foundation.mail.letters import Deed, Letter, Para
from meetups.foundation.mail.reading_room import in_pieces
from tests.browsing import Browser

TOKEN = "http://localhost/sign-in/go#t0k3n"


@pytest.fixture
def kept(app: Flask) -> Flask:
    with unit_of_work():
        outbox.post(
            Letter(
                key="sign-in:1", to="ana@example.org", subject="Your link & more", lines=(Deed("Sign in", TOKEN),),
                calendar=b"ICS", method="PUBLISH",
            )
        )  # fmt: skip
        outbox.post(Letter(key="note:1", to="bo@example.org", subject="<b>Hi</b>", lines=(Para("<script>x</script>"),)))
    delivery.work_once(app)
    return app


def test_letters_are_listed_newest_first_and_can_be_read(kept: Flask, client: Browser) -> None:
    page = client.get("/letters")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert page.text.index("&lt;b&gt;Hi&lt;/b&gt;") < page.text.index("Your link &amp; more")
    assert "ana@example.org" in page.text
    assert TOKEN not in page.text
    letter = client.get("/letters/1")
    assert f'<pre>Sign in:\n<a href="{TOKEN}">{TOKEN}</a>\n</pre>' in letter.text
    assert "A calendar entry is attached." in letter.text
    other = client.get("/letters/2")
    assert "<pre>&lt;script&gt;x&lt;/script&gt;\n</pre>" in other.text
    assert "attached" not in other.text


def test_an_empty_outbox_and_a_missing_letter(app: Flask, client: Browser) -> None:
    assert "No letters yet." in client.get("/letters").text
    assert [client.get(f"/letters/{number}").status_code for number in (1, 2**31, 10**30)] == [404, 404, 404]


def test_an_emptied_letter_says_so(kept: Flask, client: Browser) -> None:
    with unit_of_work():
        outbox.forget("bo@example.org")
    assert "The text is gone" in client.get("/letters/2").text
    assert "A letter that was emptied" in client.get("/letters").text


@pytest.mark.parametrize(
    "how",
    [
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"Forwarded": "for=127.0.0.1"}},
        {"headers": {"X-Real-Ip": "127.0.0.1"}},
        {"headers": {"Via": "1.1 somewhere"}},
        {"headers": {"CF-Connecting-IP": "127.0.0.1"}},
        {"headers": {"True-Client-IP": "127.0.0.1"}},
        {"headers": {"X-Client-IP": "127.0.0.1"}},
        {"headers": {"X-Original-Host": "localhost"}},
        {"headers": {"Host": "evil.example"}},
        {"headers": {"Host": "localhost.evil.example:8000"}},
        {"environ_overrides": {"REMOTE_ADDR": "192.0.2.7"}},
        {"environ_overrides": {"REMOTE_ADDR": ""}},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/letters", "/letters/1"])
def test_nobody_else_sees_them(kept: Flask, client: Browser, path: str, how: dict[str, dict[str, str]]) -> None:
    assert client.get(path).status_code == 200
    page = client.get(path, **how)
    assert page.status_code == 404
    assert "Your link" not in page.text


@pytest.mark.parametrize(
    "setting", [{"smtp_host": "mail.example"}, {"behind_proxy": 1}, {"site_url": "https://m.example"}], ids=str
)
@pytest.mark.parametrize("path", ["/letters", "/letters/1"])
def test_with_a_mail_server_or_a_proxy_the_room_is_closed(
    kept: Flask, client: Browser, path: str, setting: dict[str, object]
) -> None:
    kept.config["MEETUPS"] = dataclasses.replace(kept.config["MEETUPS"], **setting)
    assert client.get(path).status_code == 404


def test_cutting_a_text_into_addresses_loses_nothing() -> None:
    text = 'Go:\nhttps://a.example/b?c=1#d\n<http://x.example/> and ftp://no "http://q.example"'
    assert in_pieces(text) == [
        ("Go:\n", False),
        ("https://a.example/b?c=1#d", True),
        ("\n<", False),
        ("http://x.example/", True),
        ('> and ftp://no "', False),
        ("http://q.example", True),
        ('"', False),
    ]
    assert "".join(piece for piece, _ in in_pieces(text)) == text
    assert in_pieces("") == []
