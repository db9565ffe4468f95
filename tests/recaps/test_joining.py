"""What others add: who may, until when, what waits for a nod, and how it goes again."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from meetups.attendance.letters import seat_token
from meetups.attendance.queries import rsvp_of
from meetups.foundation.database import db, unit_of_work
from meetups.people import actions as people
from meetups.recaps import actions
from meetups.recaps.actions import AddedWords, Guest
from meetups.recaps.letters import consent_token
from meetups.recaps.models import Addition, Consent
from meetups.recaps.terms import AdditionState
from tests import cast
from tests.makers import make_meetup, make_person, make_rsvp
from tests.recaps.written import asked, ideas_of, make_recap

DAY = timedelta(days=1)


@pytest.fixture
def recap(meetup, sol):
    return make_recap(author=sol, meetup=meetup)


def additions() -> list[Addition]:
    return list(db.session.scalars(sa.select(Addition).order_by(Addition.id)))


def add_idea(recap, guest, text="a bell on a string", **more):
    with unit_of_work():
        return actions.add_idea(recap, recap.entries[0].id, AddedWords(text, **more), guest)


def comment(recap, guest, text="We did that too."):
    with unit_of_work():
        return actions.comment(recap, AddedWords(text), guest)


def test_the_code_of_the_day_lets_somebody_add_and_a_writer_nods(recap, meetup, client, signed_in, outbox):
    path = f"/recaps/{recap.code}/ideas/new"
    told = {"entry": recap.entries[0].id, "text": "a bell on a string", "name": "Zyx", "code": "wrong words"}
    answer = client.submit(path, told)
    assert (answer.status_code, meetup.check_in_misses) == (400, 1)
    assert "not today’s code" in client.text(answer)
    answer = client.submit(path, told | {"code": meetup.check_in_code.upper()}, follow_redirects=True)
    assert "It waits for a nod" in client.text(answer)
    assert "a bell" not in client.get(f"/recaps/{recap.code}").text
    assert [subject for _, subject in outbox.subjects] == ["Something was added to “Twelve sticks”"] * 2  # Sol, Marisol
    writer = signed_in(recap.author)
    writer.submit(f"/recaps/{recap.code}/additions", {"do": f"nod-{additions()[0].id}"})
    writer.submit(f"/recaps/{recap.code}/additions", {"do": f"decline-{additions()[0].id}"})
    assert len(ideas_of(recap)) == 2
    writer.submit(f"/recaps/{recap.code}/additions", {"do": f"nod-{additions()[0].id}"})
    text = client.text(client.get(f"/recaps/{recap.code}"))
    assert "a bell on a string" in text
    assert "Zyx" not in text, "what was declined came back without its name"


def test_a_name_stands_with_the_idea_and_goes_by_its_own_link(recap, client, app):
    addition = add_idea(recap, Guest(knew_the_code=True), name="Zyx", library="Oak")
    with unit_of_work():
        actions.nod(addition)
    assert (addition.name, addition.library) == ("", "")
    assert "Zyx, Oak" in client.get(f"/recaps/{recap.code}").text
    with unit_of_work():
        actions.withdraw_consent(addition.response)
    for page in ("", ".txt"):
        assert "Zyx" not in client.get(f"/recaps/{recap.code}{page}").text


def test_a_full_name_goes_from_what_others_wrote_beside_it(recap, meetup, client):
    idea = add_idea(recap, Guest(meetup.host), name="Zyx Qux")
    comment(recap, Guest(meetup.host), "Thanks, Zyx Qux!")
    with unit_of_work():
        actions.withdraw_consent(idea.response)
    page = client.text(client.get(f"/recaps/{recap.code}"))
    assert "Thanks, somebody!" in page
    assert "Zyx" not in page


@pytest.mark.parametrize(("guest", "waits"), [("host", False), ("author", False), ("new member", True),
                                              ("known member", False), ("visitor", True), ("code", True)])  # fmt: skip
def test_who_waits_for_a_nod(recap, meetup, guest, waits):
    ken = cast.ken()
    if guest == "known member":
        make_recap(author=ken, title="His own")
    by = {
        "host": lambda: Guest(meetup.host), "author": lambda: Guest(recap.author, rsvp_of(recap.author, meetup)),
        "new member": lambda: Guest(ken, make_rsvp(meetup, ken)),
        "known member": lambda: Guest(ken, make_rsvp(meetup, ken)),
        "visitor": lambda: Guest(None, make_rsvp(meetup, "Kai")), "code": lambda: Guest(None, None, True),
    }[guest]()  # fmt: skip
    assert (add_idea(recap, by).state is AdditionState.WAITING) is waits


def test_the_second_of_a_newcomer_needs_no_nod(recap, meetup):
    guest = Guest(None, make_rsvp(meetup, "Kai"))
    first = add_idea(recap, guest)
    assert add_idea(recap, guest, "and a drum").state is AdditionState.WAITING
    with unit_of_work():
        actions.nod(first)
    assert add_idea(recap, guest, "and a gong").state is AdditionState.SHOWN
    assert [idea.text for idea in recap.entries[0].responses][-2:] == ["a bell on a string", "and a gong"]


def test_thirty_days_and_not_a_second_more(recap, meetup, frozen):
    guest = Guest(meetup.host)
    frozen.move_to(recap.published_at + 30 * DAY - timedelta(seconds=1))
    add_idea(recap, guest)
    frozen.move_to(recap.published_at + 30 * DAY)
    with pytest.raises(actions.NotNow, match="30 days"):
        add_idea(recap, guest, "too late")
    comment(recap, guest)


@pytest.mark.parametrize("guest", ["stranger", "member who was not there", "no-show", "of another meetup"])
def test_ideas_are_by_who_was_there(recap, meetup, guest):
    ken = cast.ken()
    by = {
        "stranger": lambda: Guest(), "member who was not there": lambda: Guest(ken),
        "no-show": lambda: Guest(ken, make_rsvp(meetup, ken, attended=False)),
        "of another meetup": lambda: Guest(ken, make_rsvp(make_meetup("Another"), ken)),
    }[guest]()  # fmt: skip
    with pytest.raises(actions.NotNow, match="people who were there"):
        add_idea(recap, by)


def test_pressing_twice_adds_once_and_floods_end(recap, meetup):
    guest = Guest(meetup.host)
    assert add_idea(recap, guest).id == add_idea(recap, guest).id
    for number in range(9):
        add_idea(recap, guest, f"one {number}")
    with pytest.raises(actions.TooManyAdded, match="for one day"):
        add_idea(recap, guest, "eleventh")
    for number in range(10):
        comment(recap, Guest(make_person()), f"hello {number}")
    for number in range(20):
        comment(recap, Guest(make_person()), f"hey {number}")
    with pytest.raises(actions.TooManyAdded, match="waiting"):
        comment(recap, Guest(make_person()), "one more")


def test_whoever_copies_the_words_of_another_gets_no_hand_on_them(recap, meetup, signed_in, client):
    by = Guest(meetup.host)
    theirs, idea = comment(recap, by), add_idea(recap, by, name="Zyx")
    signed_in(make_person("Kea")).submit(f"/recaps/{recap.code}/comment", {"text": theirs.text})
    told = {"entry": recap.entries[0].id, "text": idea.text, "name": "Qux", "code": meetup.check_in_code}
    client.submit(f"/recaps/{recap.code}/ideas/new", told)
    assert [(each.text, each.state.value) for each in additions()] == [
        (theirs.text, "shown"), (idea.text, "shown"), (theirs.text, "waiting"), (idea.text, "waiting")
    ]
    assert idea.response.credit.name == "Zyx"


def test_frozen_means_closed_and_what_stands_stays(recap, meetup, client, signed_in):
    comment(recap, Guest(meetup.host), "We did that too.")
    writer = signed_in(recap.author)
    writer.submit(f"/recaps/{recap.code}/additions", {"do": "freeze"})
    assert client.submit(f"/recaps/{recap.code}/comment", {"text": "x", "name": "Kai", "code": meetup.check_in_code}
                         ).status_code == 409  # fmt: skip
    text = client.text(client.get(f"/recaps/{recap.code}"))
    assert "We did that too." in text
    assert "Say something" not in text
    writer.submit(f"/recaps/{recap.code}/additions", {"do": "thaw"})
    assert "Say something" in client.text(client.get(f"/recaps/{recap.code}"))


def test_who_is_blocked_adds_nothing_and_sees_nothing(recap, meetup, signed_in):
    ken = cast.ken()
    comment(recap, Guest(make_person("Lou"), make_rsvp(meetup, "Lou")), "from Lou")
    said = comment(recap, Guest(meetup.host), "from the host")
    with unit_of_work():
        people.block(said.person, ken)
    with pytest.raises(actions.NotNow, match="not available"):
        comment(recap, Guest(ken, make_rsvp(meetup, ken)))
    assert "from the host" not in signed_in(ken).get(f"/recaps/{recap.code}").text
    assert "from the host" in signed_in(cast.ana()).get(f"/recaps/{recap.code}").text


def test_ones_own_words_are_taken_back_for_good(recap, meetup, client):
    told = {"text": "Zyxian words", "name": "Zyxol", "code": meetup.check_in_code}
    place = client.submit(f"/recaps/{recap.code}/comment", told).location
    with unit_of_work():
        actions.nod(additions()[0])
    assert "Zyxol" in client.get(f"/recaps/{recap.code}").text
    client.submit(place, {})
    assert "Zyx" not in client.get(f"/recaps/{recap.code}").text + client.get(place).text
    assert (additions()[0].text, additions()[0].name) == ("", "")
    with unit_of_work():
        actions.nod(additions()[0])
    assert additions()[0].state is AdditionState.TAKEN_BACK


def test_words_come_out_as_words(recap, meetup, client):
    comment(recap, Guest(meetup.host), "<script>alert(1)</script> https://evil.example [x](javascript:y)")
    page = client.get(f"/recaps/{recap.code}").text
    assert "<script>alert" not in page
    assert 'href="https://evil' not in page


# "that was mine"


def test_a_claim_shows_the_name_at_once_and_hands_over_the_link(recap, meetup, client, outbox):
    idea = next(idea for idea in ideas_of(recap) if idea.text.startswith("hungry"))
    told = {"idea": idea.id, "name": "Zyx Ukulele", "library": "Oak", "code": meetup.check_in_code}
    place = client.submit(f"/recaps/{recap.code}/mine", told).location
    assert place.startswith("/consent/")
    assert "Zyx Ukulele, Oak" in client.get(f"/recaps/{recap.code}").text
    assert [letter.subject for letter in outbox] == ["Somebody is named in “Twelve sticks”"] * 2
    assert all("Zyx" not in letter.plain for letter in outbox), "a letter would keep the name"
    client.submit(place, {"do": "no"})
    db.session.refresh(idea)
    assert (idea.credit.name, idea.credit.consent) == ("", Consent.WITHDRAWN)
    assert "Zyx" not in client.get(f"/recaps/{recap.code}").text
    assert client.submit(place, {"do": "yes", "name": "Zyx"}).status_code == 303, "and back again"


def test_the_writer_gives_the_credit_back_to_the_group(recap, meetup, client):
    idea = ideas_of(recap)[0]
    with unit_of_work():
        actions.claim(recap, idea.id, "Zyx", "", Guest(knew_the_code=True))
        link = consent_token(idea)
    entry = idea.entry
    with unit_of_work():
        wish = actions.EntryWish(entry.prompt, ideas=(actions.IdeaWish(idea.text, idea.id),))
        actions.save_entry(recap, entry.id, wish, actions.fingerprint(actions.entry_standing(entry)))
    assert client.get(f"/consent/{link}").status_code == 410
    assert "Zyx" not in client.get(f"/recaps/{recap.code}").text


def test_nobody_claims_what_somebody_was_asked_about_or_took_back(recap, meetup):
    idea = asked(recap)
    for _ in range(2):
        with pytest.raises(actions.NotNow, match="asked or named"), unit_of_work():
            actions.claim(recap, idea.id, "Zyx", "", Guest(knew_the_code=True))
        with unit_of_work():
            actions.refuse_consent(idea)


def test_the_link_of_a_letter_is_proof_enough(recap, meetup, client, frozen):
    kai = make_rsvp(meetup, "Kai")
    frozen.move_to(meetup.ends_at + DAY)
    token = seat_token(kai)
    assert "Add an idea to the recap" in client.text(client.get(f"/rsvp/{token}"))
    path = client.get(f"/rsvp/{token}/recap").location
    client.submit(path, {"entry": recap.entries[0].id, "text": "bells"})
    assert (additions()[0].rsvp_id, additions()[0].state) == (kai.id, AdditionState.WAITING)


# write-ups elsewhere


def test_an_onlookers_write_up_beside_the_recap_and_the_meetup(recap, meetup, signed_in, client):
    browser = signed_in(meetup.host)
    told = {"url": "https://blog.example.org/fox", "text": "Six songs in a lobby", "who": "A passer-by",
            "perspective": "onlooker"}  # fmt: skip
    client.get(f"/meetups/{meetup.code}")  # kept
    browser.submit(f"/recaps/{recap.code}/writeup", told)
    for page in (f"/recaps/{recap.code}", f"/meetups/{meetup.code}"):
        answer = client.get(page)
        assert "Six songs in a lobby by A passer-by (blog.example.org, walked by)" in client.text(answer)
        assert '<a href="https://blog.example.org/fox" rel="nofollow ugc noopener">' in answer.text
    with unit_of_work():
        actions.decline(additions()[0])
    assert "Six songs" not in client.get(f"/meetups/{meetup.code}").text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.example/x", "https://", "//a.example", "http://[x",
                                 "a b", "https://user@evil.example/", "https://a.example/" + "x" * 600,
                                 "data:text/html,x"])  # fmt: skip
def test_only_addresses_of_pages(recap, meetup, signed_in, url):
    told = {"url": url, "text": "x", "who": "y", "perspective": "press"}
    assert signed_in(meetup.host).submit(f"/recaps/{recap.code}/writeup", told).status_code == 400
    assert additions() == []


def test_who_has_no_account_says_the_code_and_a_name(recap, meetup, client):
    path = f"/recaps/{recap.code}/comment"
    for typed, sentence in (
        ({"name": "", "code": meetup.check_in_code}, "Write a name people may call you by."),
        ({"name": "Zyx", "code": ""}, "Which two words were said in the room?"),
    ):
        answer = client.submit(path, {"text": "We did that too.", **typed})
        assert answer.status_code == 400
        assert sentence in client.text(answer)
    assert additions() == []


def test_a_gathering_never_listed_has_comments_and_write_ups_of_members(signed_in, client, app):
    recap = make_recap()
    path = f"/recaps/{recap.code}"
    assert client.submit(f"{path}/comment", {"text": "x", "name": "y", "code": "z"}).status_code == 400
    signed_in(recap.author).submit(f"{path}/comment", {"text": "Come again"})
    assert "Come again" in client.text(client.get(path))
    assert client.submit(f"{path}/mine", {"name": "y", "code": "z"}).status_code == 400


HOSTILE = ["x", "\x00", "9" * 40, "-1", "x" * 10_000, ""]


@pytest.mark.parametrize("bad", HOSTILE)
@pytest.mark.parametrize("page", ["ideas/new", "comment", "mine", "writeup"])
def test_nothing_typed_breaks_a_page(recap, client, page, bad):
    fields = ("entry", "text", "name", "library", "code", "idea", "url", "who", "perspective")
    answer = client.forge(f"/recaps/{recap.code}/{page}", dict.fromkeys(fields, bad))
    assert answer.status_code == 400


@pytest.mark.parametrize("bad", [*HOSTILE, "nod-9", "nod-", "decline-" + "9" * 30, "nod-²"])
def test_nothing_pressed_breaks_the_list(recap, signed_in, bad):
    answer = signed_in(recap.author).forge(f"/recaps/{recap.code}/additions", {"do": bad})
    assert answer.status_code in (303, 404)
