"""The list of deeds. Values are stored, and sent by phones."""

from __future__ import annotations

from meetups.foundation.labels import Labeled


class DeedKind(Labeled):
    DRAW = ("draw", "A stick from the cup")
    ASK = ("ask", "A question")
    IDEA = ("idea", "An idea")
    OUTCOME = ("outcome", "How it ended")
    PASS = ("pass", "Passed to the group")
    UNDO = ("undo", "Taken back")
