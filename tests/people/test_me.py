"""One's own page: name, zone, leaving; nobody else's doors."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from meetups.attendance.models import Answer
from meetups.foundation import clock
from meetups.foundation.announce import install
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.diary import Deed
from meetups.foundation.refusals import Refusal
from meetups.people import actions, queries
from meetups.people.facts import PersonLeft
from meetups.people.models import HomeArea, Passkey, Person, SignInLink
from meetups.planning.models import Meetup
from tests import cast, makers


def add_passkey(person, credential_id=b"one", name="phone"):
    with unit_of_work():
        return actions.add_passkey(person, credential_id, b"key", 0, name)


def count(model):
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def test_visitors_are_asked_in(client):
    for path in ("/me", "/me/leave", "/welcome"):
        assert client.get(path).headers["Location"] == f"/sign-in?next={path}"


def test_name_and_zone(signed_in):
    ana = cast.ana()
    browser = signed_in(ana)
    answer = browser.submit("/me", {"name": "  Ana\tB. ", "time_zone": "Europe/Dublin"})
    assert answer.status_code == 303
    assert (ana.display_name, ana.time_zone) == ("Ana B.", "Europe/Dublin")
    browser.forge(
        "/me", {"name": "Ana", "time_zone": ""})
    assert (ana.display_name, ana.time_zone) == ("Ana", None)


@pytest.mark.parametrize("name", [
    "", " \u202e ", "x" * 81, "ana@example.org", "<b>Ana</b>", "Ana https://evil.example", "see evil.example",
])
def test_a_name_that_will_not_do_is_kept_in_the_form(signed_in, name):
    ana = cast.ana()
    answer = signed_in(ana).forge("/me", {"name": name, "time_zone": ""})
    assert answer.status_code == 400
    assert ana.display_name == "Ana"


@pytest.mark.parametrize("name", ["سارة", "李", "Ana 🎤", "J. O’Neill {{ 7*7 }} &amp; Co"])
def test_names_of_all_kinds_are_welcome_and_harmless(signed_in, name):
    ana = cast.ana()
    browser = signed_in(ana)
    browser.forge("/me", {"name": name, "time_zone": ""})
    assert ana.display_name == name
    assert "{{ 7*7 }}" in browser.get("/me").text or "7*7" not in name


def test_a_zone_that_is_none_is_refused(signed_in):
    ana = cast.ana()
    answer = signed_in(ana).forge("/me", {"name": "Ana", "time_zone": "Mars/Olympus"})
    assert answer.status_code == 400
    assert ana.time_zone is None


def test_passkeys_are_removed_by_their_owner_only(signed_in):
    ana, ken = cast.ana(), cast.ken()
    passkey = add_passkey(ana)
    number = passkey.id
    assert signed_in(ken).forge(f"/me/passkeys/{number}/remove").status_code == 404
    assert count(Passkey) == 1
    assert signed_in(ana).submit("/me", form=f"/me/passkeys/{number}/remove").status_code == 303
    assert count(Passkey) == 0


def test_ten_passkeys_and_none_twice(app):
    ana = cast.ana()
    for number in range(10):
        add_passkey(ana, str(number).encode())
    with pytest.raises(Refusal, match="Ten passkeys"):
        add_passkey(ana, b"eleven")
    with pytest.raises(Refusal, match="already"):
        add_passkey(cast.ken(), b"3")


def test_leaving_needs_the_word(signed_in):
    browser = signed_in(cast.ana())
    assert browser.submit("/me/leave", {"sure": "bye"}).status_code == 400
    assert count(Person) == 1


def test_leaving_takes_everything_but_the_meetups(signed_in, client, outbox):
    marisol = cast.marisol()
    code = makers.make_meetup("Parachute night", host=marisol).code
    makers.make_rsvp(makers.make_meetup("Another"), marisol)
    add_passkey(marisol)
    client.submit("/sign-in", {"email": "marisol@example.org"}, form="by-mail")
    browser = signed_in(marisol)
    answer = browser.submit("/me/leave", {"sure": "Goodbye"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert queries.person_by_address("marisol@example.org") is None
    assert [count(each) for each in (HomeArea, Passkey, SignInLink)] == [0, 0, 0]
    assert outbox.to("marisol@example.org") == []
    assert db.session.scalar(sa.select(Meetup).where(Meetup.code == code)).host_id is None
    assert browser.get("/me").status_code == 303
    assert client.get(f"/meetups/{code}").status_code == 200


def test_other_rooms_hear_of_it_while_the_person_is_there(app):
    heard = []
    ana = cast.ana()
    install({PersonLeft: [lambda fact: heard.append((fact.person.address, count(Person)))]})
    with unit_of_work():
        actions.leave(ana)
    assert heard == [("ana@example.org", 1)]


def test_the_first_moderator_is_made_by_the_operator(app):
    runner = app.test_cli_runner()
    assert runner.invoke(args=["people", "make-moderator", "Noor@example.org"]).exit_code == 0
    noor = queries.person_by_address("noor@example.org")
    assert noor.is_moderator
    deeds = db.session.execute(sa.select(Deed.what, Deed.about, Deed.who)).all()
    assert deeds == [("made a moderator", f"people/{noor.id}", None)]
    assert runner.invoke(args=["people", "make-moderator", "nonsense"]).exit_code != 0


def test_the_operator_can_print_a_link(app, client, outbox):
    cast.ken()
    result = app.test_cli_runner().invoke(args=["people", "sign-in-link", "ken@example.org"])
    path = result.output.strip().removeprefix("http://localhost")
    assert path.startswith("/sign-in/")
    assert client.submit(path).headers["Location"] == "/me"
    assert len(outbox) == 0


def test_who_has_no_name_yet_finds_their_page_at_the_door(signed_in):
    browser = signed_in(makers.make_person("", address="new@example.org"))
    page = browser.get("/near").text
    assert '<a class="door" href="/me">You</a>' in page
    assert "Sign in" not in page


def test_a_seat_of_somebody_who_leaves_goes_to_whoever_waits(app, outbox):
    ken, ana = cast.ken(), cast.ana()
    full = makers.make_meetup("Full", host=cast.marisol(), capacity=1)
    past = makers.make_meetup("Past", host=cast.sol(), start=clock.now() - timedelta(days=30))
    makers.make_rsvp(full, ken)
    makers.make_rsvp(past, ken)
    waiting = makers.make_rsvp(full, ana, Answer.WAITING)
    with unit_of_work():
        actions.leave(ken)
    assert waiting.answer is Answer.GOING
    assert [to for to, _ in outbox.subjects] == ["ana@example.org"]
    assert queries.person_by_address("ken@example.org") is None
