"""The one letter of this room so far: may we name you?"""

from __future__ import annotations

import pytest

from meetups.foundation.database import unit_of_work
from meetups.recaps import actions
from meetups.recaps.letters import consent_token, is_consent_token
from meetups.recaps.models import Attribution, Consent, CreditMode
from tests.recaps.written import asked, make_recap, named


def test_the_letter_says_whose_idea_and_how_it_would_read(app, outbox):
    recap = make_recap(public=False, place_label="Birch Room, Columbus, OH")
    idea = asked(recap)
    letter = outbox.last
    assert (letter.to_address, letter.subject) == ("mei@library.example", "May we name you? Twelve sticks")
    assert "It would say: Mei, Alder Creek." in letter.plain
    assert outbox.link("/consent/") == f"/consent/{consent_token(idea)}"
    assert "Birch Room" not in letter.plain, "of what the asker typed only name and title are mailed"
    assert "hungry bin" not in letter.plain
    assert "elbows" not in letter.plain


def test_the_letter_carries_no_link_of_the_askers(app, outbox):
    recap = make_recap("* a\n- b http://evil.example - Mei, Oak", "Win at www.evil.example/now today")
    asked(recap)
    letter = outbox.last
    assert letter.subject == "May we name you? Win at today"
    assert "evil" not in letter.plain + letter.html


def test_a_name_with_a_link_in_it_is_not_mailed(app, outbox):
    recap = make_recap("* a\n- b - Mei, Oak")
    with unit_of_work():
        named(recap, "Mei").credit = Attribution(CreditMode.NAMED, "evil.example", "", Consent.PENDING, None)
    with pytest.raises(actions.CannotAsk, match="link"):
        asked(recap, "evil.example")
    assert len(outbox) == 0


def test_hostile_words_stay_words(app, outbox):
    recap = make_recap("* a\n- <script>alert(1)</script> [x](javascript:y) - Mei, Oak", "Bell\r\nBcc: x@y.example")
    asked(recap)
    assert "<script" not in outbox.last.html
    assert "\n" not in outbox.last.subject
    assert "\n" not in outbox.last.to_address


def test_each_asking_makes_a_link_of_its_own(app):
    recap = make_recap()
    idea = asked(recap)
    first = consent_token(idea)
    assert is_consent_token(first, idea)
    asked(recap, address="other@library.example")
    assert not is_consent_token(first, idea)
    assert is_consent_token(consent_token(idea), idea)


def test_no_link_opens_an_idea_nobody_was_asked_about(app):
    recap = make_recap()
    idea = recap.entries[0].responses[1]
    assert not is_consent_token(consent_token(idea), idea)
