"""A name taken back is gone with that very request, wherever it stood; so is the name of somebody who leaves."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from meetups.foundation.database import db, unit_of_work
from meetups.people import actions as people
from meetups.recaps import actions
from meetups.recaps.letters import consent_token
from meetups.recaps.models import Consent, CreditMode
from tests.makers import make_person
from tests.recaps.written import asked, make_recap, named

NAME = "Zyxwen Quillfeather"
NOTES = f"* shakers\n- elbows need room - {NAME}, Alder Creek\n- hungry bin\n"

pytestmark = pytest.mark.usefixtures("both_databases", "app")


def agreed(title="Twelve sticks", address="zyx@library.example", **given):
    recap = make_recap(NOTES, title, **given)
    idea = asked(recap, NAME, address)
    with unit_of_work():
        actions.give_consent(idea, NAME, "Alder Creek")
    return recap, idea


def whole_database() -> str:
    """Every value of every row but the outbox's, whose letter to the bearer says their own name."""
    tables = [table for table in db.metadata.sorted_tables if table.name != "outbox"]
    return " ".join(str(row) for table in tables for row in db.session.execute(sa.select(table)))


def test_the_name_is_in_no_row_any_more():
    recap, idea = agreed(head=f"Thanks to zyxwen  quillfeather, and to {NAME}.")
    assert "Zyxwen" in whole_database()
    with unit_of_work():
        actions.withdraw_consent(idea)
    assert "zyxwen" not in whole_database().lower()
    assert recap.head == "Thanks to somebody, and to somebody."


def test_one_word_is_not_hunted_in_sentences():
    recap = make_recap("* a\n- b - Will, Oak", head="Will you come again?")
    idea = asked(recap, "Will")
    with unit_of_work():
        actions.refuse_consent(idea)
    assert recap.head == "Will you come again?"
    assert idea.credit.name == ""


def test_one_press_takes_it_out_of_every_recap(client, outbox):
    (_, first), (_, second) = agreed(), agreed("Another day")
    _, strangers = agreed("A third", "other@library.example")
    path = f"/consent/{consent_token(first)}"
    assert "this and 1 other idea" in client.text(client.get(path))
    client.submit(path, {"do": "everywhere"})
    for idea, consent in ((first, Consent.WITHDRAWN), (second, Consent.WITHDRAWN), (strangers, Consent.GIVEN)):
        db.session.refresh(idea)
        assert idea.credit.consent is consent
    assert "other idea" not in client.text(client.get(path))


@pytest.mark.parametrize("tie", ["asked", "claimed"])
def test_who_leaves_is_named_nowhere(tie):
    person = make_person(NAME, address="zyx@library.example")
    _, idea = agreed()
    token = consent_token(idea)
    if tie == "claimed":
        with unit_of_work():
            idea.asked_address, idea.claimed_by_id = None, person.id
    with unit_of_work():
        people.leave(person)
    assert "zyx" not in whole_database().lower()
    assert (idea.credit.mode, idea.credit.consent, idea.claimed_at) == (CreditMode.NAMED, Consent.WITHDRAWN, None)
    assert token != consent_token(idea)
    assert "elbows need room" in whole_database()


def test_a_letter_that_waits_is_taken_back(outbox):
    recap = make_recap(NOTES)
    idea = asked(recap, NAME)
    assert len(outbox) == 1
    with unit_of_work():
        actions.refuse_consent(named(recap, NAME))
    assert len(outbox) == 0
    assert idea.credit.consent is Consent.REFUSED
