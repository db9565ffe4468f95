"""How a recap looks as plain text, on its page, in a list and in its history, and how much of it a reader may see."""

from meetups.recaps.entries.differences import Change, changes_between
from meetups.recaps.entries.showing import (
    day,
    facts_line,
    form_label,
    is_web,
    labels,
    led,
    links_beside,
    name_and_library,
    public_text,
    read_thing_line,
    site_of,
    tallied,
    thing_lines,
    things_beside,
    told,
    written,
    written_entry,
    written_thing,
)

__all__ = [
    "Change", "changes_between", "day", "facts_line", "form_label", "is_web", "labels", "led", "links_beside",
    "name_and_library", "public_text", "read_thing_line", "site_of", "tallied", "thing_lines",
    "things_beside", "told", "written", "written_entry", "written_thing",
]
