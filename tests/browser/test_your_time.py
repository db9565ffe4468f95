"""A visitor's own time beside the clock of the place: only a script can know it."""

from datetime import datetime

import pytest

from meetups.places.models import PlaceKind
from tests import makers


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("America/Chicago", "(8:30 PM your time)"),
        ("Europe/Berlin", "(Fri, Jan 22, 3:30 AM your time)"),
        ("America/Los_Angeles", ""),
    ],
)
def test_a_visitor_reads_their_own_time_when_it_differs(open_context, zone, said):
    meetup = makers.make_meetup(start=datetime(2027, 1, 21, 18, 30))  # noqa: DTZ001 on the wall there
    page = open_context(timezone_id=zone).new_page()
    page.goto(f"/meetups/{meetup.code}")
    when = page.locator("dd", has=page.locator("time.big")).inner_text().replace("\u00a0", " ")
    assert " ".join(when.split()) == f"Thu, Jan 21, 2027, 6:30 PM Pacific {said} until 8:30 PM".replace("  ", " ")


def test_in_a_list_it_stands_beside_what_is_online_only(open_context):
    start = datetime(2027, 1, 21, 18, 30)  # noqa: DTZ001 on the wall there
    makers.make_meetup("On a screen", place=makers.make_place("Online", kind=PlaceKind.ONLINE), start=start)
    makers.make_meetup("In a room", start=start)
    page = open_context(timezone_id="America/Chicago").new_page()
    page.goto("/near")
    there = page.locator("article.meet")
    said = {each.locator("h3").inner_text(): each.locator(".meet-when").inner_text() for each in there.all()}
    assert said == {"On a screen": "6:30–8:30 PM Pacific (8:30 PM your time)", "In a room": "6:30–8:30 PM Pacific"}
