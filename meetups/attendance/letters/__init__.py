"""Letters to parties, a module a kind of news."""

from meetups.attendance.letters.hosts import (
    could_you_host,
    nobody_hosts,
    nobody_is_here,
    somebody_stepped_in,
    still_on,
    you_are_now_host,
)
from meetups.attendance.letters.lines import (
    HOUR,
    arrival_address,
    arrival_purpose,
    facts,
    knowledge,
    seat_address,
    seat_purpose,
    seat_token,
    topic,
)
from meetups.attendance.letters.notices import (
    alike,
    cancelled,
    changed,
    corrected,
    notice,
    notice_key,
    own_calendars,
    own_strings,
    postponed,
    seat_held,
    seat_went_on,
)
from meetups.attendance.letters.reminders import reminder, reminder_key, reminders_prefix
from meetups.attendance.letters.seats import (
    LINK_PREFIX,
    answer_stands,
    change_your_answer,
    confirm_your_answer,
    first_to_press,
    let_in,
    more_ask,
    request_prefix,
    seat_is_yours,
    seat_offered,
    smaller_party,
    somebody_asks,
    turned_down,
)

__all__ = [
    "HOUR", "LINK_PREFIX", "alike", "answer_stands", "arrival_address", "arrival_purpose", "cancelled",
    "change_your_answer", "changed", "confirm_your_answer", "corrected", "could_you_host", "facts", "first_to_press",
    "knowledge", "let_in", "more_ask", "nobody_hosts", "nobody_is_here", "notice", "notice_key", "own_calendars",
    "own_strings", "postponed", "reminder", "reminder_key", "reminders_prefix", "request_prefix", "seat_address",
    "seat_held", "seat_is_yours", "seat_offered", "seat_purpose", "seat_token", "seat_went_on", "smaller_party",
    "somebody_asks", "somebody_stepped_in", "still_on", "topic", "turned_down", "you_are_now_host",
]
