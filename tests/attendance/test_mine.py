"""My meetups: what a member hosts, is going to, and went to."""

from __future__ import annotations

from datetime import timedelta

from meetups.attendance.models import Answer
from meetups.foundation import clock
from meetups.foundation.database import unit_of_work
from meetups.planning import actions as planning
from tests import cast
from tests.browsing import words
from tests.makers import make_meetup, make_rsvp


def lines(browser, section: str) -> list[list[str]]:
    tree = browser.tree(browser.get("/mine"))
    found = tree.find(f".//section[@aria-labelledby='{section}']")
    return [] if found is None else [[words(part) for part in each] for each in found.iter("li")]


def test_what_is_cancelled_says_so_and_not_that_one_is_going(app, signed_in):
    ana, marisol = cast.ana(), cast.marisol()
    swap = make_meetup("Swap", host=marisol)
    make_rsvp(swap, ana)
    ((title, when, stands),) = lines(signed_in(ana), "coming-h")
    assert (title, stands) == ("Swap", "You’re going")
    with unit_of_work():
        planning.cancel(swap, "Ice on all the roads")
    for browser, section in ((signed_in(ana), "coming-h"), (signed_in(marisol), "host-h")):
        assert lines(browser, section) == [["Cancelled", "Swap", when, "Ice on all the roads"]]


def test_what_is_over_is_told_in_the_past(app, frozen, signed_in):
    ana, marisol = cast.ana(), cast.marisol()
    answers = {"One": Answer.GOING, "Two": Answer.MAYBE, "Three": Answer.WAITING, "Four": Answer.CANT}
    for title, answer in answers.items():
        make_rsvp(make_meetup(title, host=marisol), ana, answer)
    frozen.move_to(clock.now() + timedelta(days=400))
    assert {title: stood for title, _, stood in lines(signed_in(ana), "been-h")} == {
        "One": "You were going", "Two": "You said maybe", "Three": "You were in line", "Four": "You couldn’t make it",
    }  # fmt: skip
    assert lines(signed_in(ana), "coming-h") == []
