"""The page on which a meetup is proposed, as a browser sees it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from meetups.foundation.database import db
from meetups.places.models import PlaceKind, YesNo
from meetups.planning.models import Meetup, RsvpMode, Status
from tests import cast
from tests.browsing import PageForm
from tests.planning.plans import FIELDS, proposed


def only_meetup() -> Meetup:
    return db.session.scalars(sa.select(Meetup)).one()


def none_made() -> bool:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Meetup)) == 0


@pytest.fixture
def marisol(app):
    return cast.marisol()


@pytest.fixture
def browser(marisol, signed_in):
    return signed_in(marisol)


def required(form) -> set[str]:
    return {str(each.get("name")) for each in form.controls if each.get("required") is not None}


def standing(browser, response) -> dict[str, str]:
    """What the form in this answer would send if nothing more were touched."""
    tree = browser.tree(response)
    (form,) = [each for each in tree.iter("form") if each.get("action") == "/propose"]
    return dict(PageForm(form, tree, "/propose").defaults())


def test_six_fields_are_required_and_no_kind_is_chosen(browser):
    (form,) = [each for each in browser.forms("/propose") if each.action == "/propose"]
    assert required(form) == {"title", "kind", "day", "start", "words", "contact"}
    assert "kind" not in form.defaults()


def test_six_fields_make_a_public_page(browser, marisol):
    answer = browser.submit("/propose", {**FIELDS, "deed": "publish"})
    meetup = only_meetup()
    assert (answer.status_code, answer.location) == (303, f"/meetups/{meetup.code}")
    assert (meetup.title, meetup.host, meetup.status, meetup.rsvp_mode, meetup.guests_allowed, meetup.capacity) == (
        FIELDS["title"], marisol, Status.PROPOSED, RsvpMode.HELPFUL, 3, None
    )  # fmt: skip
    access = meetup.place.access
    assert {access.step_free, access.noise, access.alcohol, access.children_welcome, access.id_required} == {None}


def test_everything_folded_away_is_kept(browser):
    more = {
        "end": "20:30", "room": "N239/241", "level": "2", "booth": "1644–1648", "spot": "left of the bar",
        "how_to_spot_us": "the glitter cup", "step_free": "yes", "seating": "chairs with backs", "noise": "medium",
        "alcohol": "yes", "children_welcome": "no", "age_limit": "21", "id_required": "yes", "cost": "own_food_drink",
        "cost_note": "no cover", "rsvp_mode": "required", "capacity": "16", "guests_allowed": "0",
        "bring": "1 parachute\r\n\r\n12 shakers\r\nscarves", "description": "**Songs** at 6:45",
        "hashtag": "gs27 #songs",
        "conference": "Prairie States", "zone": "America/Denver", "deed": "draft",
    }  # fmt: skip
    browser.submit("/propose", {**FIELDS, **more})
    meetup = only_meetup()
    assert (meetup.where_exactly, meetup.wanted, meetup.hashtag, meetup.time_zone, meetup.guests_allowed) == (
        "N239/241, 2, 1644–1648, left of the bar", ((1, "parachute"), (12, "shakers"), (1, "scarves")), "#gs27 #songs",
        "America/Denver", 0,
    )  # fmt: skip
    assert (meetup.status, meetup.rsvp_mode, meetup.place.step_free, meetup.host_event.name) == (
        Status.DRAFT, RsvpMode.REQUIRED, YesNo.YES, "Prairie States"
    )  # fmt: skip


def test_a_preview_shows_the_page_and_saves_nothing(browser):
    answer = browser.submit("/propose", {**FIELDS, "description": "**Songs**", "deed": "preview"})
    text = browser.text(answer)
    assert answer.status_code == 200
    assert "Thu, Jan 21, 2027, 6:30 PM Pacific" in text
    assert "Step-free: not stated" in text
    assert "<strong>Songs</strong>" in answer.text
    assert none_made()
    preview = next(each for each in browser.tree(answer).iter("section") if each.get("id") == "preview")
    (up,) = preview.iter("button")  # right under it, not below a form as long as four screens
    assert (up.get("form"), up.get("name"), up.get("value")) == ("plan", "deed", "publish")
    kept = standing(browser, answer)
    assert {name: kept[name] for name in FIELDS} == FIELDS
    browser.forge("/propose", {**kept, "deed": "publish"})
    assert only_meetup().description == "**Songs**"


def test_which_portland_is_asked_with_everything_kept(browser):
    answer = browser.submit("/propose", {**FIELDS, "words": "The Long Table, Portland", "deed": "publish"})
    assert answer.status_code == 409
    assert "Which one: Portland, Oregon or Portland, Maine?" in browser.text(answer)
    kept = standing(browser, answer)
    assert (kept["words"], kept["title"], none_made()) == ("The Long Table, Portland", FIELDS["title"], True)
    radios = [each for each in browser.tree(answer).iter("input") if each.get("name") == "town_choice"]
    assert len(radios) == 2
    shown = browser.forge("/propose", {**kept, "town_choice": radios[1].get("value"), "deed": "preview"})  # fmt: skip
    again = standing(browser, shown)
    browser.forge("/propose", {**again, "deed": "publish"})
    assert (only_meetup().place.region, only_meetup().time_zone) == ("Maine", "America/New_York")


def test_a_place_nobody_knows_asks_for_the_zone(browser):
    answer = browser.submit("/propose", {**FIELDS, "words": "Under the big clock", "deed": "publish"})
    assert answer.status_code == 409
    assert "choose the time zone" in browser.text(answer)
    kept = standing(browser, answer)
    browser.forge("/propose", {**kept, "zone": "America/Chicago", "deed": "publish"})
    assert (only_meetup().place.point, only_meetup().time_zone) == (None, "America/Chicago")


def test_last_years_date_is_offered_again_as_a_button(browser):
    answer = browser.submit("/propose", {**FIELDS, "day": "2026-01-21", "deed": "publish"})
    assert "Wed, Jan 21, 2026 has been and gone. Did you mean Thu, Jan 21, 2027?" in browser.text(answer)
    (button,) = [each for each in browser.tree(answer).iter("button") if each.get("name") == "use_day"]
    filled = browser.forge("/propose", {**standing(browser, answer), "use_day": button.get("value")})  # fmt: skip
    assert (filled.status_code, standing(browser, filled)["day"], none_made()) == (200, "2027-01-21", True)
    browser.forge("/propose", {**standing(browser, filled), "deed": "publish"})
    assert only_meetup().local_start.isoformat() == "2027-01-21T18:30:00"


def test_an_hour_that_does_not_exist_has_two_offers(browser):
    answer = browser.submit("/propose", {**FIELDS, "day": "2027-03-14", "start": "02:30", "deed": "publish"})
    buttons = [each for each in browser.tree(answer).iter("button") if each.get("name") == "use_start"]
    assert [each.get("value") for each in buttons] == ["01:30", "03:30"]
    filled = browser.forge("/propose", {**standing(browser, answer), "use_start": "03:30"})
    assert standing(browser, filled)["start"] == "03:30"


def test_an_hour_that_comes_twice_asks_which(browser):
    answer = browser.submit("/propose", {**FIELDS, "day": "2027-11-07", "start": "01:30", "deed": "publish"})
    assert "the second time" in browser.text(answer)
    browser.forge("/propose", {**standing(browser, answer), "fold": "1", "deed": "publish"})
    assert (only_meetup().fold, only_meetup().starts_at.hour) == (1, 9)


def test_a_double_press_makes_one(browser):
    (form,) = [each for each in browser.forms("/propose") if each.action == "/propose"]
    sent = form.filled({**FIELDS, "deed": "publish"})
    first, second = (browser.post("/propose", data=sent) for _ in range(2))
    assert (first.status_code, second.status_code, first.location) == (303, 303, second.location)
    assert only_meetup().title == FIELDS["title"]


LRO = "\u202e"
HOSTILE = [
    ("title", "x" * 121, "That is too long: 120 characters at most."),
    ("words", "y" * 301, "That is too long: 300 characters at most."),
    ("title", "\x00\x07", "Give it a name; plain is fine."),
    ("title", "   ", "Give it a name; plain is fine."),
    ("day", "2027-02-30", "There is no such day"),
    ("day", "soon", "We cannot read “soon” as a date."),
    ("day", "9999-12-31", "more than two years away"),
    ("day", "0001-01-01", "has been and gone"),
    ("start", "25:00", "25:00"),
    ("start", "6", "morning or in the evening"),
    ("end", "18:30", "It would end as it starts."),
    ("length", "-5", "A whole number from 5 to 1,080, please."),
    ("length", "9" * 40, "A whole number from 5 to 1,080, please."),
    ("capacity", "0", "A whole number from 1 to 10,000, please."),
    ("capacity", "٣", "A whole number from 1 to 10,000, please."),
    ("age_limit", "1e3", "A whole number from 1 to 99, please."),
    ("join_url", "javascript:alert(1)", "A link begins with https://"),
    ("join_url", "https://", "A link begins with https://"),
    ("join_url", "http://[", "A link begins with https://"),
    ("bring", "0 shakers", "from 1 to 1,000 of each thing"),
    ("bring", "a" * 81, "80 characters a thing at most"),
    ("bring", "\n".join(["thing"] * 41), "40 things at most"),
    ("description", "z" * 10_001, "That is too long: 10,000 characters at most."),
    ("zone", "Mars/Olympus", "We know no such time zone."),
]


@pytest.mark.parametrize(("field", "typed", "sentence"), HOSTILE)
def test_what_cannot_be_is_said_and_the_rest_kept(browser, field, typed, sentence):
    answer = browser.forge("/propose", {**FIELDS, field: typed, "deed": "publish"})
    assert answer.status_code in (400, 409)
    assert sentence in browser.text(answer)
    kept = standing(browser, answer)
    assert {name: kept[name] for name in FIELDS if name != field} == {
        name: value for name, value in FIELDS.items() if name != field
    }
    assert none_made()


@pytest.mark.parametrize("field", ["kind", "step_free", "rsvp_mode", "cost"])
def test_a_choice_that_was_never_offered(browser, field):
    answer = browser.forge("/propose", {**FIELDS, field: "castle", "deed": "publish"})
    assert (answer.status_code, none_made()) == (400, True)
    assert "Choose from the answers offered." in browser.text(answer)


def test_nothing_at_all(browser):
    answer = browser.forge("/propose", {})
    assert answer.status_code == 400
    assert "Six things to look at" in browser.text(answer)


ODD = ["🎉👩‍👩‍👧 storytime", "מפגש שירים", f"{LRO}evil", "<script>alert(1)</script>", "a\tb\x00c"]


@pytest.mark.parametrize("title", ODD)
def test_odd_letters_are_fine(browser, title):
    answer = browser.forge("/propose", {**FIELDS, "title": title, "deed": "publish"})
    assert answer.status_code == 303
    assert only_meetup().title == title.replace(LRO, "").replace("\x00", "").replace("\t", " ")


def test_keys_that_somebody_made_up(browser):
    data = {**FIELDS, "form_key": "\x00" + "k" * 5000, "version": "x", "fold": "7", "town_choice": "\x00nowhere" * 99}
    assert browser.forge("/propose", data).status_code == 303
    assert len(only_meetup().form_key) == 64


def test_going_back_and_typing_something_else_loses_nothing(browser):
    (page,) = [each for each in browser.forms("/propose") if each.action == "/propose"]
    once = page.filled({**FIELDS, "title": "Glitter cpu", "deed": "publish"})
    made = browser.post("/propose", data=once).location
    assert browser.post("/propose", data=once).location == made
    answer = browser.post("/propose", data={**once, "title": "Glitter cup"})
    assert (answer.status_code, only_meetup().title) == (409, "Glitter cpu")
    assert "already and made this meetup. Nothing of what you typed since is saved yet" in browser.text(answer)
    tree = browser.tree(answer)
    (again,) = [PageForm(each, tree, "") for each in tree.iter("form") if each.get("action") == f"{made}/edit"]
    assert browser.post(again.action, data=again.filled({"deed": "save"})).location == made
    assert only_meetup().title == "Glitter cup"


def test_how_to_reach_a_host_is_offered_the_next_time(browser, marisol):
    for title, contact in (("One", "ask at the desk"), ("Two", "Text 555-0100"), ("Three", "ask at the desk")):
        proposed(marisol, title=title, contact=contact)
    proposed(cast.ken(), contact="@storyken")
    tree = browser.tree(browser.get("/propose"))
    offered = tree.findall(".//datalist[@id='known-contacts']/option")
    assert [each.get("value") for each in offered] == ["ask at the desk", "Text 555-0100"]
    assert tree.find(".//input[@name='contact']").get("value", "") == ""


def test_a_visitor_cannot_propose(client, app):
    assert client.post("/propose", data=FIELDS).status_code == 400
    assert none_made()


def test_whoever_was_signed_out_while_typing_loses_nothing(client, marisol, signed_in):
    answer = client.forge("/propose", {**FIELDS, "deed": "publish"})
    assert (answer.status_code, none_made()) == (401, True)
    assert "You are signed out" in client.text(answer)
    assert answer.headers["Cache-Control"] == "private, no-store"  # a home's address may be typed there
    tree = client.tree(answer)
    (again,) = [PageForm(each, tree, "") for each in tree.iter("form") if each.get("action") == "/propose"]
    back = signed_in(marisol)
    assert back.forge("/propose", {**again.defaults(), "csrf_token": back.token()}).status_code == 303
    assert only_meetup().title == FIELDS["title"]


def test_online_keeps_its_link_to_itself(browser):
    data = {**FIELDS, "kind": "online", "words": "Video", "join_url": "https://meet.example/secret", "deed": "preview"}
    answer = browser.forge("/propose", data)
    preview = next(each for each in browser.tree(answer).iter("section") if each.get("id") == "preview")
    assert "meet.example" not in "".join(preview.itertext())
    browser.forge("/propose", {**data, "deed": "publish"})
    assert (only_meetup().place.kind, only_meetup().join_url) == (PlaceKind.ONLINE, "https://meet.example/secret")
