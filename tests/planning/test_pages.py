"""Editing, publishing, cancelling, copying by browser; who may; conferences."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from meetups.foundation.database import db, unit_of_work
from meetups.planning.models import Meetup, Status
from tests import cast
from tests.browsing import PageForm
from tests.planning.plans import FIELDS, proposed

PAGES = ["edit", "cancel", "copy"]
DEEDS = ["publish", "confirm", "throw-away"]


@pytest.fixture
def marisol(app):
    return cast.marisol()


@pytest.fixture
def browser(marisol, signed_in):
    return signed_in(marisol)


def test_an_untouched_edit_form_changes_nothing(browser, marisol):
    meetup = proposed(marisol, bring=((12, "shakers"),), zone="America/Denver", capacity=16)
    for _ in range(2):
        assert browser.submit(f"/meetups/{meetup.code}/edit", {"deed": "save"}).status_code == 303
    assert (meetup.version, meetup.sequence, meetup.time_zone) == (1, 0, "America/Denver")
    assert meetup.wanted == ((12, "shakers"),)


def test_an_edit_is_saved(browser, marisol):
    meetup = proposed(marisol)
    page = browser.submit(f"/meetups/{meetup.code}/edit", {"room": "N239/241", "start": "19:00", "end": "21:00",
                                                           "deed": "save"})  # fmt: skip
    assert page.location == f"/meetups/{meetup.code}"
    assert (meetup.room, meetup.local_start.hour, meetup.version) == ("N239/241", 19, 2)


def test_a_stale_form_keeps_what_was_typed_and_shows_what_is_new(browser, marisol):
    meetup = proposed(marisol)
    (old,) = [each for each in browser.forms(f"/meetups/{meetup.code}/edit") if each.action.endswith("/edit")]
    browser.submit(f"/meetups/{meetup.code}/edit", {"contact": "ask at the bar", "deed": "save"})
    answer = browser.post(old.action, data=old.filled({"title": "Typed long ago", "deed": "save"}))
    assert answer.status_code == 409
    assert "Somebody saved this meetup while you were typing: how to reach you changed." in browser.text(answer)
    assert "ask at the bar" in browser.text(answer)
    tree = browser.tree(answer)
    (again,) = [PageForm(each, tree, "") for each in tree.iter("form") if (each.get("action") or "").endswith("/edit")]
    assert again.defaults()["title"] == "Typed long ago"
    assert meetup.title == "Glitter cup at the Lantern & Ladle"
    assert browser.post(old.action, data=again.filled({"deed": "save"})).status_code == 303
    assert (meetup.title, meetup.contact) == ("Typed long ago", "@marisol on the usual site")


def test_going_back_and_saving_other_words_saves_them(browser, marisol):
    meetup = proposed(marisol)
    (page,) = [each for each in browser.forms(f"/meetups/{meetup.code}/edit") if each.action.endswith("/edit")]
    for title in ("Frist title", "First title", "First title"):
        answer = browser.post(page.action, data=page.filled({"title": title, "deed": "save"}))
        assert (answer.status_code, meetup.title) == (303, title)
    assert meetup.version == 3  # the last press was the same one twice


def test_going_back_overwrites_nothing_of_others(browser, marisol):
    meetup = proposed(marisol)
    (page,) = [each for each in browser.forms(f"/meetups/{meetup.code}/edit") if each.action.endswith("/edit")]
    browser.post(page.action, data=page.filled({"title": "First title", "deed": "save"}))
    browser.submit(f"/meetups/{meetup.code}/edit", {"contact": "ask at the bar", "deed": "save"})
    answer = browser.post(page.action, data=page.filled({"title": "Second title", "deed": "save"}))
    assert (answer.status_code, meetup.title, meetup.contact) == (409, "First title", "ask at the bar")


def test_going_back_and_moving_again_moves(browser, marisol):
    meetup = proposed(marisol)
    (page,) = [each for each in browser.forms(f"/meetups/{meetup.code}/move") if each.action.endswith("/move")]
    for spot in ("Room 213", "Room 231", "Room 231"):
        browser.post(page.action, data=page.filled({"spot": spot}))
        assert meetup.spot == spot
    assert meetup.version == 3


def test_an_empty_move_takes_no_room_away_and_tells_nobody(browser, marisol, outbox):
    """One press on "Tell everybody" before the words: nobody may hear that the room is no more."""
    meetup = proposed(marisol, spot="Back room, left of the bar")
    answer = browser.submit(f"/meetups/{meetup.code}/move", {"spot": " ", "tell": "all"})
    assert answer.status_code == 400
    assert "Say where it is now" in browser.text(answer)
    assert (meetup.spot, meetup.version, len(outbox)) == ("Back room, left of the bar", 1, 0)
    elsewhere = {"spot": "", "words": "Snug Harbor, Tacoma, WA", "tell": "all"}
    assert browser.submit(f"/meetups/{meetup.code}/move", elsewhere).status_code == 303
    assert (meetup.venue, meetup.spot) == ("Snug Harbor, Tacoma, WA", "")


def test_going_back_and_copying_to_another_day_makes_another(browser, marisol):
    meetup = proposed(marisol)
    (page,) = [each for each in browser.forms(f"/meetups/{meetup.code}/copy") if each.action.endswith("/copy")]
    for day in ("2027-04-15", "2027-04-22", "2027-04-22"):
        assert browser.post(page.action, data=page.filled({"day": day})).status_code == 303
    copies = db.session.scalars(sa.select(Meetup).where(Meetup.copied_from_id == meetup.id).order_by(Meetup.id)).all()
    assert [copy.local_start.day for copy in copies] == [15, 22]


def test_a_draft_is_saved_and_put_up_in_one_press(browser, marisol):
    meetup = proposed(marisol, publish=False)
    browser.submit(f"/meetups/{meetup.code}/edit", {"title": "Better", "deed": "publish"})
    assert (meetup.title, meetup.status) == ("Better", Status.PROPOSED)


def test_publish_confirm_cancel(browser, marisol):
    meetup = proposed(marisol, publish=False)
    browser.forge(f"/meetups/{meetup.code}/publish")
    assert meetup.status is Status.PROPOSED
    browser.forge(f"/meetups/{meetup.code}/confirm")
    assert meetup.status is Status.CONFIRMED
    missing = browser.submit(f"/meetups/{meetup.code}/cancel", {"reason": " "})
    assert (missing.status_code, meetup.status) == (400, Status.CONFIRMED)
    browser.submit(f"/meetups/{meetup.code}/cancel", {"reason": "snow"})
    assert (meetup.status, meetup.cancel_reason) == (Status.CANCELLED, "snow")
    again = browser.forge(f"/meetups/{meetup.code}/cancel", {"reason": "late"})
    assert (again.status_code, meetup.cancel_reason) == (303, "snow")
    refused = browser.forge(f"/meetups/{meetup.code}/publish")
    assert refused.status_code == 409
    assert "This meetup was cancelled; nothing was changed." in browser.text(refused)


def test_a_draft_is_thrown_away(browser, marisol):
    meetup = proposed(marisol, publish=False)
    page = browser.get(f"/meetups/{meetup.code}/cancel")
    assert "Throw this draft away?" in browser.text(page)
    browser.submit(f"/meetups/{meetup.code}/cancel", form="throw-away")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Meetup)) == 0


def test_same_again(browser, marisol):
    meetup = proposed(marisol)
    answer = browser.submit(f"/meetups/{meetup.code}/copy", {"day": "2027-04-15"})
    again = db.session.scalars(sa.select(Meetup).where(Meetup.id != meetup.id)).one()
    assert (answer.location, again.local_start.isoformat()) == (f"/meetups/{again.code}", "2027-04-15T18:30:00")
    late = browser.submit(f"/meetups/{meetup.code}/copy", {"day": "2026-04-15"})
    assert late.status_code == 409
    assert "has been and gone" in browser.text(late)


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_the_hosts_and_the_moderators(app, signed_in, marisol, page):
    meetup = proposed(marisol)
    assert signed_in(cast.ken()).get(f"/meetups/{meetup.code}/{page}").status_code == 404
    assert signed_in(cast.moderator()).get(f"/meetups/{meetup.code}/{page}").status_code == 200


@pytest.mark.parametrize("deed", [*DEEDS, *PAGES])
def test_deeds_are_the_hosts(app, signed_in, marisol, deed):
    meetup = proposed(marisol, publish=False)
    answer = signed_in(cast.ken()).forge(f"/meetups/{meetup.code}/{deed}", {"reason": "no"})
    assert (answer.status_code, meetup.status) == (404, Status.DRAFT)


@pytest.mark.parametrize("deed", DEEDS)
def test_reading_an_address_does_nothing(browser, marisol, deed):
    meetup = proposed(marisol, publish=False)
    assert browser.get(f"/meetups/{meetup.code}/{deed}").status_code in (404, 405)
    assert meetup.status is Status.DRAFT


def test_a_hidden_meetup_is_the_moderators_alone(app, client, signed_in, browser, marisol):
    meetup = proposed(marisol)
    with unit_of_work():
        meetup.hidden_at = meetup.created_at
    noor = signed_in(cast.moderator())
    for path in (f"/meetups/{meetup.code}.ics", f"/meetups/{meetup.code}/announcement.txt"):
        assert [each.get(path).status_code for each in (client, browser, noor)] == [404, 404, 200]
    assert browser.get(f"/meetups/{meetup.code}/edit").status_code == 404


def test_a_draft_has_no_calendar_for_strangers(client, browser, marisol):
    meetup = proposed(marisol, publish=False)
    answer = client.get(f"/meetups/{meetup.code}.ics")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert browser.get(f"/meetups/{meetup.code}.ics").status_code == 200


def test_a_conference_lists_what_anyone_may_see(client, marisol):
    up = proposed(marisol, conference="Prairie States", title="First")
    later = proposed(marisol, conference="Prairie States", title="Second", day=date(2027, 1, 22))
    proposed(marisol, conference="Prairie States", title="Kept back", publish=False)
    text = client.text(client.get(f"/conferences/{up.host_event.code}"))
    assert "Meetups at Prairie States" in text
    assert [title for title in ("First", "Second", "Kept back") if title in text] == ["First", "Second"]
    assert later.host_event is up.host_event
    assert client.get("/conferences/nothere").status_code == 404


def test_a_conference_of_drafts_does_not_exist_yet(client, marisol):
    draft = proposed(marisol, conference="Secret plans", publish=False)
    assert client.get(f"/conferences/{draft.host_event.code}").status_code == 404


@pytest.mark.parametrize("code", ["%00", "%ED%A0%80", "k" * 300, "..", "'", "%F0%9F%8E%89", "a%0Ab"])
@pytest.mark.parametrize("path", ["/meetups/{}.ics", "/meetups/{}/announcement.txt", "/conferences/{}"])
def test_codes_that_nobody_has(both_databases, client, path, code):
    assert client.get(path.format(code)).status_code == 404


def test_the_host_is_told_which_clock_counts(app, signed_in):
    lou = signed_in(cast.lou())
    lou.submit("/propose", {**FIELDS, "words": "Harbor Lantern Tavern, New Buffalo, MI 49117", "deed": "publish"})
    said = lou.get("/propose").text
    assert "The clock there follows Eastern time (Detroit): 6:30 PM there is 5:30 PM your time." in said


def test_the_host_is_told_that_a_place_was_not_found(browser):
    browser.submit("/propose", {**FIELDS, "words": "Under the clock", "zone": "America/Los_Angeles", "deed": "publish"})
    assert "We could not find the place on the map" in browser.get("/propose").text


def test_an_offer_on_the_copy_form_fills_in(browser, marisol):
    meetup = proposed(marisol)
    late = browser.submit(f"/meetups/{meetup.code}/copy", {"day": "2026-01-21"})
    (button,) = [each for each in browser.tree(late).iter("button") if each.get("name") == "use_day"]
    filled = browser.forge(f"/meetups/{meetup.code}/copy", {"use_day": button.get("value")})
    (day,) = [each.get("value") for each in browser.tree(filled).iter("input") if each.get("name") == "day"]
    assert (filled.status_code, day) == (200, "2027-01-21")
