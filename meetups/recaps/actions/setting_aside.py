"""Ideas taken out that can be put back: the row is kept for what other people tied to it, and nothing is told of it."""

from __future__ import annotations

from collections.abc import Iterable

from meetups.foundation.database import delete
from meetups.foundation.mail.outbox import withdraw_all
from meetups.recaps import letters, queries
from meetups.recaps.models import THE_GROUP, Consent, Recap, RecapEntry, Response


def set_aside(recap: Recap, ideas: Iterable[Response]) -> None:
    """Take ideas out, leaving their numbers and a no, if one was said. Links in letters open them never again."""
    for idea in list(ideas):
        if idea.entry is not None:
            idea.entry.responses.remove(idea)
        idea.taken_out_of_id = recap.id
        idea.text, idea.literacy_tip, idea.links, idea.resources = "", "", [], []
        if idea.credit.consent not in (Consent.REFUSED, Consent.WITHDRAWN):
            idea.credit = THE_GROUP
        if idea.asked_address is not None:
            withdraw_all(f"{letters.KEY}{idea.id}:")
        idea.asked_address, idea.claimed_at, idea.claimed_by_id = None, None, None
        idea.ask_version += 1


def remove_with_ideas(recap: Recap, entry: RecapEntry) -> None:
    """Take a challenge out; its ideas are set aside."""
    set_aside(recap, list(entry.responses))
    recap.entries.remove(entry)


def loosened(recap: Recap) -> dict[int, Response]:
    """All ideas of a recap by number, in order, taken off their challenges to be hung up anew."""
    ideas = [idea for entry in recap.entries for idea in entry.responses]
    for entry in recap.entries:
        entry.responses[:] = []
    return {idea.id: idea for idea in ideas}


def let_go(recap: Recap) -> None:
    """Delete for good what was taken out and no revision can put back."""
    taken_out = queries.taken_out_of(recap)
    if not taken_out:
        return
    known = {idea["id"] for each in queries.revisions_of(recap) for e in each.body["entries"] for idea in e["ideas"]}
    for idea in taken_out:
        if idea.id not in known:
            delete(idea)
