"""People by address, cookie, number and passkey; sign-in links that still work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from meetups.foundation import clock
from meetups.foundation.database import db
from meetups.foundation.tokens import digest
from meetups.people.models import Block, Passkey, Person, SignInLink, Visit

VISIT_LASTS = timedelta(days=180)


def person_by_address(address: str) -> Person | None:
    """The member with this address, however it is capitalized."""
    return db.session.scalar(sa.select(Person).where(Person.address == address.lower()))


def person_numbered(number: int) -> Person | None:
    """The member with this number; `is_active` says whether they may still come in."""
    return db.session.get(Person, number)


def person_by_visit(token: str) -> Person | None:
    """Whose cookie this is; nobody's once that browser was signed out, after 180 days, or when they are suspended."""
    visit = (Visit.digest == digest(token), Visit.began_at > clock.now() - VISIT_LASTS)
    query = sa.select(Person).join(Visit, Visit.person_id == Person.id).where(*visit, Person.suspended_at.is_(None))
    return db.session.scalar(query.options(joinedload(Person.home_area)))


def person_by_code(code: str) -> Person | None:
    """The member whose page is /people/<code>; nobody once they are suspended. Any text may be asked for."""
    if not (code.isascii() and code.isalnum()):
        return None
    query = sa.select(Person).where(Person.code == code, Person.suspended_at.is_(None))
    return db.session.scalar(query.options(joinedload(Person.profile)))


def blocked_either_way(person: Person | None) -> frozenset[int]:
    """The numbers of the people this one must neither see nor be seen by; none for a visitor."""
    return person.out_of_sight if person is not None else frozenset()


def blocks_by(person: Person) -> Sequence[Block]:
    """Whom this person blocked, the last one first."""
    query = sa.select(Block).where(Block.by_id == person.id).order_by(Block.blocked_at.desc(), Block.id.desc())
    return db.session.scalars(query).all()


def block_of(person: Person, other: Person) -> Block | None:
    return db.session.scalar(sa.select(Block).where(Block.by_id == person.id, Block.of_id == other.id))


def block_numbered(person: Person, number: int) -> Block | None:
    """One of the blocks this person made."""
    return db.session.scalar(sa.select(Block).where(Block.id == number, Block.by_id == person.id))


def moderators() -> Sequence[Person]:
    return db.session.scalars(sa.select(Person).where(Person.is_moderator).order_by(Person.id)).all()


def standing_link(token: str) -> SignInLink | None:
    """The sign-in link of this token while it works. Looking does not use it up."""
    query = sa.select(SignInLink).where(SignInLink.digest == digest(token), SignInLink.expires_at > clock.now())
    return db.session.scalar(query)


def passkeys_of(person: Person) -> Sequence[Passkey]:
    """In the order in which they were added."""
    return db.session.scalars(sa.select(Passkey).where(Passkey.person_id == person.id).order_by(Passkey.id)).all()


def passkey_of(person: Person, number: int) -> Passkey | None:
    return db.session.scalar(sa.select(Passkey).where(Passkey.id == number, Passkey.person_id == person.id))


def passkey_with(credential_id: bytes) -> Passkey | None:
    query = sa.select(Passkey).where(Passkey.credential_id == credential_id).options(joinedload(Passkey.person))
    return db.session.scalar(query)
