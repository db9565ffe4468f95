"""What is known of a place, as fields: on a meetup's form and on the page for correcting it."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField

from meetups.foundation.forms import ChoiceField, CountField, Form, line
from meetups.foundation.markup import clean_line
from meetups.places.models import Access, Noise, Place, PlaceKind, YesNo

NOT_STATED = "Not stated"


class AccessFields(Form):
    """The access facts; each may stay unknown."""

    step_free = ChoiceField("Step-free from the street?", YesNo, blank=NOT_STATED)
    seating = line("Seating", most=120)
    noise = ChoiceField("How loud?", Noise, blank=NOT_STATED)
    room_to_move = ChoiceField("Room to move and sing?", YesNo, blank=NOT_STATED)
    alcohol = ChoiceField("Is alcohol sold?", YesNo, blank=NOT_STATED)
    children_welcome = ChoiceField("Children welcome?", YesNo, blank=NOT_STATED)
    age_limit = CountField("Age limit", least=1, most=99)
    id_required = ChoiceField("Is ID checked?", YesNo, blank=NOT_STATED)

    def access(self) -> Access:
        """What was filled in. Call it on a valid form only."""
        return Access(**{name: self._fields[name].data for name in Access.__dataclass_fields__})


class CorrectForm(AccessFields):
    """A place as somebody who was there knows it."""

    words = line("Name and address", most=300, needed="Say what it is called and where it is.")
    kind = ChoiceField("What kind of place?", PlaceKind, leave_out=(PlaceKind.HOME, PlaceKind.ONLINE),
                       needed="Choose the kind of place.")  # fmt: skip
    version = HiddenField(filters=[lambda typed: clean_line(str(typed or ""))[:9]])

    def __init__(self, place: Place, given: Any) -> None:
        names = (*Access.__dataclass_fields__, "words", "kind")
        standing = {name: getattr(place, name) for name in names}
        super().__init__(formdata=given or None, data={**standing, "version": str(place.version)})


class PinForm(Form):
    """Two numbers, typed, copied from a maps app, or set by a press on the map."""

    at = line("Latitude, longitude", most=60, needed="Two numbers, please, latitude first: 47.2529, -122.4443.")
    version = HiddenField(filters=[lambda typed: clean_line(str(typed or ""))[:9]])


def number(typed: str) -> int:
    """A number that travelled along in a form; -1 for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1
