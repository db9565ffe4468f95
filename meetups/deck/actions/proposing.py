"""A stick of one's own for the public deck: proposed by a member, accepted or declined by a moderator."""

from __future__ import annotations

from meetups.deck import letters, queries
from meetups.deck.actions.wishes import StickWish
from meetups.deck.actions.writing import AlreadyThere, write_stick
from meetups.deck.models import Proposal, Stick
from meetups.foundation import clock
from meetups.foundation.database import add, flush, lock
from meetups.foundation.diary import write_down
from meetups.foundation.mail.outbox import post
from meetups.foundation.refusals import Refusal
from meetups.people.models import Person

MOST_OPEN = 10


class TooManyProposals(Refusal):
    """Ten proposals of a member's are waiting."""


class ProposedBefore(Refusal):
    """This stick was proposed already."""


def propose(person: Person, stick: Stick) -> Proposal:
    """Ask the moderators to put a stick of one's own deck into the public one.

    Refuses with ProposedBefore a stick that was proposed already, with AlreadyThere words that are in the cup, and
    with TooManyProposals the eleventh that waits.
    """
    lock(person)
    if queries.proposal_of(stick.challenge) is not None:
        raise ProposedBefore("This stick was proposed already. Nothing was sent again.")
    if queries.is_in_the_cup(stick.text):
        raise AlreadyThere("The cup has a stick with these words already. Nothing was sent.")
    if len(queries.open_proposals_by(person)) >= MOST_OPEN:
        raise TooManyProposals(f"{MOST_OPEN} of your sticks are waiting for an answer; propose more after that.")
    made = add(Proposal(challenge=stick.challenge, by=person, proposed_at=clock.now()))
    flush()
    return made


def accept(moderator: Person, proposal: Proposal) -> None:
    """The words go into the cup as a challenge of their own, which the member's becomes a copy of; they get a letter.

    A second press changes nothing. Refuses with AlreadyThere words that got into the cup meanwhile.
    """
    if not _settle(moderator, proposal, accepted=True):
        return
    cup = queries.the_cup()
    assert cup is not None
    added = write_stick(cup, StickWish.of(proposal.challenge))
    proposal.challenge.source = added.challenge
    if proposal.by is not None:
        post(letters.stick_accepted(proposal, added.code))


def decline(moderator: Person, proposal: Proposal, reason: str) -> None:
    """It stays in the member's deck only; they get a letter with the reason. A second press changes nothing."""
    if _settle(moderator, proposal, accepted=False, reason=reason) and proposal.by is not None:
        post(letters.stick_declined(proposal))


def _settle(moderator: Person, proposal: Proposal, *, accepted: bool, reason: str = "") -> bool:
    lock(proposal)
    if proposal.settled_at is not None:
        return False
    proposal.settled_at, proposal.accepted, proposal.reason = clock.now(), accepted, reason
    write_down("took a stick into the cup" if accepted else "declined a stick", f"proposals/{proposal.id}",
               who=moderator.id, note=reason)
    flush()
    return True
