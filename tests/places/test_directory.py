"""Places are shared: reused, corrected with history, merged, and never a home."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meetups.foundation.database import db, unit_of_work
from meetups.foundation.diary import Deed
from meetups.foundation.geography import Point
from meetups.foundation.refusals import Refusal
from meetups.places import actions as places
from meetups.places.models import Access, Finding, Noise, Place, PlaceKind, Precision, YesNo
from meetups.places.queries import history, likely_duplicates, pairs_alike, places_named, places_within, where_now
from meetups.planning import actions
from meetups.planning.models import LOUD, Telling
from tests import cast
from tests.makers import make_meetup, make_person, make_place
from tests.planning.plans import a_plan, proposed

HERE = Point(47.25290, -122.44430)
LADLE = "The Lantern & Ladle, Tacoma, WA 98402"


def near(point: Point, north_m: float) -> Point:
    return Point(point.lat + north_m / 111_320, point.lon)


def precise(words: str, point: Point = HERE, **given) -> Place:
    place = make_place(words, at=point, precision=Precision.EXACT, town="Tacoma", region="Washington", country="US",
                       time_zone="America/Los_Angeles", **given)  # fmt: skip
    make_meetup(place=place)
    return place


def corrected(place, by, **given):
    standing = {"words": place.words, "kind": place.kind, "access": place.access}
    with unit_of_work():
        return places.correct(place, by, place.version, **standing | given)


def test_the_same_words_are_the_same_place_with_all_that_is_known(app, both_databases):
    first = proposed(cast.marisol(), access=Access(step_free=YesNo.YES, noise=Noise.QUIET))
    second = proposed(cast.ken(), words="the lantern & ladle,  Tacoma, WA 98402", access=Access(noise=Noise.LOUD))
    assert second.place is first.place
    assert (second.venue, first.venue) == ("the lantern & ladle,  Tacoma, WA 98402", LADLE)
    assert second.place.access == Access(step_free=YesNo.YES, noise=Noise.LOUD)
    assert [(change.what, change.before) for change in history(first.place)] == [("corrected", {"noise": "quiet"})]


def test_a_name_that_fits_is_asked_about_and_never_taken_for_granted(app):
    first = proposed(cast.marisol(), words="Grain & Page, Tacoma, WA")
    ken, words = cast.ken(), "Grain and Page, 12 Elm St, Tacoma, WA"
    with pytest.raises(places.WhichPlace) as asked:
        proposed(ken, words=words)
    assert asked.value.choices == [
        (first.place.code, "Grain & Page, Tacoma, WA"), ("another", "No, it is another place")
    ]  # fmt: skip
    assert proposed(ken, words=words, place_choice=first.place.code).place is first.place
    assert proposed(ken, words=words, place_choice="another").place is not first.place


def test_two_who_name_the_town_alone_are_not_asked_whether_they_mean_one_place(app):
    first = proposed(cast.marisol(), words="Tacoma, WA")
    assert proposed(cast.ken(), words="Tacoma, WA").place is not first.place


def test_drafts_and_homes_are_offered_to_nobody(app):
    marisol, ken = cast.marisol(), cast.ken()
    draft = proposed(marisol, publish=False, words="Secret Snug, Tacoma, WA 98402")
    assert proposed(ken, words="Secret Snug, Tacoma, WA 98402").place is not draft.place
    home = proposed(marisol, kind=PlaceKind.HOME, words="12 Elm St, Tacoma, WA 98402")
    again = proposed(marisol, kind=PlaceKind.HOME, words="12 Elm St, Tacoma, WA 98402")
    assert again.place is not home.place
    assert proposed(ken, kind=PlaceKind.OUTDOORS, words="12 Elm St, Tacoma, WA 98402").place.kind is PlaceKind.OUTDOORS
    assert (home.place.name_folded, home.place.search_words) == ("", "")
    assert [place.words for place in places_named("elm")] == ["12 Elm St, Tacoma, WA 98402"]


def test_a_floor_of_a_building_has_the_building_s_pin(app):
    building = precise("Rainier Hall, Tacoma, WA", kind=PlaceKind.LIBRARY_ROOM)
    floor = proposed(cast.ken(), kind=PlaceKind.CONFERENCE_FLOOR, words="Rainier Hall, Tacoma, WA", booth="1234")
    assert (floor.place.point, floor.place.precision, floor.booth) == (HERE, Precision.EXACT, "1234")
    marisol = cast.marisol()
    with unit_of_work():
        places.pin_by_hand(building, near(HERE, 40), marisol, building.version)
    assert floor.place.point == near(HERE, 40)


def test_a_correction_is_written_down_told_to_the_log_and_undone(app, both_databases):
    meetup, ken = proposed(cast.marisol(), access=Access(noise=Noise.QUIET)), cast.ken()
    place, version = meetup.place, meetup.version
    corrected(place, ken, words="Lantern and Ladle, 1 A St, Tacoma", access=Access(YesNo.NO, noise=Noise.QUIET))
    assert (meetup.venue, place.words, place.step_free) == (LADLE, "Lantern and Ladle, 1 A St, Tacoma", YesNo.NO)
    assert (meetup.version, meetup.changes[-1]["by"]) == (version + 1, "Ken")
    assert (place.checked_by_id, place.checked_at is not None) == (ken.id, True)
    [change] = history(place)
    assert (change.who_id, change.before, change.after) == (
        ken.id, {"words": LADLE, "step_free": None}, {"words": "Lantern and Ladle, 1 A St, Tacoma", "step_free": "no"}
    )  # fmt: skip
    deed = db.session.scalars(db.select(Deed).where(Deed.what == "corrected a place")).one()
    assert (deed.who, deed.about) == (ken.id, f"/places/{place.code}")
    moderator = cast.moderator()
    with unit_of_work():
        places.undo(change, moderator)
    assert (place.words, place.step_free) == (LADLE, None)
    assert [each.what for each in history(place)] == ["undone", "corrected"]


def test_what_was_corrected_again_since_is_not_undone(app):
    place, ken = proposed(cast.marisol()).place, cast.ken()
    corrected(place, ken, access=Access(noise=Noise.LOUD))
    corrected(place, ken, access=Access(noise=Noise.QUIET))
    with pytest.raises(places.StalePlace), unit_of_work():
        places.undo(history(place)[1], ken)
    assert place.noise is Noise.QUIET


def test_two_who_correct_at_once_and_one_who_does_nothing_else(app, frozen):
    place, ken = proposed(cast.marisol()).place, cast.ken()
    corrected(place, ken, access=Access(noise=Noise.LOUD))
    with pytest.raises(places.StalePlace), unit_of_work():
        places.correct(place, ken, 1, words=place.words, kind=place.kind, access=Access())
    for n in range(59):
        corrected(place, ken, access=Access(noise=(Noise.LOUD, Noise.QUIET)[n % 2]))
    with pytest.raises(places.TooManyCorrections):
        corrected(place, ken)


def test_a_host_s_facts_stay_with_the_place_and_another_place_has_its_own(app):
    marisol = cast.marisol()
    meetup = proposed(marisol, access=Access(step_free=YesNo.YES))
    known = precise("Quiet Corner, Tacoma, WA", kind=PlaceKind.PUB)
    with unit_of_work():
        known.noise = Noise.QUIET
    plan = a_plan(words="Quiet Corner, Tacoma, WA", access=Access(step_free=YesNo.YES), place_choice=known.code)
    old = meetup.place
    with unit_of_work():
        actions.edit(meetup, plan, meetup.version, telling=replace(LOUD, by=marisol))
    assert (meetup.place, known.access, old.access) == (known, Access(noise=Noise.QUIET), Access(step_free=YesNo.YES))


def test_moving_back_leads_to_the_place_it_was_at(app):
    marisol = cast.marisol()
    meetup = proposed(marisol)
    first, before = meetup.place, actions.remember(meetup)
    away = actions.NewPlace("Tide Pool Cafe, Olympia, WA", keep="wall")
    with unit_of_work():
        actions.move_place(meetup, away, telling=Telling(marisol))
    assert (meetup.place is first, meetup.place.town, meetup.place.access) == (False, "Olympia", Access())
    with unit_of_work():
        actions.restore(meetup, before, Telling(marisol))
    assert (meetup.place, meetup.venue) == (first, LADLE)


def test_pins_on_top_of_each_other_are_proposed_for_merging(app):
    one, other = precise("The Lantern & Ladle, Tacoma"), precise("Lantern and Ladle, A St", near(HERE, 60))
    typo, far = precise("Lantern Laddle, Tacoma", near(HERE, 250)), precise("Lantern Ladle", near(HERE, 400))
    apart = precise("The Lantern & Ladle", near(HERE, 120))
    assert likely_duplicates(one) == [other, typo]
    assert far not in likely_duplicates(other)
    assert apart not in likely_duplicates(one)
    ken = cast.ken()
    with unit_of_work():
        places.keep_apart(one, other, ken)
    assert likely_duplicates(one) == [typo]
    assert (one, other) not in pairs_alike()
    assert places_within(HERE, 0.1) == [one, other]


def test_all_meetups_follow_a_merge_and_come_back(app, both_databases):
    ken = cast.ken()
    one, other = precise("The Lantern & Ladle, Tacoma"), precise("Lantern and Ladle, A St", near(HERE, 60))
    draft = make_meetup(place=other)
    with unit_of_work():
        other.noise = Noise.LOUD
    with unit_of_work():
        places.merge(other, one, ken)
    with unit_of_work():
        places.merge(other, one, ken)
    assert (where_now(other), draft.place, draft.venue) == (one, one, "Lantern and Ladle, A St")
    assert (one.noise, likely_duplicates(one)) == (Noise.LOUD, [])
    [change] = history(one)
    assert len(change.after["meetups"]) == 2
    with unit_of_work():
        places.undo(change, ken)
    assert (other.merged_into_id, draft.place, one.noise) == (None, other, None)


@pytest.mark.parametrize("vague", [False, True])
def test_nobody_merges_what_cannot_be_one_place(app, vague):
    """By hand, since no page proposes it: the meetups of one would be found in the other's town."""
    ken, moderator = cast.ken(), make_person("Mo", is_moderator=True)
    one, far = precise("The Lantern & Ladle, Tacoma"), precise("The Lantern & Ladle", near(HERE, 400))
    if vague:
        with unit_of_work():
            far.finding = Finding(Precision.TOWN, Point(41.88, -87.63), "Chicago", "Illinois", "US", "America/Chicago")
    with pytest.raises(Refusal) as refused, unit_of_work():
        places.merge(far, one, ken)
    assert ("too far apart" in refused.value.sentence, far.merged_into_id, history(one)) == (True, None, [])
    with unit_of_work():
        places.merge(far, one, moderator)
    assert far.merged_into_id == one.id


def test_a_place_merged_while_a_form_was_open(app):
    ken = cast.ken()
    one, other = precise("The Lantern & Ladle, Tacoma"), precise("Lantern and Ladle, A St", near(HERE, 60))
    with unit_of_work():
        places.merge(other, one, ken)
    with pytest.raises(places.PlaceGone) as gone:
        corrected(other, ken)
    assert gone.value.way_on == (f"/places/{one.code}", "Look at it")
    chosen = proposed(ken, kind=PlaceKind.COFFEE_SHOP, words="Lantern and Ladle, A St", place_choice=other.code,
                      zone="America/Los_Angeles")  # fmt: skip
    assert chosen.place is one


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "Two numbers"), ("nan, nan", "Two numbers"), ("1e9, 0", "Two numbers"), ("99999,0", "Two numbers"),
     ("91, 0", "latitude 91"), ("0, 181", "longitude 181"), ("0,0", "Gulf of Guinea"), ("-122.4, 47.2", "wrong way"),
     ("1, 2, 3", "Two numbers"), ("\x00", "Two numbers"), ("9" * 10_000, "Two numbers"), ("inf,1", "Two numbers")],
)  # fmt: skip
def test_coordinates_that_are_none(typed, sentence):
    with pytest.raises(Refusal) as refused:
        places.point_typed(typed)
    assert sentence in refused.value.sentence


def test_a_pin_far_from_its_town_or_turned_round_is_refused(app):
    place, ken = proposed(cast.marisol(), words="Snug, Columbus, OH").place, cast.ken()
    for point, sentence in ((Point(48.85, 2.35), "km from Columbus"), (Point(-83.0, 39.96), "wrong way round")):
        with pytest.raises(Refusal) as refused, unit_of_work():
            places.pin_by_hand(place, point, ken, place.version)
        assert sentence in refused.value.sentence
    with unit_of_work():
        places.pin_by_hand(place, Point(39.96, -83.0), ken, place.version)
    assert (place.precision, place.town, place.time_zone) == (Precision.EXACT, "Columbus", "America/New_York")


def test_nobody_pins_a_home(app):
    home = proposed(cast.marisol(), kind=PlaceKind.HOME, words="12 Elm St, Tacoma, WA").place
    ken = cast.ken()
    for deed in (lambda: places.pin_by_hand(home, HERE, ken, home.version), lambda: corrected(home, ken)):
        with pytest.raises(places.PlaceGone), unit_of_work():
            deed()
    assert (home.precision, history(home)) == (Precision.TOWN, [])


def test_a_precise_spot_sharpens_what_was_an_area(app):
    first = proposed(cast.marisol())
    spot = Finding(Precision.EXACT, HERE, "Tacoma", "Washington", "US", "America/Los_Angeles")
    ken = cast.ken()
    with unit_of_work():
        second = actions.propose(ken, a_plan(), True, finding=spot)
    assert (second.place, first.place.finding) == (first.place, spot)
    away = replace(spot, point=near(HERE, 60))
    with unit_of_work():
        actions.propose(ken, a_plan(title="Another"), True, finding=away)
    assert first.place.point == HERE


def test_places_nobody_is_at_are_forgotten_and_merged_ones_are_not(app, frozen):
    marisol, ken = cast.marisol(), cast.ken()
    one, other = precise("The Lantern & Ladle, Tacoma"), precise("Lantern and Ladle, A St", near(HERE, 60))
    with unit_of_work():
        places.merge(other, one, ken)
    meetup = proposed(marisol, words="Snug, Tacoma, WA")
    home = proposed(marisol, kind=PlaceKind.HOME, words="12 Elm St, Tacoma, WA")
    for each in (meetup, home):
        with unit_of_work():
            actions.move_online(each, "https://meet.example/x", None, Telling(marisol))
    with unit_of_work():
        actions.forget_addresses()
    assert "12 Elm St, Tacoma, WA" not in set(db.session.scalars(db.select(Place.words)))
    assert "Snug, Tacoma, WA" in set(db.session.scalars(db.select(Place.words)))
    frozen.move_to(meetup.starts_at)
    with unit_of_work():
        actions.forget_addresses()
    assert set(db.session.scalars(db.select(Place.words))) == {one.words, other.words, "Online"}
