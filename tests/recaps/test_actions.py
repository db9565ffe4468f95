"""What writers do, on both databases: starting, taking in, saving, asking, publishing."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta

import pytest
import sqlalchemy as sa

from meetups.foundation import announce, clock
from meetups.foundation.database import db, unit_of_work
from meetups.recaps import actions
from meetups.recaps.actions import EntryWish, HeadWish, IdeaWish, entry_standing, fingerprint, head_standing
from meetups.recaps.actions.notes import credit_as
from meetups.recaps.entries import written
from meetups.recaps.facts import RecapPublished
from meetups.recaps.models import Consent, CreditMode, Recap, RecapStatus, Response
from meetups.recaps.notation import WrittenEntry, WrittenRecap, WrittenResource, WrittenResponse, read, write
from meetups.recaps.terms import AgeGroup, Category, Form, Kind, Origin, Outcome, ResourceType, Stance
from tests import cast
from tests.makers import make_meetup, make_person
from tests.recaps.written import NOTES, asked, ideas_of, make_recap, named

pytestmark = pytest.mark.usefixtures("both_databases", "app")


def structure(recap: Recap) -> list:
    db.session.refresh(recap)
    return [(entry.prompt, [idea.text for idea in entry.responses]) for entry in recap.entries]


def test_one_author_writes_up_a_meetup_once():
    meetup, sol = make_meetup(), cast.sol()
    first = make_recap(author=sol, meetup=meetup, public=False)
    assert make_recap(author=sol, meetup=meetup, public=False).id == first.id
    assert len(structure(first)) == 3
    assert make_recap(author=cast.ana(), meetup=meetup, public=False).id != first.id


def test_the_same_unlisted_gathering_sent_twice_is_one_draft():
    sol = cast.sol()
    first = make_recap(author=sol, public=False)
    assert make_recap(author=sol, public=False).id == first.id
    assert make_recap(author=sol, title="Another evening", public=False).id != first.id


def test_other_notes_for_the_draft_there_is_are_taken_in():
    meetup, sol = make_meetup(), cast.sol()
    recap = make_recap(author=sol, meetup=meetup, public=False)
    make_recap("* one more\n- yes", author=sol, meetup=meetup, public=False)
    assert structure(recap)[-1] == ("one more", ["yes"])


def test_every_word_of_the_notes_is_in_the_recap():
    tip = WrittenResponse("b", Form.SONG, Stance.FOR, "Mei, Oak", "tip", ["https://x.example/"], [
        WrittenResource(ResourceType.BOOK, "Bark", "J. F.", "https://b.example/"),
    ])
    entry = WrittenEntry("a?", Origin.AUDIENCE, Kind.SHARE, "Transitions", [AgeGroup.TODDLER], Outcome.PARTLY, [tip],
                         "for all", ["stray line"])
    notes = write(WrittenRecap("Twelve sticks", "It rained.", [entry], "Thanks!"))
    recap = make_recap(notes, title="")
    assert recap.title == "Twelve sticks"
    assert written(recap) == read(notes)
    assert recap.entries[0].category is Category.TRANSITIONS


def test_a_title_in_the_notes_does_not_replace_the_one_there_is():
    recap = make_recap("# Of the notes\n\nIt rained.\n\n* a?\n- b", title="Of the form")
    assert (recap.title, recap.head) == ("Of the form", "Of the notes\n\nIt rained.")


def test_names_in_the_notes_wait_and_read_the_group():
    recap = make_recap(public=False)
    idea = named(recap, "Mei")
    assert (idea.credit.mode, idea.credit.library, idea.credit.consent, idea.credit.shown) == (
        CreditMode.NAMED, "Alder Creek", Consent.PENDING, "",
    )


def test_too_many_challenges_are_refused_and_nothing_is_saved():
    with pytest.raises(actions.TooMuchAtOnce):
        make_recap("* x?\n- y\n" * 401)
    assert db.session.scalar(sa.select(sa.func.count(Recap.id))) == 0


def test_sorting_again_keeps_credit_where_the_words_stay():
    recap = make_recap(public=False)
    asked(recap)
    with unit_of_work():
        actions.give_consent(named(recap, "Mei"), "Mei", "Alder Creek")
    text = write(written(recap)).replace("hungry bin", "very hungry bin").replace("1. The egg", "1. All the egg")
    numbers = {idea.text: idea.id for idea in ideas_of(recap)}
    with unit_of_work():
        actions.sort_again(recap, text, recap.version)
    ideas = {idea.text: idea for idea in ideas_of(recap)}
    assert list(ideas) == ["very hungry bin, burps every 3rd egg", "elbows need room"]
    assert ideas["elbows need room"].id == numbers["elbows need room"]
    assert ideas["elbows need room"].credit.shown == "Mei, Alder Creek"
    assert structure(recap)[0][0] == "All the egg shakers must go back in the bin."
    assert db.session.scalar(sa.select(sa.func.count(Response.id))) == 2


def test_sorting_again_with_another_name_asks_anew():
    recap = make_recap(public=False)
    asked(recap)
    with unit_of_work():
        actions.give_consent(named(recap, "Mei"), "Mei", "Alder Creek")
        actions.sort_again(recap, write(written(recap)).replace("Said by: Mei", "Said by: Noa"), recap.version)
    idea = named(recap, "Noa")
    assert (idea.credit.consent, idea.asked_address) == (Consent.PENDING, None)


def test_sorting_again_after_somebody_saved_is_refused():
    recap = make_recap(public=False)
    with pytest.raises(actions.StaleForm), unit_of_work():
        actions.sort_again(recap, "* new", recap.version - 1)
    assert len(structure(recap)) == 3


def test_saving_the_head_twice_is_one_change():
    recap = make_recap(public=False)
    shown, wish = fingerprint(head_standing(recap)), HeadWish("New", "h", "t", headcount_from=3)
    for _ in range(2):
        with unit_of_work():
            actions.save_head(recap, wish, shown)
    assert head_standing(recap) == wish
    with pytest.raises(actions.StaleForm), unit_of_work():
        actions.save_head(recap, HeadWish("Newer"), shown)


def test_saving_an_entry_writes_everything_it_says():
    recap = make_recap(public=False)
    entry = recap.entries[0]
    first = entry.responses[0]
    wish = EntryWish(
        "Eggs?", outcome=Outcome.PARTLY, category=Category.TRANSITIONS, ages=(AgeGroup.TODDLER,), literacy_tip="tip",
        leftovers="left", ideas=(IdeaWish("hungry", first.id), IdeaWish("new one")),
    )
    with unit_of_work():
        actions.save_entry(recap, entry.id, wish, fingerprint(entry_standing(entry)))
    assert structure(recap)[0] == ("Eggs?", ["hungry", "elbows need room", "new one"])
    saved = entry_standing(recap.entries[0])
    assert (saved.outcome, saved.category, saved.ages, saved.literacy_tip, saved.leftovers) == (
        Outcome.PARTLY, Category.TRANSITIONS, (AgeGroup.TODDLER,), "tip", "left",
    )


def test_ideas_and_entries_move_and_stay_at_the_edges():
    recap = make_recap(public=False)
    numbers = [entry.id for entry in recap.entries]
    for number, by in ((numbers[0], -1), (numbers[2], 1), (numbers[2], -1)):
        with unit_of_work():
            actions.move_entry(recap, number, by)
    assert [entry.id for entry in recap.entries] == [numbers[0], numbers[2], numbers[1]]
    assert [entry.ordinal for entry in recap.entries] == [0, 1, 2]


def test_publishing_waits_for_names_and_says_how_many():
    recap = make_recap(public=False)
    with pytest.raises(actions.ConsentMissing) as held, unit_of_work():
        actions.publish(recap)
    assert held.value.waiting == 1
    assert "1 name is still waiting" in held.value.sentence
    db.session.refresh(recap)
    assert (recap.status, recap.published_at) == (RecapStatus.DRAFT, None)


def test_publishing_is_announced_once(monkeypatch):
    seen = []
    monkeypatch.setattr(announce, "_reactions", {RecapPublished: (seen.append,)})
    recap = make_recap(public=False)
    for _ in range(2):
        with unit_of_work():
            actions.publish(recap, group_credit_for_the_rest=True)
    assert seen == [RecapPublished(recap)]


def test_publishing_again_keeps_the_first_date(frozen):
    recap = make_recap()
    first = recap.published_at
    frozen.pass_time(timedelta(days=1))
    with unit_of_work():
        actions.withdraw(recap)
    assert not recap.is_public
    with unit_of_work():
        actions.publish(recap, group_credit_for_the_rest=True)
    assert (recap.status, recap.published_at) == (RecapStatus.PUBLISHED, first)


def test_a_pending_name_does_not_hold_up_what_is_already_public():
    recap = make_recap("* a?\n- b")
    entry = recap.entries[0]
    with unit_of_work():
        wish = EntryWish("a?", ideas=(IdeaWish("c", name="Mei"),))
        actions.save_entry(recap, entry.id, wish, fingerprint(entry_standing(entry)))
    assert recap.is_public
    assert named(recap, "Mei").credit.shown == ""


def test_a_name_taken_back_is_deleted():
    recap = make_recap()
    idea = asked(recap)
    with unit_of_work():
        actions.give_consent(idea, "Mei", "Alder Creek")
    with unit_of_work():
        actions.withdraw_consent(idea)
    db.session.refresh(idea)
    assert (idea.credit_name, idea.credit_library) == ("", "")


def test_a_no_is_final_for_the_writers():
    recap = make_recap()
    idea = asked(recap)
    with unit_of_work():
        actions.refuse_consent(idea)
    entry = recap.entries[0]
    with unit_of_work():
        wish = EntryWish("x", ideas=(IdeaWish("elbows need room", idea.id, name="Mei"),))
        actions.save_entry(recap, entry.id, wish, fingerprint(entry_standing(entry)))
    db.session.refresh(idea)
    assert (idea.credit.name, idea.credit.consent) == ("", Consent.REFUSED)
    with pytest.raises(actions.CannotAsk), unit_of_work():
        actions.ask_consent(idea, "mei@library.example", recap.author)


def test_asking_twice_within_a_day_sends_one_letter(outbox, frozen):
    recap = make_recap()
    asked(recap)
    asked(recap)
    assert len(outbox.to("mei@library.example")) == 1
    frozen.pass_time(timedelta(days=2))
    asked(recap)
    assert len(outbox.to("mei@library.example")) == 2


def test_one_address_is_not_flooded(outbox):
    author = make_person()
    for number in range(3):
        asked(make_recap(f"* a{number}\n- b - Mei, Oak", title=f"{number}", author=author))
    with pytest.raises(actions.CannotAsk, match="three letters"):
        asked(make_recap("* a\n- b - Mei, Oak", title="fourth", author=author))
    assert len(outbox.to("mei@library.example")) == 3


@pytest.mark.parametrize(("joined", "most"), [(timedelta(0), 15), (timedelta(days=8), 60)])
def test_one_member_cannot_write_to_the_whole_world(joined, most):
    author = make_person()
    with unit_of_work():
        author.joined_at = clock.now() - joined
    recap = make_recap("* a\n" + "".join(f"- b{n} - Mei, Oak\n" for n in range(61)), author=author)
    ideas = ideas_of(recap)
    for number, idea in enumerate(ideas[:most]):
        with unit_of_work():
            actions.ask_consent(idea, f"mei-{number}@library.example", author)
    with pytest.raises(actions.CannotAsk, match=f"{most} people"), unit_of_work():
        actions.ask_consent(ideas[most], "mei-60@library.example", author)


def test_nor_can_many_accounts_for_one_recap_or_to_one_address(frozen):
    recap = make_recap("* a\n" + "".join(f"- b{n} - Mei, Oak\n" for n in range(70)))
    ideas = ideas_of(recap)
    for number in range(60):
        with unit_of_work():
            actions.ask_consent(ideas[number], f"mei-{number}@library.example", make_person())
    with pytest.raises(actions.CannotAsk, match="for this recap"), unit_of_work():
        actions.ask_consent(ideas[60], "mei-60@library.example", make_person())
    other = make_recap("* a\n" + "".join(f"- b{n} - Mei, Oak\n" for n in range(6)), "Other")
    for number, idea in enumerate(ideas_of(other)):
        frozen.pass_time(timedelta(hours=2))
        expected = pytest.raises(actions.CannotAsk, match="five letters") if number == 5 else nullcontext()
        with expected, unit_of_work():
            actions.ask_consent(idea, "one@library.example", make_person())


def test_emptying_the_name_does_not_wind_the_limit_back(frozen):
    author = make_person()
    recap = make_recap("* a\n- b - Mei, Oak", author=author)
    for number in range(16):
        with unit_of_work():
            idea = named(recap, "Mei")
            credit_as(idea, "", "")
            credit_as(idea, "Mei", "Oak")
        expected = pytest.raises(actions.CannotAsk, match="15 people") if number == 15 else nullcontext()
        with expected, unit_of_work():
            actions.ask_consent(named(recap, "Mei"), f"mei-{number}@library.example", author)


def test_only_drafts_are_thrown_away():
    draft, public = make_recap(public=False), make_recap("* a\n- b", title="Up")
    with unit_of_work():
        actions.throw_away(draft)
    with pytest.raises(actions.NotNow), unit_of_work():
        actions.throw_away(public)
    assert db.session.scalars(sa.select(Recap.title)).all() == ["Up"]


def test_a_new_paste_leaves_what_was_there(frozen):
    recap = make_recap(NOTES, public=False)
    before = structure(recap)
    with unit_of_work():
        actions.take_in(recap, "A second thought.\n\n* more?\n- yes")
    assert structure(recap) == [*before, ("more?", ["yes"])]
    assert recap.head == "A second thought."
