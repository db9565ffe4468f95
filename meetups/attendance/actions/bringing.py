"""Who brings what."""

from __future__ import annotations

from collections.abc import Sequence

from meetups.attendance import queries
from meetups.attendance.actions.wishes import AlreadyTaken, Wish, refuse_impossible
from meetups.attendance.models import Answer, BringItem, Claim, Rsvp
from meetups.foundation import clock
from meetups.foundation.database import add, delete, flush, lock
from meetups.foundation.refusals import Refusal
from meetups.planning.models import Meetup


def list_what_to_bring(meetup: Meetup, wanted: Sequence[tuple[int, str]]) -> None:
    """Replace the bring list by (quantity, what) pairs; lines that stay the same keep who claimed them."""
    standing = {(w.item.quantity, w.item.what): w.item for w in queries.bring_list(meetup)}
    for quantity, what in wanted:
        if standing.pop((quantity, what), None) is None:
            add(BringItem(meetup=meetup, what=what, quantity=quantity))
    for gone in standing.values():
        claim = queries.claim_on(gone)
        if claim is not None:
            delete(claim)
            flush()
        delete(gone)
    flush()


def claim_item(item: BringItem, rsvp: Rsvp) -> None:
    """This party, which has a seat, brings it. Of two claims at once one wins; the other gets AlreadyTaken.

    Raises MeetupIsOff or MeetupIsOver when there is nothing to bring it to.
    """
    refuse_impossible(lock(item.meetup), Wish(Answer.CANT))
    if not (lock(rsvp).counts and rsvp.answer is Answer.GOING):
        raise Refusal("Say that you are coming first; then you can offer to bring something.")
    standing = queries.claim_on(item)
    if standing is not None and standing.rsvp_id != rsvp.id:
        raise AlreadyTaken(f"Somebody else is already bringing that ({item.what}). Thank you for offering!")
    if standing is None:
        add(Claim(item=item, rsvp=rsvp, claimed_at=clock.now()))
        flush()


def give_back_item(item: BringItem, rsvp: Rsvp) -> None:
    """This party does not bring it after all; it is open again."""
    lock(item.meetup)
    standing = queries.claim_on(item)
    if standing is not None and standing.rsvp_id == rsvp.id:
        delete(standing)
        flush()


def give_back_everything(meetup: Meetup, rsvp: Rsvp) -> None:
    for wanted in queries.bring_list(meetup):
        if wanted.claim is not None and wanted.claim.rsvp_id == rsvp.id:
            delete(wanted.claim)
    flush()
