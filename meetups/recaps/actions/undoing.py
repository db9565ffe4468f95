"""Putting back what a recap said before."""

from __future__ import annotations

from meetups.recaps import queries
from meetups.recaps.actions.history import put_back
from meetups.recaps.actions.holding import hold, keep
from meetups.recaps.actions.refusals import NotNow, StaleForm
from meetups.recaps.actions.singing import refuse_song_words
from meetups.recaps.models import Recap, RecapStatus


def restore(recap: Recap, number: int, version: int) -> Recap:
    """Make the recap say again what it said in revision `number`; that is a change like any other, and can be undone.

    Names do not come back: what is there keeps its credit, the rest is the group's. Refuses StaleForm when anything
    was saved after `version`, NotNow for a revision that is no more, SongWords.
    """
    hold(recap)
    revision = queries.revision_of(recap, number)
    if revision is None:
        raise NotNow("That far back nothing is kept any more.")
    if version != recap.version:
        raise StaleForm
    put_back(recap, revision.body)
    if recap.status is RecapStatus.PUBLISHED:
        refuse_song_words(recap)
    return keep(recap)
