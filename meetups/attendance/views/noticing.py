"""What the host sees of a telling: how many will hear of it, how many did, and Undo."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for

from meetups.attendance import actions, queries
from meetups.attendance.actions import may_be_undone
from meetups.attendance.models import Notice, NoticeState
from meetups.attendance.views.finding import attendance
from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.pages import say
from meetups.foundation.refusals import NotHere
from meetups.planning.models import Meetup, Telling
from meetups.planning.permissions import may_edit
from meetups.planning.queries import meetup_by_code


def people_to_tell(meetup: Meetup) -> int:
    """How many letters a change made by whoever is here would make; none while it is a draft or off."""
    person = person_here()
    return queries.count_to_be_told(meetup, person.id if person else None) if meetup.is_on else 0


def notice_to_show(meetup: Meetup) -> Notice | None:
    """The last telling, while it is about to go out or may be taken back."""
    notice = queries.last_notice(meetup)
    return notice if notice is not None and may_be_undone(notice) else None


attendance.record_once(
    lambda state: state.app.jinja_env.globals.update(people_to_tell=people_to_tell, notice_to_show=notice_to_show)
)


@attendance.post("/meetups/<code>/undo")
@doors.member
def undo(code: str) -> Any:
    """Take the last change back; the button carries the number of its notice."""
    person, meetup = person_here(), meetup_by_code(code)
    if meetup is None or not may_edit(person, meetup):
        raise NotHere("There is no such meetup, or it is not yours to change.")
    typed = request.form.get("notice", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else 0
    with unit_of_work():
        notice = actions.undo(meetup, number, Telling(person))
    told = notice.state is NoticeState.SENT
    say("Taken back. One correction goes to everybody." if told else "Taken back. Nothing was sent.")
    return redirect(url_for("discovery.meetup", code=code), 303)
