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
from meetups.recaps import actions as recaps
from meetups.recaps.actions.notes import credit_as
from meetups.recaps.models import CreditMode

MOST_AT_ONCE, AT_ONCE = 60, timedelta(minutes=10)


class NotNow(Refusal):
    """The room is closed, or full for the moment. Nothing was noted."""


def add_idea(session: Session, wish: DeedWish, name: str = "", address: str = "") -> None:
    """One idea, credited to the group. With a `name` it waits for a yes, as every name in a recap does.

    With an `address`, too, the letter that asks for that yes is posted. The same press again changes nothing.
    Refuses NotNow outside the hours of `Meetup.lets_check_in`, and when sixty came from the room in ten minutes.
    """
    now = clock.now()
    known = queries.deed_by_client_id(session, wish.id)
    if known is not None:
        return
    if not session.meetup.lets_check_in(now):
        raise NotNow("The room is open from an hour before the start until an hour after the end. Nothing was noted.")
    if queries.from_room_since(session, now - AT_ONCE) >= MOST_AT_ONCE:
        raise NotNow("A lot came at once. Wait a minute and press again; what you typed is still here.")
    taken = take(session, [wish], from_room=True)
    if taken.refused:
        raise NotNow(taken.refused[0].why)
    deed = queries.deed_by_client_id(session, wish.id)
    if deed is None or deed.response is None or not name:
        return
    credit_as(deed.response, name, "")
    flush()
    if address and deed.response.credit.mode is CreditMode.NAMED:
        recaps.ask_consent(deed.response, address)
