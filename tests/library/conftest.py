"""Recaps to search in."""

from __future__ import annotations

from datetime import date

import pytest

from meetups.deck.actions import fill_the_cup
from meetups.deck.models import Challenge
from meetups.foundation import clock
from meetups.foundation.database import add, db, flush, unit_of_work
from meetups.library.actions import index
from meetups.recaps.models import (
    THE_GROUP,
    Attribution,
    Consent,
    CreditMode,
    Recap,
    RecapEntry,
    RecapStatus,
    Resource,
    Response,
)
from meetups.recaps.terms import Category, ResourceType


def idea(text, *, name="", consent=Consent.GIVEN, things=(), tip=""):
    """One response; `things` are (type, title, creator)."""
    credit = Attribution(CreditMode.NAMED, name, "", consent, clock.now()) if name else THE_GROUP
    resources = [Resource(type=ResourceType(kind), title=title, creator=by, url="") for kind, title, by in things]
    return Response(text=text, credit=credit, literacy_tip=tip, resources=resources, links=[])


def entry(prompt, *ideas, category=None, ages=(), stick=None, **given):
    return RecapEntry(
        prompt=prompt, category=Category(category) if category else None, ages=list(ages), responses=list(ideas),
        challenge=stick, **given,
    )


def make_recap(title, *entries, status=RecapStatus.PUBLISHED, held_on=date(2026, 4, 9), **given):
    """A recap with these entries, laid out for finding as the reaction would."""
    at = clock.now()
    with unit_of_work():
        recap = add(Recap(title=title, status=status, held_on=held_on, created_at=at, updated_at=at, published_at=at,
                          entries=list(entries), **given))
        flush()
        recap.settle()
        flush()
        index(recap)
    return recap


@pytest.fixture
def sticks(app):
    """The seed challenges by their codes."""
    with unit_of_work():
        fill_the_cup()
    return {each.code: each for each in db.session.scalars(db.select(Challenge))}
