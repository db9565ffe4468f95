"""What people say of themselves when they are listed, what they look for, what they say at a door."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField

from meetups.foundation.forms import Form, TicksField, line, prose
from meetups.foundation.markup import clean_line
from meetups.nearby.queries import Wanted
from meetups.people.models import Person
from meetups.people.terms import Age


class ListingForm(Form):
    interests = line("Ask me about", most=200)
    languages = line("Languages", most=120)
    ages = TicksField("Ages", Age)


class ReachForm(Form):
    """How the other side reaches somebody once both said yes."""

    reach = line("How to reach you", most=200)
    shares_address = BooleanField("Show my e-mail address as well")

    def __init__(self, person: Person, **more: Any) -> None:
        profile = person.profile
        standing = {"reach": profile.reach, "shares_address": profile.shares_address} if profile else {}
        super().__init__(data=standing, **more)

    def said(self) -> dict[str, Any]:
        return {"reach": self.reach.data or "", "shares_address": self.shares_address.data}


class KnockForm(ReachForm):
    message = prose("What you would like to say", most=300, needed="Say a line or two, so that they know why.")


def wanted_in(given: Mapping[str, str]) -> Wanted:
    """The filter in an address; nonsense narrows nothing."""
    age = next((each for each in Age if each.value == given.get("age")), None)
    return Wanted(age, clean_line(given.get("language", ""))[:60], clean_line(given.get("q", ""))[:60])
