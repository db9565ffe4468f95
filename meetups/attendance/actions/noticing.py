"""Notices: a change is noted, waits ten minutes for the next one or an Undo, and is told once.

What starts within three hours is told at once. What people were told last stays with the notice, so several edits
make one letter about the net difference, and edits that cancel out make none. A few letters are written with the
change itself; many are left to the worker, so that the host's page answers at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from meetups.attendance import queries
from meetups.attendance.actions.asking import ask_again, take_back_asking
from meetups.attendance.actions.reminding import take_back_reminders
from meetups.attendance.actions.seating import hand_on_seats
from meetups.attendance.actions.telling import deliver, tell_latecomers
from meetups.attendance.models import Notice, NoticeKind, NoticeState
from meetups.foundation import clock
from meetups.foundation.database import add, flush, lock
from meetups.foundation.refusals import Refusal
from meetups.planning import actions as planning
from meetups.planning.entries import as_told, difference
from meetups.planning.models import Meetup, Telling

GRACE = timedelta(minutes=10)
SOON = timedelta(hours=3)
MOST_AT_ONCE = 100


class TooLateToUndo(Refusal):
    """Ten minutes have gone by, or something was changed after it."""


def note_change(meetup: Meetup, before: Mapping[str, Any], telling: Telling) -> None:
    """A new time or place: into the notice that waits, if one does; else a new one, or a quiet one."""
    take_back_reminders(meetup)
    last = queries.last_notice(meetup)
    if last is not None and last.state is NoticeState.WAITING:
        _join(last, telling)
    elif telling.quiet:
        _new(meetup, NoticeKind.CHANGE, before, telling, NoticeState.QUIET)
    else:
        sends_at = clock.now() if _is_soon(meetup, before) else clock.now() + GRACE
        notice = _new(meetup, NoticeKind.CHANGE, before, telling, sends_at=sends_at)
        if not difference(notice.old, as_told(meetup)):  # what was changed quietly is as people know it again
            notice.state, notice.undone_at = NoticeState.UNDONE, clock.now()
            return
        meetup.sequence += 1
        _deliver_if_due(notice)


def note_cancelled(meetup: Meetup, before: Mapping[str, Any], telling: Telling) -> None:
    """It is off: told at once. Reminders and changes that were not delivered yet are taken back."""
    _take_back_waiting(meetup)
    _deliver_if_due(_new(meetup, NoticeKind.CANCELLATION, before, telling))


def note_postponed(meetup: Meetup, before: Mapping[str, Any], telling: Telling) -> None:
    """A new date: everybody is asked again and told at once."""
    _take_back_waiting(meetup)
    waited = ask_again(meetup)
    _deliver_if_due(_new(meetup, NoticeKind.POSTPONEMENT, {**before, "waited": waited}, telling))


def undo(meetup: Meetup, number: int, telling: Telling) -> Notice:
    """Put back what the meetup's last notice is about: nothing is sent if nothing was, else one correction.

    Pressing twice undoes once. Raises TooLateToUndo ten minutes after it was told, and when it is not the last one.
    """
    lock(meetup)
    notice = queries.last_notice(meetup)
    earlier = queries.notice_numbered(meetup, number)
    if earlier is not None and earlier.undone_at is not None:
        return earlier
    if notice is None or notice.id != number or not may_be_undone(notice):
        raise TooLateToUndo("It is too late to take that back. Change it again instead; people will be told.")
    wrong = as_told(meetup)
    planning.restore(meetup, notice.before, telling)
    take_back_reminders(meetup)
    if notice.kind is NoticeKind.POSTPONEMENT:
        take_back_asking(meetup, notice.before.get("waited", ()))
    notice.undone_at = clock.now()
    if notice.state is NoticeState.SENT:
        _correct(meetup, notice, wrong, telling)
    else:
        _unsay(notice, wrong)
    flush()
    if notice.kind in (NoticeKind.POSTPONEMENT, NoticeKind.CANCELLATION):
        hand_on_seats(meetup)  # what came free while it was off, or was offered before
    return notice


def may_be_undone(notice: Notice) -> bool:
    """While it waits, and ten minutes after it was told; not what was quiet, undone, or undid something itself."""
    if notice.kind is NoticeKind.CORRECTION or notice.undone_at is not None or notice.meetup.is_over(clock.now()):
        return False
    if notice.state is NoticeState.SENT:
        return notice.sent_at is not None and clock.now() < notice.sent_at + GRACE
    return notice.state is NoticeState.WAITING


def send_notices() -> None:
    """The worker's chore: tell what is due. Each under its meetup's lock, so two workers never tell the same."""
    for notice in queries.notices_due(clock.now()):
        lock(notice.meetup)
        deliver(lock(notice))


def _new(
    meetup: Meetup, kind: NoticeKind, before: Mapping[str, Any], telling: Telling,
    state: NoticeState = NoticeState.WAITING, *, sends_at: datetime | None = None, old: Mapping[str, Any] | None = None,
) -> Notice:  # fmt: skip
    """A notice whose `old` is what people were told last: what quiet or withdrawn ones before it hid is part of it."""
    now = clock.now()
    last = queries.last_notice(meetup)
    if old is None:
        old = last.old if last is not None and last.hides_something else before
    notice = add(Notice(
        meetup=meetup, kind=kind, state=state, old=dict(old), before=dict(before), line=telling.line[:200],
        by_id=telling.by.id if telling.by else None, made_at=now, changed_at=now, sends_at=sends_at or now, told=0,
    ))  # fmt: skip
    flush()
    return notice


def _join(notice: Notice, telling: Telling) -> None:
    """Another edit before anybody was told: one letter, or none when it is all as it was."""
    notice.changed_at, notice.line = clock.now(), telling.line[:200] or notice.line
    if notice.kind is NoticeKind.CHANGE and not difference(notice.old, as_told(notice.meetup)):
        notice.state, notice.undone_at = NoticeState.UNDONE, clock.now()
        return
    if _is_soon(notice.meetup, notice.before):
        notice.sends_at = clock.now()
    _deliver_if_due(notice)


def _deliver_if_due(notice: Notice) -> None:
    flush()
    if notice.sends_at <= clock.now() and queries.count_to_be_told(notice.meetup) <= MOST_AT_ONCE:
        deliver(notice)


def _correct(meetup: Meetup, notice: Notice, wrong: Mapping[str, Any], telling: Telling) -> None:
    meetup.sequence += 1
    told = {**wrong, "on": notice.kind is not NoticeKind.CANCELLATION}
    _deliver_if_due(_new(meetup, NoticeKind.CORRECTION, notice.before, telling, old=told))


def _unsay(notice: Notice, wrong: Mapping[str, Any]) -> None:
    """Nobody was told. What an earlier quiet edit changed is still to be told one day."""
    still = difference(notice.old, as_told(notice.meetup))
    notice.state = NoticeState.QUIET if still else NoticeState.UNDONE
    tell_latecomers(notice, wrong)


def _take_back_waiting(meetup: Meetup) -> None:
    """What was about to be told is not so any more: the next notice says all of it."""
    last = queries.last_notice(meetup)
    if last is not None and last.state is NoticeState.WAITING:
        last.state = NoticeState.UNDONE
    take_back_reminders(meetup)


def _is_soon(meetup: Meetup, before: Mapping[str, Any]) -> bool:
    """Whether the old or the new start is less than three hours away: then somebody may be on the way."""
    starts = min(meetup.starts_at, datetime.fromisoformat(before["starts_at"]))
    return starts - clock.now() <= SOON
