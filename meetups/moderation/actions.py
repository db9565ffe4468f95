"""Reporting, settling, hiding and showing again, closing accounts and opening them."""

from __future__ import annotations

from datetime import timedelta

from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import add, flush, lock
from meetups.foundation.diary import write_down
from meetups.foundation.mail.outbox import post
from meetups.foundation.refusals import Refusal
from meetups.foundation.tokens import keyed_digest
from meetups.moderation import letters, queries
from meetups.moderation.models import Report
from meetups.moderation.queries import Thing
from meetups.people.models import Person
from meetups.people.queries import moderators
from meetups.planning.models import Meetup
from meetups.recaps.facts import RecapChanged
from meetups.recaps.models import Recap

HOUR = timedelta(hours=1)
MOST_FROM_ONE = 5
MOST_FROM_VISITORS = 300


class TooManyReports(Refusal):
    """More reports in an hour than anybody has."""

    status = 429


class KeptIn(Refusal):
    """Moderators do not close each other's accounts, nor their own."""


def report(about: str, message: str, address: str | None, *, by: Person | None = None, network: str = "") -> Report:
    """Tell the moderators about a page of ours; each gets a letter, at most one an hour.

    Refuses a sixth report within the hour by one member, or from one network of visitors, and more than 300 from
    visitors altogether: whoever floods the desk keeps nobody who is signed in from being heard.
    """
    now = clock.now()
    source = keyed_digest("report", f"{now:%Y%m%d}:{f'member {by.id}' if by else network}")
    if queries.reports_since(now - HOUR, source) >= MOST_FROM_ONE:
        raise TooManyReports("Your reports of this hour have arrived; the moderators know. Send the next one later.")
    if by is None and queries.reports_since(now - HOUR) >= MOST_FROM_VISITORS:
        raise TooManyReports("Very many reports came in within the hour. Sign in and yours is taken at once.")
    made = add(Report(about=about, message=message, address=address, source=source, reported_at=now))
    flush()
    for moderator in moderators():
        _write_to(moderator, made)
    return made


def _write_to(moderator: Person, report: Report) -> None:
    """A letter now, or an hour after the last one; none when one is waiting already."""
    now = clock.now()
    last = queries.last_letter_due(letters.key_prefix(moderator))
    if last is None or last <= now:
        post(letters.reports_came_in(moderator, report), not_before=max(now, last + HOUR) if last else now)


def settle(moderator: Person, report: Report, outcome: str) -> None:
    """The report is dealt with; the outcome goes into the diary. A second press changes nothing."""
    lock(report)
    if report.settled_at is None:
        report.settled_at, report.outcome = clock.now(), outcome
        report.source = ""
        report.address = None  # kept only as long as somebody may want to answer
        write_down("settled a report", f"reports/{report.id}", who=moderator.id, note=outcome)


def hide(moderator: Person, thing: Thing, why: str = "") -> None:
    """Take a meetup, a recap, a deck or a note on an idea off every page, list and feed; moderators still see it."""
    _turn(moderator, thing, hidden=True, why=why)


def show(moderator: Person, thing: Thing, why: str = "") -> None:
    """Let everybody see it again."""
    _turn(moderator, thing, hidden=False, why=why)


def suspend(moderator: Person, person: Person, why: str) -> None:
    """Close an account: signed out everywhere, nobody finds them, no link lets them in. Meetups stay as they are.

    Refuses with KeptIn for a moderator. A second press changes nothing.
    """
    lock(person)
    if person.is_moderator:
        raise KeptIn("That is a moderator’s account. Nothing was changed; the operator could.")
    if person.suspended_at is None:
        person.suspended_at = clock.now()
        write_down("closed an account", f"people/{person.id}", who=moderator.id, note=why)


def lift(moderator: Person, person: Person) -> None:
    """Open an account again; all that was in it is still there."""
    lock(person)
    if person.suspended_at is not None:
        person.suspended_at = None
        write_down("opened an account again", f"people/{person.id}", who=moderator.id)


def _turn(moderator: Person, thing: Thing, *, hidden: bool, why: str) -> None:
    lock(thing)
    if (thing.hidden_at is not None) == hidden:
        return
    thing.hidden_at = clock.now() if hidden else None
    if isinstance(thing, Meetup):
        thing.settle(thing.public_venue)
    elif isinstance(thing, Recap):
        thing.settle()
        announce(RecapChanged(thing))
    write_down("hid" if hidden else "showed again", queries.path_of(thing)[1:], who=moderator.id, note=why)
