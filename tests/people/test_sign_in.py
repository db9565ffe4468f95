"""The mailed link: once, for twenty minutes, by the button; the answer tells nobody whether an address is known."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from meetups.foundation.database import db
from meetups.foundation.tokens import digest
from meetups.people.actions import throw_away_old_links
from meetups.people.models import Person, SignInLink, Visit
from tests import cast

ASK = "/sign-in"


def ask(client, address="ken@example.org", path=ASK):
    return client.submit(path, {"email": address}, form="by-mail")


def people():
    return db.session.scalars(sa.select(Person.address).order_by(Person.id)).all()


def is_in(client):
    return client.get("/me").status_code == 200


def test_the_whole_way_in_for_somebody_new(client, outbox):
    assert ask(client, "Ken@Example.org").headers["Location"] == "/sign-in/sent"
    assert outbox.subjects == [("ken@example.org", "Your link to sign in: Guerrilla Storytime")]
    answer = client.submit(outbox.link("/sign-in/"))
    assert answer.headers["Location"].startswith("/welcome")
    answer = client.submit(answer.headers["Location"], {"name": "Ken"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/me")
    assert [(p.address, p.display_name) for p in db.session.scalars(sa.select(Person))] == [("ken@example.org", "Ken")]
    assert is_in(client)


def test_somebody_known_goes_straight_on(client, outbox):
    cast.ken()
    ask(client, path="/sign-in?next=/propose?kind=pub")
    assert client.submit(outbox.link("/sign-in/")).headers["Location"] == "/propose?kind=pub"
    assert people() == ["ken@example.org"]


def test_looking_at_the_link_changes_nothing(client, app, outbox):
    ask(client)
    link = outbox.link("/sign-in/")
    before = db.session.execute(sa.select(SignInLink.__table__)).all()
    for _ in range(20):
        scanner = app.test_client()
        page = scanner.get(link)
        assert page.status_code == 200
        assert not is_in(scanner)
    assert db.session.execute(sa.select(SignInLink.__table__)).all() == before
    assert people() == []
    client.submit(link)
    assert people() == ["ken@example.org"]


def test_head_and_a_press_without_the_key_change_nothing(client, outbox):
    ask(client)
    link = outbox.link("/sign-in/")
    assert client.head(link).status_code == 200
    assert client.post(link).status_code == 400
    assert people() == []


def test_the_page_of_the_link_leaks_nothing(client, outbox):
    ask(client)
    page = client.get(outbox.link("/sign-in/"))
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.text
    assert "ken@example.org" not in page.text


def test_the_button_works_behind_https(client, outbox):
    """Over https the CSRF check wants a Referer of our own; the page's policy lets exactly the origin through."""
    ask(client)
    link = outbox.link("/sign-in/")
    secure = {"base_url": "https://localhost"}
    token = client.forms(link, **secure)[0].defaults()["csrf_token"]
    answer = client.post(link, data={"csrf_token": token}, headers={"Referer": "https://localhost/"}, **secure)
    assert answer.status_code == 303


def test_a_second_press_is_refused_with_a_sentence(client, app, outbox):
    ask(client)
    link = outbox.link("/sign-in/")
    first, second = app.test_client(), app.test_client()
    tokens = [each.forms(link)[0].defaults() for each in (first, second)]
    assert first.post(link, data=tokens[0]).status_code == 303
    answer = second.post(link, data=tokens[1])
    assert answer.status_code == 410
    assert "This link was used already, or its 20 minutes are over." in second.text(answer)
    assert not is_in(second)
    assert second.get(link).status_code == 410


@pytest.mark.parametrize("minutes, status", [(19, 303), (20, 410), (21, 410)])
def test_a_link_lasts_twenty_minutes(client, outbox, frozen, minutes, status):
    ask(client)
    link = outbox.link("/sign-in/")
    typed = client.forms(link)[0].defaults()
    frozen.pass_time(timedelta(minutes=minutes))
    assert client.post(link, data=typed).status_code == status


@pytest.mark.parametrize("token", ["x", "0" * 64, "a-b", "%F0%9F%8E%A4", "'--", "x" * 3000])
def test_what_was_never_a_link_is_gone(client, token):
    assert client.get(f"/sign-in/{token}").status_code == 410


def test_only_a_digest_is_kept(client, outbox):
    ask(client)
    token = outbox.link("/sign-in/").rpartition("/")[2]
    assert len(token) >= 43
    assert db.session.scalars(sa.select(SignInLink.digest)).all() == [digest(token)]


def test_known_and_unknown_addresses_get_the_same(app, outbox):
    cast.ken()
    answers = []
    for address in ("ken@example.org", "nobody@example.org"):
        browser = app.test_client()
        sent = ask(browser, address)
        page = browser.get(sent.headers["Location"])
        answers.append((sent.status_code, sent.data, page.status_code, page.data, sorted(page.headers.keys())))
    assert answers[0] == answers[1]
    assert [to for to, _ in outbox.subjects] == ["ken@example.org", "nobody@example.org"]
    letters = [re.sub(r"/(sign-in|letters/choose)/\S+", "LINK", letter.plain) for letter in outbox]
    assert letters[0] == letters[1]


def test_five_letters_an_hour_then_one_in_ten_minutes_and_the_rest_in_silence(client, outbox, frozen):
    answers = {ask(client).headers["Location"] for _ in range(7)}
    assert answers == {"/sign-in/sent"}
    assert len(outbox) == 5
    ask(client, "other@example.org")
    assert len(outbox) == 6
    frozen.pass_time(timedelta(minutes=10, seconds=1))
    ask(client)
    ask(client)
    assert len(outbox) == 7


@pytest.mark.parametrize("address", [
    "", "ken", "ken@", "@example.org", "ken@example.org, dee@example.org", "ken@example.org dee@example.org",
    "ken@exa mple.org", "<ken@example.org>", "ken@example..org", "x" * 250 + "@example.org", "ken@[127.0.0.1]",
])
def test_odd_addresses_get_a_sentence_and_no_letter(client, outbox, address):
    answer = ask(client, address)
    assert answer.status_code == 400
    assert len(outbox) == 0


def test_a_header_cannot_be_smuggled_in(client, outbox):
    answer = client.forge(ASK, {"email": "ken@example.org\r\nBcc: dee@example.org", "next": ""})
    assert answer.status_code == 400
    assert len(outbox) == 0


@pytest.mark.parametrize("elsewhere", [
    "https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb", "\t//evil.example",
    "http:evil.example", "/" + "x" * 3000,
])
def test_the_way_on_stays_on_this_site(client, outbox, elsewhere):
    cast.ken()
    client.forge(ASK, {"email": "ken@example.org", "next": elsewhere})
    assert client.submit(outbox.link("/sign-in/")).headers["Location"] == "/me"
    assert client.get("/sign-in", query_string={"next": elsewhere}).headers["Location"] == "/me"


def test_nothing_of_the_session_before_is_kept(client, outbox):
    cast.ken()
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    ask(client)
    with client.session_transaction() as session:
        token_before = session["csrf_token"]
    client.submit(outbox.link("/sign-in/"))
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") != token_before
        assert session.permanent


def test_a_door_leads_back_to_where_one_was_going(client, outbox):
    cast.ken()
    there = client.get("/near/people").headers["Location"]
    ask(client, path=there)
    assert client.submit(outbox.link("/sign-in/")).headers["Location"] == "/near/people"


def test_out_on_this_device_only(signed_in):
    ken = cast.ken()
    here, there = signed_in(ken), signed_in(ken)
    assert here.submit("/me", form="out-here").headers["Location"] == "/"
    assert (is_in(here), is_in(there)) == (False, True)


def test_a_copied_cookie_is_signed_out_with_its_browser(app, signed_in):
    here = signed_in(cast.ken())
    with here.session_transaction() as session:
        copied = dict(session)
    thief = app.test_client()
    with thief.session_transaction() as session:
        session.update(copied)
    assert is_in(thief)
    here.submit("/me", form="out-here")
    assert not is_in(thief)


def test_a_cookie_ends_after_half_a_year(signed_in, frozen):
    here = signed_in(cast.ken())
    frozen.pass_time(timedelta(days=179))
    assert is_in(here)
    frozen.pass_time(timedelta(days=1))
    assert not is_in(here)
    throw_away_old_links()
    assert db.session.scalars(sa.select(Visit.digest)).all() == []
    db.session.commit()


def test_nobody_is_kept_out_by_who_types_their_address(client, outbox, frozen):
    """However often a stranger asks, there is a link in the mailbox that works, or the next press sends one."""
    for _ in range(100):
        ask(client)
        newest = outbox.last
        assert frozen.at - newest.posted_at < timedelta(minutes=20)
        frozen.pass_time(timedelta(minutes=3))
    assert len(outbox) <= 5 + 300 // 10


def test_out_everywhere_else(signed_in):
    ken = cast.ken()
    here, there = signed_in(ken), signed_in(ken)
    here.submit("/me", form="/me/sign-out-everywhere")
    assert (is_in(here), is_in(there)) == (True, False)


def test_a_closed_account_is_out_and_stays_out(client, signed_in, outbox, frozen):
    ken = cast.ken()
    browser = signed_in(ken)
    ken.suspended_at = frozen.at
    db.session.commit()
    assert not is_in(browser)
    ask(client)
    answer = client.submit(outbox.link("/sign-in/"))
    assert answer.status_code == 403
    assert "closed by the moderators" in client.text(answer)
    assert not is_in(client)


def test_a_visitor_who_only_looks_gets_no_cookie(client):
    assert "Set-Cookie" not in client.get("/about/conduct").headers


def test_old_links_are_thrown_away(client, frozen):
    ask(client)
    frozen.pass_time(timedelta(minutes=21))
    throw_away_old_links()
    assert db.session.scalars(sa.select(SignInLink.id)).all() == []
    db.session.commit()
