"""Every kind of page, on a phone and on a desk, by day and by night: it fits, and axe finds nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from meetups.deck import actions as deck
from meetups.foundation import clock
from meetups.foundation.database import add, unit_of_work
from meetups.foundation.pictures import develop
from meetups.library import actions as library
from meetups.library.models import SavedIdea
from meetups.notes import actions as notes
from meetups.notes.notation import DeedWish, new_id
from meetups.notes.terms import DeedKind
from meetups.recaps import actions as recaps
from meetups.recaps.models import PhotoPeople
from meetups.recaps.terms import Outcome
from tests import cast
from tests.browser.looking import assert_accessible, assert_fits
from tests.foundation.pictures import plants
from tests.makers import make_meetup, make_place, make_rsvp

PUBLIC = [
    "/", "/near", "/near?area=Tacoma&within=50", "/near?area=Portland", "/near?area=Nowhereville", "/meetups/{meetup}",
    "/meetups/{meetup}/answer", "/recaps", "/recaps/{recap}", "/photos/{photo}", "/photos/taken-down",
    "/recaps/{recap}/ideas/new", "/recaps/{recap}/mine", "/recaps/{recap}/comment", "/recaps/{recap}/writeup",
    "/ideas", "/ideas?q=bin&about=transitions", "/ideas?q=zebra", "/ideas/songs", "/ideas/{idea}",
    "/cup", "/cup?out=c01-c02",
    "/cup/sticks", "/cup/sticks/c01", "/sign-in", "/about/conduct", "/about/privacy", "/about/feeds",
    "/about/origins", "/report", "/no-such-page", "/places", "/places/{place}",
    "/meetups/{live}/screen", "/meetups/{live}/ideas",
]  # fmt: skip
MEMBER = [
    "/recaps/{recap}/additions", "/recaps/{recap}/history", "/recaps/{recap}/history/1",
    "/propose", "/me", "/mine", "/near/people", "/near?area=Tacoma&within=50", "/near/alerts", "/meetups/{meetup}",
    "/meetups/{meetup}/edit",
    "/meetups/{meetup}/cancel", "/meetups/{meetup}/copy", "/meetups/{meetup}/guests",
    "/ideas?q=bin", "/ideas/{idea}", "/ideas/folder", "/recaps/{recap}",
    "/recaps/new?meetup={meetup}", "/recaps/{recap}/edit", "/recaps/{recap}/photos",
    "/recaps/{recap}/additions", "/recaps/{recap}/history", "/recaps/{recap}/history/1",
    "/places/{place}", "/places/{place}/correct", "/places/{place}/history", "/places/{place}/pin", "/places/alike",
    "/meetups/{live}/notes", "/meetups/{live}/notes/people", "/meetups/{live}/screen", "/meetups/{live}/ideas",
]  # fmt: skip
LOOKS = {
    "phone by day": {"viewport": {"width": 360, "height": 740}, "color_scheme": "light"},
    "phone by night": {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
    "desk by day": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "desk by night": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}


@pytest.fixture
def world(app):
    """A meetup with guests, and its recap; the host."""
    host = cast.marisol()
    with unit_of_work():
        deck.fill_the_cup()
    meetup = make_meetup("Glitter cup", host=host, capacity=6, place=make_place(), description="Songs at *6:45*.")
    for name in ("Ana", "Ben"):
        make_rsvp(meetup, name, note="See you there")
    with unit_of_work():
        pasted = "* shakers back in the bin\n- the bin is hungry\n- asleep, whisper - Mei, Alder Creek\n"
        recap = recaps.start(host, meetup, recaps.HeadWish(title="Twelve sticks"), pasted)
        recaps.publish(recap, group_credit_for_the_rest=True)
    with unit_of_work():
        photo = recaps.add_photo(host, recap, develop(plants.jpeg(picture=plants.scene((1000, 700)))))
        recaps.describe_photo(host, photo.code, recaps.PhotoWish("Hands and a parachute.", PhotoPeople.ADULTS))
    idea = recap.entries[0].responses[0]
    with unit_of_work():
        library.save(host, idea, "The blue box.")
        library.say_tried(host, idea, "Took two rounds.")
        add(SavedIdea(person_id=host.id, idea_id=999_999, note="The whisper song.", saved_at=clock.now()))
    codes = {"meetup": meetup.code, "recap": recap.code, "place": meetup.place.code, "photo": photo.code}
    return host, codes | {"live": _under_way(host), "idea": idea.id}


def _under_way(host) -> str:
    """A meetup with live notes: a stick and a question, an idea and one that was skipped."""
    meetup = make_meetup("Swap", host=host, start=clock.now() - timedelta(minutes=5), zone="UTC")
    first, skipped, question = new_id(), new_id(), new_id()
    with unit_of_work():
        notes.take(notes.start(host, meetup), [
            DeedWish(first, DeedKind.DRAW, stick="c01"),
            DeedWish(new_id(), DeedKind.IDEA, target=first, text="A lap sit"),
            DeedWish(skipped, DeedKind.DRAW, stick="c02"),
            DeedWish(new_id(), DeedKind.OUTCOME, target=skipped, outcome=Outcome.SKIPPED),
            DeedWish(question, DeedKind.ASK, text="How do you start on time?"),
            DeedWish(new_id(), DeedKind.IDEA, target=question, text="With the shades down"),
        ])  # fmt: skip
    return meetup.code


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("who", ["stranger", "host"])
def test_pages_fit_and_are_accessible(world, open_context, look, who):
    host, codes = world
    page = open_context(person=host if who == "host" else None, **LOOKS[look]).new_page()
    for path in PUBLIC if who == "stranger" else MEMBER:
        page.goto(path.format(**codes))
        assert_fits(page)
        assert_accessible(page)
