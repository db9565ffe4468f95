"""Pages of the room: one module a matter, one blueprint."""

from meetups.recaps.views import consent, editor, ideas, publishing, reading, starting, waiving, writing
from meetups.recaps.views.finding import recaps

__all__ = ["consent", "editor", "ideas", "publishing", "reading", "recaps", "starting", "waiving", "writing"]
