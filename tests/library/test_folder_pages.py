"""The buttons beside ideas, the page of an idea, the folder, and the moderators' way to a note."""

from __future__ import annotations

import pytest

from meetups.foundation.database import db, unit_of_work
from meetups.library import actions, queries
from meetups.library.models import SavedIdea, TriedIdea
from meetups.moderation import actions as moderation
from meetups.people import actions as people
from meetups.recaps import actions as recaps
from tests import cast
from tests.library.conftest import entry, idea, make_recap


@pytest.fixture
def recap(app, sticks):
    return make_recap("Fox Hollow", entry(
        "Scarves back?", idea("Popcorn", name="Mei", things=[("song", "Hungry bin", "")]), idea("The bin"),
        category="transitions", stick=sticks["c01"],
    ), author=cast.marisol())  # fmt: skip


@pytest.fixture
def popcorn(recap):
    return recap.entries[0].responses[0]


@pytest.fixture
def ken(app):
    return cast.ken()


def tried(person, found, note=""):
    with unit_of_work():
        return actions.say_tried(person, found, note)


def kept():
    return [(each.idea_id, each.note) for each in db.session.scalars(db.select(SavedIdea))]


@pytest.mark.parametrize("page", ["/ideas?q=popcorn", "/recaps/{code}", "/cup/sticks/c01", "/ideas/songs/hungry-bin"])
def test_one_button_keeps_an_idea_and_takes_it_out_where_it_stands(signed_in, recap, popcorn, ken, page):
    browser, path = signed_in(ken), page.format(code=recap.code)
    for deed, rows in (("save", [(popcorn.id, "")]), ("drop", [])):
        answer = browser.submit(path, form=f"/ideas/{popcorn.id}/{deed}")
        assert (answer.status_code, answer.headers["Location"]) == (303, f"{path}#i{popcorn.id}")
        assert kept() == rows
    assert f'id="i{popcorn.id}"' in browser.get(path).text


@pytest.mark.parametrize("page", ["/ideas?q=popcorn", "/recaps/{code}", "/cup/sticks/c01", "/ideas/songs/hungry-bin"])
def test_visitors_see_counts_and_no_button(client, recap, popcorn, ken, page):
    path = page.format(code=recap.code)
    assert "tried it" not in client.get(path).text
    tried(ken, popcorn, "Two rounds")
    answer = client.get(path)
    assert "1 person tried it" in client.text(answer)
    assert "/save" not in answer.text
    assert "Ken" not in answer.text


def test_an_idea_with_a_note_is_not_taken_out_by_one_press_in_a_list(signed_in, recap, popcorn, ken):
    with unit_of_work():
        actions.save(ken, popcorn, "Blue box")
    browser = signed_in(ken)
    page = browser.get(f"/recaps/{recap.code}")
    assert "In your folder, with a note" in browser.text(page)
    assert "/drop" not in page.text
    assert "Blue box" not in page.text


def test_a_preview_of_ones_own_has_no_buttons(signed_in, recap):
    assert "/save" not in signed_in(recap.author).get(f"/recaps/{recap.code}/preview").text


def test_the_page_of_an_idea(client, signed_in, recap, popcorn, ken):
    path = f"/ideas/{popcorn.id}"
    visitor = client.get(path)
    words = client.text(visitor)
    assert "Popcorn Shown by Mei Song: Hungry bin" in words
    assert "Nobody has said yet that they tried it" in words
    assert f'href="/sign-in?next=/ideas/{popcorn.id}"' in visitor.text
    browser = signed_in(ken)
    browser.submit(path, form="keep")
    browser.submit(path, {"note": "Blue box"}, form="keep")
    assert kept() == [(popcorn.id, "Blue box")]
    answer = browser.submit(path, {"tried_note": "Two <b>rounds</b>"}, form="say")
    assert answer.headers["Location"] == f"{path}#tried"
    words = client.text(client.get(path))
    assert "1 person tried it Two <b>rounds</b> Tell the moderators" in words
    assert "Blue box" not in words
    assert "Ken" not in words
    browser.submit(path, form="unsay")
    browser.submit(path, form="drop")
    assert (kept(), db.session.scalars(db.select(TriedIdea)).all()) == ([], [])


def test_the_folder_is_ones_own(client, signed_in, popcorn, ken):
    with unit_of_work():
        actions.save(ken, popcorn, "Blue box\n<b>loud</b>")
    browser = signed_in(ken)
    answer = browser.get("/ideas/folder")
    words = browser.text(answer)
    assert "1 idea. Only you see this page" in words
    assert "Transitions and attention-getters" in words
    assert "My note Blue box <b>loud</b>" in words
    assert (answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert '<meta name="robots" content="noindex">' in answer.text
    browser.submit("/ideas/folder", {"note": "Red box"}, form="/save")
    assert kept() == [(popcorn.id, "Red box")]
    other = signed_in(cast.ana())
    assert "Nothing in it yet" in other.text(other.get("/ideas/folder"))
    assert client.get("/ideas/folder").headers["Location"] == "/sign-in?next=/ideas/folder"
    assert "My storytime folder" in browser.text(browser.get("/me"))


def test_what_is_gone_is_said_and_can_be_taken_out(signed_in, recap, popcorn, ken):
    with unit_of_work():
        actions.save(ken, popcorn, "Blue box")
        people.block(recap.author, ken)
    browser = signed_in(ken)
    words = browser.text(browser.get("/ideas/folder"))
    assert "This idea cannot be read here any more" in words
    assert "My note Blue box" in words
    assert "Popcorn" not in words
    assert browser.get(f"/ideas/{popcorn.id}").status_code == 404
    assert browser.forge(f"/ideas/{popcorn.id}/save").status_code == 404
    assert browser.forge(f"/ideas/{popcorn.id}/tried").status_code == 404
    browser.submit("/ideas/folder", form="/drop")
    assert kept() == []


def test_a_name_taken_back_is_gone_from_folders_and_from_the_page_of_the_idea(client, signed_in, recap, ken):
    found = recap.entries[0].responses[0]
    with unit_of_work():
        actions.save(ken, found)
        recaps.withdraw_consent(found)
    assert "Mei" not in signed_in(ken).get("/ideas/folder").text
    assert "Mei" not in client.get(f"/ideas/{found.id}").text


def test_moderators_hide_a_note_that_was_reported(client, signed_in, popcorn, ken):
    note, path = tried(ken, popcorn, "Rude words"), f"/ideas/{popcorn.id}"
    where = f"/ideas/tried/{note.code}"
    assert f"/report?about={where}" in client.get(path).text
    assert client.get(where).headers["Location"] == f"{path}#t{note.code}"
    client.submit(f"/report?about={where}", {"message": "Look at that."})
    desk = signed_in(cast.moderator())
    assert "Tried it: Rude words" in desk.text(desk.get("/moderation"))
    desk.submit("/moderation", {"about": where, "why": "rude"}, form="by-hand")
    for reader in (client, signed_in(ken)):
        assert reader.get(where).status_code == 404
        assert "Tell the moderators" not in reader.text(reader.get(path))
    assert "Rude words" not in client.get(path).text
    assert "Only moderators see it." in desk.text(desk.get(path))
    assert "Rude words" in desk.text(desk.get(path))
    desk.forge("/moderation/show", {"about": where})
    assert "Rude words" in client.get(path).text


def test_a_note_by_somebody_blocked_is_not_seen(signed_in, popcorn, ken):
    note, ana, noor = tried(ken, popcorn, "Two rounds"), cast.ana(), cast.moderator()
    with unit_of_work():
        people.block(ana, ken)
        people.block(ken, noor)
    page, desk = signed_in(ana), signed_in(noor)
    assert "Two rounds" not in page.get(f"/ideas/{popcorn.id}").text
    assert page.get(f"/ideas/tried/{note.code}").status_code == 404
    assert "Two rounds" in desk.get(f"/ideas/{popcorn.id}").text


def test_a_hidden_recap_takes_its_ideas_along(client, recap, popcorn, ken):
    note = tried(ken, popcorn, "Two rounds")
    with unit_of_work():
        moderation.hide(cast.moderator(), recap)
    assert client.get(f"/ideas/{popcorn.id}").status_code == 404
    assert client.get(f"/ideas/tried/{note.code}").status_code == 404


@pytest.mark.parametrize(("note", "status", "kept_note"), [
    ("x" * 500, 303, "x" * 500), ("x" * 501, 400, ""), ("\x00\x08a\r\nb\u202e", 303, "a\nb"), ("é" * 10_000, 400, ""),
])  # fmt: skip
def test_notes_as_people_send_them(signed_in, popcorn, ken, note, status, kept_note):
    browser = signed_in(ken)
    answer = browser.forge(f"/ideas/{popcorn.id}/save", {"note": note})
    assert answer.status_code == status
    assert kept() == ([(popcorn.id, kept_note)] if status == 303 else [])
    if status == 400:
        assert "500 characters at most" in browser.text(answer)
        assert note[:501] in answer.text


def test_what_one_says_is_a_line_of_so_many_characters(signed_in, popcorn, ken, monkeypatch):
    browser, path = signed_in(ken), f"/ideas/{popcorn.id}"
    answer = browser.forge(f"{path}/tried", {"tried_note": "x" * 301})
    assert (answer.status_code, queries.tried_counts([popcorn.id])) == (400, {})
    monkeypatch.setattr(actions.folder, "TRIED_A_DAY", 0)
    answer = browser.submit(path, {"tried_note": "Two rounds"}, form="say")
    assert answer.status_code == 429
    assert "Two rounds" in answer.text
    assert "a lot of storytime" in browser.text(answer)


def test_a_full_folder_says_the_way_on(signed_in, popcorn, ken, monkeypatch):
    monkeypatch.setattr(actions.folder, "MOST_SAVED", 0)
    answer = signed_in(ken).submit("/ideas?q=popcorn", form=f"/ideas/{popcorn.id}/save")
    assert answer.status_code == 409
    assert 'href="/ideas/folder"' in answer.text


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example/", "/\\evil.example", "x" * 5000, "/a b", ""])
def test_a_button_leads_nowhere_else(signed_in, popcorn, ken, back):
    answer = signed_in(ken).forge(f"/ideas/{popcorn.id}/save", {"back": back})
    assert answer.headers["Location"] == f"/ideas/folder#i{popcorn.id}"


def test_what_is_not_there(client, signed_in, ken):
    browser = signed_in(ken)
    for number in ("0", "-1", "999999", "2147483648", "9" * 400, "٣"):
        assert client.get(f"/ideas/{number}").status_code == 404
        for deed in ("save", "tried"):
            assert browser.forge(f"/ideas/{number}/{deed}").status_code == 404
        assert browser.forge(f"/ideas/{number}/drop").status_code in (303, 404)
    for code in ("zebra", "x" * 5000, "%00", "%F0%9F%90%BB"):
        assert client.get(f"/ideas/tried/{code}").status_code == 404
    for deed in ("save", "drop", "tried", "not-tried"):
        assert client.get(f"/ideas/1/{deed}").status_code == 405
        assert client.forge(f"/ideas/1/{deed}").headers["Location"].startswith("/sign-in")
