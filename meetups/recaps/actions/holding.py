"""Taking a recap's lock before changing it, and bringing everything derived up to date after."""

from __future__ import annotations

from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import flush
from meetups.recaps.actions.history import remember, remember_at_first
from meetups.recaps.actions.setting_aside import let_go
from meetups.recaps.facts import RecapChanged
from meetups.recaps.models import Recap, RecapEntry
from meetups.recaps.queries import held


def hold(recap: Recap) -> Recap:
    """The recap under its lock, read anew with all its entries."""
    recap = held(recap)
    remember_at_first(recap)
    return recap


def keep(recap: Recap) -> Recap:
    """Count the change, remember what it says, tell whoever finds and counts: what was taken out is found no more."""
    recap.version += 1
    recap.updated_at = clock.now()
    recap.settle()
    flush()
    remember(recap)
    let_go(recap)
    announce(RecapChanged(recap))
    return recap


def entry_numbered(recap: Recap, number: int | None) -> RecapEntry | None:
    return next((entry for entry in recap.entries if entry.id == number), None) if number else None
