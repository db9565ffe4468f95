"""The questions of the room: one module a matter."""

from meetups.recaps.queries.consents import (
    asks_since,
    consents_pending,
    named_beside,
    response_by_number,
    responses_tied_to,
)
from meetups.recaps.queries.finding import PAGE, Found, FoundRecap, counts, recaps_found
from meetups.recaps.queries.recaps import (
    PUBLIC,
    WITH_ENTRIES,
    drafts_of,
    held,
    hold_author,
    not_by,
    other_recaps_of,
    recap_by,
    recap_by_code,
    recaps_of,
    unlisted_draft_titled,
)

__all__ = [
    "PAGE", "PUBLIC", "WITH_ENTRIES", "Found", "FoundRecap", "asks_since", "consents_pending", "counts",
    "drafts_of", "held", "hold_author", "named_beside", "not_by", "other_recaps_of", "recap_by",
    "recap_by_code", "recaps_found", "recaps_of", "response_by_number", "responses_tied_to",
    "unlisted_draft_titled",
]
