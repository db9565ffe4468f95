"""The questions of the room: one module a matter."""

from meetups.recaps.queries.consents import (
    asks_since,
    consents_pending,
    named_beside,
    response_by_number,
    responses_tied_to,
)
from meetups.recaps.queries.history import last_revision, revision_of, revisions_of
from meetups.recaps.queries.joining import (
    addition_numbered,
    additions_by,
    additions_since,
    additions_to,
    comments_on,
    free_to_claim,
    is_known,
    same_addition,
    waiting_beside,
    writeups_of,
)
from meetups.recaps.queries.nudging import draft_of, meetups_to_nudge, needs_no_nudge, waiver_of
from meetups.recaps.queries.photos import (
    held_photo,
    photo_by_code,
    photo_numbered,
    photos_added,
    photos_of,
    photos_to_sweep,
    same_photo,
    shown_photos_of,
    unpublished_photos_by,
)
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
    "PUBLIC", "WITH_ENTRIES", "addition_numbered", "additions_by",
    "additions_since", "additions_to", "asks_since", "comments_on", "consents_pending", "draft_of",
    "drafts_of", "free_to_claim", "held", "held_photo", "hold_author", "is_known", "last_revision",
    "meetups_to_nudge", "named_beside", "needs_no_nudge", "not_by", "other_recaps_of", "photo_by_code",
    "photo_numbered", "photos_added", "photos_of", "photos_to_sweep", "recap_by", "recap_by_code",
    "recaps_of", "response_by_number", "responses_tied_to", "revision_of", "revisions_of",
    "same_addition", "same_photo", "shown_photos_of", "unlisted_draft_titled", "unpublished_photos_by",
    "waiting_beside", "waiver_of", "writeups_of",
]
