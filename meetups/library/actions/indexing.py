"""Keeping the index true: called by a reaction whenever a recap was changed, put up, taken down, hidden or shown again.

It all happens in the transaction of that deed: what somebody took out can be found no more when the answer arrives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from meetups.foundation.database import db, flush
from meetups.library import entries, queries
from meetups.library.entries import Laid
from meetups.library.models import FacetBits, Idea, Mention, StickTally
from meetups.library.queries.bits import ALL, as_bytes, sets_named
from meetups.library.queries.words import bits_of, forget_all_words, forget_words, keep_words, take_turns
from meetups.library.spelling import facet_word
from meetups.recaps.models import Recap

AT_ONCE = 200


def index(recap: Recap) -> None:
    """Lay out what the public sees of this recap, and nothing else of it."""
    if not recap.is_public and not queries.is_indexed(recap):
        return
    take_turns()
    standing, laid = queries.laid_of(recap), entries.laid_out(recap)
    _forget(recap, [each.id for each in standing])
    _flip(_sets((each.id, each.facets) for each in standing), _sets((each.number, each.facets) for each in laid))
    _keep(laid, entries.mentions(recap))
    before = {each.challenge_id for each in standing}
    _count_sticks({*before, *map(entries.stick_of, recap.entries)})


def reindex() -> int:
    """Make the whole index anew from the public recaps; returns how many ideas it holds."""
    take_turns()
    for table in (Idea, Mention, FacetBits, StickTally):
        db.session.execute(sa.delete(table))
    forget_all_words()
    return fill(
        ([each for recap in recaps for each in entries.laid_out(recap)],
         [mention for recap in recaps for mention in entries.mentions(recap)])
        for recaps in queries.public_recaps(AT_ONCE)
    )  # fmt: skip


def fill(batches: Iterable[tuple[Sequence[Laid], Sequence[Mention]]]) -> int:
    """Put all of this into an empty index, batch by batch; returns how many ideas it holds."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for laid, mentions in batches:
        for each in laid:
            for key in (ALL, *each.facets):
                numbers[key].append(each.number)
        _keep(laid, mentions)
    if numbers:
        db.session.execute(sa.insert(FacetBits), [{"key": k, "bits": as_bytes(bits_of(n))} for k, n in numbers.items()])
    _count_sticks(queries.every_stick())
    return len(numbers[ALL])


def _forget(recap: Recap, numbers: Sequence[int]) -> None:
    forget_words(numbers)
    db.session.execute(sa.delete(Idea).where(Idea.recap_id == recap.id))
    db.session.execute(sa.delete(Mention).where(Mention.recap_id == recap.id))


def _keep(laid: Sequence[Laid], mentions: Sequence[Mention]) -> None:
    if laid:
        rows = [(each.number, each.recap_id, each.challenge_id, each.facets) for each in laid]
        names = ("id", "recap_id", "challenge_id", "facets")
        db.session.execute(sa.insert(Idea), [dict(zip(names, row, strict=True)) for row in rows])
        keep_words([(each.number, " ".join([each.words, *map(facet_word, each.facets)])) for each in laid])
    db.session.add_all(mentions)
    flush()


def _sets(rows: Iterable[tuple[int, Sequence[str]]]) -> dict[str, int]:
    sets: dict[str, int] = defaultdict(int)
    for number, facets in rows:
        for key in (ALL, *facets):
            sets[key] |= 1 << number
    return sets


def _flip(off: dict[str, int], on: dict[str, int]) -> None:
    """Take ideas out of the sets they were in and put them into those they belong to."""
    changed = {key for key in {*off, *on} if off.get(key) != on.get(key)}
    standing = sets_named(changed)
    for key in sorted(changed):
        bits = standing.get(key, 0) & ~off.get(key, 0) | on.get(key, 0)
        if key not in standing:
            db.session.execute(sa.insert(FacetBits).values(key=key, bits=as_bytes(bits)))
        elif bits:
            db.session.execute(sa.update(FacetBits).where(FacetBits.key == key).values(bits=as_bytes(bits)))
        else:
            db.session.execute(sa.delete(FacetBits).where(FacetBits.key == key))


def _count_sticks(challenges: Iterable[int | None]) -> None:
    """Count anew at how many gatherings these sticks came up, and the ideas they got."""
    numbers = sorted(each for each in challenges if each is not None)
    db.session.execute(sa.delete(StickTally).where(StickTally.challenge_id.in_(numbers)))
    rows = [
        {"challenge_id": number, "gatherings": gatherings, "ideas": ideas}
        for number, gatherings, ideas in queries.stick_counts(numbers)
    ]
    if rows:
        db.session.execute(sa.insert(StickTally), rows)
