"""A recap and a meetup as data: what the page says, in a form that programs read in thirty years."""

from __future__ import annotations

import hashlib
from typing import Any

from meetups.planning import entries as planning_entries
from meetups.planning.models import Meetup
from meetups.recaps.models import Addition, Photo, Recap, RecapEntry, Response


def recap_data(
    recap: Recap, photos: list[Photo], comments: list[Addition], writeups: list[Addition]
) -> dict[str, Any]:
    """Names are in only while their bearers agree; its author is not named, nor is who commented."""
    return {
        "code": recap.code, "title": recap.title, "held_on": recap.held_on.isoformat() if recap.held_on else None,
        "place": recap.place_label, "people": recap.headcount, "head": recap.head, "tail": recap.tail,
        "meetup": recap.meetup.code if recap.meetup and recap.meetup.is_public else None,
        "entries": [_entry(entry) for entry in recap.shown_entries],
        "photos": [{"file": f"../photos/{photo.code}.jpg", "words": photo.alt} for photo in photos],
        "comments": [{"text": each.text, "day": each.added_at.date().isoformat()} for each in comments],
        "writeups": [_writeup(each) for each in writeups],
    }  # fmt: skip


def _writeup(addition: Addition) -> dict[str, Any]:
    """Whose page it is stands there; nobody asked them whether it may stand here."""
    seen_by = addition.perspective.value if addition.perspective else None
    return {"url": addition.url, "text": addition.text, "perspective": seen_by}


def _entry(entry: RecapEntry) -> dict[str, Any]:
    return {
        "prompt": entry.prompt, "origin": entry.origin.value, "outcome": entry.outcome.value, "ages": entry.ages,
        "category": entry.category.value if entry.category else None, "topic": entry.topic,
        "stick": entry.challenge.root.code if entry.challenge else None, "literacy_tip": entry.literacy_tip,
        "leftovers": entry.leftovers, "ideas": [_idea(idea) for idea in entry.responses],
    }  # fmt: skip


def _idea(idea: Response) -> dict[str, Any]:
    return {
        "number": idea.id, "text": idea.text, "form": idea.form.value,
        "stance": idea.stance.value if idea.stance else None, "said_by": idea.credit.shown or "the group",
        "literacy_tip": idea.literacy_tip, "links": idea.links,
        "things": [
            {"type": thing.type.value, "title": thing.title, "creator": thing.creator, "url": thing.url}
            for thing in idea.resources
        ],
    }  # fmt: skip


def meetup_data(meetup: Meetup) -> dict[str, Any]:
    """When and where as strangers read it; the host is not named."""
    return {
        "code": meetup.code, "title": meetup.title, "status": meetup.status.value,
        "starts_at": meetup.starts_at.isoformat(), "time_zone": meetup.time_zone,
        "when": planning_entries.when(meetup), "where": planning_entries.where(meetup),
        "description": meetup.description,
    }  # fmt: skip


def file_name(key: str) -> str:
    """A name that every file system takes and no two things share."""
    plain = key.isascii() and len(key) <= 60 and key.replace("-", "").isalnum()
    return f"_{key}" if plain else hashlib.sha256(key.encode()).hexdigest()[:24]
