"""Saving a search, dropping it, and telling people of what is new in their areas."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

import sqlalchemy as sa

from meetups.discovery import letters, queries
from meetups.discovery.models import Alert, NewMeetup
from meetups.discovery.queries import Search
from meetups.foundation import clock
from meetups.foundation.database import add, db, delete, flush, lock
from meetups.foundation.gazetteer import Gazetteer
from meetups.foundation.geography import chord_squared_m2, earth_xyz
from meetups.foundation.mail import outbox
from meetups.foundation.mail.letters import Letter
from meetups.foundation.mail.rounds import Copy, post_round
from meetups.foundation.refusals import Refusal
from meetups.foundation.whereabouts import current_gazetteer
from meetups.nearby.actions import reopen_wishes, settle_wishes
from meetups.nearby.queries import who_would_come
from meetups.people.models import Person
from meetups.planning.models import Meetup

MOST_ALERTS = 20
SECOND_THOUGHTS = timedelta(minutes=2)
AT_ONCE = 20


class TooManyAlerts(Refusal):
    """Twenty saved searches are the most."""


def save_search(person: Person, search: Search, label: str, address: str) -> Alert:
    """Tell this person of new meetups that the search finds; `search.point` is the middle of a town.

    `address` is where the same list can be read. Saving the same twice saves it once. Refuses a search without an
    area, and the 21st.
    """
    if search.point is None:
        raise Refusal("Say first around which town: nobody can tell you of everything.", field="area")
    lock(person)
    standing, digest = queries.alerts_of(person), hashlib.sha256(address.encode()).hexdigest()
    for alert in standing:
        if alert.address_digest == digest:
            return alert
    if len(standing) >= MOST_ALERTS:
        raise TooManyAlerts(f"You have {MOST_ALERTS} already. Take one off the list first.",
                            way_on=("/near/alerts", "To my list"))
    x, y, z = earth_xyz(search.point)
    made = add(Alert(
        person_id=person.id, label=label[:200], address=address[:3000], address_digest=digest, x=x, y=y, z=z,
        reach_m2=chord_squared_m2(search.radius_km), narrowed=queries.narrowed_of(search), made_at=clock.now(),
    ))  # fmt: skip
    flush()
    return made


def drop(alert: Alert) -> None:
    """No more letters for this search."""
    delete(alert)


def note_new(meetup: Meetup) -> None:
    """It went up, or is somewhere else now: whoever asked for such is told in a few minutes (`tell_of_new`)."""
    if db.session.get(NewMeetup, meetup.id) is None:
        add(NewMeetup(meetup_id=meetup.id, since=clock.now()))


def call_off(meetup: Meetup) -> None:
    """It is off: letters not yet delivered are taken back, and whoever was told would still come to another."""
    db.session.execute(sa.delete(NewMeetup).where(NewMeetup.meetup_id == meetup.id))
    outbox.withdraw_all(letters.key_prefix(meetup))
    reopen_wishes(meetup.code)


def tell_anew(meetup: Meetup) -> None:
    """Its day, hour or place is another: letters that wait (for the week, for the morning) are written anew from what
    it is then, to whom it still fits. Who has read theirs already gets no second.
    """
    if outbox.withdraw_all(letters.key_prefix(meetup)):
        reopen_wishes(meetup.code)
        note_new(meetup)


def keep_apart(one: Person, other: Person) -> None:
    """They are kept apart by a block: letters to either about the other's meetups that wait are taken back."""
    for host, reader in ((one, other), (other, one)):
        coming = queries.coming_meetups_of(host, clock.now())
        outbox.withdraw(*(letters.key_for(meetup, reader) for meetup in coming))


def tell_of_new() -> None:
    """Write to the people whose saved search a new meetup fits, and to those who would come there. A chore.

    Each gets one letter for a meetup, ever. Nobody is told of what is hidden, off or over by now, of their own, or of
    one whose host they blocked or are blocked by. The host learns nothing of it.
    """
    for new in queries.new_meetups(clock.now() - SECOND_THOUGHTS, AT_ONCE):
        meetup = new.meetup
        delete(new)
        if meetup.listed and not meetup.is_over(clock.now()):
            _tell(meetup, current_gazetteer())


def _tell(meetup: Meetup, gazetteer: Gazetteer) -> None:
    host = meetup.host
    apart = {host.id, *host.out_of_sight} if host is not None else set()
    point = meetup.place.point if meetup.cell_fine is not None and not meetup.place.is_online else None
    wishes = [each for each in who_would_come(point, gazetteer) if each.person_id not in apart] if point else []
    _post(meetup, _once(each.person for each in wishes), letters.you_would_come)
    settle_wishes(wishes, meetup.code)
    asked = [person for person in queries.who_asked_for(meetup) if person.id not in apart]
    _post(meetup, asked, letters.new_near_you)


def _once(people: Iterable[Person]) -> list[Person]:
    return list({person.id: person for person in people}.values())


def _post(meetup: Meetup, people: Sequence[Person], letter: Callable[[Meetup, Person], Letter]) -> None:
    """The same letter to all of them; whoever has one about this meetup already gets no second."""
    if people:
        copies = [Copy(letters.key_for(meetup, person), person.address, ()) for person in people]
        post_round(letter(meetup, people[0]), (), copies)
