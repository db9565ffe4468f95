"""A place whose only meetup is a draft or hidden by moderators is a secret, at every address it has."""

from __future__ import annotations

import pytest

from meetups.foundation import clock
from meetups.foundation.database import db, unit_of_work
from meetups.planning.models import Meetup, Status
from tests import cast
from tests.makers import make_meetup, make_place
from tests.planning.plans import FIELDS

SECRET = "Zqsecret Cafe, 9 Elm St, Tacoma"
FORMS = {"change": "1", "words": "Zqtaken", "kind": "pub", "version": "1", "at": "47.2,-122.4", "deed": "merge"}


@pytest.fixture(params=["draft", "hidden"])
def secret(app, request) -> Meetup:
    status = Status.DRAFT if request.param == "draft" else Status.PROPOSED
    meetup = make_meetup("Zqsecret", host=cast.marisol(), place=make_place(SECRET), status=status)
    if request.param == "hidden":
        with unit_of_work():
            meetup.hidden_at = clock.now()
            meetup.settle(SECRET)
    return meetup


def addresses(app, code: str) -> list[tuple[str, str]]:
    """(method, path) of everything under a place of this code."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/places/<code>")]
    return [(method, rule.rule.replace("<code>", code)) for rule in rules for method in ("GET", "POST")
            if method in rule.methods]  # fmt: skip


def asked(browser, method: str, path: str, other: str):
    return browser.get(path) if method == "GET" else browser.forge(path, {**FORMS, "other": other})


def test_it_looks_like_nothing_to_other_members(app, secret, signed_in):
    ken, public = signed_in(cast.ken()), make_meetup("Songs").place
    there, nowhere = addresses(app, secret.place.code), addresses(app, "2222222")
    assert len(there) == 9
    for (method, path), (_, gone) in zip(there, nowhere, strict=True):
        answer, nothing = (asked(ken, method, each, public.code) for each in (path, gone))
        assert (path, answer.status_code) == (path, 404)
        assert answer.get_data() == nothing.get_data(), path
    assert asked(ken, "POST", f"/places/{public.code}/merge", secret.place.code).status_code == 404
    assert (secret.place.version, secret.place.words, secret.place.merged_into_id) == (1, SECRET, None)


def test_its_old_address_after_a_merge_is_as_secret(app, secret, signed_in):
    gone, ken = make_place("Zqmerged"), signed_in(cast.ken())
    with unit_of_work():
        gone.merged_into_id = secret.place.id
    for method, path in addresses(app, gone.code):
        assert asked(ken, method, path, gone.code).status_code == 404, path


@pytest.mark.parametrize("who", [cast.moderator, None])
def test_its_host_and_moderators_can_put_it_right(secret, signed_in, who):
    browser, path = signed_in(who() if who else secret.host), f"/places/{secret.place.code}"
    assert SECRET in browser.text(browser.get(path))
    assert browser.get(f"{path}/pin").status_code == 200
    assert browser.submit(f"{path}/correct", {"noise": "loud"}).status_code == 303
    assert "noise: loud" in browser.text(browser.get(f"{path}/history"))
    assert browser.submit(f"{path}/history", {"change": "1"}).status_code == 303
    assert browser.submit(path, form="/check").status_code == 303
    assert (secret.place.noise, secret.place.version) == (None, 4)


def test_its_code_is_no_choice_for_a_meetup_of_another_host(secret, signed_in):
    ken = signed_in(cast.ken())
    ken.forge("/propose", {**FIELDS, "form_key": "k", "place_choice": secret.place.code, "deed": "draft"})
    made = db.session.scalars(db.select(Meetup).where(Meetup.id != secret.id)).one()
    assert made.place is not secret.place
    assert ken.get(f"/places/{secret.place.code}").status_code == 404
