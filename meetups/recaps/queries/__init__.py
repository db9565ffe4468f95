"""The questions of the room: one module a matter."""

from meetups.recaps.queries.consents import asked_since, consents_pending, response_by_number
from meetups.recaps.queries.finding import PAGE, Found, FoundRecap, counts, recaps_found
from meetups.recaps.queries.recaps import (
    PUBLIC,
    WITH_ENTRIES,
    drafts_of,
    held,
    hold_author,
    other_recaps_of,
    recap_by,
    recap_by_code,
    recaps_of,
    unlisted_draft_titled,
)

__all__ = [
    "PAGE", "PUBLIC", "WITH_ENTRIES", "Found", "FoundRecap", "asked_since", "consents_pending", "counts", "drafts_of",
    "held", "hold_author", "other_recaps_of", "recap_by", "recap_by_code", "recaps_found", "recaps_of",
    "response_by_number", "unlisted_draft_titled",
]
