"""Letters about knocks. They carry the message, and after the second yes how to reach the other; no address before."""

from __future__ import annotations

from meetups.foundation.addresses import absolute, site_name
from meetups.foundation.mail.kinds import Kind, declare
from meetups.foundation.mail.letters import Deed, Facts, Heading, Letter, Note, Para, Quote
from meetups.nearby.models import Knock
from meetups.people.models import Person

KNOCKS = declare(Kind("knocks", "Somebody knocks", "a colleague nearby would like to be in touch, or said yes to you"))


def keys_of(knock: Knock) -> tuple[str, ...]:
    """What all letters about a knock are posted under."""
    return f"knock:{knock.id}", *(f"door:{knock.id}:{each}" for each in (knock.by_id, knock.to_id))


def someone_knocked(knock: Knock) -> Letter:
    """To whom it is for. Says who knocks by their chosen name, in their words."""
    return Letter(
        key=f"knock:{knock.id}",
        to=knock.to.address,
        subject=f"{knock.by.name} knocks: {site_name()}",
        lines=(
            Heading(f"{knock.by.name} knocks"),
            Para("A colleague from the list of people near you writes:"),
            Quote(knock.message),
            Deed("See who it is", absolute(f"/knocks/{knock.id}/open")),
            Note("They do not know your address, and do not get it unless you say so. If you do nothing, they hear "
                 "nothing, not even that you did nothing."),
        ),
        why="You get this because you are on the list of librarians near you.",
        essential=False,
        kind=KNOCKS,
    )


def door_opened(knock: Knock, reader: Person) -> Letter:
    """To both sides, each with what the other one shares."""
    other = knock.other_than(reader)
    return Letter(
        key=f"door:{knock.id}:{reader.id}",
        to=reader.address,
        subject=f"The door is open: {other.name}",
        lines=(
            Heading(f"You and {other.name} both said yes"),
            Facts(tuple(reached(other))),
            Deed("All open doors", absolute("/knocks")),
        ),
        why="You get this because you both said yes to being in touch.",
        essential=False,
        kind=KNOCKS,
    )


def reached(person: Person) -> list[tuple[str, str]]:
    """How a person lets the other side of an open door reach them: their words, and the address if they ticked it."""
    profile = person.profile
    words = [("How to reach them", profile.reach)] if profile and profile.reach else []
    return words + ([("E-mail", person.address)] if profile and profile.shares_address else [])
