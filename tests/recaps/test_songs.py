"""Words of songs: title, performer and link, unless somebody ticks why the words may stand there."""

from __future__ import annotations

import pytest

from meetups.foundation.database import unit_of_work
from meetups.recaps import actions
from meetups.recaps.actions import EntryWish, IdeaWish, entry_standing, fingerprint
from meetups.recaps.models.response import verse_lines
from meetups.recaps.terms import Form, Words
from tests.recaps.presses import entry_path, start
from tests.recaps.written import make_recap

VERSE = "We all hop in a row\nWe all hop nice and slow\nNow we all sit down again\nDown upon the rug and then"
TIPS = "Sing it slowly, twice.\n- shakers on the first verse\n- scarves on the second\n- nothing on the third\n- bow"


@pytest.mark.parametrize(("text", "lines"), [
    (VERSE, 4), (VERSE.replace("\n", " / "), 4), (VERSE.replace("\n", "\n\n"), 4), (TIPS, 1), ("", 0),
    ("Hop\nHop\nHop\nHop", 0), ("scarves / shakers / bells / drums / sticks", 0), ("https://a.example/x y\n" * 9, 0),
])  # fmt: skip
def test_what_reads_like_verse(text, lines):
    assert verse_lines(text) == lines


def with_idea(recap, text, form, words=Words.NONE):
    entry = recap.entries[0]
    with unit_of_work():
        wish = EntryWish("Hop", ideas=(IdeaWish(text, form=form, words=words),))
        actions.save_entry(recap, entry.id, wish, fingerprint(entry_standing(entry)))


def test_a_draft_may_hold_them_but_is_not_published(app):
    recap = make_recap("* Hop\n- b", public=False)
    with_idea(recap, VERSE, Form.SONG)
    with pytest.raises(actions.SongWords, match="title, performer and a link") as refused, unit_of_work():
        actions.publish(recap)
    assert refused.value.way_on == (f"/recaps/{recap.code}/edit?entry={recap.entries[0].id}#entry", "To that idea")
    assert not recap.is_public


@pytest.mark.parametrize(("text", "form", "words"), [
    (VERSE, Form.SONG, Words.TRADITIONAL), (VERSE, Form.SONG, Words.OWN_WITH_PERMISSION),
    (VERSE, Form.RHYME, Words.NONE), (VERSE, Form.SCRIPT, Words.NONE),
    (TIPS, Form.SONG, Words.NONE), ("Hop by the Frogs", Form.SONG, Words.NONE),
])  # fmt: skip
def test_what_is_traditional_or_ones_own_or_no_song_is_published(app, text, form, words):
    recap = make_recap("* Hop\n- b", public=False)
    with_idea(recap, text, form, words)
    with unit_of_work():
        assert actions.publish(recap).is_public


def test_nothing_slips_into_a_recap_that_is_up(app):
    recap = make_recap("* Hop\n- b")
    with pytest.raises(actions.SongWords):
        with_idea(recap, VERSE, Form.SONG)
    with pytest.raises(actions.SongWords), unit_of_work():
        actions.add_entry(recap, EntryWish("Hop", ideas=(IdeaWish(VERSE, form=Form.SONG),)))
    assert [idea.text for idea in recap.entries[0].responses] == ["b"]


def test_the_tick_on_the_page(browser, meetup):
    recap = start(browser, meetup, "* Hop\n- b")
    path = entry_path(recap, 0)
    number = recap.entries[0].responses[0].id
    browser.submit(path, {f"idea-{number}-text": VERSE, f"idea-{number}-form": "song", "do": "save"}, form="one")
    assert "Words of a song" in browser.text(browser.get(path))
    answer = browser.submit(path, {"do": "publish"}, form="put-up")
    assert answer.status_code == 409
    assert "writes out the words of a song" in browser.text(answer)
    browser.submit(path, {f"idea-{number}-words": "traditional", "do": "save"}, form="one")
    assert browser.submit(path, {"do": "publish"}, form="put-up").status_code == 303
    assert "rug and then" in browser.text(browser.get(f"/recaps/{recap.code}"))


def test_sorting_again_keeps_the_tick(app):
    recap = make_recap("* Hop\n- b", public=False)
    with_idea(recap, "one line only", Form.SONG, Words.TRADITIONAL)
    with unit_of_work():
        actions.sort_again(recap, "* Hop\n- one line only", recap.version)
    assert recap.entries[0].responses[0].words is Words.TRADITIONAL
