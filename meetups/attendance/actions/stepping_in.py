"""When the host is silent or gone: asking them, then those who could step in, then everybody whether to come.

The host of a meetup that went up at least a day before is asked three days and one day before the start whether it is
still on. A day before, without an answer, whoever said "I could step in" is asked as well; the first to press hosts.
Six hours before, without anybody, the page says so and everybody who is going hears of it, once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from meetups.attendance import letters, queries
from meetups.attendance.actions.arriving import check_in
from meetups.attendance.actions.leaving import give_up_all
from meetups.attendance.models import Answer, Rsvp
from meetups.foundation import clock
from meetups.foundation.database import lock
from meetups.foundation.mail.outbox import post, post_many
from meetups.foundation.refusals import Refusal
from meetups.people.models import Person
from meetups.people.queries import person_numbered
from meetups.planning import actions as planning
from meetups.planning.models import UNHOSTED, Meetup

EARLY, LATE = timedelta(hours=72), timedelta(hours=24)


class NotOffered(Refusal):
    """They are not among those who could step in."""


class NotYet(Refusal):
    """The meetup has not begun, or is over."""


def ask_hosts() -> None:
    """The worker's chore: ask whoever is to be asked now. Each letter is posted once."""
    now = clock.now()
    for meetup in queries.meetups_without_word(now, now + EARLY):
        _ask(lock(meetup))


def step_in(meetup: Meetup, person: Person) -> Meetup:
    """A member who is going and had offered to becomes the host; see planning.step_in. Raises NotOffered."""
    lock(meetup)
    if person not in [rsvp.person for rsvp in queries.volunteers(meetup)] and meetup.host is not person:
        raise NotOffered("First say that you are coming and could step in; then you can host it.")
    return planning.step_in(meetup, person)


def nobody_here(rsvp: Rsvp) -> None:
    """Somebody stands at the place and no host is there: they are noted as here, and the hosts and whoever could step
    in are written to, once. Nobody becomes the host by it. Raises NotYet before the start and after the end.
    """
    meetup = lock(rsvp.meetup)
    if not meetup.is_under_way(clock.now()):
        raise NotYet("That is for when it has begun and no host is there. Nothing was changed.")
    if rsvp.answer is not Answer.GOING:
        raise NotOffered("That is for people who are going. Nothing was changed.")
    check_in(rsvp)
    hosts = {each.id: each for each in (meetup.host, meetup.co_host) if each is not None}
    able = {each.person.id: each.person for each in queries.volunteers(meetup) if each.person is not None}
    post_many(letters.nobody_is_here(meetup, person) for person in (hosts | able).values())


def welcome_host(meetup: Meetup, before: Person | None) -> None:
    """A new host: they and the one of before are told, and whoever a block keeps from the new one is out."""
    host = meetup.host
    if host is None:
        return
    post(letters.you_are_now_host(meetup, host))
    if before is not None:
        post(letters.somebody_stepped_in(meetup, before, host))
    for number in sorted(host.out_of_sight):
        other = person_numbered(number)
        if other is not None:
            give_up_all(other, host=host)


def _ask(meetup: Meetup) -> None:
    left = meetup.starts_at - clock.now()
    if meetup.host is not None:
        post(letters.still_on(meetup, meetup.host, early=left > LATE))
    if meetup.host is None or left <= LATE:
        planning.need_host(meetup)
        _ask_volunteers(meetup, queries.volunteers(meetup))
    if left <= UNHOSTED:
        post_many(letters.nobody_hosts(rsvp) for rsvp in queries.going(meetup))


def _ask_volunteers(meetup: Meetup, able: Sequence[Rsvp]) -> None:
    post_many(letters.could_you_host(rsvp) for rsvp in able)
