"""Two entries that turn out to be one place, and two that only look alike."""

from __future__ import annotations

from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import add, flush, lock
from meetups.foundation.diary import write_down
from meetups.foundation.refusals import Refusal
from meetups.people.models import Person
from meetups.places import queries
from meetups.places.actions.correcting import hold, record, remembered
from meetups.places.facts import PlacesMerged
from meetups.places.models import Place, Precision, TwoPlaces


def merge(gone: Place, kept: Place, by: Person) -> Place:
    """`gone` is `kept`: its meetups follow, its address leads there, and what it knows fills gaps; undoable.

    Pressing twice merges once. Raises PlaceGone when either was merged elsewhere meanwhile. What cannot be one place
    only a moderator merges: else anybody could send every pin, and everybody who follows it, across the country.
    """
    if gone.id == kept.id:
        raise Refusal("That is one and the same place already.")
    for place in sorted((gone, kept), key=lambda each: each.id):
        lock(place)
    if gone.merged_into_id == kept.id:
        return kept
    hold(gone, by, None)
    hold(kept, by, None)
    if not by.is_moderator and not queries.may_be_one(gone, kept):
        raise Refusal("These two are too far apart to be one place. Nothing was changed; if the pin of one is wrong, "
                      "set it right first.")
    before = remembered(kept)
    kept.access = kept.access.over(gone.access)
    if kept.precision is not Precision.EXACT and gone.precision is Precision.EXACT:
        kept.finding, kept.pinned_at = gone.finding, gone.pinned_at
    gone.merged_into_id = kept.id
    gone.version += 1
    flush()
    moved = PlacesMerged(gone, kept)
    announce(moved)
    record(kept, by, "merged", before, more={"place": gone.code, "words_gone": gone.words, "meetups": moved.meetups})
    return kept


def keep_apart(one: Place, other: Place, by: Person) -> None:
    """They only look alike: they are not proposed for merging again."""
    if one.id == other.id:
        raise Refusal("That is one and the same place.")
    if queries.told_apart(one, other) is None:
        low, high = sorted((one.id, other.id))
        add(TwoPlaces(low_id=low, high_id=high, at=clock.now(), who_id=by.id))
        write_down("told two places apart", f"/places/{one.code}", who=by.id, note=f"from /places/{other.code}")
