"""One journey from end to end in real Chromium: propose, answer, find, write up, publish, find again.

The host is on a phone without JavaScript; one guest has an account, one has not.
"""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.sync_api import expect

from meetups.attendance import queries
from meetups.attendance.models import Answer
from meetups.foundation.database import db
from meetups.planning.models import Meetup
from tests import cast
from tests.browser.looking import assert_fits

NOTES = """* shakers back in the bin
- the bin is hungry and burps after every third egg
- slower, slower, asleep, whisper
q: half my families speak Somali. Say hello badly or not at all?
- badly, with a smile
?? nobody knew
"""


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_meetup_from_the_first_idea_to_the_library(live_server, open_context, no_script, page, frozen, outbox):
    host = no_script
    _sign_in(host, outbox)
    _propose(host)
    with live_server.app.app_context():
        meetup = db.session.scalars(db.select(Meetup)).one()
        code, starts_at, ends_at = meetup.code, meetup.starts_at, meetup.ends_at

    member = open_context(person=cast.ken()).new_page()
    member.goto(f"/meetups/{code}")
    press(member, "Count me in")
    expect(member.get_by_role("heading", name="You’re going", exact=True)).to_be_visible()

    _answer_without_an_account(page, code, outbox)
    with live_server.app.app_context():
        seats = queries.seats(db.session.get(Meetup, meetup.id))
        assert (seats.going, [party.answer for party in queries.going(meetup)]) == (4, [Answer.GOING] * 3)

    neighbor = open_context(java_script_enabled=False).new_page()
    neighbor.goto("/")
    neighbor.get_by_label("Town or postal code").fill("Puyallup")
    press(neighbor, "Find meetups")
    neighbor.get_by_role("link", name="Glitter cup", exact=True).click()
    expect(neighbor.get_by_text("4 going")).to_be_visible()
    expect(neighbor.get_by_text("Ken", exact=True)).to_have_count(0)

    frozen.move_to(ends_at + timedelta(minutes=10))
    assert frozen.at > starts_at
    _write_up(host, code)

    neighbor.goto("/ideas")
    neighbor.get_by_role("searchbox").fill("hungry bin")
    press(neighbor, "Search")
    neighbor.get_by_role("link", name="Glitter cup", exact=False).first.click()
    expect(neighbor.get_by_text("the bin is hungry and burps after every third egg")).to_be_visible()
    neighbor.goto(f"/meetups/{code}")
    expect(neighbor.get_by_role("heading", name="What the room worked out")).to_be_visible()


def _sign_in(host, outbox) -> None:
    host.goto("/")
    host.get_by_role("link", name="Propose", exact=True).first.click()
    host.get_by_label("E-mail").fill("marisol@example.org")
    press(host, "Mail me a link")
    host.goto(outbox.link("/sign-in/"))
    press(host, "Sign me in")
    host.get_by_label("First name").fill("Marisol")
    press(host, "That’s me")
    expect(host).to_have_url(re.compile("/propose$"))


def _propose(host) -> None:
    host.get_by_label("What to call it").fill("Glitter cup")
    host.get_by_text("Coffee shop", exact=True).click()
    host.get_by_label("Date").fill("2027-01-21")
    host.get_by_label("Starts at").fill("18:30")
    host.get_by_label("Place", exact=False).first.fill("The Lantern & Ladle, Tacoma, WA 98402")
    host.get_by_label("How to reach you").fill("Ask at the bar")
    assert_fits(host)
    press(host, "Put it up")
    expect(host.get_by_role("heading", name="Glitter cup", exact=True)).to_be_visible()
    expect(host.get_by_text("Thu, Jan 21, 2027, 6:30 PM Pacific").first).to_be_visible()


def _answer_without_an_account(page, code: str, outbox) -> None:
    page.goto(f"/meetups/{code}")
    page.get_by_label("First name").fill("Gus")
    page.get_by_label("E-mail").fill("gus@example.org")
    page.get_by_text("+1", exact=True).click()
    press(page, "Count me in")
    expect(page.get_by_role("heading", name="Look in your mail")).to_be_visible()
    page.goto(outbox.link("/rsvp/"))
    press(page, "Count me in")
    expect(page.get_by_role("heading", name="You’re going, you and 1 guest").first).to_be_visible()


def _write_up(host, code: str) -> None:
    host.goto(f"/meetups/{code}")
    host.get_by_role("link", name="Write it up").click()
    host.get_by_label("Paste them as they are").fill(NOTES)
    press(host, "Sort it")
    expect(host.get_by_text("2 challenges found")).to_be_visible()
    host.get_by_role("button", name="Publish").first.click()
    expect(host.get_by_text("badly, with a smile").first).to_be_visible()
