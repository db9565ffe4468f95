"""Asking for a link, redeeming it, one's name, zone and area, passkeys, blocking, leaving."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from email_validator import EmailNotValidError, validate_email
from sqlalchemy.dialects import postgresql, sqlite

from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import add, db, delete, expire, flush, lock
from meetups.foundation.diary import write_down
from meetups.foundation.gazetteer import Gazetteer, Town
from meetups.foundation.geography import cell_middle, home_cell
from meetups.foundation.mail import outbox, preferences
from meetups.foundation.mail.preferences import Delivery
from meetups.foundation.refusals import LinkSpent, Refusal
from meetups.foundation.tokens import digest, new_token
from meetups.people import letters, queries
from meetups.people.facts import PersonBlocked, PersonLeft
from meetups.people.models import Block, HomeArea, Passkey, PasskeyChallenge, Person, Profile, SignInLink, Visit

LINK_LIVES = timedelta(minutes=20)
CHALLENGE_LIVES = timedelta(minutes=5)
LETTERS_AN_HOUR = 5
AT_LEAST_ONE_IN = timedelta(minutes=10)
AREA_CHANGES = 3
AREA_SPAN = timedelta(days=30)
MOST_PASSKEYS = 10


class Suspended(Refusal):
    """The account was closed by the moderators."""

    status = 403


class TooManyMoves(Refusal):
    """The home area was changed three times in 30 days already."""


class NotOneself(Refusal):
    """Nobody blocks themselves."""


class NotAnAddress(Refusal):
    """An operator typed something that is no e-mail address."""


class PasskeyRefused(Refusal):
    """A device's answer does not hold; nobody was signed in, nothing was added."""

    status = 400


def ask_for_link(address: str, next_path: str) -> None:
    """Mail a link that signs this address in, once, within 20 minutes; `next_path` is where to go on afterwards.

    The same happens whether the address is known or not. Five letters an hour go to one address, then one in ten
    minutes, and nothing is said about it: whoever types somebody else's address cannot flood them, nor keep them out,
    because a link that works is always in their mailbox.
    """
    if outbox.may_have_another(address, outbox.DOOR_PREFIX, LETTERS_AN_HOUR, AT_LEAST_ONE_IN):
        outbox.post(letters.sign_in_link(address, new_link(address, next_path)))


def new_link(address: str, next_path: str = "") -> str:
    """The token of a fresh link for an address; the table keeps its digest only. Refuses what is no address."""
    address, token, at = _sound(address), new_token(), clock.now()
    add(SignInLink(
        digest=digest(token), address=address, next_path=next_path, asked_at=at, expires_at=at + LINK_LIVES
    ))
    return token


def redeem(token: str) -> Person:
    """Use a link up: the person it was mailed to, who joins by this if they are new.

    Of two presses at once one wins. Refuses with LinkSpent (410) a link that was used, has run out or never was,
    and with Suspended an account that was closed.
    """
    used = sa.delete(SignInLink).where(SignInLink.digest == digest(token), SignInLink.expires_at > clock.now())
    addresses = db.session.scalars(used.returning(SignInLink.address)).all()
    if not addresses:
        raise LinkSpent(
            "This link was used already, or its 20 minutes are over. Nothing was changed; let us mail you a new one.",
            way_on=("/sign-in", "Mail me a new link"),
        )
    return welcome(_person_at(addresses[0]))


def welcome(person: Person) -> Person:
    """The same person, unless their account was closed; then Suspended."""
    if person.suspended_at is not None:
        raise Suspended("This account was closed by the moderators. Nobody was signed in.")
    return person


def throw_away_old_links() -> None:
    """Delete the links, challenges and visits that have run out. A chore of the worker."""
    for kind in (SignInLink, PasskeyChallenge):
        db.session.execute(sa.delete(kind).where(kind.expires_at <= clock.now()))
    db.session.execute(sa.delete(Visit).where(Visit.began_at <= clock.now() - queries.VISIT_LASTS))


def change_name(person: Person, name: str) -> None:
    person.display_name = name


def change_time_zone(person: Person, zone: str | None) -> None:
    """Show times in this IANA zone; None for that of the home area. Refuses an unknown zone."""
    if zone is not None:
        clock.zone_info(zone)
        preferences.follow_zone(person.address, zone)
    person.time_zone = zone


def choose_letters(address: str, deliveries: Mapping[str, Delivery], quiet: tuple[str, int, int] | None) -> None:
    """How each kind of letter reaches an address from now on, and its quiet hours (zone, from and to in minutes).

    Letters of a kind that is off are taken back while they wait. Quiet hours hold for letters posted from now on.
    """
    for kind, delivery in deliveries.items():
        if delivery is Delivery.OFF:
            outbox.stop(address, kind=kind)
        else:
            preferences.choose(address, kind, delivery)
    zone, begins, ends = quiet or ("UTC", 0, 0)
    preferences.keep_quiet(address, zone, begins, ends)


def tell_of_myself(person: Person, said: Mapping[str, Any]) -> Profile:
    """Keep what a member says of themselves; `said` has a value for each column of Profile it changes."""
    lock(person)
    profile = person.profile or add(Profile(person=person))
    for name, value in said.items():
        setattr(profile, name, value)
    flush()
    return profile


def choose_home_area(person: Person, town: Town, gazetteer: Gazetteer) -> HomeArea:
    """Keep the area the town lies in; what was typed is forgotten here and now.

    Cell, label, country and zone are those of the area, the same for every town in it; a whole state keeps its own
    name. Refuses with TooManyMoves the fourth change in 30 days; choosing the same area again is no change.
    """
    lock(person)
    now = clock.now()
    area = home_cell(town.point, gazetteer.residents_within_cell)
    moves = _recent_moves(person, now)
    standing = person.home_area
    label, called_after = _label(area, town, gazetteer)
    if standing is not None and (standing.cell, standing.label) == (area, label):
        return standing
    if len(moves) >= AREA_CHANGES + (standing is None):
        raise TooManyMoves(
            "Your area was changed three times in 30 days, which is as often as it goes. Nothing was changed; "
            "try again in some days.", field="town",
        )
    if standing is None:
        standing = add(HomeArea(person=person))
        person.area_changes = moves
    else:
        person.area_changes = [*moves, now.isoformat()]
    standing.cell, standing.label, standing.chosen_at = area, label, now
    standing.country, standing.time_zone = called_after.country, called_after.time_zone
    flush()
    return standing


def forget_home_area(person: Person) -> None:
    """Take the area out. Counts as a change, so that it does not open the door to a fourth one."""
    lock(person)
    if person.home_area is not None:
        now = clock.now()
        person.area_changes = [*_recent_moves(person, now), now.isoformat()]
        delete(person.home_area)
        flush()


def set_challenge(purpose: str) -> bytes:
    """A fresh challenge of 32 bytes for a device; good for one answer to this purpose within five minutes."""
    challenge = secrets.token_bytes(32)
    add(PasskeyChallenge(
        digest=digest(challenge.hex()), purpose=purpose, expires_at=clock.now() + CHALLENGE_LIVES
    ))
    return challenge


def take_challenge(purpose: str, challenge: bytes) -> None:
    """Use a challenge up. PasskeyRefused when it was used already, is too old, was never set or for another purpose.

    The row decides, not the cookie: an old cookie sent again finds nothing.
    """
    standing = (PasskeyChallenge.digest == digest(challenge.hex()), PasskeyChallenge.expires_at > clock.now())
    used = sa.delete(PasskeyChallenge).where(*standing).returning(PasskeyChallenge.purpose)
    if db.session.scalars(used).all() != [purpose]:
        raise PasskeyRefused("That took too long, or was sent twice. Nothing was changed; start again.")


def add_passkey(person: Person, credential_id: bytes, public_key: bytes, sign_count: int, name: str) -> Passkey:
    """Let a device of this person's sign them in. Refuses an eleventh one, or one that is known already."""
    if len(queries.passkeys_of(person)) >= MOST_PASSKEYS:
        raise Refusal("Ten passkeys are the most. Remove one that you no longer use, then add this one.")
    if queries.passkey_with(credential_id) is not None:
        raise Refusal("This device has a passkey here already. Nothing was changed.")
    return add(Passkey(
        person=person, credential_id=credential_id, public_key=public_key, sign_count=sign_count, name=name,
        added_at=clock.now(),
    ))


def use_passkey(passkey: Passkey, sign_count: int) -> Person:
    """A device has proved itself: write its counter down. Suspended for a closed account."""
    passkey.sign_count, passkey.last_used_at = sign_count, clock.now()
    return welcome(passkey.person)


def remove_passkey(passkey: Passkey) -> None:
    delete(passkey)


def block(person: Person, other: Person, called: str = "") -> Block:
    """Keep two people out of each other's sight, everywhere and in both directions. The other is not told.

    Answers that either has given to coming meetups of the other are taken back (reactions). A second time changes
    only `called`. Refuses with NotOneself.
    """
    if person.id == other.id:
        raise NotOneself("That is you. Nobody was blocked.")
    lock(person)
    standing = queries.block_of(person, other)
    if standing is None:
        standing = add(Block(by_id=person.id, of_id=other.id, called=called, blocked_at=clock.now()))
        flush()
        expire(person, "blocks")
        expire(other, "blocks")
        announce(PersonBlocked(person, other))
    standing.called = called
    return standing


def unblock(standing: Block) -> None:
    """Let them see each other again, unless the other side has blocked as well. Nobody is told."""
    delete(standing)


def begin_visit(person: Person) -> str:
    """A browser is signed in from now on, for 180 days: the secret for its cookie."""
    token = new_token()
    add(Visit(digest=digest(token), person_id=person.id, began_at=clock.now()))
    return token


def end_visit(token: str) -> None:
    """The browser with this secret is signed out, and so is every copy of its cookie."""
    db.session.execute(sa.delete(Visit).where(Visit.digest == digest(token)))


def sign_out_everywhere(person: Person) -> None:
    """Every cookie of this person's stops working. Links under way to them as well."""
    db.session.execute(sa.delete(Visit).where(Visit.person_id == person.id))
    _drop_links(person.address)


def leave(person: Person) -> None:
    """Delete the account: name, address, area, passkeys, answers and letters. Meetups stay, without a host."""
    announce(PersonLeft(person))
    flush()
    _drop_links(person.address)
    outbox.forget(person.address)
    write_down("left", "people", who=None)
    delete(person)
    flush()


def make_moderator(address: str) -> Person:
    """Let an address moderate, making the account if need be. Refuses what is no address."""
    person = _person_at(_sound(address))
    person.is_moderator = True
    write_down("made a moderator", f"people/{person.id}", note="by the operator")
    return person


def _drop_links(address: str) -> None:
    outbox.withdraw_all(letters.key_prefix(address))
    db.session.execute(sa.delete(SignInLink).where(SignInLink.address == address))


def _person_at(address: str) -> Person:
    """The member, or a new one; of two first sign-ins at once the second finds what the first has made."""
    known = queries.person_by_address(address)
    if known is not None:
        return known
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    row = {"address": address, "joined_at": clock.now()}
    db.session.execute(dialect.insert(Person).values(row).on_conflict_do_nothing(index_elements=["address"]))
    made = queries.person_by_address(address)
    assert made is not None
    return made


def _sound(address: str) -> str:
    try:
        validate_email(address, check_deliverability=False, allow_smtputf8=False, test_environment=True)
    except EmailNotValidError as wrong:
        raise NotAnAddress("That is no e-mail address. One looks like name@library.example.") from wrong
    return address.lower()


def _recent_moves(person: Person, now: datetime) -> list[str]:
    return [each for each in person.area_changes if datetime.fromisoformat(each) > now - AREA_SPAN]


def _label(area: int, town: Town, gazetteer: Gazetteer) -> tuple[str, Town]:
    """What the area is called, and the town whose country and zone it has."""
    if town.precision == "region":
        return town.label[:120], town
    largest = gazetteer.largest_town_in(area) or gazetteer.nearest_town(cell_middle(area)) or town
    return f"around {largest.label}"[:120], largest
