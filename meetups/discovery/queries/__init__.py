"""What is near a point, what is coming up anywhere, what the last rooms worked out; who asked to be told."""

from meetups.discovery.queries.alerts import (
    alert_numbered,
    alerts_of,
    coming_meetups_of,
    narrowed_of,
    new_meetups,
    who_asked_for,
)
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
)
from meetups.discovery.queries.writeups import count_of_ideas, latest_recaps

__all__ = [
    "PAGE", "Beside", "Found", "Near", "Numbers", "Search", "alert_numbered", "alerts_of", "coming_meetups_of",
    "count_of_ideas", "facts_of_list", "facts_of_meetup", "latest_recaps", "meetups_found", "narrowed_of",
    "new_meetups", "numbers_found", "numbers_near", "page_near", "rows_of", "who_asked_for",
]  # fmt: skip
