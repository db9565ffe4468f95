"""Ideas and recaps as entries of a feed. Nobody is named in them: a feed is kept where no name can be called back."""

from __future__ import annotations

from markupsafe import Markup, escape

from meetups.foundation.addresses import absolute
from meetups.foundation.feeds import FeedEntry
from meetups.foundation.markup import one_line, to_html
from meetups.recaps.entries import facts_line, told
from meetups.recaps.models import Recap, Response

LONGEST_TITLE = 120
OURS = "tag:guerrilla-storytime,2026"


def idea_entry(idea: Response) -> FeedEntry:
    """One idea under its challenge, with the gathering it is from."""
    recap = idea.entry.recap
    whence = Markup('<p><a href="{}">{}</a></p>').format(_address(recap), _from(recap))
    return FeedEntry(
        id=f"{OURS}:idea/{idea.id}/{recap.code}",
        title=one_line(idea.entry.prompt, LONGEST_TITLE),
        html=str(told(idea) + whence),
        url=f"{_address(recap)}#i{idea.id}",
        published_at=recap.published_at or recap.created_at,
        updated_at=recap.updated_at,
    )


def recap_entry(recap: Recap) -> FeedEntry:
    """A recap: where and when, how it began, and what was asked."""
    asked = Markup("").join(Markup("<li>{}</li>").format(entry.prompt) for entry in recap.shown_entries)
    whole = Markup("<p>{}</p>").format(facts_line(recap)) + to_html(recap.head)
    return FeedEntry(
        id=f"{OURS}:recap/{recap.code}",
        title=recap.title,
        html=str(whole + (Markup("<ol>{}</ol>").format(asked) if asked else escape(""))),
        url=_address(recap),
        published_at=recap.published_at or recap.created_at,
        updated_at=recap.updated_at,
    )


def _from(recap: Recap) -> str:
    return " · ".join(part for part in (recap.title, facts_line(recap)) if part)


def _address(recap: Recap) -> str:
    return absolute(f"/recaps/{recap.code}")
