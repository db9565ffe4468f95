"""Writing to the people of a meetup about what happened to it: everybody once, new first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from meetups.attendance import letters, queries
from meetups.attendance.models import Notice, NoticeKind, NoticeState, Rsvp
from meetups.foundation import clock
from meetups.foundation.database import flush
from meetups.foundation.mail.letters import Letter
from meetups.foundation.mail.outbox import post_many
from meetups.foundation.mail.rounds import Copy, post_round
from meetups.planning.entries import as_told, difference
from meetups.planning.models import Meetup

FEW = 10


def deliver(notice: Notice) -> None:
    """Post the letters of a waiting notice, from the meetup as it is now; the caller holds the meetup's lock.

    Nothing is sent when what people were told last stands again. Whoever answered after the last edit has read of
    it already, and whoever made it knows.
    """
    if notice.state is not NoticeState.WAITING:
        return
    meetup = notice.meetup
    news = difference(notice.old, as_told(meetup))
    if notice.kind in (NoticeKind.CHANGE, NoticeKind.CORRECTION) and not news and notice.old.get("on", True):
        notice.state, notice.undone_at = NoticeState.UNDONE, clock.now()
        return
    told = [rsvp for rsvp in queries.to_be_told(meetup) if _must_hear(rsvp, notice)]
    post_to_each(told, lambda rsvp: letters.notice(rsvp, notice, news), lambda rsvp: letters.notice_key(rsvp, notice))
    notice.state, notice.sent_at, notice.told = NoticeState.SENT, clock.now(), len(told)
    flush()


def post_to_each(
    parties: Sequence[Rsvp], write: Callable[[Rsvp], Letter], key: Callable[[Rsvp], str]
) -> None:
    """A letter each; of many that are alike one is rendered, and copied with each reader's own links and invitation.

    `write` makes the letter of one party, `key` the key alone.
    """
    alike: dict[tuple[object, ...], list[Rsvp]] = {}
    for rsvp in parties:
        alike.setdefault(letters.alike(rsvp), []).append(rsvp)
    for same in alike.values():
        if len(same) < FEW:
            post_many(write(rsvp) for rsvp in same)
            continue
        pattern = write(same[0])
        calendar_of = letters.own_calendars(pattern)
        owned = [(rsvp, letters.own_strings(rsvp)) for rsvp in same]
        copies = [Copy(key(rsvp), rsvp.mail_address, own, calendar_of(rsvp, own)) for rsvp, own in owned]
        post_round(pattern, owned[0][1], copies)


def tell_latecomers(notice: Notice, wrong: Mapping[str, Any]) -> None:
    """Nothing was sent, but who answered in the meantime was told what is not so (`wrong`): they get a correction."""
    news = difference(wrong, as_told(notice.meetup))
    late = [rsvp for rsvp in queries.to_be_told(notice.meetup) if rsvp.confirmed_at and _since(rsvp, notice)]
    if news:
        post_many(letters.notice(rsvp, notice, news, late=True) for rsvp in late)


def people_to_tell(meetup: Meetup, by_id: int | None) -> Sequence[Rsvp]:
    """Whom a change made now would be told to."""
    return [rsvp for rsvp in queries.to_be_told(meetup) if rsvp.person_id is None or rsvp.person_id != by_id]


def _must_hear(rsvp: Rsvp, notice: Notice) -> bool:
    if rsvp.person_id is not None and rsvp.person_id == notice.by_id:
        return False
    late = rsvp.confirmed_at is not None and rsvp.confirmed_at > notice.changed_at
    return not (late and notice.kind is NoticeKind.CHANGE)


def _since(rsvp: Rsvp, notice: Notice) -> bool:
    return rsvp.confirmed_at is not None and rsvp.confirmed_at > notice.made_at
