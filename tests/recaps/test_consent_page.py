"""A name appears after a yes and nowhere before; it goes everywhere with the request that takes it back."""

from __future__ import annotations

import pytest

from meetups.foundation.database import unit_of_work
from meetups.recaps import actions
from meetups.recaps.actions import entry_standing, fingerprint
from meetups.recaps.letters import consent_token
from meetups.recaps.models import Consent
from tests.makers import make_meetup
from tests.recaps.written import asked, ideas_of, make_recap, named

NAME = "Quillonda"
NOTES = f"""\
A wet evening.

* Elbows?
- elbows need room - {NAME}, Zyxholm Library
- move yourself
"""


@pytest.fixture
def recap(app):
    return make_recap(NOTES, meetup=make_meetup())


def public_bytes(client, recap) -> str:
    """Everything a stranger can fetch about the recap."""
    paths = [
        f"/recaps/{recap.code}", f"/recaps/{recap.code}.txt", "/recaps", f"/ideas?q={NAME}", "/ideas?q=elbows",
        "/ideas?q=zyxholm", "/ideas.atom", "/ideas.json", "/recaps.atom", "/recaps.json",
        f"/meetups/{recap.meetup.code}", "/",
    ]
    answers = [client.get(path) for path in paths]
    return "\n".join(answer.get_data(as_text=True) for answer in answers).replace(f'value="{NAME}"', "")


def shows_the_name(client, recap) -> bool:
    body = public_bytes(client, recap)
    found = f'href="/recaps/{recap.code}#' in client.get(f"/ideas?q={NAME}").get_data(as_text=True)
    in_page = f"Shown by <b><bdi>{NAME}, Zyxholm Library</bdi></b>" in body
    in_text = f"Said by: {NAME}, Zyxholm Library" in client.get(f"/recaps/{recap.code}.txt").get_data(as_text=True)
    assert found == in_page == in_text
    return in_page


def leaked(client, recap) -> list[str]:
    """Places in public bytes where the name stands, the visitor's own search words apart."""
    body = public_bytes(client, recap)
    for own in (f"<title>Ideas: {NAME}</title>", f'content="Ideas: {NAME}"', f"<bdi>{NAME}</bdi>", f"?q={NAME}\""):
        body = body.replace(own, "")
    return [line for line in body.split("\n") if NAME in line or "Zyxholm" in line]


def test_a_pending_name_leaks_nowhere(client, recap):
    assert leaked(client, recap) == []
    asked(recap, NAME)
    assert leaked(client, recap) == []


def test_a_yes_shows_at_once_and_taking_it_back_removes_it_at_once(both_databases, client, outbox, recap):
    asked(recap, NAME)
    link = outbox.link("/consent/")
    assert not shows_the_name(client, recap)
    answer = client.submit(link, {"do": "yes"}, form="/consent/")
    assert answer.status_code == 303
    assert shows_the_name(client, recap)
    client.submit(link, {"do": "no"}, form="/consent/")
    assert not shows_the_name(client, recap)
    assert leaked(client, recap) == []
    idea = ideas_of(recap)[0]
    assert (idea.credit.name, idea.credit.library, idea.credit.consent) == ("", "", Consent.WITHDRAWN)


def test_opening_the_link_changes_nothing(client, outbox, recap):
    asked(recap, NAME)
    link = outbox.link("/consent/")
    for _ in range(3):
        assert client.get(link).status_code == 200
    assert named(recap, NAME).credit.consent is Consent.PENDING


def test_a_no_deletes_the_name_and_a_later_yes_needs_it_typed(client, outbox, recap):
    asked(recap, NAME)
    link = outbox.link("/consent/")
    client.submit(link, {"do": "no"}, form="/consent/")
    assert ideas_of(recap)[0].credit.name == ""
    answer = client.submit(link, {"do": "yes"}, form="/consent/")
    assert answer.status_code == 400
    assert "Write how you want to be named" in client.text(answer)
    client.submit(link, {"do": "yes", "name": NAME, "library": "Zyxholm Library"}, form="/consent/")
    assert shows_the_name(client, recap)


def test_the_bearer_decides_how_the_name_reads(client, outbox, recap):
    asked(recap, NAME)
    client.submit(outbox.link("/consent/"), {"do": "yes", "name": "Q. <b>", "library": ""}, form="/consent/")
    page = client.get(f"/recaps/{recap.code}").get_data(as_text=True)
    assert "<bdi>Q. &lt;b&gt;</bdi>" in page
    assert "Zyxholm" not in page


def test_the_page_is_not_kept_and_not_indexed(client, outbox, recap):
    asked(recap, NAME)
    answer = client.get(outbox.link("/consent/"))
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'content="noindex"' in answer.get_data(as_text=True)


def test_cached_copies_are_not_served_on(client, outbox, recap):
    asked(recap, NAME)
    link = outbox.link("/consent/")
    client.submit(link, {"do": "yes"}, form="/consent/")
    client.get(f"/recaps/{recap.code}")  # says thank you, once
    tag = client.get(f"/recaps/{recap.code}").headers["ETag"]
    assert client.get(f"/recaps/{recap.code}", headers={"If-None-Match": tag}).status_code == 304
    client.submit(link, {"do": "no"}, form="/consent/")
    assert client.get(f"/recaps/{recap.code}", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("token", ["0-x", "1-", "1-AAAA", "x", "99999999999999999999-a", "1-" + "é" * 30])
def test_wrong_links_get_a_sentence(client, recap, token):
    answer = client.get(f"/consent/{token}")
    assert answer.status_code == 410
    assert "does not work any more" in client.text(answer)


def test_the_link_of_one_idea_opens_no_other(client, outbox, recap):
    idea = asked(recap, NAME)
    other = ideas_of(recap)[1]
    assert client.get("/consent/" + consent_token(idea).replace(f"{idea.id}-", f"{other.id}-")).status_code == 410


def test_another_name_or_another_address_ends_the_link(client, outbox, recap):
    asked(recap, NAME)
    link = outbox.link("/consent/")
    entry = recap.entries[0]
    standing = entry_standing(entry)
    with unit_of_work():
        ideas = (actions.IdeaWish("elbows need room", entry.responses[0].id, name="Somebody Else"),)
        wish = actions.EntryWish("Elbows?", ideas=ideas)
        actions.save_entry(recap, entry.id, wish, fingerprint(standing))
    assert client.get(link).status_code == 410
    assert ideas_of(recap)[0].credit.consent is Consent.PENDING


def test_an_idea_that_was_taken_out_leaves_its_number_to_nobody(client, outbox, recap):
    idea = asked(recap, NAME)
    link, number = outbox.link("/consent/"), idea.id
    with unit_of_work():
        actions.remove_entry(recap, recap.entries[0].id)
    again = make_recap("* Knees?\n- knees - Mei, Alder Creek\n- toes", title="Another")
    asked(again, "Mei", "other@library.example")
    assert number not in [each.id for each in ideas_of(again)]
    assert client.get(link).status_code == 410


def test_the_draft_itself_is_not_opened_by_the_link(client, outbox, app):
    draft = make_recap(NOTES, public=False)
    asked(draft, NAME)
    page = client.get(outbox.link("/consent/")).get_data(as_text=True)
    assert "A wet evening" not in page
    assert "move yourself" not in page
    assert f"/recaps/{draft.code}" not in page


def test_withdrawing_the_recap_takes_it_off_everything(client, recap, signed_in):
    browser = signed_in(recap.author)
    browser.submit(f"/recaps/{recap.code}/edit", {}, form="withdraw")
    assert client.get(f"/recaps/{recap.code}").status_code == 404
    assert client.get(f"/recaps/{recap.code}.txt").status_code == 404
    assert recap.code not in client.get("/ideas?q=elbows").get_data(as_text=True)
    assert browser.submit(f"/recaps/{recap.code}/edit", {"do": "group"}, form="publish").status_code == 303
    assert client.get(f"/recaps/{recap.code}").status_code == 200


def test_writers_see_the_yes_and_the_no(client, outbox, signed_in, recap):
    asked(recap, NAME)
    client.submit(outbox.link("/consent/"), {"do": "no"}, form="/consent/")
    browser = signed_in(recap.author)
    page = browser.text(browser.get(f"/recaps/{recap.code}/edit"))
    assert "would rather not be named" in page
    assert NAME not in page
