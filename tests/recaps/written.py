"""Recaps for tests, made by the actions themselves and committed."""

from __future__ import annotations

from typing import Any

from meetups.foundation.database import db, unit_of_work
from meetups.people.models import Person
from meetups.planning.models import Meetup
from meetups.recaps import actions
from meetups.recaps.actions import HeadWish
from meetups.recaps.models import Recap, Response
from tests.makers import make_person

NOTES = """\
* The egg shakers must go back in the bin.
- hungry bin, burps every 3rd egg
- elbows need room - Mei, Alder Creek
q: filmed every week?
?? nobody knew
* ducks - skipped
"""


def make_recap(
    notes: str = NOTES, title: str = "Twelve sticks", *, author: Person | None = None, meetup: Meetup | None = None,
    public: bool = True, **given: Any,
) -> Recap:
    """A recap out of notes; names in it read "the group"."""
    author = author or make_person("Sol")
    with unit_of_work():
        recap = actions.start(author, meetup, HeadWish(title, **given), notes)
        if public:
            actions.publish(recap, group_credit_for_the_rest=True)
    return recap


def ideas_of(recap: Recap) -> list[Response]:
    db.session.refresh(recap)
    return [idea for entry in recap.entries for idea in entry.responses]


def named(recap: Recap, name: str) -> Response:
    return next(idea for idea in ideas_of(recap) if idea.credit.name == name)


def asked(recap: Recap, name: str = "Mei", address: str = "mei@library.example") -> Response:
    """The idea that carries the name, its bearer just asked."""
    idea = named(recap, name)
    with unit_of_work():
        actions.ask_consent(idea, address, recap.author)
    return idea
