"""What a member tells of themselves, part by part, and which circle sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from meetups.attendance.models import Answer
from meetups.foundation import clock
from meetups.foundation.database import unit_of_work
from meetups.people import actions
from meetups.people.entries import Sight, sight_of
from meetups.people.terms import Field, Seen
from meetups.planning.models import Status
from tests import cast, makers

TOLD = {
    "place": "Zqlibrary", "ages": ["baby"], "languages": "Zqspanish", "specialties": "Zqfelt", "about": "Zqabout",
    "links": ["https://zqlink.example/"], "reach": "zqreach", "shares_address": True,
}


@pytest.fixture
def ken(app):
    return cast.ken()


def tell(person, seen, **more):
    with unit_of_work():
        actions.tell_of_myself(person, {**TOLD, "seen": seen, **more})


def past_meetup(*people, answer=Answer.GOING, **more):
    meetup = makers.make_meetup("Past", start=clock.now() - timedelta(days=3), host=cast.sol(), **more)
    for each in people:
        makers.make_rsvp(meetup, each, answer)
    return meetup


@pytest.mark.parametrize("field", list(Field))
@pytest.mark.parametrize("seen", list(Seen))
def test_each_part_reaches_its_circle_and_no_wider_one(ken, field, seen):
    tell(ken, {"name": "everybody", field.value: seen.value})
    for circle in Seen:
        sight = sight_of(ken, circle)
        whole = circle.width <= seen.width
        if field is Field.NAME:
            assert (sight is not None) is whole
        else:
            empty = Sight(name="Ken") if circle is not Seen.ME else sight_of(ken, Seen.ME)
            assert (getattr(sight, field.value) != getattr(Sight(""), field.value)) is whole
            assert sight.name == empty.name


def test_nothing_is_shown_until_one_says_so(ken, signed_in, client):
    path = f"/people/{ken.code}"
    assert [each.get(path).status_code for each in (client, signed_in(cast.ana()))] == [404, 404]
    own = signed_in(ken)
    assert own.get(path).status_code == 200
    assert "They see no page at all" in own.get(f"{path}?as=met").text


def test_circles_by_page(ken, signed_in, client):
    tell(ken, {"name": "everybody", "place": "everybody", "languages": "members", "specialties": "met", "about": "me"})
    ana, lou = cast.ana(), cast.lou()
    past_meetup(ken, lou)
    path, words = f"/people/{ken.code}", ("Zqlibrary", "Zqspanish", "Zqfelt", "Zqabout")

    def seen(browser, path=path):
        page = browser.get(path)
        assert page.headers["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in page.text
        assert not any(secret in page.text for secret in ("ken@example.org", "zqreach", "Puyallup"))
        return [word in page.text for word in words]

    views = [seen(client), seen(signed_in(ana)), seen(signed_in(lou)), seen(signed_in(ken))]
    assert views == [[n <= most for n in range(4)] for most in range(4)]
    own = signed_in(ken)
    assert [seen(own, f"{path}?as={circle}") for circle in ("everybody", "members", "met", "nonsense")] == views


@pytest.mark.parametrize("meet, met", [
    (lambda a, b: past_meetup(a, b), True),
    (lambda a, b: past_meetup(a), False),
    (lambda a, b: past_meetup(a, b, answer=Answer.MAYBE), False),
    (lambda a, b: past_meetup(a, b, status=Status.CANCELLED), False),
    (lambda a, b: makers.make_rsvp(makers.make_rsvp(makers.make_meetup(), a).meetup, b), False),
])
def test_who_has_met(ken, signed_in, meet, met):
    tell(ken, {"name": "met"})
    ana = cast.ana()
    meet(ken, ana)
    assert (signed_in(ana).get(f"/people/{ken.code}").status_code == 200) is met


def test_who_did_not_turn_up_was_not_met(ken, signed_in):
    tell(ken, {"name": "met"})
    ana = cast.ana()
    meetup = past_meetup(ken)
    makers.make_rsvp(meetup, ana, attended=False)
    assert signed_in(ana).get(f"/people/{ken.code}").status_code == 404


def test_a_suspended_person_has_no_page(ken, client):
    tell(ken, {"name": "everybody"})
    assert client.get(f"/people/{ken.code}").status_code == 200
    with unit_of_work():
        ken.suspended_at = clock.now()
    assert client.get(f"/people/{ken.code}").status_code == 404


def test_told_in_a_form(ken, signed_in):
    browser = signed_in(ken)
    answer = browser.submit("/me/profile", {
        "place": "South Sound", "ages": ["baby", "toddler"], "about": "Hello *there*", "reach": "desk 4",
        "links": "https://a.example/\r\n\r\n https://b.example/x ", "seen_name": "members", "seen_about": "everybody",
    }, form="profile")
    assert answer.status_code == 303
    profile = ken.profile
    assert (profile.place, profile.ages, profile.reach) == ("South Sound", ["baby", "toddler"], "desk 4")
    assert profile.links == ["https://a.example/", "https://b.example/x"]
    assert {field: circle for field, circle in profile.seen.items() if circle != "me"} == {
        "name": "members", "about": "everybody",
    }
    assert "<em>there</em>" in browser.get(f"/people/{ken.code}?as=members").text


@pytest.mark.parametrize("wrong", [
    {"links": "javascript:alert(1)"}, {"links": "\n".join(f"https://{n}.example/" for n in range(6))},
    {"about": "x" * 2001}, {"seen_name": "nobody"}, {"seen_place": ""}, {"ages": "teens"}, {"links": 'https://a"b.example'},
])
def test_what_will_not_do_is_kept_in_the_form(ken, signed_in, wrong):
    circles = {f"seen_{field.value}": "me" for field in Field}
    answer = signed_in(ken).forge("/me/profile", circles | wrong)
    assert answer.status_code == 400
    assert ken.profile is None


@pytest.mark.parametrize("code", ["2222222222", "%00", "a%27b", "x" * 300])
def test_no_such_page(app, client, code):
    assert client.get(f"/people/{code}").status_code == 404
