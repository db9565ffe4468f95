"""Words of songs: title, performer and a link, unless somebody says why the words may stand there."""

from __future__ import annotations

from collections.abc import Iterable

from meetups.recaps.actions.refusals import SongWords
from meetups.recaps.models import Recap, RecapEntry


def refuse_song_words(recap: Recap, entries: Iterable[RecapEntry] | None = None) -> None:
    """Refuses SongWords when something that readers see, or would see, writes out a song without a reason."""
    for entry in recap.shown_entries if entries is None else entries:
        for idea in entry.responses:
            if idea.writes_out_a_song:
                raise SongWords(idea.text, f"/recaps/{recap.code}/edit?entry={entry.id}#entry")
