"""Being listed and hiding again, looking, knocking, opening and declining; saying where one would come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa

from meetups.foundation import clock
from meetups.foundation.database import add, db, delete, flush, lock
from meetups.foundation.gazetteer import Gazetteer, Town
from meetups.foundation.geography import cell_middle
from meetups.foundation.mail.outbox import post, withdraw
from meetups.foundation.refusals import NotHere, Refusal
from meetups.nearby import letters, queries
from meetups.nearby.models import Knock, Look, NearbyListing, WouldCome
from meetups.people.models import Person
from meetups.people.terms import Age

KNOCKS_A_DAY = 5
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
ANSWERS_AN_HOUR = 30
MOST_WISHES = 5


class NoArea(Refusal):
    """Without an area nobody can be near."""


class NotListed(Refusal):
    """Who is not on the list knocks at no door."""


class TooManyKnocks(Refusal):
    """Five a day, and one at a time at each door."""


class NoWayBack(Refusal):
    """Nobody can answer somebody who shares nothing."""


class TooManyAnswers(Refusal):
    """The list was asked for more than any reader could want."""

    status = 429


class TooManyWishes(Refusal):
    """Who would come everywhere is no help to whoever proposes."""


def list_me(person: Person, interests: str, ages: Sequence[Age] = (), languages: str = "") -> NearbyListing:
    """Be seen by, and see, others who are listed; a second time changes what they see. Needs a home area."""
    lock(person)
    if person.home_area is None:
        raise NoArea("Choose your area first: a town, a ZIP code or a state.", way_on=("/me#home", "Choose my area"))
    listing = queries.listing_of(person)
    if listing is None:
        listing = add(NearbyListing(person_id=person.id, listed_at=clock.now()))
    listing.interests, listing.languages = interests, languages
    listing.ages = [age.value for age in Age if age in ages]
    flush()
    return listing


def hide_me(person: Person) -> None:
    """Off the list at once, in both directions."""
    listing = queries.listing_of(person)
    if listing is not None:
        delete(listing)


def note_answer(person: Person, digest: str) -> None:
    """Count an answer of the list; the same one again within the hour counts once.

    Refuses with TooManyAnswers (429) the 31st different one within an hour. Counted in the database, so that neither
    another browser nor another process begins anew.
    """
    lock(person)
    now = clock.now()
    db.session.execute(sa.delete(Look).where(Look.person_id == person.id, Look.looked_at <= now - HOUR))
    seen = queries.answers_seen(person)
    if digest in seen:
        return
    if len(seen) >= ANSWERS_AN_HOUR:
        raise TooManyAnswers(
            "You have looked at this list in very many ways within the hour. Come back a little later."
        )
    add(Look(person_id=person.id, digest=digest, looked_at=now))


def knock(person: Person, code: str, message: str) -> Knock:
    """Relay a message of at most 300 characters to somebody on the list; neither address nor profile goes with it.

    Refuses with NotListed, NoWayBack, TooManyKnocks (five in 24 hours; one waiting at this door), and with NotHere
    whoever is not on the list or not for this person. A knock that was declined waits like any other, for 30 days.
    """
    listing = queries.listing_with(code)
    if listing is None or listing.person_id == person.id or listing.person_id in person.out_of_sight:
        raise NotHere("They are not on the list.")
    for each in sorted((person, listing.person), key=lambda one: one.id):
        lock(each)  # both, in one order: of two people who knock at each other's doors one comes first
    if queries.listing_of(person) is None:
        raise NotListed("Put yourself on the list first; then you can knock.", way_on=("/near/people", "To the list"))
    _refuse_without_way_back(person)
    _refuse_second(person, listing.person)
    if queries.knocks_since(person, clock.now() - DAY) >= KNOCKS_A_DAY:
        raise TooManyKnocks("Five knocks a day are the most. Nothing was sent; what you wrote is still here.")
    made = add(Knock(by=person, to=listing.person, message=message, knocked_at=clock.now()))
    flush()
    post(letters.someone_knocked(made))
    return made


def keep_apart(one: Person, other: Person) -> None:
    """They are kept apart by a block: what either wrote to the other and is not delivered yet is taken back."""
    for each in queries.knocks_between(one, other):
        withdraw(*letters.keys_of(each))


def open_door(person: Person, knock: Knock) -> None:
    """Say yes to a knock: from now on each sees how to reach the other, and both get a letter. Once is enough."""
    lock(knock)
    _refuse_without_way_back(person)
    if knock.opened_at is None:
        knock.opened_at, knock.declined_at = clock.now(), None
        flush()
        for each in (knock.by, knock.to):
            post(letters.door_opened(knock, each))


def decline(knock: Knock) -> None:
    """Take a knock off one's list. The knocker hears nothing and sees it waiting still."""
    lock(knock)
    if knock.opened_at is None:
        knock.declined_at = clock.now()


def say_would_come(person: Person, town: Town, gazetteer: Gazetteer) -> WouldCome:
    """They would come to a meetup in the area of this town; a letter tells them once when somebody proposes one.

    The area is all that is kept. Saying it again begins the year anew. Refuses a sixth area.
    """
    lock(person)
    area = queries.area_of(town.point, gazetteer)
    wish = queries.wish_in(person, area)
    if wish is None:
        if len([each for each in queries.wishes_of(person) if not each.told_of]) >= MOST_WISHES:
            raise TooManyWishes(f"You said so in {MOST_WISHES} areas already. Take one back first.",
                                way_on=("/near/alerts", "To my list"))
        wish = add(WouldCome(person_id=person.id, cell=area, label=_area_label(area, town, gazetteer)))
    wish.said_at, wish.told_of = clock.now(), ""
    flush()
    return wish


def take_back(wish: WouldCome) -> None:
    """They would not come any more, and are counted no longer."""
    delete(wish)


def settle_wishes(wishes: Sequence[WouldCome], code: str) -> None:
    """These people were told of the meetup with this code, so their wish is answered."""
    for wish in wishes:
        wish.told_of = code


def reopen_wishes(code: str) -> None:
    """The meetup is off after all: whoever was told of it would still come to another."""
    for wish in queries.wishes_told_of(code):
        wish.told_of = ""


def forget_old_wishes() -> None:
    """Delete what was said more than a year ago. A chore of the worker."""
    db.session.execute(sa.delete(WouldCome).where(WouldCome.said_at <= clock.now() - queries.WISH_LASTS))


def _area_label(area: int, town: Town, gazetteer: Gazetteer) -> str:
    largest = gazetteer.largest_town_in(area) or gazetteer.nearest_town(cell_middle(area)) or town
    return f"around {largest.label}"[:120]


def _refuse_without_way_back(person: Person) -> None:
    if not letters.reached(person):
        raise NoWayBack("Say how they can reach you, or tick the box. They see it only if you both say yes.",
                        field="reach")


def _refuse_second(person: Person, other: Person) -> None:
    if queries.door_between(person, other) is not None:
        raise TooManyKnocks("The door between you two is open already.", way_on=("/knocks", "How to reach them"))
    if queries.waiting_at(person, other) is not None:
        raise TooManyKnocks("You knocked there already. Nothing was sent; give them time.")
    theirs = queries.waiting_at(other, person)
    if theirs is not None and theirs.declined_at is None:
        raise TooManyKnocks("They knocked at your door first. Nothing was sent.", way_on=("/knocks", "See their knock"))
