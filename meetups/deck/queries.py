"""Decks and sticks: by their codes, by filter, and what is left to draw."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from meetups.deck.models import PUBLIC_DECK, Challenge, Deck, Proposal, Stick, sameness
from meetups.deck.terms import AgeGroup, Category, Sharing
from meetups.foundation.database import db
from meetups.people.models import Person

WARM_UPS_FIRST = 2
MOST_SHOWN = 200


def deck_by_code(code: str) -> Deck | None:
    return db.session.scalar(sa.select(Deck).where(Deck.code == code))


def the_cup() -> Deck | None:
    """The public deck; None in a database nobody has filled yet."""
    return deck_by_code(PUBLIC_DECK)


def decks_of(person: Person) -> Sequence[Deck]:
    """A member's own, the last changed first."""
    return db.session.scalars(
        sa.select(Deck).where(Deck.owner_id == person.id).order_by(Deck.updated_at.desc(), Deck.id.desc())
    ).all()


def public_decks() -> Sequence[Deck]:
    """What members have opened to everybody, the last changed first; the cup itself is not among them."""
    query = sa.select(Deck).where(Deck.sharing == Sharing.PUBLIC, Deck.hidden_at.is_(None), Deck.code != PUBLIC_DECK)
    return db.session.scalars(query.order_by(Deck.updated_at.desc(), Deck.id.desc()).limit(MOST_SHOWN)).all()


def sizes(decks: Collection[Deck]) -> dict[int, int]:
    """How many sticks each deck has, by the deck's number."""
    query = (
        sa.select(Stick.deck_id, sa.func.count()).where(Stick.deck_id.in_([each.id for each in decks]))
        .group_by(Stick.deck_id)
    )
    return dict.fromkeys((each.id for each in decks), 0) | {row[0]: row[1] for row in db.session.execute(query)}


def sticks_of(
    deck: Deck | None, age: AgeGroup | None = None, category: Category | None = None
) -> Sequence[Stick]:
    """The sticks of a deck in their order; `age` also finds those for mixed ages."""
    if deck is None:
        return []
    query = sa.select(Stick).join(Stick.challenge).where(Stick.deck_id == deck.id)
    if category is not None:
        query = query.where(Challenge.category == category)
    found = db.session.scalars(query.order_by(Stick.place, Stick.id)).all()
    return [each for each in found if each.challenge.suits(age)]


def stick_in(deck: Deck, code: str) -> Stick | None:
    """The stick of this deck that bears a challenge's code."""
    return db.session.scalar(
        sa.select(Stick).join(Stick.challenge).where(Stick.deck_id == deck.id, Challenge.code == code)
    )


def challenge_by_code(code: str) -> Challenge | None:
    """Any challenge, private ones too: ask `is_open` before showing it."""
    return db.session.scalar(sa.select(Challenge).where(Challenge.code == code))


def is_open(challenge: Challenge, unseen: Collection[int] = ()) -> bool:
    """Whether everybody may read it: it lies in a public deck; not counting those of the people `unseen`."""
    query = (
        sa.select(Stick.id).join(Stick.deck).where(Stick.challenge_id == challenge.id)
        .where(Deck.sharing == Sharing.PUBLIC, Deck.hidden_at.is_(None)).limit(1)
        .where(sa.or_(Deck.owner_id.is_(None), Deck.owner_id.not_in(unseen)))
    )
    return db.session.scalar(query) is not None


def challenges() -> Sequence[Challenge]:
    """Those of the public deck, in their order."""
    return [each.challenge for each in sticks_of(the_cup())]


def sticks_in(
    sticks: Sequence[Stick], drawn: Collection[str], skipped: Collection[str] = (), age: AgeGroup | None = None,
    category: Category | None = None,
) -> list[Stick]:
    """What is still in the cup of these sticks (`sticks_of` a deck): neither drawn nor skipped, and suits."""
    out = {*drawn, *skipped}
    return [
        each for each in sticks
        if each.code not in out and each.challenge.suits(age) and category in (None, each.challenge.category)
    ]


def sticks_left(
    sticks: Sequence[Stick], drawn: Collection[str], skipped: Collection[str] = (), age: AgeGroup | None = None,
    category: Category | None = None,
) -> list[Stick]:
    """What may be drawn next: until two sticks are out the warm-ups alone, if any are left.

    `drawn` and `skipped` are codes of challenges. A skipped stick does not come again, and does not count as one of
    the first two. Sends no query. static/js/cup.js does the same.
    """
    left = sticks_in(sticks, drawn, skipped, age, category)
    warm_ups = [each for each in left if each.challenge.warm_up]
    return warm_ups if warm_ups and len(drawn) < WARM_UPS_FIRST else left


def challenges_elsewhere(deck: Deck) -> set[int]:
    """Numbers of the challenges of this deck that lie in another one, too."""
    here = sa.select(Stick.challenge_id).where(Stick.deck_id == deck.id)
    query = sa.select(Stick.challenge_id).where(Stick.deck_id != deck.id, Stick.challenge_id.in_(here))
    return set(db.session.scalars(query))


def is_in_the_cup(text: str) -> bool:
    """Whether the public deck has a stick with these words, give or take case and punctuation."""
    return sameness(text) in {sameness(each.text) for each in sticks_of(the_cup())}


def stick_numbered(deck: Deck, number: int) -> Stick | None:
    """The stick of this deck with this number."""
    return db.session.scalar(sa.select(Stick).where(Stick.deck_id == deck.id, Stick.id == number))


def proposal_of(challenge: Challenge) -> Proposal | None:
    return db.session.scalar(sa.select(Proposal).where(Proposal.challenge_id == challenge.id))


def proposals_in(deck: Deck) -> dict[int, Proposal]:
    """What was proposed of a deck, by the number of the challenge."""
    query = sa.select(Proposal).join(Stick, Stick.challenge_id == Proposal.challenge_id).where(Stick.deck_id == deck.id)
    return {each.challenge_id: each for each in db.session.scalars(query)}


def proposal_numbered(number: int) -> Proposal | None:
    return db.session.get(Proposal, number)


def open_proposals() -> Sequence[Proposal]:
    """What waits for a moderator, the oldest first."""
    query = sa.select(Proposal).where(Proposal.settled_at.is_(None)).options(
        joinedload(Proposal.challenge), joinedload(Proposal.by)
    )
    return db.session.scalars(query.order_by(Proposal.proposed_at, Proposal.id).limit(MOST_SHOWN)).all()


def open_proposals_by(person: Person) -> Sequence[Proposal]:
    query = sa.select(Proposal).where(Proposal.settled_at.is_(None), Proposal.by_id == person.id)
    return db.session.scalars(query).all()


def proposals_waiting() -> int:
    """How many wait for a moderator."""
    query = sa.select(sa.func.count()).select_from(Proposal).where(Proposal.settled_at.is_(None))
    return db.session.scalar(query) or 0
