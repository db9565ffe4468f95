"""What other people tied to an idea comes back with it, when its writer undoes, restores or sorts again."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from meetups.foundation.database import db, unit_of_work
from meetups.library import actions, queries
from meetups.library.models import SavedIdea, TriedIdea
from meetups.people.models import Person
from meetups.recaps import actions as recaps
from meetups.recaps.actions import AddedWords, EntryWish, Guest, IdeaWish, entry_standing, fingerprint
from meetups.recaps.entries import written
from meetups.recaps.letters import consent_token
from meetups.recaps.models import Addition, Response
from meetups.recaps.notation import write
from meetups.recaps.queries import revisions_of
from meetups.recaps.terms import AdditionState
from tests import cast
from tests.makers import make_meetup, make_person, make_rsvp
from tests.recaps.written import asked, ideas_of, make_recap


@pytest.fixture
def recap(both_databases, app):
    return make_recap(meetup=make_meetup())


@pytest.fixture
def ken(recap):
    return cast.ken()


@pytest.fixture
def bin(recap, ken):
    """The hungry bin: in Ken's folder, tried by Mei."""
    found, mei = ideas_of(recap)[0], make_person("Mei")
    with unit_of_work():
        actions.save(ken, found, "for Monday")
        actions.say_tried(mei, found, "They fed it all the eggs.")
    return found.id


def kept(number):
    """The folder that holds the idea, and what is said of the idea."""
    db.session.expire_all()
    ken = db.session.scalars(sa.select(Person).join(SavedIdea, SavedIdea.person_id == Person.id)).one()
    folder = [(row.note, idea and idea.text) for row, idea in queries.folder_of(ken)]
    return folder, queries.tried_counts([number]), [each.note for each in queries.tried_notes(number)]


def all_of_it(number, text="hungry bin, burps every 3rd egg"):
    return [("for Monday", text)], {number: 1}, ["They fed it all the eggs."]


def remove(recap, whole):
    entry = recap.entries[0]
    with unit_of_work():
        if whole:
            return recaps.remove_entry(recap, entry.id)
        emptied = EntryWish(entry.prompt, ideas=(IdeaWish("", entry.responses[0].id),))
        recaps.save_entry(recap, entry.id, emptied, fingerprint(entry_standing(entry)))


def put_back(recap, number):
    with unit_of_work():
        recaps.restore(recap, number, recap.version)


def sort_again(recap, *changes):
    text = write(written(recap))
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    with unit_of_work():
        recaps.sort_again(recap, text, recap.version)


@pytest.mark.parametrize("whole", [False, True])
def test_an_idea_that_was_taken_out_and_put_back_is_the_same_idea(recap, bin, whole):
    remove(recap, whole)
    assert kept(bin) == ([("for Monday", None)], {bin: 1}, ["They fed it all the eggs."])
    assert queries.idea_numbered(bin) is None
    put_back(recap, 1)
    assert kept(bin) == all_of_it(bin)
    put_back(recap, 2)
    put_back(recap, 3)
    assert kept(bin) == all_of_it(bin)


def test_what_cannot_be_put_back_is_gone_with_all_that_hung_on_it(recap, bin, monkeypatch):
    monkeypatch.setattr("meetups.recaps.actions.history.MOST_KEPT", 2)
    remove(recap, whole=False)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(TriedIdea)) == 1
    with unit_of_work():
        recaps.add_entry(recap, EntryWish("one more"))
    assert [each.number for each in revisions_of(recap)] == [3, 2]
    assert db.session.get(Response, bin) is None
    assert db.session.scalar(sa.select(sa.func.count()).select_from(TriedIdea)) == 0


def test_nothing_is_told_of_what_was_taken_out_and_its_links_stay_shut(recap, client):
    idea = asked(recap)
    number, entry = idea.id, recap.entries[0]
    with unit_of_work():
        recaps.give_consent(idea, "Mei", "Alder Creek")
    old = consent_token(idea)
    assert client.get(f"/consent/{old}").status_code == 200
    with unit_of_work():
        recaps.remove_entry(recap, entry.id)
    row = db.session.get(Response, number)
    assert (row.text, row.credit.name, row.credit.library, row.asked_address) == ("", "", "", None)
    gone = client.get(f"/consent/{old}").status_code
    put_back(recap, revisions_of(recap)[-1].number)
    assert ideas_of(recap)[1].id == number
    assert ideas_of(recap)[1].credit.shown == ""
    assert [gone, client.get(f"/consent/{old}").status_code] == [410, 410]


@pytest.mark.parametrize(("changes", "text"), [
    ([("burps every 3rd egg", "burps at every 4th egg")], "hungry bin, burps at every 4th egg"),
    ([("The egg shakers must go", "All egg shakers must go")], "hungry bin, burps every 3rd egg"),
    ([("The egg shakers must go", "Quite another prompt")], "hungry bin, burps every 3rd egg"),
])  # fmt: skip
def test_sorting_again_knows_an_idea_in_other_words(recap, bin, changes, text):
    entries = [entry.id for entry in recap.entries]
    sort_again(recap, *changes)
    assert kept(bin) == all_of_it(bin, text)
    assert [entry.id for entry in recap.entries] == entries


def test_sorting_again_without_an_idea_and_then_with_it(recap, bin):
    line = "- hungry bin, burps every 3rd egg\n"
    sort_again(recap, (line, ""))
    assert kept(bin)[0] == [("for Monday", None)]
    sort_again(recap, ("- elbows need room", f"{line}- elbows need room"))
    assert kept(bin) == all_of_it(bin)


def test_another_idea_in_its_place_is_another_idea(recap, bin):
    sort_again(recap, ("hungry bin, burps every 3rd egg", "sing until the last one is in"))
    assert kept(bin)[0] == [("for Monday", None)]
    assert ideas_of(recap)[0].id != bin


def test_what_somebody_added_can_be_taken_back_after_the_writer_put_it_back(recap, ken):
    make_rsvp(recap.meetup, ken)
    with unit_of_work():
        addition = recaps.add_idea(
            recap, recap.entries[0].id, AddedWords("a bell on a string"), Guest(ken, None, knew_the_code=True)
        )
        recaps.nod(addition)
    before = revisions_of(recap)[0].number
    remove(recap, whole=True)
    put_back(recap, before)
    assert "a bell on a string" in [idea.text for idea in ideas_of(recap)]
    remove(recap, whole=True)
    with unit_of_work():
        recaps.take_back(db.session.get(Addition, addition.id))
    put_back(recap, before)
    assert "a bell on a string" not in [idea.text for idea in ideas_of(recap)]


def test_an_idea_that_waited_while_its_challenge_was_taken_out_is_not_lost(recap):
    with unit_of_work():
        waiting = recaps.add_idea(
            recap, recap.entries[0].id, AddedWords("a bell on a string"), Guest(knew_the_code=True)
        )
    assert waiting.state is AdditionState.WAITING
    remove(recap, whole=True)
    db.session.expire_all()
    with unit_of_work():
        recaps.nod(db.session.get(Addition, waiting.id))
    assert [(e.prompt, [i.text for i in e.responses]) for e in recap.entries][-1] == (
        "Ideas that came later", ["a bell on a string"],
    )


def test_a_challenge_that_comes_back_is_the_stick_it_was(recap, sticks):
    with unit_of_work():
        recap.entries[0].challenge = next(iter(sticks.values()))
        recaps.add_entry(recap, EntryWish("one more"))
    number, stick = recap.entries[0].id, recap.entries[0].challenge_id
    with unit_of_work():
        recaps.remove_entry(recap, number)
    put_back(recap, revisions_of(recap)[1].number)
    assert (recap.entries[0].id, recap.entries[0].challenge_id) == (number, stick)


def test_a_whole_recap_comes_back_with_sticks_and_songs(both_databases, app, sticks):
    recap = make_recap("* One?\n- Song: Hungry bin | by Ana\n- Hum\n* Two?\n- Song: Tunnel\n- Hop\n")
    numbers = [idea.id for idea in ideas_of(recap)]
    with unit_of_work():
        for entry, stick in zip(recap.entries, sticks.values(), strict=False):
            entry.challenge = stick
        recaps.add_entry(recap, EntryWish("one more"))
    before, entries = revisions_of(recap)[0].number, [(e.id, e.challenge_id) for e in recap.entries]
    with unit_of_work():
        recaps.sort_again(recap, "* Quite another prompt\n- nothing of the former words", recap.version)
    put_back(recap, before)
    assert [idea.id for idea in ideas_of(recap)] == numbers
    assert [(e.id, e.challenge_id) for e in recap.entries] == entries
    titles = [[thing.title for thing in idea.resources] for idea in ideas_of(recap)]
    assert titles == [["Hungry bin"], [], ["Tunnel"], []]
    with unit_of_work():
        recaps.sort_again(recap, "* Quite another prompt\n- nothing of the former words", recap.version)
    with unit_of_work():
        recaps.sort_again(recap, "* One?\n- Hum\n* Two?\n- Song: Tunnel\n", recap.version)
    assert [idea.id for idea in ideas_of(recap)] == [numbers[1], numbers[2]]
