"""What moderators are told."""

from __future__ import annotations

from meetups.foundation.addresses import absolute, site_name
from meetups.foundation.mail.kinds import Kind, declare
from meetups.foundation.mail.letters import Deed, Heading, Letter, Para
from meetups.moderation.models import Report
from meetups.people.models import Person

REPORTS = declare(Kind("reports", "Reports, for moderators", essential=True))


def key_prefix(moderator: Person) -> str:
    """What the keys of all these letters to one moderator begin with."""
    return f"reports:{moderator.id}:"


def reports_came_in(moderator: Person, report: Report) -> Letter:
    """There is something to look at. Neither the words of the report nor the page are in the letter."""
    return Letter(
        key=f"{key_prefix(moderator)}{report.id}",
        to=moderator.address,
        subject=f"Something was reported: {site_name()}",
        lines=(
            Heading("Something was reported"),
            Para("Somebody wrote to the moderators. What they wrote is on the desk only, not in this letter."),
            Deed("Open the desk", absolute("/moderation")),
        ),
        why="You get this because you are a moderator, one letter an hour at most.",
        kind=REPORTS,
    )
