"""What proposing, editing and the rest share: storing a meetup and putting it up."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import add, db, flush, folded, lock
from meetups.foundation.refusals import Refusal
from meetups.foundation.tokens import new_code
from meetups.places.models import Place
from meetups.planning import entries, queries
from meetups.planning.actions.refusals import AlreadyOver, NotNow, TooManyToday
from meetups.planning.facts import MeetupPublished
from meetups.planning.models import HostEvent, Meetup, Status

TAKEN_OVER = (
    "title", "contact", "room", "level", "booth", "spot", "how_to_spot_us", "join_url", "reveal_hours", "rsvp_mode",
    "capacity", "guests_allowed", "approval_required", "questions", "cost", "cost_note", "description", "hashtag",
    "slot_minutes",
)  # fmt: skip


A_DAY = timedelta(hours=24)
MOST_A_DAY = 20


SHORTEST_STREET = 6


def keep(meetup: Meetup) -> None:
    """Add a new meetup with its place and conference."""
    meetup.host_event = stored(meetup.host_event)
    add(meetup)
    flush()
    settle(meetup)


def put_up(meetup: Meetup) -> None:
    """A draft becomes a proposal that everybody sees. Refuses a host's twenty-first within 24 hours."""
    if meetup.host is not None and queries.published_since(meetup.host, clock.now() - A_DAY) >= MOST_A_DAY:
        raise TooManyToday(
            "Twenty meetups went up from this account since yesterday, which is as many as go in a day. Nothing was "
            "changed; keep it as a draft, and put it up tomorrow."
        )
    meetup.status, meetup.published_at = Status.PROPOSED, clock.now()
    settle(meetup)
    announce(MeetupPublished(meetup))


def settle(meetup: Meetup) -> None:
    """Note that it changed just now, bring what it is found by up to date, and send all of it.

    Sent at once, because whoever reacts may `lock` the meetup, which reads the row again.
    """
    meetup.updated_at = clock.now()
    meetup.settle(entries.where(meetup))
    flush()


def repin(place: Place) -> None:
    """The pin of a place is another one, its words and everybody's times are not: find its meetups there.

    Tells nobody. Should the clocks there be others than those agreed on, whoever edits the meetup next is asked.
    """
    for meetup in queries.meetups_in(place):
        settle(lock(meetup))


def refuse_address_in_public(meetup: Meetup) -> None:
    """Refuse the street of a home in words that everybody reads."""
    street = folded(meetup.venue.split(",")[0])
    if not meetup.place.is_private or len(street) < SHORTEST_STREET or not any(each.isdigit() for each in street):
        return
    for name, label in (("title", "name"), ("description", "description")):
        if f" {street} " in f" {folded(getattr(meetup, name))} ":
            raise Refusal(f"The address of the home is in the {label}, which everybody reads. Take it out there; "
                          "people who are going see it from the hour you choose.", field=name)  # fmt: skip


def refuse_gone(meetup: Meetup) -> None:
    """Refuse to change what was cancelled, or was up and is over."""
    again = (f"/meetups/{meetup.code}/copy", "Same again")
    if meetup.status is Status.CANCELLED:
        raise NotNow("This meetup was cancelled; nothing was changed.", way_on=again)
    if meetup.status is not Status.DRAFT and meetup.is_over(clock.now()):
        raise AlreadyOver("This meetup is over; nothing was changed.", way_on=again)


def conference(name: str) -> HostEvent | None:
    """The conference of that name, a new one if need be; None for no name."""
    if not name:
        return None
    return queries.host_event_named(name) or HostEvent(
        code=new_code(), name=name, name_folded=queries.name_folded(name)
    )


def stored(event: HostEvent | None) -> HostEvent | None:
    """The conference with a row; of two people who first name it at once, the later one takes the other's."""
    if event is None or event.id is not None:
        return event
    try:
        with db.session.begin_nested():
            add(event)
            flush()
    except IntegrityError:
        return queries.host_event_named(event.name)
    return event
