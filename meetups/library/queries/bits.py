"""Sets of ideas as bits: narrowing down is `and`, counting is counting bits, whatever the database."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from meetups.foundation.database import db
from meetups.library.models import FacetBits

ALL = ""


def every_set() -> dict[str, int]:
    """All facet values with their ideas; one query."""
    rows = db.session.execute(sa.select(FacetBits.key, FacetBits.bits))
    return {key: int.from_bytes(bits, "little") for key, bits in rows}


def sets_named(keys: set[str]) -> dict[str, int]:
    """Some of them."""
    rows = db.session.execute(sa.select(FacetBits.key, FacetBits.bits).where(FacetBits.key.in_(keys)))
    return {key: int.from_bytes(bits, "little") for key, bits in rows}


def as_bytes(bits: int) -> bytes:
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")


def highest(bits: int, skip: int, take: int) -> list[int]:
    """The numbers in a set from the highest down, without the first `skip` of them."""
    found: list[int] = []
    for number in _down(as_bytes(bits), skip):
        found.append(number)
        if len(found) == take:
            break
    return found


def _down(room: bytes, skip: int) -> Iterator[int]:
    for at in range(len(room) - 1, -1, -1):
        byte = room[at]
        if not byte:
            continue
        count = byte.bit_count()
        if skip >= count:
            skip -= count
            continue
        for bit in range(7, -1, -1):
            if byte >> bit & 1:
                if skip:
                    skip -= 1
                else:
                    yield at * 8 + bit
