"""Ideas from people in the room, who have the code of the day and no account."""

from __future__ import annotations

from datetime import timedelta

from meetups.foundation import clock
from meetups.foundation.database import flush
from meetups.foundation.refusals import Refusal
from meetups.notes import queries
from meetups.notes.actions.merging import take
from meetups.notes.models import Session
from meetups.notes.notation import DeedWish
from meetups.recaps.actions.notes import credit_as
from meetups.recaps.models import Response

MOST_AT_ONCE, AT_ONCE = 60, timedelta(minutes=10)


class NotNow(Refusal):
    """The room is closed, or full for the moment. Nothing was noted."""


def add_idea(session: Session, wish: DeedWish, name: str = "") -> Response | None:
    """One idea, credited to the group. With a `name` it waits for a yes, as every name in a recap does.

    The same press again changes nothing. Returns the idea; None when it was there before, because ids of ideas are seen
    on every screen and whoever names one must not be asked in its writer's stead. Refuses NotNow outside the hours of
    `Meetup.lets_check_in`, and when sixty came from the room in ten minutes.
    """
    now = clock.now()
    if queries.deed_by_client_id(session, wish.id) is not None:
        return None
    if not session.meetup.lets_check_in(now):
        raise NotNow("The room is open from an hour before the start until an hour after the end. Nothing was noted.")
    if queries.from_room_since(session, now - AT_ONCE) >= MOST_AT_ONCE:
        raise NotNow("A lot came at once. Wait a minute and press again; what you typed is still here.")
    taken = take(session, [wish], from_room=True)
    if taken.refused:
        raise NotNow(taken.refused[0].why)
    deed = queries.deed_by_client_id(session, wish.id)
    idea = deed.response if deed is not None else None
    if idea is not None and name:
        credit_as(idea, name, "")
        flush()
    return idea
