"""How ideas look: what they are found by, and how they read in a list and in a feed."""

from meetups.library.entries.feeds import idea_entry, recap_entry
from meetups.library.entries.finding import Laid, laid_out, mentions, stick_of
from meetups.library.entries.folder import Kept, by_category
from meetups.library.entries.reading import Answered, by_challenge, comes_with, marked, snippet, tally_words

__all__ = [
    "Answered", "Kept", "Laid", "by_category", "by_challenge", "comes_with", "idea_entry", "laid_out", "marked",
    "mentions", "recap_entry", "snippet", "stick_of", "tally_words",
]
