"""From a paste to a draft: three presses, each part in a form of its own, nothing typed lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from meetups.attendance.models import Answer
from meetups.foundation.database import db
from meetups.recaps.models import Recap, RecapEntry, Response
from tests import cast
from tests.makers import make_rsvp
from tests.recaps.presses import NOTES, entry_path, only_recap, start


def test_a_paste_is_public_after_three_presses(both_databases, browser, client, meetup):
    answer = browser.submit(f"/recaps/new?meetup={meetup.code}", {"notes": NOTES})
    answer = browser.submit(answer.headers["Location"], {"do": "group"}, form="publish")
    page = client.text(client.get(answer.headers["Location"]))
    assert "The egg shakers must go back in the bin." in page
    assert "hungry bin, burps every 3rd egg" in page
    assert "2 of 3 answered" in page
    assert "ducks" not in page


def test_the_draft_knows_day_and_place_from_the_meetup(browser, meetup):
    recap = start(browser, meetup)
    assert (recap.title, recap.held_on, recap.place_label) == (
        "Fox Hollow swap", meetup.local_start.date(), "The Lantern & Ladle, Tacoma, WA 98402",
    )
    assert [entry.prompt for entry in recap.entries] == [
        "The egg shakers must go back in the bin.", "Parachute to quiet book", "filmed every week?", "ducks",
    ]
    assert [i.credit.name for e in recap.entries for i in e.responses] == ["", "Mei", "J"]


def test_pressing_twice_makes_one_draft_with_everything_once(both_databases, browser, meetup):
    path = f"/recaps/new?meetup={meetup.code}"
    data = {"notes": NOTES, "title": "", "held_on": "", "place_label": ""}
    places = {browser.forge(path, data).headers["Location"] for _ in range(2)}
    assert len(places) == 1
    assert len(only_recap().entries) == 4


def test_coming_back_leads_to_the_draft(browser, meetup):
    recap = start(browser, meetup)
    assert browser.get(f"/recaps/new?meetup={meetup.code}").headers["Location"] == f"/recaps/{recap.code}/edit"


def test_strangers_and_people_who_said_no_cannot_write_it_up(signed_in, client, meetup):
    path = f"/recaps/new?meetup={meetup.code}"
    assert client.get(path).headers["Location"].startswith("/sign-in")
    ana = cast.ana()
    assert signed_in(ana).get(path).status_code == 409
    make_rsvp(meetup, ana, Answer.CANT)
    assert signed_in(ana).get(path).status_code == 409


def test_nobody_writes_it_up_before_it_has_begun(browser, meetup, frozen):
    frozen.move_to(meetup.starts_at - timedelta(minutes=1))
    assert browser.get(f"/recaps/new?meetup={meetup.code}").status_code == 409


def test_the_host_writes_it_up_and_edits_what_others_wrote(browser, signed_in, meetup):
    recap = start(browser, meetup)
    host = signed_in(meetup.host)
    assert host.get(f"/recaps/{recap.code}/edit").status_code == 200
    assert host.submit(f"/recaps/new?meetup={meetup.code}", {"notes": "* mine"}).status_code == 303


def test_a_gathering_never_listed_here(signed_in, client):
    browser = signed_in(cast.ana())
    notes = "Twelve sticks\n\n" + NOTES
    data = {"notes": notes, "held_on": "2026-04-09", "place_label": "Birch Room, Columbus, OH", "title": "Fox Hollow"}
    there = browser.submit("/recaps/new", data).headers["Location"]
    answer = browser.submit(there, {"do": "group"}, form="publish")
    page = client.text(client.get(answer.headers["Location"]))
    assert "Thu, Apr 9, 2026" in page
    assert "Birch Room, Columbus, OH" in page


def test_a_recap_needs_a_title_or_notes(signed_in):
    answer = signed_in(cast.ana()).submit("/recaps/new", {"notes": ""})
    assert answer.status_code == 400
    assert db.session.scalar(sa.select(sa.func.count(Recap.id))) == 0


def test_saving_one_challenge_with_a_new_idea_in_one_press(browser, meetup):
    recap = start(browser, meetup)
    data = {"prompt": "Filmed every week, and posted?", "outcome": "partly", "idea-new-text": "Ask them nicely.",
            "ages": ["toddler", "preschool"], "literacy_tip": "None really."}
    answer = browser.submit(entry_path(recap, 2), data, form="entries")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("#entry")
    entry = only_recap().entries[2]
    assert (entry.prompt, entry.outcome.value, entry.ages, entry.literacy_tip) == (
        "Filmed every week, and posted?", "partly", ["toddler", "preschool"], "None really.",
    )
    assert [idea.text for idea in entry.responses] == ["Ask them nicely."]


def test_the_same_press_twice_adds_one_idea(browser, meetup):
    recap = start(browser, meetup)
    path = entry_path(recap, 2)
    form = next(form for form in browser.forms(path) if "/entries/" in form.action)
    typed = form.filled({"idea-new-text": "Ask them nicely."})
    for _ in range(2):
        assert browser.post(form.action, data=typed).status_code == 303
    assert [idea.text for idea in only_recap().entries[2].responses] == ["Ask them nicely."]


def test_songs_and_links_are_typed_one_a_line(browser, meetup):
    recap = start(browser, meetup)
    number = recap.entries[0].responses[0].id
    things = "Song: Eggs Go Home by The Ukes https://ukes.example/eggs\nBook: Bark, George\nhttps://bins.example/"
    browser.submit(entry_path(recap, 0), {f"idea-{number}-things": things}, form="entries")
    idea = only_recap().entries[0].responses[0]
    assert [(r.type.value, r.title, r.creator, r.url) for r in idea.resources] == [
        ("song", "Eggs Go Home", "The Ukes", "https://ukes.example/eggs"), ("book", "Bark, George", "", ""),
    ]
    assert idea.links == ["https://bins.example/"]


def test_a_line_that_is_no_thing_gets_a_sentence_and_is_kept(browser, meetup):
    recap = start(browser, meetup)
    number = recap.entries[0].responses[0].id
    answer = browser.submit(entry_path(recap, 0), {f"idea-{number}-things": "the blue bin"}, form="entries")
    assert answer.status_code == 400
    assert "This one does not: “the blue bin”" in browser.text(answer)
    assert only_recap().entries[0].responses[0].resources == []


def test_an_emptied_idea_is_taken_out(browser, meetup):
    recap = start(browser, meetup)
    number = recap.entries[0].responses[0].id
    browser.submit(entry_path(recap, 0), {f"idea-{number}-text": ""}, form="entries")
    assert [idea.text for idea in only_recap().entries[0].responses] == ["elbows need room"]


def test_a_stale_form_is_refused_and_keeps_what_was_typed_then_wins(browser, meetup):
    recap = start(browser, meetup)
    path = entry_path(recap, 0)
    form = next(form for form in browser.forms(path) if "/entries/" in form.action)
    browser.submit(path, {"prompt": "Somebody else’s words"}, form="entries")
    answer = browser.post(form.action, data=form.filled({"prompt": "My words", "idea-new-text": "My idea"}))
    assert answer.status_code == 409
    html = answer.get_data(as_text=True)
    assert all(words in html for words in ("My words", "My idea", "Somebody else’s words"))
    assert only_recap().entries[0].prompt == "Somebody else’s words"
    tree = browser.tree(answer)
    again = next(each for each in tree.iter("form") if "/entries/" in each.get("action"))
    fresh = next(each.get("value") for each in again.iter("input") if each.get("name") == "shown")
    assert browser.post(form.action, data={**form.filled({"prompt": "My words"}), "shown": fresh}).status_code == 303
    assert only_recap().entries[0].prompt == "My words"


def test_two_writers_on_different_challenges_do_not_disturb_each_other(browser, meetup):
    recap = start(browser, meetup)
    forms = [next(f for f in browser.forms(entry_path(recap, n)) if "/entries/" in f.action) for n in (0, 1)]
    for number, form in enumerate(forms):
        assert browser.post(form.action, data=form.filled({"prompt": f"New {number}"})).status_code == 303
    assert [entry.prompt for entry in only_recap().entries[:2]] == ["New 0", "New 1"]


def test_an_entry_taken_out_meanwhile_is_kept_when_it_is_saved(browser, meetup):
    recap = start(browser, meetup)
    form = next(f for f in browser.forms(entry_path(recap, 0)) if "/entries/" in f.action)
    browser.submit(entry_path(recap, 0), {"do": "remove"}, form="entries")
    assert len(only_recap().entries) == 3
    assert browser.post(form.action, data=form.filled({"prompt": "Typed for ten minutes"})).status_code == 303
    last = only_recap().entries[-1]
    assert (last.prompt, len(last.responses)) == ("Typed for ten minutes", 2)


def test_moving_challenges_and_ideas(browser, meetup):
    recap = start(browser, meetup)
    number = recap.entries[0].responses[1].id
    browser.submit(entry_path(recap, 0), {"do": f"raise-{number}"}, form="entries")
    browser.submit(entry_path(recap, 0), {"do": "down"}, form="entries")
    recap = only_recap()
    assert [entry.prompt[:9] for entry in recap.entries] == ["Parachute", "The egg s", "filmed ev", "ducks"]
    assert [idea.text for idea in recap.entries[1].responses] == ["elbows need room", "hungry bin, burps every 3rd egg"]


def test_save_and_go_on_to_the_next(browser, meetup):
    recap = start(browser, meetup)
    answer = browser.submit(entry_path(recap, 0), {"do": "next"}, form="entries")
    assert f"entry={recap.entries[1].id}&" in answer.headers["Location"]
    answer = browser.submit(entry_path(recap, 3), {"do": "next"}, form="entries")
    assert "entry=new&" in answer.headers["Location"]


def test_a_challenge_written_by_hand(browser, meetup):
    recap = start(browser, meetup, "")
    path = f"/recaps/{recap.code}/edit?entry=new"
    data = {"prompt": "Light switch?", "origin": "audience", "idea-new-text": "Tape over it."}
    for _ in range(2):
        browser.submit(path, data, form="entries/new")
    entry = only_recap().entries[0]
    assert [(e.prompt, e.origin.value) for e in only_recap().entries] == [("Light switch?", "audience")]
    assert [idea.text for idea in entry.responses] == ["Tape over it."]


def test_the_frame_around_it(browser, client, meetup):
    recap = start(browser, meetup)
    path = f"/recaps/{recap.code}/edit"
    data = {"title": "Twelve sticks", "headcount_from": "18", "onlookers": "6", "head": "It *rained*.", "tail": "Bye."}
    assert browser.submit(path, data, form="head").headers["Location"].endswith("/edit?kept=frame#frame")
    answer = browser.submit(path, {"do": "group"}, form="publish")
    page = client.text(client.get(answer.headers["Location"]))
    assert "About 18, plus 6 onlookers." in page
    assert "It rained." in page


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"headcount_from": "50", "headcount_to": "40"}, "the smaller number comes first"),
        ({"headcount_to": "40"}, "the smaller number comes first"),
        ({"headcount_from": "many"}, "A whole number from 0 to 100,000"),
        ({"held_on": "31 Feb 2026"}, ""),
        ({"title": ""}, "A recap needs a title."),
        ({"title": "x" * 161}, "160 characters at most"),
    ],
)
def test_a_wrong_frame_gets_a_sentence_and_changes_nothing(browser, meetup, wrong, sentence):
    recap = start(browser, meetup)
    answer = browser.submit(f"/recaps/{recap.code}/edit", {**wrong, "tail": "typed"}, form="head")
    assert answer.status_code == 400
    assert sentence in browser.text(answer)
    assert "typed" in answer.get_data(as_text=True)
    assert only_recap().tail == ""


def test_more_notes_go_after_what_there_is(browser, meetup):
    recap = start(browser, meetup)
    browser.submit(f"/recaps/{recap.code}/edit", {"notes": "* one more\n- idea"}, form="notes")
    assert [entry.prompt for entry in only_recap().entries][3:] == ["ducks", "one more"]


def test_all_of_it_as_text_can_be_sorted_again_without_losing_anything(browser, meetup):
    recap = start(browser, meetup)
    before = [(e.prompt, e.outcome, [(i.text, i.credit) for i in e.responses]) for e in recap.entries]
    assert browser.submit(f"/recaps/{recap.code}/edit", {}, form="sort").status_code == 303
    recap = only_recap()
    assert [(e.prompt, e.outcome, [(i.text, i.credit) for i in e.responses]) for e in recap.entries] == before
    assert db.session.scalar(sa.select(sa.func.count(RecapEntry.id))) == 4
    assert db.session.scalar(sa.select(sa.func.count(Response.id))) == 3


def test_sorting_again_an_old_text_is_refused(browser, meetup):
    recap = start(browser, meetup)
    path = f"/recaps/{recap.code}/edit"
    form = next(form for form in browser.forms(path) if form.action.endswith("/sort"))
    browser.submit(entry_path(recap, 0), {"prompt": "Newer"}, form="entries")
    answer = browser.post(form.action, data=form.filled({"whole": "* mine"}))
    assert answer.status_code == 409
    assert "* mine" in answer.get_data(as_text=True)
    assert only_recap().entries[0].prompt == "Newer"
