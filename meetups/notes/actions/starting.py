"""Starting the notes of a meetup, naming scribes, handing out links."""

from __future__ import annotations

from meetups.deck.models import Deck
from meetups.deck.terms import AgeGroup
from meetups.foundation import clock
from meetups.foundation.database import add, delete, flush, lock
from meetups.foundation.refusals import Refusal
from meetups.foundation.tokens import first_version
from meetups.notes import queries
from meetups.notes.entries import known
from meetups.notes.models import Scribe, Session
from meetups.notes.permissions import may_start
from meetups.people.models import Person
from meetups.planning.models import Meetup
from meetups.recaps import actions as recaps
from meetups.recaps.actions.holding import hold
from meetups.recaps.models import Recap, RecapStatus

MOST_SCRIBES = 20


class CannotStart(Refusal):
    """The notes of this meetup cannot be started now."""


def start(by: Person, meetup: Meetup, deck: Deck | None = None, age: AgeGroup | None = None) -> Session:
    """Begin to note; the host's draft recap is there from this moment. Pressing twice finds what was begun.

    Sticks come from `deck` (None: the public one), those for `age` alone if one is given.

    Refuses CannotStart outside the hours of `may_start`, and when the host has published a recap already.
    """
    lock(meetup)
    standing = queries.session_of(meetup)
    if standing is not None:
        return standing
    if not may_start(by, meetup, clock.now()):
        raise CannotStart("Notes can be started from an hour before the start until a day after the end.")
    recap = _draft(by, meetup)
    session = add(Session(meetup=meetup, recap=recap, deck=deck, age=age, link_version=first_version(),
                          started_at=clock.now()))
    flush()
    return session


def _draft(by: Person, meetup: Meetup) -> Recap:
    recap = recaps.start(meetup.host or by, meetup, known(meetup))
    if recap.status is not RecapStatus.DRAFT:
        way_on = (f"/recaps/{recap.code}", "Read the recap")
        raise CannotStart("This meetup has been written up already. Add to the recap instead.", way_on=way_on)
    return recap


def recap_under_way(session: Session) -> Recap:
    """The recap that is being filled, under its lock; a new draft if somebody threw it away."""
    if session.recap is None:
        author = session.meetup.host
        if author is None:
            raise CannotStart("Nobody hosts this meetup any more, so there is nowhere to write.")
        session.recap = recaps.start(author, session.meetup, known(session.meetup))
        flush()
    return hold(session.recap)


def name_scribe(session: Session, person: Person) -> None:
    """Somebody who is going takes notes, too. Refuses when they are not going, or when there are twenty already."""
    lock(session)
    if queries.is_scribe(person, session):
        return
    if person not in queries.members_going(session.meetup):
        raise Refusal("Only people who are going can be named. For anybody else there is the link.")
    if len(queries.scribes_of(session)) >= MOST_SCRIBES:
        raise Refusal(f"{MOST_SCRIBES} people take notes already.")
    add(Scribe(session=session, person=person))
    flush()


def dismiss_scribe(session: Session, number: int) -> None:
    """They cannot note any more; what they noted stays. Gone already is fine."""
    lock(session)
    for scribe in queries.scribes_of(session):
        if scribe.id == number:
            delete(scribe)
    flush()


def change_links(session: Session) -> None:
    """The links handed out so far open nothing any more: neither the scribes' nor the screen's."""
    lock(session)
    session.link_version += 1
