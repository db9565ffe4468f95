"""S5: a tavern a few miles from a time-zone border; everybody reads the right clock."""

from __future__ import annotations

import pytest

from meetups.foundation.database import db, unit_of_work
from meetups.places.actions import pin_by_hand
from meetups.planning.models import Meetup
from tests import cast
from tests.browsing import PageForm

PROPOSAL = {
    "title": "Lake songs", "kind": "pub", "day": "2027-02-04", "start": "18:30", "end": "20:30",
    "words": "Harbor Lantern Tavern, New Buffalo, MI 49117", "contact": "At the bar",
}  # fmt: skip


@pytest.fixture
def lou(app):
    return cast.lou()


@pytest.fixture
def tavern(lou, signed_in) -> Meetup:
    signed_in(lou).submit("/propose", {**PROPOSAL, "deed": "publish"})
    return db.session.scalars(db.select(Meetup)).one()


def test_the_zone_comes_from_the_place_and_not_from_lou(tavern, lou):
    assert (lou.time_zone, tavern.time_zone) == ("America/Chicago", "America/Detroit")
    assert tavern.starts_at.isoformat() == "2027-02-04T23:30:00+00:00"


def test_lou_reads_two_clocks_and_dee_one(tavern, lou, signed_in):
    for person, reads in ((lou, "6:30 PM Eastern (5:30 PM your time)until"), (cast.dee(), "6:30 PM Easternuntil")):
        browser = signed_in(person)
        page = browser.text(browser.get(f"/meetups/{tavern.code}"))
        assert f"Thu, Feb 4, 2027, {reads}" in page


@pytest.mark.parametrize(
    ("area", "within", "found"),
    [("46360", 15, 1), ("46601", 15, 0), ("46601", 35, 1), ("60604", 35, 0), ("60604", 50, 1)],
)
def test_radius_finds_it_across_the_border(tavern, client, area, within, found):
    page = client.get(f"/near?area={area}&within={within}&unit=mi")
    links = [link for link in client.tree(page).iter("a") if (link.get("href") or "").startswith("/meetups/")]
    assert len(links) == found


@pytest.mark.parametrize(
    ("words", "instant"),
    [("Quiet room, Window Rock, AZ 86515", "2027-06-12T20:00:00+00:00"),
     ("Quiet room, Holbrook, AZ 86025", "2027-06-12T21:00:00+00:00")],
)  # fmt: skip
def test_two_towns_of_one_state_keep_different_clocks(lou, signed_in, words, instant):
    plan = {**PROPOSAL, "words": words, "day": "2027-06-12", "start": "14:00", "end": "15:00", "deed": "publish"}
    signed_in(lou).submit("/propose", plan)
    assert db.session.scalars(db.select(Meetup)).one().starts_at.isoformat() == instant


@pytest.mark.parametrize(
    ("keep", "hour", "instant"),
    [("wall", "6:30 PM Central", "2027-02-05T00:30:00+00:00"),
     ("moment", "5:30 PM Central", "2027-02-04T23:30:00+00:00")],
)  # fmt: skip
@pytest.mark.parametrize("page", ["edit", "move"])
def test_a_move_across_the_border_asks_what_stays(tavern, lou, signed_in, page, keep, hour, instant):
    browser, path = signed_in(lou), f"/meetups/{tavern.code}/{page}"
    pressed = {"tell": "all"} if page == "move" else {"deed": "save"}
    given = {"words": "Dune Grass Inn, Michigan City, IN 46360", **pressed}
    asked = browser.submit(path, given)
    assert asked.status_code == 409
    text = browser.text(asked)
    assert "What stays?" in text
    assert "6:30 PM on the wall, now Central" in text
    assert "The same moment, 5:30 PM Central" in text
    assert (tavern.time_zone, tavern.venue) == ("America/Detroit", PROPOSAL["words"])
    form = next(each for each in browser.tree(asked).iter("form") if path in (each.get("action") or ""))
    typed = PageForm(form, browser.tree(asked), path).filled({"keep": keep, **given})
    assert browser.post(path, data=typed).status_code == 303
    assert (tavern.starts_at.isoformat(), tavern.time_zone) == (instant, "America/Chicago")
    assert hour in browser.text(browser.get(f"/meetups/{tavern.code}"))


def test_a_pin_across_the_border_moves_no_clock_before_the_host_says_so(tavern, lou, signed_in):
    ken = cast.ken()
    with unit_of_work():
        pin_by_hand(tavern.place, cast.MICHIGAN_CITY, ken, tavern.place.version)
    assert (tavern.place.time_zone, tavern.time_zone) == ("America/Chicago", "America/Detroit")
    assert tavern.starts_at.isoformat() == "2027-02-04T23:30:00+00:00"
    assert "The clocks there follow Central" in signed_in(lou).get(f"/meetups/{tavern.code}").text
