"""What every change has in common: noted once, for the log and for stale forms; asked first; announced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.diary import write_down
from meetups.planning import entries
from meetups.planning.actions.keeping import settle
from meetups.planning.actions.refusals import AskFirst
from meetups.planning.facts import MeetupChanged
from meetups.planning.models import LOUD, Meetup, Telling

MOST_REMEMBERED = 50
JOINED = timedelta(minutes=10)


def done_already(meetup: Meetup, telling: Telling | None) -> bool:
    """Whether this very form was saved before: its page never arrived, and the button was pressed again."""
    key = telling.key if telling else ""
    return bool(key) and any(change.get("key") == key for change in meetup.changes)


def all_of_one_page(meetup: Meetup, version: int, telling: Telling | None) -> bool:
    """Whether all savings after `version` came from the page this one comes from: somebody went back to it."""
    page = telling.key.partition(".")[0] if telling else ""
    since = [change for change in meetup.changes if change["version"] > version]
    noted = len(since) == meetup.version - version
    return bool(page) and noted and all(change.get("key", "").startswith(f"{page}.") for change in since)


def note_change(meetup: Meetup, fields: Sequence[str], telling: Telling | None, words: str = "") -> None:
    """A line of the log: which fields, when, by whom, and `words` for people; a moderator's goes into the diary too."""
    telling = telling or LOUD
    meetup.version += 1
    by = telling.by
    note = {
        "version": meetup.version, "fields": list(fields), "key": telling.key, "at": clock.now().isoformat(),
        "by": by.name if by else "", "words": words,
    }  # fmt: skip
    if by is not None and by.id == meetup.host_id and meetup.asks_host(clock.now()):
        meetup.still_on_at, meetup.host_needed_at = clock.now(), None  # whoever changes it is there
    meetup.changes = [*meetup.changes, note][-MOST_REMEMBERED:]
    settle(meetup)
    if by is not None and by.is_moderator and by.id != meetup.host_id:
        write_down("changed a meetup", f"/meetups/{meetup.code}", who=by.id, note=words or ", ".join(fields))


def note_and_tell(meetup: Meetup, fields: Sequence[str], before: Mapping[str, Any], telling: Telling | None) -> None:
    """Note the change; if the meetup is up, announce what people must hear of.

    Raises AskFirst, so that all of it is rolled back, when there is such news and `telling` is None: undecided.
    """
    news = entries.difference(before, entries.as_told(meetup))
    if news and meetup.is_on and telling is None:
        raise AskFirst(news)
    if "place" in news and meetup.is_on and telling is not None:
        _mark_moved(meetup, *news["place"], quiet=telling.quiet)
    note_change(meetup, fields, telling, in_words(news))
    if news and meetup.is_on and telling is not None:
        announce(MeetupChanged(meetup, news, before, telling))


def in_words(news: Mapping[str, tuple[str, str]]) -> str:
    """The news in a line of the log: new first."""
    return "; ".join(f"{new} (was: {old})" for old, new in (news[name] for name in ("place", "time") if name in news))


def _mark_moved(meetup: Meetup, old: str, new: str, *, quiet: bool) -> None:
    """What the banner says. Moves that are told of together are one; a quiet one only mends the words."""
    moved = meetup.moved
    if quiet:
        meetup.moved = {**moved, "new": new} if moved else None
        return
    if moved and clock.now() - datetime.fromisoformat(moved["at"]) < JOINED:
        old = moved["old"]
    meetup.moved = None if old == new else {"at": clock.now().isoformat(), "old": old, "new": new}
