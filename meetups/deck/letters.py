"""What became of a stick somebody proposed."""

from __future__ import annotations

from meetups.deck.models import Proposal
from meetups.foundation.addresses import absolute, site_name
from meetups.foundation.mail.kinds import Kind, declare
from meetups.foundation.mail.letters import Block, Deed, Heading, Letter, Para, Quote

PROPOSALS = declare(Kind("sticks", "Sticks you proposed", "a stick of yours was taken into the cup, or was not"))


def stick_accepted(proposal: Proposal, code: str) -> Letter:
    """To whoever proposed it: where it is now. `code` is that of the challenge in the cup."""
    return _letter(proposal, "Your stick is in the cup", (
        Heading("Your stick is in the cup"),
        Quote(proposal.challenge.text),
        Para("From now on anybody may draw it. Your own deck keeps it as well."),
        Deed("See it", absolute(f"/cup/sticks/{code}")),
    ))


def stick_declined(proposal: Proposal) -> Letter:
    """To whoever proposed it: what the moderators said."""
    return _letter(proposal, "Your stick stays in your own deck", (
        Heading("Your stick stays in your own deck"),
        Quote(proposal.challenge.text),
        Para("The moderators did not take it into the cup for everybody. They say:"),
        Quote(proposal.reason),
        Para("In your own deck it is as good as before."),
        Deed("My decks", absolute("/cup/decks")),
    ))


def _letter(proposal: Proposal, subject: str, lines: tuple[Block, ...]) -> Letter:
    assert proposal.by is not None
    return Letter(
        key=f"stick:{proposal.id}", to=proposal.by.address, subject=f"{subject}: {site_name()}", lines=lines,
        why="You get this because you proposed a stick for the Challenge Cup.", essential=False, kind=PROPOSALS,
    )
