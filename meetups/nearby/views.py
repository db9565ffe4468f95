"""Librarians near me: the list, being on it, hiding, knocking and opening."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.pages import Paging, page_asked, say
from meetups.foundation.refusals import NotHere, Refusal
from meetups.foundation.whereabouts import current_gazetteer
from meetups.nearby import actions, letters, permissions, queries
from meetups.nearby.forms import KnockForm, ListingForm, ReachForm, wanted_in
from meetups.nearby.models import Knock
from meetups.nearby.queries import PAGE, Ring
from meetups.people.actions import block, tell_of_myself
from meetups.people.terms import Age

nearby = Blueprint("nearby", __name__)


def _page(form: ListingForm | None = None, status: int = 200) -> Any:
    person = person_here()
    listing = queries.listing_of(person)
    looks = permissions.may_look(person, listing)
    form = form or ListingForm(formdata=None, data=_standing(listing))
    try:
        rings, paging = _answer() if looks else ([], None)
        refused = ""
    except Refusal as refusal:
        rings, paging, refused, status = [], None, refusal.sentence, refusal.status
        listing = queries.listing_of(person)
    page = render_template(
        "nearby/people.html", person=person, listing=listing, rings=rings, form=form, refused=refused, paging=paging,
        wanted=wanted_in(request.args), ages=Age, waiting=len(queries.knocks_at(person)),
    )
    return page, status


def _answer() -> tuple[list[Ring], Paging]:
    """The page of the list that was asked for, counted against the limit before it is shown."""
    person, wanted, number = person_here(), wanted_in(request.args), page_asked(20)
    rings = queries.narrowed(queries.librarians_near(person), wanted)
    shown = queries.page_of(rings, number)
    digest = queries.digest_of(shown, f"{person.home_area.cell}|{wanted!r}|{number}")
    if digest not in queries.answers_seen(person):
        with unit_of_work():
            actions.note_answer(person, digest)
    return shown, Paging(number, PAGE, sum(len(ring.people) for ring in rings))


def _standing(listing: Any) -> dict[str, Any]:
    """What is on the list now; for who is not on it, what their profile says."""
    if listing is not None:
        ages = [Age(each) for each in listing.ages]
        return {"interests": listing.interests, "languages": listing.languages, "ages": ages}
    profile = person_here().profile
    if profile is None:
        return {}
    ages = [Age(each) for each in profile.ages]
    return {"interests": profile.specialties, "languages": profile.languages, "ages": ages}


@nearby.get("/near/people")
@doors.member
def people() -> Any:
    return _page()


@nearby.post("/near/people/list")
@doors.member
def list_me() -> Any:
    form = ListingForm()
    if not form.validate_on_submit():
        return _page(form, 400)
    try:
        with unit_of_work():
            actions.list_me(person_here(), form.interests.data or "", form.ages.data or (), form.languages.data or "")
    except Refusal as refusal:
        form.take(refusal)
        return _page(form, 409)
    say("You are on the list. Others who are listed see your name, your interests and a distance band.")
    return redirect(url_for("nearby.people"), 303)


@nearby.post("/near/people/hide")
@doors.member
def hide_me() -> Any:
    with unit_of_work():
        actions.hide_me(person_here())
    say("You are hidden. Nobody finds you here any more.")
    return redirect(url_for("nearby.people"), 303)


@nearby.route("/near/people/<code>/knock", methods=["GET", "POST"])
@doors.member
def knock(code: str) -> Any:
    person, listing = person_here(), queries.listing_with(code)
    mine = queries.listing_of(person)
    if listing is None or mine is None or listing.person_id in {person.id, *person.out_of_sight}:
        raise NotHere("They are not on the list.")
    form, name = KnockForm(person), listing.person.name
    if not form.validate_on_submit():
        return _knock_page(form, code, name, 400 if form.errors else 200)
    try:
        with unit_of_work():
            tell_of_myself(person, form.said())
            actions.knock(person, code, form.message.data)
    except Refusal as refusal:
        form.take(refusal)
        return _knock_page(form, code, name, refusal.status)
    say("Your knock is on its way. If they say yes, you both get a letter.")
    return redirect(url_for("nearby.knocks"), 303)


def _knock_page(form: KnockForm, code: str, name: str, status: int) -> Any:
    return render_template("nearby/knock.html", form=form, code=code, name=name), status


@nearby.get("/knocks")
@doors.member
def knocks() -> Any:
    person = person_here()
    area = person.home_area
    return render_template(
        "nearby/knocks.html", person=person, at_my_door=queries.knocks_at(person), mine=queries.knocks_by(person),
        doors=[(each, each.other_than(person), letters.reached(each.other_than(person)))
               for each in queries.open_doors(person)],
        zone=person.time_zone or (area.time_zone if area else "UTC"),
    )


@nearby.route("/knocks/<int:number>/open", methods=["GET", "POST"])
@doors.member
def open_door(number: int) -> Any:
    person, found = person_here(), _at_my_door(number)
    form = ReachForm(person)
    if not form.validate_on_submit():
        return render_template("nearby/open.html", form=form, knock=found), 400 if form.errors else 200
    try:
        with unit_of_work():
            tell_of_myself(person, form.said())
            actions.open_door(person, found)
    except Refusal as refusal:
        form.take(refusal)
        return render_template("nearby/open.html", form=form, knock=found), refusal.status
    say("The door is open. You both have a letter that says how to reach the other.")
    return redirect(url_for("nearby.knocks"), 303)


@nearby.post("/knocks/<int:number>/decline")
@doors.member
def decline(number: int) -> Any:
    found = _at_my_door(number)
    with unit_of_work():
        actions.decline(found)
    say("Gone. They hear nothing.")
    return redirect(url_for("nearby.knocks"), 303)


@nearby.post("/knocks/<int:number>/block")
@doors.member
def block_knocker(number: int) -> Any:
    """Whoever knocked, or somebody with whom the door was open."""
    person = person_here()
    found = queries.open_door_numbered(person, number) or _at_my_door(number)
    other = found.other_than(person)
    with unit_of_work():
        block(person, other, other.name)
    say("Blocked. They are not told.")
    return redirect(url_for("nearby.knocks"), 303)


@nearby.post("/near/would-come")
@doors.member
def would_come() -> Any:
    """I would come to a meetup around this town, should anybody propose one."""
    towns = current_gazetteer().choices(request.form.get("area", "")[:200])
    if len(towns) != 1:
        raise Refusal("Around which town? Nothing was saved.", way_on=("/near", "Choose a town"))
    with unit_of_work():
        label = actions.say_would_come(person_here(), towns[0], current_gazetteer()).label
    say(f"Noted: you would come to a meetup {label}. When somebody proposes one, you get a letter.")
    return redirect(url_for("discovery.near", area=towns[0].long_label), 303)


@nearby.post("/near/would-come/<int:number>/take-back")
@doors.member
def take_back(number: int) -> Any:
    wish = queries.wish_numbered(person_here(), number) if number < 2**31 else None
    if wish is None:
        raise NotHere("It is not on your list any more.")
    with unit_of_work():
        actions.take_back(wish)
    say("Taken back.")
    return redirect(url_for("discovery.alerts"), 303)


def _at_my_door(number: int) -> Knock:
    found = queries.knock_at(person_here(), number)
    if found is None:
        raise NotHere("Nobody is at the door.")
    return found
