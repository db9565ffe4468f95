"""What is near a point, what is coming up anywhere, what the last rooms worked out."""

from meetups.discovery.queries.facts import facts_of_list, facts_of_meetup
from meetups.discovery.queries.near import (
    PAGE,
    Beside,
    Found,
    Near,
    Numbers,
    Search,
    meetups_found,
    numbers_found,
    numbers_near,
    page_near,
    rows_of,
)  # fmt: skip
from meetups.discovery.queries.writeups import count_of_ideas, latest_recaps, recaps_of

__all__ = [
    "PAGE", "Beside", "Found", "Near", "Numbers", "Search", "count_of_ideas", "facts_of_list", "facts_of_meetup",
    "latest_recaps", "meetups_found", "numbers_found", "numbers_near", "page_near", "recaps_of", "rows_of",
]  # fmt: skip
