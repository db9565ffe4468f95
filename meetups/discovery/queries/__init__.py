"""What is near a point, what is coming up anywhere, what the last rooms worked out."""

from meetups.discovery.queries.near import PAGE, Beside, Found, Near, Search, meetups_found, page_near
from meetups.discovery.queries.writeups import count_of_ideas, latest_recaps

__all__ = [
    "PAGE", "Beside", "Found", "Near", "Search", "count_of_ideas", "latest_recaps", "meetups_found", "page_near",
]  # fmt: skip
