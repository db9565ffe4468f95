"""What a recap said before: kept at each saving, shown word by word, put back without names."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from meetups.foundation.database import db, unit_of_work
from meetups.recaps import actions, queries
from meetups.recaps.actions import AddedWords, EntryWish, Guest, IdeaWish, entry_standing, fingerprint
from meetups.recaps.entries import changes_between
from meetups.recaps.models import Consent, Revision
from meetups.recaps.terms import Form, Words
from tests import cast
from tests.recaps.written import asked, ideas_of, make_recap, named

MINUTE = timedelta(minutes=1)
NAME = "Zyxwen Quillfeather"


def reword(recap, text="hungry bin, burps every 4th egg"):
    entry = recap.entries[0]
    with unit_of_work():
        said_by = entry.responses[0].credit
        idea = IdeaWish(text, entry.responses[0].id, name=said_by.name, library=said_by.library)
        wish = EntryWish(entry.prompt, ideas=(idea,))
        actions.save_entry(recap, entry.id, wish, fingerprint(entry_standing(entry)))


def standing(recap) -> list[tuple[str, list[str]]]:
    db.session.refresh(recap)
    return [(entry.prompt, [idea.text for idea in entry.responses]) for entry in recap.entries]


def put_back(recap, number):
    with unit_of_work():
        actions.restore(recap, number, recap.version)


def pieces(recap) -> list[tuple[tuple[str, str], ...]]:
    new, old = queries.revisions_of(recap)[:2]
    return [change.pieces for change in changes_between(old.body, new.body) if change and change.is_news]


def test_each_saving_of_a_recap_that_is_up_can_be_put_back(both_databases, app):
    recap = make_recap()
    before = standing(recap)
    reword(recap)
    with unit_of_work():
        actions.remove_entry(recap, recap.entries[1].id)
    assert [each.number for each in queries.revisions_of(recap)] == [3, 2, 1]
    after = standing(recap)
    put_back(recap, 1)
    assert standing(recap) == before
    put_back(recap, 3)
    assert standing(recap) == after
    put_back(recap, 3)
    assert len(queries.revisions_of(recap)) == 5, "putting back what stands is no saving"


def test_the_difference_is_word_by_word(app):
    recap = make_recap()
    reword(recap)
    assert pieces(recap) == [(("", "- hungry bin, burps every"), ("del", " 3rd"), ("ins", " 4th"), ("", " egg"))]
    reword(recap, "Nothing of the former sentence")
    old, new = "- hungry bin, burps every 4th egg", "- Nothing of the former sentence"
    assert pieces(recap) == [(("del", old), ("ins", new))]
    with unit_of_work():
        actions.remove_entry(recap, recap.entries[1].id)
    assert [kind for line in pieces(recap) for kind, _ in line] == ["del"] * len(pieces(recap))


def test_a_growing_draft_is_one_revision_a_sitting_but_nothing_taken_out_is_lost(app, frozen):
    recap = make_recap(public=False)
    for number in range(5):
        with unit_of_work():
            actions.add_entry(recap, EntryWish(f"one more {number}"))
    assert len(queries.revisions_of(recap)) == 1
    with unit_of_work():
        actions.sort_again(recap, "* only this\n- left", recap.version)
    assert len(queries.revisions_of(recap)) == 2
    put_back(recap, 1)
    assert len(standing(recap)) == 8
    frozen.pass_time(3 * MINUTE)
    with unit_of_work():
        actions.add_entry(recap, EntryWish("after a while"))
    assert len(queries.revisions_of(recap)) == 3


def test_only_the_last_forty_are_kept(app):
    recap = make_recap()
    for number in range(45):
        reword(recap, f"version {number}")
    numbers = [each.number for each in queries.revisions_of(recap)]
    assert (len(numbers), numbers[0], numbers[-1]) == (40, 46, 7)
    with pytest.raises(actions.NotNow, match="nothing is kept"):
        put_back(recap, 1)


def test_what_stood_before_history_was_kept_is_kept_at_the_first_change(app):
    recap = make_recap()
    with unit_of_work():
        db.session.execute(sa.delete(Revision))
    before = standing(recap)
    reword(recap)
    put_back(recap, 1)
    assert standing(recap) == before


def test_names_are_in_no_revision_and_never_come_back(app):
    recap = make_recap(f"* shakers\n- elbows - {NAME}, Oak\n- bin\n", head=f"Led by {NAME}.")
    idea = asked(recap, NAME)
    with unit_of_work():
        actions.give_consent(idea, NAME, "Oak")
    reword(recap, "elbows need room")
    with unit_of_work():
        actions.withdraw_consent(idea)
    assert NAME not in str([each.body for each in queries.revisions_of(recap)])
    put_back(recap, 1)
    assert recap.head == "Led by somebody."
    assert NAME not in str(standing(recap)) + idea.credit.name
    assert ideas_of(recap)[0].credit.consent is Consent.WITHDRAWN


def test_who_agreed_stays_named_when_words_are_put_back_and_is_the_group_once_the_idea_was_gone(app):
    recap = make_recap()
    idea = asked(recap)
    with unit_of_work():
        actions.give_consent(idea, "Mei", "Oak")
    reword(recap)
    put_back(recap, 1)
    assert named(recap, "Mei").credit.shown == "Mei, Oak"
    with unit_of_work():
        actions.remove_entry(recap, recap.entries[0].id)
    put_back(recap, 1)
    assert [idea.credit.shown for idea in ideas_of(recap)] == ["", ""]
    assert "elbows need room" in str(standing(recap))


def test_what_its_writer_took_back_is_in_no_revision(app, meetup):
    recap = make_recap(author=cast.sol(), meetup=meetup)
    with unit_of_work():
        added = actions.add_idea(recap, recap.entries[0].id, AddedWords("Zyxian idea"), Guest(meetup.host))
    assert "Zyxian" in str(queries.last_revision(recap).body)
    with unit_of_work():
        actions.take_back(added)
    assert "Zyxian" not in str([each.body for each in queries.revisions_of(recap)])


def test_everything_about_an_idea_comes_back(app):
    recap = make_recap("* a\n- song: Bear Hunt by The Bears https://bears.example.org/x\n", public=False)
    entry = recap.entries[0]
    with unit_of_work():
        wish = entry_standing(entry)
        idea = IdeaWish("x", wish.ideas[0].number, Form.SONG, things=wish.ideas[0].things, words=Words.TRADITIONAL)
        actions.save_entry(recap, entry.id, EntryWish("a", ideas=(idea,)), fingerprint(wish))
    was = entry_standing(entry)
    number = queries.last_revision(recap).number
    with unit_of_work():
        actions.remove_entry(recap, entry.id)
    put_back(recap, number)
    new = entry_standing(recap.entries[0])
    assert actions.fingerprint(new) == actions.fingerprint(was)


def test_an_old_page_puts_nothing_back(app):
    recap = make_recap()
    reword(recap)
    with pytest.raises(actions.StaleForm), unit_of_work():
        actions.restore(recap, 1, recap.version - 1)


def test_the_pages_are_the_writers(browser, meetup, sol, client, signed_in):
    recap = make_recap(author=sol, meetup=meetup)
    reword(recap)
    path = f"/recaps/{recap.code}/history"
    assert "Now: 3 challenges, 2 ideas" in browser.text(browser.get(path))
    page = browser.get(f"{path}/2")
    assert '<del><span class="off">Taken out: </span> 3rd' in page.text
    assert "Put this back" not in page.text
    assert browser.submit(f"{path}/1", {}).status_code == 303
    assert "burps every 3rd egg" in client.get(f"/recaps/{recap.code}").text
    for who, expected in ((client, 303), (signed_in(cast.ana()), 404)):
        assert {who.get(each).status_code for each in (path, f"{path}/1")} == {expected}


@pytest.mark.parametrize("number", ["0", "99", "9" * 30, "99999999999"])
def test_no_such_revision(browser, meetup, sol, number):
    recap = make_recap(author=sol, meetup=meetup)
    assert browser.get(f"/recaps/{recap.code}/history/{number}").status_code == 404
    answer = browser.forge(f"/recaps/{recap.code}/history/{number}", {"version": "x" * 99})
    assert answer.status_code in (404, 405, 409)
