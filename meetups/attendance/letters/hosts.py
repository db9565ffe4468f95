"""Letters about who hosts: one function a letter, named by its news."""

from __future__ import annotations

from meetups.attendance.letters.lines import facts, seat_address, topic
from meetups.attendance.models import Rsvp
from meetups.foundation import clock
from meetups.foundation.addresses import absolute
from meetups.foundation.mail.kinds import Kind, declare
from meetups.foundation.mail.letters import Block, Deed, Heading, Letter, Para
from meetups.people.models import Person
from meetups.planning.models import Meetup

HOST = declare(Kind("host", "Who hosts a meetup that you host or could host", essential=True))
WHY_HOST = "You get this because you host this meetup."
WHY_ABLE = "You get this because you said that you could step in."


def still_on(meetup: Meetup, host: Person, *, early: bool) -> Letter:
    """To the host, three days and one day before: one press says that it is on."""
    after = "" if early else " Until then we ask the people who said that they could step in for you."
    return _letter(
        meetup, host, f"still-on:{'early' if early else 'late'}", f"Still on? {meetup.title}",
        [Heading(f"Still on? {_when(meetup)}"), Para(f"One press says yes, and nobody hears more of it.{after}"),
         Deed("Say that it is on", _page(meetup))], WHY_HOST,
    )  # fmt: skip


def could_you_host(rsvp: Rsvp) -> Letter:
    """To a member who is going and could step in: the host has not answered, or is gone."""
    meetup = rsvp.meetup
    assert rsvp.person is not None
    return _letter(
        meetup, rsvp.person, "could-you-host", f"Could you host it? {meetup.title}",
        [Heading("It needs a host, and you said that you could step in"),
         Para("The first to press hosts it. You do not have to prepare anything: a cup and a table will do."),
         facts(rsvp), Deed("I’ll host it", _page(meetup))], WHY_ABLE,
    )  # fmt: skip


def nobody_hosts(rsvp: Rsvp) -> Letter:
    """To everybody who is going, six hours before: nobody has said that they host it. Keep your seat or let it go."""
    meetup = rsvp.meetup
    return Letter(
        key=f"no-host:{meetup.id}:{_day(meetup)}:{rsvp.id}", to=rsvp.mail_address, kind=HOST, topic=topic(meetup),
        about_at=meetup.starts_at, subject=f"The host is not confirmed: {meetup.title}",
        lines=(
            Heading("The host is not confirmed"),
            Para("It is still on the page, and nobody has said yet that they host it. Come anyway, or let your seat "
                 "go: people have run one of these with a borrowed mug."),
            facts(rsvp), Deed("Keep or cancel", seat_address(rsvp)),
        ),
        why="You get this because you said that you are coming.",
    )  # fmt: skip


def nobody_is_here(meetup: Meetup, person: Person) -> Letter:
    """To the hosts and those who could step in: people are there and no host is."""
    return _letter(
        meetup, person, "nobody-here", f"People are waiting: {meetup.title}",
        [Heading("Somebody is there, and no host is"),
         Para("If you can be there in a few minutes, go. Anybody can draw from the cup."),
         Deed("Open the meetup", _page(meetup))], "You get this because you host this meetup, or could step in.",
    )  # fmt: skip


def you_are_now_host(meetup: Meetup, person: Person) -> Letter:
    """To the new host: what they can do now."""
    return _letter(
        meetup, person, "you-are-now-host", f"You host it now: {meetup.title}",
        [Heading(f"You are now the host of {meetup.title}"),
         Para(f"{_when(meetup)}. The list of who is coming, the sheet for the door and the challenge cup are yours; "
              "you can move it, postpone it and hand it over."),
         Deed("See who is coming", absolute(f"/meetups/{meetup.code}/guests"))], WHY_ABLE,
    )  # fmt: skip


def somebody_stepped_in(meetup: Meetup, before: Person, host: Person) -> Letter:
    """To the host of before: somebody else has it now; no blame."""
    return _letter(
        meetup, before, "stepped-in", f"{host.name} hosts it now: {meetup.title}",
        [Heading(f"{host.name} hosts it now, with you beside them"),
         Para("You need not do anything. If you can be there after all, come; they can hand it back to you."),
         Deed("Open the meetup", _page(meetup))], WHY_HOST,
    )  # fmt: skip


def _letter(meetup: Meetup, to: Person, occasion: str, subject: str, lines: list[Block], why: str) -> Letter:
    return Letter(
        key=f"{occasion}:{meetup.id}:{_day(meetup)}:{to.id}", to=to.address, kind=HOST, topic=topic(meetup),
        about_at=meetup.starts_at, subject=subject, lines=tuple(lines), why=why,
    )  # fmt: skip


def _day(meetup: Meetup) -> str:
    return f"{meetup.local_start:%Y%m%d}"


def _when(meetup: Meetup) -> str:
    return clock.show_when(meetup.starts_at, meetup.time_zone, meetup.place.country)


def _page(meetup: Meetup) -> str:
    return absolute(f"/meetups/{meetup.code}#host")
