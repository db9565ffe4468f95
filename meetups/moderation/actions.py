"""Reporting, settling, hiding and showing again."""

from __future__ import annotations

from datetime import timedelta

from meetups.foundation import clock
from meetups.foundation.database import add, flush, lock
from meetups.foundation.diary import write_down
from meetups.foundation.refusals import Refusal
from meetups.moderation import queries
from meetups.moderation.models import Report
from meetups.moderation.queries import Thing
from meetups.people.models import Person
from meetups.planning.models import Meetup

HOUR = timedelta(hours=1)
MOST_AN_HOUR = 60
MOST_ABOUT_ONE_PAGE = 5


class TooManyReports(Refusal):
    """More reports in an hour than anybody could read."""

    status = 429


def report(about: str, message: str, address: str | None) -> Report:
    """Tell the moderators about a page of ours. Refuses more than 5 an hour about one page, 60 about anything."""
    since = clock.now() - HOUR
    if queries.reports_since(since, about) >= MOST_ABOUT_ONE_PAGE:
        raise TooManyReports("Several people reported this page within the hour; the moderators know. Thank you.")
    if queries.reports_since(since) >= MOST_AN_HOUR:
        raise TooManyReports("Very many reports came in within the hour. Nothing was lost; send yours again later.")
    made = add(Report(about=about, message=message, address=address, reported_at=clock.now()))
    flush()
    return made


def settle(moderator: Person, report: Report, outcome: str) -> None:
    """The report is dealt with; the outcome goes into the diary. A second press changes nothing."""
    lock(report)
    if report.settled_at is None:
        report.settled_at, report.outcome = clock.now(), outcome
        report.address = None  # kept only as long as somebody may want to answer
        write_down("settled a report", f"reports/{report.id}", who=moderator.id, note=outcome)


def hide(moderator: Person, thing: Thing, why: str = "") -> None:
    """Take a meetup or a recap off every page, list, feed and search; moderators still see it."""
    _turn(moderator, thing, hidden=True, why=why)


def show(moderator: Person, thing: Thing, why: str = "") -> None:
    """Let everybody see it again."""
    _turn(moderator, thing, hidden=False, why=why)


def _turn(moderator: Person, thing: Thing, *, hidden: bool, why: str) -> None:
    lock(thing)
    if (thing.hidden_at is not None) == hidden:
        return
    thing.hidden_at = clock.now() if hidden else None
    if isinstance(thing, Meetup):
        thing.settle(thing.place.public_words)
    else:
        thing.settle()
    write_down("hid" if hidden else "showed again", queries.path_of(thing)[1:], who=moderator.id, note=why)
