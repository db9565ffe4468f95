"""Publishing, throwing away, hostile pastes, and asking for names."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from meetups.foundation.database import db
from meetups.recaps.models import Consent, Recap, RecapEntry, RecapStatus, Response
from tests import cast
from tests.recaps.presses import entry_path, only_recap, start


def test_publishing_is_held_up_by_names(browser, meetup):
    recap = start(browser, meetup)
    answer = browser.forge(f"/recaps/{recap.code}/publish", {})
    assert answer.status_code == 409
    assert "2 names are still waiting for a yes" in browser.text(answer)
    assert only_recap().status is RecapStatus.DRAFT


def test_nothing_is_not_published(browser, meetup):
    recap = start(browser, meetup, "")
    answer = browser.submit(f"/recaps/{recap.code}/edit", {"do": "publish"}, form="publish")
    assert answer.status_code == 409
    assert "there is nothing in it yet" in browser.text(answer)


def test_throwing_a_draft_away(browser, meetup):
    recap = start(browser, meetup)
    assert browser.submit(f"/recaps/{recap.code}/edit", {}, form="throw-away").headers["Location"] == "/recaps"
    assert db.session.scalar(sa.select(sa.func.count(Response.id))) == 0


def test_a_published_recap_is_not_thrown_away(browser, meetup):
    recap = start(browser, meetup)
    browser.submit(f"/recaps/{recap.code}/edit", {"do": "group"}, form="publish")
    assert browser.forge(f"/recaps/{recap.code}/throw-away").status_code == 409
    assert only_recap().status is RecapStatus.PUBLISHED


def test_nobody_else_edits_or_reads_a_draft(browser, signed_in, client, meetup):
    recap = start(browser, meetup)
    ana = signed_in(cast.ana())
    for path in ("", "/edit", "/preview", ".txt"):
        assert ana.get(f"/recaps/{recap.code}{path}").status_code == 404
    assert client.get(f"/recaps/{recap.code}").status_code == 404
    for deed in ("publish", "withdraw", "throw-away", "head", "notes", "sort", "entries/new",
                 f"entries/{recap.entries[0].id}"):
        assert ana.forge(f"/recaps/{recap.code}/{deed}", {"do": "remove"}).status_code == 404
    assert len(only_recap().entries) == 4


def test_an_entry_of_another_recap_is_not_reached(browser, signed_in, meetup):
    recap = start(browser, meetup)
    other = signed_in(cast.ana())
    there = other.submit("/recaps/new", {"notes": "* theirs", "title": "Theirs"}).headers["Location"]
    number = recap.entries[0].id
    form = next(f for f in other.forms(there) if "/entries/" in f.action)
    other.post(there.replace("/edit", f"/entries/{number}"), data=form.filled({"prompt": "stolen"}))
    other.forge(there.replace("/edit", f"/entries/{number}"), {"do": "remove"})
    assert db.session.get(RecapEntry, number).prompt == "The egg shakers must go back in the bin."


HOSTILE = {
    "html": "<script>alert(1)</script>\n* <img src=x onerror=alert(1)>\n- <b onclick=x>b</b> [x](javascript:alert(1))",
    "right to left": "* \u202eevil\u202c שלום\n- \u0000\u0001bell\u0007 مرحبا\n",
    "many bullets": "- " * 90_000,
    "one long line": "a" * 200_000,
    "many brackets": "* [" + "[" * 90_000,
    "surrogates and emoji": "* 👩‍👩‍👧‍👦 \ud83d half\n- \ufeffok",
    "long title": "# " + "t" * 5_000 + "\n* x\n- y - " + "N" * 300,
    "said by prose": "Guerrilla Storytime recap\n=====\n\n1. x\n   (from the cup)\n\n   - y\n     Said by: "
    + "n " * 900,
}


@pytest.mark.parametrize("notes", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_pastes_can_be_read_edited_and_published(both_databases, browser, client, meetup, notes):
    answer = browser.forge(f"/recaps/new?meetup={meetup.code}", {"notes": notes.encode("utf-8", "replace").decode()})
    assert answer.status_code == 303
    recap = only_recap()
    assert browser.get(f"/recaps/{recap.code}/edit").status_code == 200
    assert browser.submit(f"/recaps/{recap.code}/edit", {}, form="sort").status_code == 303
    answer = browser.forge(f"/recaps/{recap.code}/publish", {"do": "group"})
    if answer.status_code == 303:
        page = client.get(f"/recaps/{recap.code}").get_data(as_text=True)
        assert "<script>alert" not in page
        assert "javascript:" not in page.replace("javascript:alert(1))", "")
        assert client.get(f"/recaps/{recap.code}.txt").status_code == 200


def test_a_paste_of_far_too_many_challenges_is_refused_with_the_text_kept(browser, meetup):
    answer = browser.forge(f"/recaps/new?meetup={meetup.code}", {"notes": "* x\n- y\n" * 20_000})
    assert answer.status_code == 409
    assert "Cut it into several recaps" in browser.text(answer)
    assert "* x" in answer.get_data(as_text=True)
    assert db.session.scalar(sa.select(sa.func.count(Recap.id))) == 0


def test_a_name_is_asked_by_letter_when_an_address_is_typed(browser, meetup, outbox):
    recap = start(browser, meetup)
    number = recap.entries[0].responses[1].id
    browser.submit(entry_path(recap, 0), {f"idea-{number}-address": "mei@library.example"}, form="entries")
    assert outbox.subjects[-1] == ("mei@library.example", "May we name you? Fox Hollow swap")
    idea = db.session.get(Response, number)
    assert (idea.credit.consent, idea.asked_address) == (Consent.PENDING, "mei@library.example")
    assert "Asked, no answer yet" in browser.text(browser.get(entry_path(recap, 0)))


def test_a_new_idea_with_a_name_and_an_address_in_one_press(both_databases, browser, meetup, outbox):
    recap = start(browser, meetup)
    data = {"idea-new-text": "Print it both ways.", "idea-new-who": "named", "idea-new-name": "Ana",
            "idea-new-address": "ana@library.example"}
    browser.submit(entry_path(recap, 2), data, form="entries")
    assert outbox.last.to_address == "ana@library.example"


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ({"who": "named", "name": ""}, "Write the name, or choose the group."),
        ({"who": "group", "address": "mei@library.example"}, "choose “Somebody, if they agree”"),
        ({"who": "named", "name": "Mei", "address": "nonsense"}, "does not look like an e-mail address"),
        ({"who": "named", "name": "M" * 81}, "80 characters at most"),
    ],
)
def test_a_half_filled_credit_gets_a_sentence(browser, meetup, outbox, typed, sentence):
    recap = start(browser, meetup)
    data = {"idea-new-text": "x", **{f"idea-new-{name}": value for name, value in typed.items()}}
    answer = browser.submit(entry_path(recap, 2), data, form="entries")
    assert answer.status_code == 400
    assert sentence in browser.text(answer)
    assert len(outbox) == 0
