"""Letters about a new meetup near a place somebody chose. They say what a stranger may read."""

from __future__ import annotations

from meetups.foundation.addresses import absolute
from meetups.foundation.mail.kinds import Kind, declare
from meetups.foundation.mail.letters import Deed, Facts, Heading, Letter, Links, Para
from meetups.people.models import Person
from meetups.planning import entries
from meetups.planning.models import Meetup

ALERT = declare(Kind("alert", "New meetups near places I chose", "as soon as one is up, or once a week"))
WOULD_COME = declare(Kind("would-come", "Somebody proposes where I would come", "once for each area I named"))
LINE_OF_ALERTS = "You get this because you asked to hear of new meetups in an area."
LINE_OF_WISHES = "You get this, once, because you said that you would come to a meetup around there."


def key_prefix(meetup: Meetup) -> str:
    """How the keys of all letters of this room about a meetup begin."""
    return f"alert:{meetup.id}:"


def key_for(meetup: Meetup, person: Person) -> str:
    """One letter a person and meetup, whatever it is for and however often the meetup is put up."""
    return f"{key_prefix(meetup)}{person.id}"


def new_near_you(meetup: Meetup, person: Person) -> Letter:
    """To whoever saved a search that it fits."""
    return _about(meetup, person, ALERT, f"New near you: {meetup.title}", "", LINE_OF_ALERTS)


def you_would_come(meetup: Meetup, person: Person) -> Letter:
    """To whoever said that they would come to something around there."""
    opening = "You said you would come if somebody proposed something around there. Somebody did."
    return _about(meetup, person, WOULD_COME, f"Somebody proposes: {meetup.title}", opening, LINE_OF_WISHES)


def _about(meetup: Meetup, person: Person, kind: str, subject: str, opening: str, why: str) -> Letter:
    facts = Facts((("When", entries.when(meetup)), ("Where", entries.where(meetup))))
    return Letter(
        key=key_for(meetup, person),
        to=person.address,
        subject=subject,
        lines=(
            Heading(subject),
            *((Para(opening),) if opening else ()),
            facts,
            Deed("Look at it", entries.address(meetup)),
            Links((("The areas you chose", absolute("/near/alerts")),)),
        ),
        why=why,
        essential=False,
        kind=kind,
        about_at=meetup.starts_at,
    )
