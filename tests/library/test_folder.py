"""Keeping ideas and having tried them: once each, within limits, private, and gone with the person."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from meetups.foundation.database import db, unit_of_work
from meetups.library import actions, entries, queries
from meetups.library.actions import folder
from meetups.library.models import SavedIdea, TriedIdea
from meetups.moderation import actions as moderation
from meetups.people import actions as people
from meetups.people.models import Person
from meetups.people.queries import blocked_either_way
from meetups.recaps import actions as recaps
from meetups.recaps.models import Response
from meetups.recaps.terms import Outcome
from tests import cast
from tests.library.conftest import entry, idea, make_recap


@pytest.fixture
def recap(both_databases, app):
    return make_recap(
        "Fox Hollow", entry("Scarves back?", idea("Popcorn"), idea("The bin is hungry"), category="transitions"),
        entry("Nobody sings", idea("Sing anyway"), category="mishaps"), entry("What for?", idea("Fun")),
    )  # fmt: skip


@pytest.fixture
def popcorn(recap):
    return recap.entries[0].responses[0]


def saved(person, found, note=None):
    with unit_of_work():
        return actions.save(person, found, note)


def tried(person, found, note=""):
    with unit_of_work():
        return actions.say_tried(person, found, note)


def rows(table):
    return db.session.scalar(sa.select(sa.func.count()).select_from(table))


def test_an_idea_is_kept_once_and_a_press_without_a_note_leaves_the_note(popcorn):
    ken = cast.ken()
    saved(ken, popcorn)
    saved(ken, popcorn, "Blue box")
    saved(ken, popcorn)
    assert [(row.note, found) for row, found in queries.folder_of(ken)] == [("Blue box", popcorn)]
    assert queries.saved_among(ken, [popcorn.id]) == {popcorn.id: True}
    with unit_of_work():
        actions.drop(ken, popcorn.id)
        actions.drop(ken, popcorn.id)
    assert rows(SavedIdea) == 0


def test_a_folder_is_laid_out_by_what_ideas_are_about(recap):
    ken = cast.ken()
    for each in recap.entries:
        saved(ken, each.responses[0])
    groups = entries.by_category(queries.folder_of(ken))
    assert [(heading, [kept.idea.text for kept in ideas]) for heading, ideas in groups] == [
        ("Transitions and attention-getters", ["Popcorn"]), ("When things go sideways", ["Sing anyway"]),
        ("About anything", ["Fun"]),
    ]  # fmt: skip


def test_a_folder_holds_so_many_and_says_so(recap, popcorn, monkeypatch):
    monkeypatch.setattr(folder, "MOST_SAVED", 1)
    ken = cast.ken()
    saved(ken, popcorn)
    with pytest.raises(actions.FolderFull, match="holds 1 ideas"):
        saved(ken, recap.entries[1].responses[0])
    saved(ken, popcorn, "A note may still change")


def _gone_ways():
    noor, marisol = cast.moderator(), cast.marisol()
    return {
        "hidden": lambda recap, ken: moderation.hide(noor, recap),
        "taken down": lambda recap, ken: recaps.withdraw(recap),
        "taken out": lambda recap, ken: recaps.remove_entry(recap, recap.entries[0].id),
        "skipped": lambda recap, ken: setattr(recap.entries[0], "outcome", Outcome.SKIPPED),
        "blocked": lambda recap, ken: (setattr(recap, "author", marisol), people.block(marisol, ken)),
    }


@pytest.mark.parametrize("way", ["hidden", "taken down", "taken out", "skipped", "blocked"])
def test_what_is_gone_leaves_the_note_alone(recap, popcorn, way):
    ken, number = cast.ken(), popcorn.id
    saved(ken, popcorn, "Blue box")
    deeds = _gone_ways()
    with unit_of_work():
        deeds[way](recap, ken)
    unseen = blocked_either_way(ken)
    assert [(row.note, found) for row, found in queries.folder_of(ken, unseen)] == [("Blue box", None)]
    assert queries.idea_numbered(number, unseen) is None


def test_an_idea_keeps_its_number_when_its_recap_is_edited(recap, popcorn):
    ken, number = cast.ken(), popcorn.id
    saved(ken, popcorn)
    tried(ken, popcorn)
    first = recap.entries[0]
    standing = recaps.entry_standing(first)
    with unit_of_work():
        recaps.save_entry(recap, first.id, replace(standing, prompt="Scarves, again?"), recaps.fingerprint(standing))
        recaps.move_idea(recap, number, 1)
    assert queries.idea_numbered(number).text == "Popcorn"
    assert queries.tried_counts([number]) == {number: 1}


def test_people_who_tried_it_are_counted_and_not_named(popcorn):
    ken, ana, noor = cast.ken(), cast.ana(), cast.moderator()
    for person, note in ((ken, "Two rounds"), (ana, ""), (noor, "Seated"), (ken, "Three rounds")):
        tried(person, popcorn, note)
    assert queries.tried_counts([popcorn.id]) == {popcorn.id: 3}
    assert [each.note for each in queries.tried_notes(popcorn.id)] == ["Seated", "Three rounds"]
    assert [each.note for each in queries.tried_notes(popcorn.id, {noor.id})] == ["Three rounds"]
    with unit_of_work():
        moderation.suspend(noor, ken, "spam")
        actions.take_back_tried(noor, popcorn.id)
    assert queries.tried_counts([popcorn.id]) == {popcorn.id: 1}
    assert queries.tried_notes(popcorn.id) == []


def test_so_many_are_tried_in_a_day(recap, popcorn, frozen, monkeypatch):
    monkeypatch.setattr(folder, "TRIED_A_DAY", 2)
    ken = cast.ken()
    several = [each for entry in recap.entries for each in entry.responses]
    for each in several[:2]:
        tried(ken, each)
    with pytest.raises(actions.TooManyTried):
        tried(ken, several[2])
    tried(ken, popcorn, "Words may still change")
    frozen.pass_time(timedelta(days=1))
    tried(ken, several[2])


def test_a_hidden_note_stays_hidden_when_its_writer_changes_it(popcorn):
    ken, noor = cast.ken(), cast.moderator()
    note = tried(ken, popcorn, "Rude")
    with unit_of_work():
        moderation.hide(noor, note)
    tried(ken, popcorn, "Rude again")
    assert queries.tried_notes(popcorn.id) == []
    assert [each.note for each in queries.tried_notes(popcorn.id, hidden_too=True)] == ["Rude again"]
    with unit_of_work():
        moderation.show(noor, note)
    assert [each.note for each in queries.tried_notes(popcorn.id)] == ["Rude again"]


def test_taking_back_and_saying_it_again_does_not_bring_a_hidden_note_out(popcorn, signed_in):
    ken, noor = cast.ken(), cast.moderator()
    note = tried(ken, popcorn, "Rude")
    with unit_of_work():
        moderation.hide(noor, note)
    his, page = signed_in(ken), f"/ideas/{popcorn.id}"
    his.submit(page, {}, form="unsay")
    assert (queries.tried_counts([popcorn.id]), "Rude" in his.get(page).text) == ({}, False)
    assert "Take it back" not in his.get(page).text
    assert db.session.scalars(sa.select(TriedIdea.note)).all() == [""]
    his.submit(page, {"tried_note": "Rude again"}, form="say")
    assert (queries.tried_notes(popcorn.id), queries.tried_counts([popcorn.id])) == ([], {popcorn.id: 1})


def test_whoever_leaves_leaves_nothing_of_it(popcorn):
    ken, ana = cast.ken(), cast.ana()
    for person in (ken, ana):
        saved(person, popcorn, "Blue box")
        tried(person, popcorn, "Two rounds")
    with unit_of_work():
        people.leave(ken)
    assert (rows(SavedIdea), rows(TriedIdea)) == (1, 1)
    assert queries.tried_counts([popcorn.id]) == {popcorn.id: 1}


def test_presses_at_the_same_moment_make_one_row(app, popcorn):
    who, number, ready, wrong = cast.ken().id, popcorn.id, threading.Barrier(4), []
    db.session.remove()

    def press():
        with app.app_context():
            ready.wait()
            try:
                with unit_of_work():
                    person, found = db.session.get(Person, who), db.session.get(Response, number)
                    actions.save(person, found)
                    actions.say_tried(person, found, "Two rounds")
            except Exception as error:
                wrong.append(error)
            db.session.remove()

    presses = [threading.Thread(target=press) for _ in range(4)]
    for each in presses:
        each.start()
    for each in presses:
        each.join(30)
    assert (wrong, rows(SavedIdea), rows(TriedIdea)) == ([], 1, 1)
