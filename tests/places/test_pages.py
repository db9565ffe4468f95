"""The directory, a place's page, and what members do there."""

from __future__ import annotations

import pytest

from meetups.foundation.database import db, unit_of_work
from meetups.foundation.geography import Point
from meetups.places import actions as places
from meetups.places.models import Noise, Place, PlaceKind, Precision, YesNo
from meetups.planning.models import Meetup, Status
from tests import cast
from tests.house.test_queries import counted
from tests.makers import make_meetup, make_place
from tests.planning.plans import FIELDS

HERE = Point(47.25290, -122.44430)


def precise(words: str, at: Point = HERE, **given) -> Place:
    place = make_place(words, at=at, precision=Precision.EXACT, town="Tacoma", region="Washington", country="US",
                       time_zone="America/Los_Angeles", **given)  # fmt: skip
    make_meetup(f"Songs at {words}", place=place)
    return place


@pytest.fixture
def ken(app, signed_in):
    return signed_in(cast.ken())


def test_the_directory_lists_what_is_public_and_finds_by_words_and_town(client):
    ladle = precise("Lantern & Ladle, Tacoma")
    make_meetup(place=make_place("12 Elm St", kind=PlaceKind.HOME))
    make_meetup(place=make_place("Zqdraft Cafe"), status=Status.DRAFT)
    make_meetup(place=make_place("On a screen", kind=PlaceKind.ONLINE))
    page = client.text(client.get("/places"))
    assert "1 place " in page
    assert "Lantern & Ladle, Tacoma" in page
    for asked, count in (("tacoma", 1), ("LANTERN", 1), ("coffee washington", 1), ("elm", 0), ("zqdraft", 0)):
        assert f"{count} place" in client.text(client.get(f"/places?q={asked}")), asked
    assert client.get(f"/places/{ladle.code}").status_code == 200


@pytest.mark.parametrize("asked", ["%", "_", "'; drop table places; --", '" OR 1', "\x00", "x" * 10_000, "*", "NEAR("])
def test_odd_words_in_the_search(client, asked):
    assert client.get("/places", query_string={"q": asked, "page": asked}).status_code == 200


def test_homes_drafts_and_codes_that_are_none_have_no_page(client, ken, signed_in):
    home, draft = make_place("12 Elm St", kind=PlaceKind.HOME), make_place("Zqdraft Cafe")
    make_meetup(place=home)
    draft_meetup = make_meetup(place=draft, status=Status.DRAFT)
    for code in (home.code, draft.code, "nosuch", "a" * 3000, "%00", "%FF"):
        assert client.get(f"/places/{code}").status_code == 404
    host = signed_in(draft_meetup.host)
    assert "Zqdraft Cafe" in host.text(host.get(f"/places/{draft.code}"))
    for path in (f"/places/{home.code}/correct", f"/places/{home.code}/history", f"/places/{home.code}/pin"):
        assert ken.get(path).status_code == 404


def test_a_place_shows_its_meetups_and_who_checked_it_to_members_only(client, ken):
    place = precise("Lantern & Ladle, Tacoma")
    assert "nobody has checked it since" in client.text(client.get(f"/places/{place.code}"))
    assert ken.submit(f"/places/{place.code}", form="/check").status_code == 303
    stranger, member = (each.text(each.get(f"/places/{place.code}")) for each in (client, ken))
    assert "Songs at Lantern & Ladle, Tacoma" in stranger
    assert ("by a member." in stranger, "by Ken" in stranger, "by Ken." in member) == (True, False, True)


def test_a_correction_shows_on_the_meetup_and_can_be_undone(client, ken):
    place = precise("Lantern & Ladle, Tacoma")
    path = f"/places/{place.code}"
    ken.submit(f"{path}/correct", {"step_free": "no", "room_to_move": "yes", "words": "Ladle, 1 A St, Tacoma"})
    meetup = db.session.scalars(db.select(Meetup)).one()
    page = client.text(client.get(f"/meetups/{meetup.code}"))
    assert "Not step-free" in page
    assert "Room to move and sing" in page
    assert "Lantern & Ladle, Tacoma" in page
    log = ken.text(ken.get(f"{path}/history"))
    assert "Ken: corrected it" in log
    assert "step-free: no (was: not stated)" in log
    assert client.get(f"{path}/history").status_code == 303
    assert ken.submit(f"{path}/history", {"change": "1"}).status_code == 303
    assert (place.step_free, place.words) == (None, "Lantern & Ladle, Tacoma")


def test_a_correction_on_top_of_another_one_says_what_changed(ken, signed_in):
    place = precise("Lantern & Ladle, Tacoma")
    stale = {"words": place.words, "kind": "coffee_shop", "version": "1", "noise": "quiet"}
    with unit_of_work():
        places.check(place, cast.sol())
    ken.submit(f"/places/{place.code}/correct", {"noise": "loud"})
    answer = ken.forge(f"/places/{place.code}/correct", stale)
    assert answer.status_code == 409
    assert "noise: loud (was: not stated)" in ken.text(answer)
    assert place.noise is Noise.LOUD


@pytest.mark.parametrize("given", [{"kind": "home"}, {"kind": "x"}, {"age_limit": "-4"}, {"words": ""},
                                   {"words": "w" * 10_000}, {"noise": "1e9"}, {"version": "9" * 400}])  # fmt: skip
def test_nonsense_in_a_correction_gets_a_sentence(ken, given):
    place = precise("Lantern & Ladle, Tacoma")
    fine = {"words": place.words, "kind": "coffee_shop", "version": "1"}
    answer = ken.forge(f"/places/{place.code}/correct", fine | given)
    assert answer.status_code in (400, 409)
    assert (place.kind, place.version) == (PlaceKind.COFFEE_SHOP, 1)


def test_merging_from_the_page_leads_the_old_address_on(client, ken):
    kept, gone = precise("Lantern & Ladle, Tacoma"), precise("The Lantern and Ladle, A St", Point(47.2531, -122.4443))
    assert client.get(f"/places/{kept.code}").text.count("The same place twice?") == 0
    assert "22 m away" in ken.text(ken.get(f"/places/{kept.code}"))
    assert "22 m apart" in ken.text(ken.get("/places/alike"))
    ken.submit(f"/places/{kept.code}", {"deed": "merge"}, form="/merge")
    moved = client.get(f"/places/{gone.code}")
    assert (moved.status_code, moved.location) == (301, f"/places/{kept.code}")
    page = client.text(client.get(f"/places/{kept.code}"))
    assert "Songs at Lantern & Ladle, Tacoma" in page
    assert "Songs at The Lantern and Ladle, A St" in page
    correction = {"words": "x", "kind": "pub", "version": "1"}
    for path, form in (("correct", correction), ("check", {}), ("undo", {"change": "9"}), ("pin", {"at": "1,2"}),
                       ("merge", {"other": kept.code}), ("merge", {"other": "nosuch"})):  # fmt: skip
        answer = ken.forge(f"/places/{gone.code}/{path}", form)
        assert answer.status_code in (400, 404, 409), path


def test_two_that_only_look_alike_are_left_alone(ken):
    one, _ = precise("Lantern & Ladle, Tacoma"), precise("The Lantern and Ladle, A St", Point(47.2531, -122.4443))
    ken.submit(f"/places/{one.code}", {"deed": "apart"}, form="/merge")
    assert "The same place twice?" not in ken.text(ken.get(f"/places/{one.code}"))


def test_proposing_at_a_place_again(ken):
    place = precise("Lantern & Ladle, Tacoma")
    with unit_of_work():
        place.step_free = YesNo.YES
    offered = [option.get("value") for option in ken.tree(ken.get("/propose")).iter("option")]
    assert "Lantern & Ladle, Tacoma" in offered
    fields = {name: value for name, value in FIELDS.items() if name not in ("words", "kind")}
    ken.submit(f"/propose?place={place.code}", {**fields, "deed": "publish"})
    meetup = db.session.scalars(db.select(Meetup).order_by(Meetup.id.desc())).first()
    assert (meetup.place, meetup.place.step_free) == (place, YesNo.YES)


def test_the_question_which_place_works_without_script(ken):
    place = precise("Lantern & Ladle, Tacoma, WA", kind=PlaceKind.PUB)
    asked = ken.forge("/propose", {**FIELDS, "words": "The Lantern and Ladle, 12 A St, Tacoma, WA", "form_key": "k"})
    assert asked.status_code == 409
    choices = [each for each in ken.tree(asked).iter("input") if each.get("name") == "place_choice"]
    assert [each.get("value") for each in choices] == [place.code, "another"]
    ken.forge("/propose", {**FIELDS, "words": "The Lantern and Ladle, 12 A St, Tacoma, WA", "place_choice": place.code})
    assert db.session.scalars(db.select(Meetup).order_by(Meetup.id.desc())).first().place is place


def test_a_choice_that_is_gone_asks_again_and_nonsense_never_breaks(ken):
    precise("Lantern & Ladle, Tacoma, WA", kind=PlaceKind.PUB)
    for choice in ("nosuch", "\x00", "x" * 10_000, "another2"):
        given = {**FIELDS, "words": "The Lantern and Ladle, 12 A St, Tacoma, WA", "place_choice": choice}
        answer = ken.forge("/propose", given)
        assert answer.status_code == 409
        assert "not there any more" in ken.text(answer) or choice == "\x00"


@pytest.mark.parametrize("page", ["/places", "/places/{code}"])
def test_the_number_of_queries_does_not_grow(ken, page):
    place, numbers = precise("Lantern & Ladle, Tacoma"), []
    for rows in (1, 30):
        for n in range(rows):
            make_meetup(place=place)
            make_meetup(place=make_place(f"Cafe {rows} {n}"))
        db.session.expire_all()
        with counted() as sent:
            assert ken.get(page.format(code=place.code)).status_code == 200
        numbers.append(len(sent))
    assert numbers[0] == numbers[1]
    assert numbers[0] <= 12
