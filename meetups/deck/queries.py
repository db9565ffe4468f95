"""Sticks: by their code, by filter, and what is left in the cup."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from meetups.deck.models import Challenge
from meetups.deck.terms import AgeGroup, Category
from meetups.foundation.database import db

WARM_UPS_FIRST = 2


def challenge_by_code(code: str) -> Challenge | None:
    return db.session.scalar(sa.select(Challenge).where(Challenge.code == code))


def challenges(category: Category | None = None, age: AgeGroup | None = None) -> Sequence[Challenge]:
    """The public deck in its order; `age` also finds sticks for mixed ages."""
    query = sa.select(Challenge).order_by(Challenge.code)
    if category is not None:
        query = query.where(Challenge.category == category)
    found = db.session.scalars(query).all()
    return [each for each in found if age is None or suits(each, age)]


def sticks_in(drawn: Collection[str], age: AgeGroup | None = None) -> Sequence[Challenge]:
    """What is still in the cup."""
    return [each for each in challenges(age=age) if each.code not in drawn]


def sticks_left(drawn: Collection[str], age: AgeGroup | None = None) -> Sequence[Challenge]:
    """What may be drawn next: for the first two draws the warm-ups alone, if any are left."""
    left = sticks_in(drawn, age)
    warm_ups = [each for each in left if each.warm_up]
    return warm_ups if warm_ups and len(drawn) < WARM_UPS_FIRST else left


def suits(challenge: Challenge, age: AgeGroup) -> bool:
    return age.value in challenge.ages or AgeGroup.MIXED_AGES.value in challenge.ages
