"""What people type about themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from meetups.foundation import clock
from meetups.foundation.forms import Form, PickField, TicksField, address, called, line, prose
from meetups.foundation.gazetteer import Town
from meetups.foundation.mail.kinds import Kind, kinds_to_choose
from meetups.foundation.mail.preferences import Delivery, choices_of, quiet_hours_of
from meetups.foundation.pages import own_path
from meetups.people.models import Person, Profile
from meetups.people.terms import Age, Field, Seen

EVENING, MORNING = "1260", "480"  # minutes after midnight
HOURS = [
    SelectChoice(str(hour * 60), f"{(hour - 1) % 12 + 1}:00 {'AM' if hour < 12 else 'PM'}") for hour in range(24)
]
MOST_LINKS = 5
NAME_NEEDED = "Tell us what to call you. A first name is plenty."


class SignInForm(Form):
    email = address("E-mail", needed="Type the address that we should mail your link to.")
    next = HiddenField()

    @property
    def next_path(self) -> str:
        """Where to go on afterwards, on this site; nothing when that was not said or leads elsewhere."""
        return own_path(self.next.data, "")


class NameForm(Form):
    name = called("First name, or what we call you", needed=NAME_NEEDED)
    next = HiddenField()


class AboutForm(Form):
    """One's name and zone."""

    name = called("First name, or what we call you", needed=NAME_NEEDED)
    time_zone = SelectField("Your time", coerce=lambda typed: typed or None)

    def __init__(self, person: Person, **more: Any) -> None:
        super().__init__(data={"name": person.display_name, "time_zone": person.time_zone}, **more)
        area = {"From your area": [("", "The time of my area, if I chose one")]}
        self.time_zone.choices = area | dict(clock.zone_choices(also=person.time_zone))


def _seen() -> PickField:
    return PickField("Who sees it", Seen, needed="Say who sees it.")


class ProfileForm(Form):
    """What a member tells of themselves, part by part, and who sees each."""

    place = line("Library or region", most=120)
    ages = TicksField("Ages", Age)
    languages = line("Languages", most=120)
    specialties = line("Ask me about", most=200)
    about = prose("About", most=2000)
    links = prose("Links", most=1600)
    reach = line("How to reach me", most=200)
    shares_address = BooleanField("Show my e-mail address as well")
    seen_name, seen_place, seen_ages, seen_languages = _seen(), _seen(), _seen(), _seen()
    seen_specialties, seen_about, seen_links = _seen(), _seen(), _seen()

    def __init__(self, person: Person, **more: Any) -> None:
        profile = person.profile or Profile(seen={}, ages=[], links=[])
        names = ("place", "languages", "specialties", "about", "reach", "shares_address")
        data = {name: getattr(profile, name) for name in names}
        data |= {"ages": [Age(each) for each in profile.ages], "links": "\n".join(profile.links)}
        data |= {f"seen_{field.value}": profile.seen_by(field) for field in Field}
        super().__init__(data=data, **more)

    def validate_links(self, field: Any) -> None:
        links = self._lines()
        if len(links) > MOST_LINKS:
            raise ValidationError("Five links are the most.")
        if not all(re.fullmatch(r"https?://[^\s<>\"]{3,290}", each) for each in links):
            raise ValidationError("One address a line, beginning with https:// each.")

    def said(self) -> dict[str, Any]:
        """What the form holds, by column of Profile."""
        plain = {name: self[name].data or "" for name in ("place", "languages", "specialties", "about", "reach")}
        return plain | {
            "ages": [age.value for age in Age if age in (self.ages.data or [])], "links": self._lines(),
            "shares_address": self.shares_address.data,
            "seen": {field.value: self[f"seen_{field.value}"].data.value for field in Field},
        }

    def _lines(self) -> list[str]:
        return [each.strip() for each in (self.links.data or "").splitlines() if each.strip()]


class BlockForm(Form):
    called = line("Your own note of who it is", most=80)


class HomeForm(Form):
    """A town or a postal code; when it may mean several, they are asked back as choices."""

    town = line("Town, ZIP code or state", most=120, needed="Type a town, a ZIP code or a state.")
    asked = HiddenField()
    which = RadioField("Which one?", choices=[], validate_choice=False)

    def picked(self, found: list[Town]) -> Town | None:
        """The one meant, or None after a sentence, or the question which, was put beside the field."""
        if not found:
            self.town.errors = [f"We know no place called “{self.town.data}”. Try a larger town nearby or a ZIP code."]
            return None
        if len(found) == 1:
            return found[0]
        self.which.choices = [(str(number), town.long_label) for number, town in enumerate(found)]
        chosen = self.which.data or ""
        if self.asked.data == self.town.data and chosen in dict(self.which.choices):
            return found[int(chosen)]
        self.asked.data, self.which.data = self.town.data, None
        self.which.errors = ["There are several. Choose the one you mean."]
        return None


class LeaveForm(Form):
    sure = line("Type “goodbye”", most=40, needed="Type goodbye, so that nobody leaves by accident.")

    def validate_sure(self, field: Any) -> None:
        if (field.data or "").strip(" “”\"'.!").lower() != "goodbye":
            raise ValidationError("Type goodbye, so that nobody leaves by accident.")


class Press(Form):
    """A button and nothing else."""


class LettersForm(Form):
    """Quiet hours; `letters_form` adds a field for each kind of letter."""

    quiet = BooleanField("No letters during the night")
    begins = SelectField("From", choices=HOURS)
    ends = SelectField("Until", choices=HOURS)
    zone = SelectField("On the clock of")

    def kinds(self) -> Iterator[tuple[Kind, RadioField]]:
        for kind in kinds_to_choose():
            yield kind, self[_field_of(kind)]

    @property
    def deliveries(self) -> dict[str, Delivery]:
        return {kind.name: Delivery(field.data) for kind, field in self.kinds()}

    @property
    def quiet_hours(self) -> tuple[str, int, int] | None:
        """Zone, and begin and end in minutes after midnight; None for no quiet hours."""
        return (self.zone.data, int(self.begins.data), int(self.ends.data)) if self.quiet.data else None


def letters_form(address: str, zone: str | None = None, **more: Any) -> LettersForm:
    """What stands for this address, to be changed. `zone` is the clock a person is known to live on."""
    fields = {_field_of(kind): RadioField(kind.label, choices=_ways_of(kind)) for kind in kinds_to_choose()}
    hours = quiet_hours_of(address)
    standing = {
        "quiet": hours is not None,
        "begins": str(hours.begins) if hours else EVENING,
        "ends": str(hours.ends) if hours else MORNING,
        "zone": hours.time_zone if hours else zone or "America/New_York",
    }
    for name, delivery in choices_of(address).items():
        standing[f"kind_{name}"] = delivery.value
    form: LettersForm = type("LettersForm", (LettersForm,), fields)(data=standing, **more)
    form.zone.choices = dict(clock.zone_choices(also=str(standing["zone"])))
    return form


def _ways_of(kind: Kind) -> list[SelectChoice]:
    ways = [each for each in Delivery if not (kind.timely and each is Delivery.DIGEST)]
    return [SelectChoice(each.value, each.label) for each in ways]


def _field_of(kind: Kind) -> str:
    return f"kind_{kind.name}"
