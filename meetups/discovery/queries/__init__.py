"""What is near a point, what is coming up anywhere, what the last rooms worked out; who asked to be told."""

from meetups.discovery.queries.alerts import alert_numbered, alerts_of, narrowed_of, new_meetups, who_asked_for
from meetups.discovery.queries.near import PAGE, Beside, Found, Near, Search, meetups_found, page_near
from meetups.discovery.queries.writeups import count_of_ideas, latest_recaps

__all__ = [
    "PAGE", "Beside", "Found", "Near", "Search", "alert_numbered", "alerts_of", "count_of_ideas", "latest_recaps",
    "meetups_found", "narrowed_of", "new_meetups", "page_near", "who_asked_for",
]  # fmt: skip
